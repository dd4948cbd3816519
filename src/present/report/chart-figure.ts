// A chart on the page: its finding and its description as text, and two drawings, of which the page shows the one that fits its width. A drawing
// that shrinks would shrink its text too.
import { Chart } from '../charts/chart.ts'
import { chartTable } from './chart-table.ts'
import { escaped, tableOf, withOwnIds } from './html.ts'

/** Pixels: half of a wide page, and a phone or half of a printed page. */
export const CHART_WIDTHS = { wide: 500, narrow: 320 } as const
type Size = keyof typeof CHART_WIDTHS

/** The height of a narrow drawing, if the chart states one that is larger. */
const NARROW_HEIGHT = 220
/** The room for the names of rows beside a chart that has a plot in each. */
const ROW_NAMES = 174
/** Names beside a narrow drawing, or beside its plots, are cut off at this length, so that its bars keep room. */
const NARROW_NAMES = 110
/** Labels at the right end of an axis reach beyond it. */
const ROOM = { left: 5, top: 5, right: 24, bottom: 5 } as const
/** More entries of a legend in one row would reach beyond the drawing. */
const MOST_ENTRIES = 2
/** The title of a vertical axis lies above it, where it can be read. */
const ABOVE = { titleAngle: 0, titleAlign: 'left', titleAnchor: 'end', titleX: -40, titleY: -12 } as const
/** Months that would overlap are left out, and the outer ones stay within the drawing. */
const THINNED = { labelOverlap: 'greedy', labelFlush: true } as const
/** No text of a drawing is smaller. */
const LEAST_TEXT = { labelFontSize: 11, titleFontSize: 11 } as const

type Fields = Readonly<Record<string, unknown>>

/** The chart without its title, in a width that holds its axes and legends too. */
export function sizedChart({ title, description, spec }: Chart, size: Size): Chart {
  // The page itself says where all figures come from.
  const { config, height, encoding, title: _, usermeta: __, ...body } = spec
  const width = CHART_WIDTHS[size]
  const isFaceted = encoding !== undefined && 'row' in (encoding as object)
  const { legend = {}, header = {}, axis = {}, ...look } = (config ?? {}) as Readonly<Record<'legend' | 'header' | 'axis', Fields>>
  const entries = { columns: MOST_ENTRIES, ...(size === 'narrow' && { orient: 'bottom' }) }
  return new Chart(title, description, {
    ...body,
    ...(encoding !== undefined && { encoding }),
    ...(height !== undefined && {
      height: size === 'narrow' && typeof height === 'number' ? Math.min(height, NARROW_HEIGHT) : height,
    }),
    title: null,
    padding: ROOM,
    width: isFaceted ? width - ROW_NAMES : width,
    ...(!isFaceted && { autosize: { type: 'fit-x', contains: 'padding' } }),
    config: {
      ...look,
      axis: { ...axis, ...(size === 'narrow' && { labelLimit: NARROW_NAMES }) },
      axisY: ABOVE,
      axisXPoint: THINNED,
      axisXBand: THINNED,
      legend: { ...legend, ...LEAST_TEXT, ...entries },
      header: { ...header, ...LEAST_TEXT, labelLimit: NARROW_NAMES },
    },
  })
}

export async function chartFigure(chart: Chart, prefix: string, currency: string): Promise<string> {
  const sizes = Object.keys(CHART_WIDTHS) as Size[]
  const drawings = await Promise.all(
    sizes.map(async (size) => {
      const svg = withOwnIds(await sizedChart(chart, size).toSVG(), `${prefix}${size}-`)
      // Screen readers read the caption in place of the drawing.
      return svg.replace(/<svg /, `<svg aria-hidden="true" focusable="false" data-for="${size}" `)
    }),
  )
  const words = `<figcaption><strong>${escaped(chart.title)}</strong> <span>${escaped(chart.description)}</span></figcaption>`
  const figures = `<details><summary>Show the figures</summary>${tableOf(chartTable(chart, currency))}</details>`
  return `<figure>${words}${drawings.join('')}${figures}</figure>`
}
