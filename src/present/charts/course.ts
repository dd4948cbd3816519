// The course of volumes over time, as charts of histories and of tracked years draw it.
import type { MonthAhead, MonthRatio, PastCourse } from '../../questions/backtest/course.ts'
import type { ChartRoom, Spec } from './chart.ts'
import { haloed, lineEnds } from './labels.ts'
import { fittingText } from './letters.ts'
import { band, COLORS, CONVERSATIONS_AXIS, INK, months, quantity } from './theme.ts'

export interface DrawnCourse extends PastCourse {
  /** The year as it was planned, behind the months that came. */
  readonly planned?: readonly MonthAhead[]
  /** Months of the plan that have come. */
  readonly closed?: readonly { readonly month: string; readonly actual: number }[]
  readonly ahead: readonly MonthAhead[]
}

const PLANNED = '#8a8f98'

export const changeOf = ({ ratio }: MonthRatio): string => `${ratio > 1 ? '+' : '−'}${Math.round(100 * Math.abs(ratio - 1))}%`

/** Rows of all months, each with what is known about it. */
function rowsOf({ past, outliers, planned = [], closed = [], ahead }: DrawnCourse): object[] {
  const outlying = new Set(outliers.map(({ month }) => month))
  return [
    ...past.map((one) => ({ ...one, outlier: outlying.has(one.month) })),
    ...planned.map(({ month, mean, p5, p95 }) => ({ month, planned: mean, low: p5, high: p95 })),
    ...closed.map(({ month, actual }) => ({ month, closed: actual })),
    ...ahead.map((one) => ({ ...one })),
  ]
}

const having = (field: string) => ({ transform: [{ filter: `isValid(datum.${field})` }] })

interface Look {
  /** Of the plot. */
  readonly pixels: number
  readonly width: number
  /** A narrow plot has three names of months. */
  readonly narrow: boolean
  /** The title of the axis of volumes. */
  readonly title?: string | null
}

/** The first month begins below the lowest volume, whose label would touch it. */
const lowered = (x: ReturnType<typeof months>) => ({ ...x, axis: { ...x.axis, labelPadding: 8 } })

/** The layers of one course and their data. */
export function courseLayers(course: DrawnCourse, { pixels, width, narrow, title = CONVERSATIONS_AXIS.title }: Look): Spec {
  const { past, outliers, shifts, planned = [], closed = [], ahead } = course
  const all = [...new Set([...past, ...planned, ...closed, ...ahead].map(({ month }) => month))]
  const x = lowered(months(all, narrow))
  const y = (field: string) => quantity(field, { scale: { zero: false }, axis: { ...CONVERSATIONS_AXIS, title } })
  const line = (field: string, color: string, more: object = {}) => ({
    ...having(field),
    mark: { type: 'line', color, ...more },
    encoding: { x, y: y(field) },
  })
  const points = (field: string, color: unknown) => ({
    ...having(field),
    mark: { type: 'point', filled: true, size: 22, opacity: 1 },
    encoding: { x, y: y(field), color },
  })
  const changes = shifts.map((shift) => ({ month: shift.month, label: changeOf(shift) }))
  const mark = (own: object, encoding: object) => ({ data: { values: changes }, mark: { color: COLORS[1], ...own }, encoding })
  return {
    data: { values: rowsOf(course) },
    layer: [
      ...(planned.length > 0
        ? [
            { ...band(x, y('low'), 'high', 0.22), ...having('low'), mark: { type: 'area', color: PLANNED, opacity: 0.22 } },
            line('planned', PLANNED, { strokeDash: [2, 3] }),
          ]
        : []),
      { ...band(x, y('p5'), 'p95', 0.18), ...having('p5') },
      { ...band(x, y('p25'), 'p75', 0.3), ...having('p5') },
      line('mean', COLORS[0], { strokeDash: [4, 3] }),
      line('level', INK, { strokeWidth: 1.5 }),
      line('fitted', COLORS[0]),
      points('actual', { condition: { test: 'datum.outlier', value: COLORS[1] }, value: INK }),
      ...(closed.length > 0
        ? [
            {
              ...having('closed'),
              mark: { type: 'line', color: COLORS[1], point: { size: 30, color: COLORS[1] } },
              encoding: { x, y: y('closed') },
            },
          ]
        : []),
      ...(changes.length > 0
        ? [
            mark({ type: 'rule', strokeDash: [2, 3] }, { x }),
            mark({ type: 'text', align: 'left', dx: 4, dy: 8, fontSize: 11 }, { x, y: { value: 0 }, text: { field: 'label' } }),
          ]
        : []),
      ...labelLayers({ past, outliers, planned, closed, ahead }, x, y('at'), { pixels, width, last: all[all.length - 1] }),
    ],
  }
}

interface Labeling {
  readonly pixels: number
  readonly width: number
  readonly last: string
}

/** Labels at the ends of lines, of outliers, and of the closed months. */
function labelLayers(
  { past, outliers, planned, closed, ahead }: Required<Omit<DrawnCourse, 'shifts'>>,
  x: object,
  y: object,
  { pixels, width, last }: Labeling,
): object[] {
  const [end, was] = [ahead.at(-1), planned.at(-1)]
  // Above the points, where the bands seldom are.
  const top = closed.reduce<(typeof closed)[number] | undefined>((a, b) => (a && a.actual >= b.actual ? a : b), undefined)
  const outlying = new Set(outliers.map(({ month }) => month))
  const known = [...past.flatMap(({ actual }) => actual ?? []), ...[...planned, ...ahead].flatMap(({ p5, p95 }) => [p5, p95])]
  const ends = [
    ...(end ? [{ at: end.mean, label: was ? 'now' : 'mean', color: COLORS[0] }] : []),
    ...(was ? [{ at: was.mean, label: 'plan', color: PLANNED }] : []),
  ]
  const points = [
    ...(top ? [{ month: top.month, at: top.actual, label: 'actual' }] : []),
    // Neighbors share the label of the first of them.
    ...past
      .filter(
        ({ month }, k) => outlying.has(month) && !past.slice(Math.max(0, k - 3), k).some((before) => outlying.has(before.month)),
      )
      .map(({ month, actual }) => ({ month, at: actual, label: 'outlier' })),
  ]
  return [
    lineEnds(ends, { month: last }, x, y, { low: Math.min(...known), high: Math.max(...known), pixels }, width),
    ...haloed(
      { align: { expr: "datum.label === 'actual' ? 'right' : 'center'" }, dy: -11, fontSize: 11, color: COLORS[1] },
      { data: { values: points }, encoding: { x, y, text: { field: 'label' } } },
    ),
  ]
}

const PANEL_HEIGHT = 120
/** Names of volumes beside each panel, and the space between two. */
const BESIDE = 56

/** A course for each name in small panels with axes of their own, two in a row where there is room. */
export const coursePanels = (
  courses: readonly (readonly [name: string, course: DrawnCourse])[],
  { width, narrow }: ChartRoom,
): Spec => {
  const columns = narrow ? 1 : 2
  const plot = Math.floor(width / columns) - BESIDE - 30
  return {
    columns,
    concat: courses.map(([name, course]) => ({
      title: { text: fittingText(name, plot, 12, true), fontSize: 12, anchor: 'start' },
      ...{ width: plot, height: PANEL_HEIGHT },
      ...courseLayers(course, { pixels: PANEL_HEIGHT, width: plot, narrow: true, title: null }),
    })),
  }
}
