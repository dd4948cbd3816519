// A small drawing of the months' volume: the average as a line, and a band around it.
import { type ComponentChild, h } from 'preact'
import { formatNumber } from '../../notation/number.ts'
import type { VolumeMonth, VolumeYear } from './protocol.ts'

/** The drawing's own units, which stretch to the room that it has. */
const [WIDE, HIGH] = [100, 40] as const

export interface Curves {
  readonly line: string
  readonly band: string
  /** The months with the lowest and the highest average, in the order of the year, and how far each is along and below the top: 0 to 1. */
  readonly ends: readonly { readonly month: string; readonly mean: number; readonly x: number; readonly y: number }[]
}

/** Nothing for a plan of one month. */
export function curvesOf(months: readonly VolumeMonth[]): Curves | undefined {
  if (months.length < 2) return undefined
  const [least, most] = [Math.min(...months.map(({ low }) => low)), Math.max(...months.map(({ high }) => high))]
  const span = most - least || 1
  const x = (k: number) => k / (months.length - 1)
  const y = (value: number) => 1 - (value - least) / span
  const path = (points: readonly (readonly [k: number, value: number])[]) =>
    points.map(([k, value]) => `${(WIDE * x(k)).toFixed(2)} ${(HIGH * y(value)).toFixed(2)}`).join('L')
  const at = (of: (month: VolumeMonth) => number) => months.map((month, k) => [k, of(month)] as const)
  const means = months.map(({ mean }) => mean)
  const places = [...new Set([means.indexOf(Math.min(...means)), means.indexOf(Math.max(...means))])].sort((a, b) => a - b)
  return {
    line: `M${path(at(({ mean }) => mean))}`,
    band: `M${path(at(({ low }) => low))}L${path(at(({ high }) => high).reverse())}Z`,
    ends: places.map((k) => ({ month: months[k].month, mean: means[k], x: x(k), y: y(means[k]) })),
  }
}

/** In one year, months need no year. */
const shortMonth = (month: string, count: number): string => (count > 12 ? month : month.replace(/ \d{4}$/, ''))

const rounded = (value: number): string => formatNumber(Number(value.toPrecision(2)))

interface YearDrawingProps {
  /** Absent until the first answer, which the drawing has its room for. */
  readonly year: VolumeYear | undefined
  readonly years: string
}

export function YearDrawing({ year, years }: YearDrawingProps): ComponentChild {
  const curves = year && curvesOf(year.months)
  if (!year || !curves) return h('div', { class: 'year' })
  const ends = curves.ends.map(({ month, mean }) => `${shortMonth(month, year.months.length)} ${rounded(mean)}`)
  return h(
    'figure',
    { class: 'year' },
    h(
      'div',
      { role: 'img', 'aria-label': `Conversations by month: ${ends.join(', ')}. The band holds 90 of 100 ${years}.` },
      h(
        'svg',
        { viewBox: `0 0 ${WIDE} ${HIGH}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        h('path', { class: 'band', d: curves.band }),
        h('path', { class: 'line', d: curves.line }),
      ),
      curves.ends.map(({ x, y }) => h('i', { style: `left:${100 * x}%;top:${100 * y}%` })),
    ),
    h(
      'figcaption',
      { 'aria-hidden': 'true' },
      ends.map((words) => h('span', {}, words)),
    ),
  )
}
