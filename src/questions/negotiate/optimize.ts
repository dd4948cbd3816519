// The numbers in one or two fields that make an offer's cost least: a grid, then finer and finer around its best, all on the same
// futures.
import { shown, UsageError } from '../../errors.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import type { Estimate } from '../../summary/summary.ts'
import { evenly, takesWholeNumbers, statedBounds } from './bounds.ts'
import { estimateOf } from '../../numerics/estimators/figure.ts'
import { type Axis, GridSearch, type Tried } from './grid-search.ts'
import type { AskedFigure } from '../../summary/statistic.ts'
import { Anchors } from '../anchors.ts'
import { askedFigure } from '../asked.ts'
import { checkOptions } from '../../options/check.ts'
import { type OptimizeOptions, optimizing, type Require } from '../../options/questions.ts'
import { type Condition, conditionOf } from './condition.ts'
import { Study } from '../study.ts'

/** One point of the searched grid. */
export interface TriedPoint {
  readonly values: Readonly<Record<string, number>>
  /** What is minimized. */
  readonly cost: Estimate
  readonly mean: Estimate
  readonly p90: Estimate
  /** Whether all that is required holds. */
  readonly feasible: boolean
}

export interface Optimum {
  readonly offer: string
  readonly minimize: string
  /** By field: the best number, and between which ones the best may lie: no number outside could cost as little but for chance. */
  readonly best: Readonly<Record<string, { readonly value: number; readonly low: number; readonly high: number }>>
  readonly cost: Estimate
  /** What is required, at the best numbers. */
  readonly require: readonly { readonly condition: string; readonly figure: Estimate }[]
  /** All that was tried, in the order of the fields' numbers. */
  readonly curve: readonly TriedPoint[]
  /** The points of the first grid that no other beats in both mean and P90, by rising mean. */
  readonly frontier: readonly TriedPoint[]
}

/** Numbers a field on the first grid. */
const GRID: Readonly<Record<number, number>> = { 1: 33, 2: 13 }

/** The axes of a search, checked. */
async function axesOf(study: Study, vary: OptimizeOptions['vary']): Promise<Axis[]> {
  const names = typeof vary === 'object' && vary !== null ? Object.keys(vary) : []
  if (names.length < 1 || names.length > 2)
    throw new UsageError(
      `vary: expected one or two fields with their bounds, got ${names.length === 0 ? 'none' : names.join(', ')}`,
    )
  const axes: Axis[] = []
  for (const name of names) {
    const field = study.field(name)
    if (axes.some((axis) => axis.field.path === field.path)) throw new UsageError(`${field.path}: expected two different fields`)
    const [low, high] = await statedBounds(study, field, vary[name])
    axes.push({ field, low, high, whole: await takesWholeNumbers(study, field, low) })
  }
  return axes
}

const pointOf = (search: GridSearch, axes: readonly Axis[], one: Tried): TriedPoint => ({
  values: Object.fromEntries(axes.map(({ field }, k) => [field.path, one.at[k]])),
  cost: estimateOf(one.cost),
  mean: estimateOf(one.mean),
  p90: estimateOf(one.p90),
  feasible: search.isFeasible(one),
})

/** What no other point beats in both. */
function frontierOf(points: readonly TriedPoint[]): TriedPoint[] {
  const sorted = points.filter(({ feasible }) => feasible).sort((a, b) => a.mean.value - b.mean.value || a.p90.value - b.p90.value)
  let least = Infinity
  return sorted.filter(({ p90 }) => {
    const better = p90.value < least - 1e-12 * Math.abs(p90.value)
    if (better) least = p90.value
    return better
  })
}

/** The numbers in one or two fields that make an offer's cost least. */
export async function optimumOf(input: string | object, options: OptimizeOptions, reader: Reader): Promise<Optimum> {
  checkOptions(options, optimizing)
  const { offer: named, minimize = 'mean', vary, require = [] } = options
  const statistic = minimized(minimize)
  const conditions = (Array.isArray(require) ? (require as readonly Require[]) : [require as Require]).map(conditionOf)
  const study = await Study.of(input, reader, options)
  const offer = study.offer(named)
  const axes = await axesOf(study, vary)
  const asked = [statistic, askedFigure('p90', true), ...conditions.map(({ figure }) => figure)]
  const search = new GridSearch(study, axes, { offer, statistic, conditions }, await Anchors.of(study, [offer], asked))
  await search.grid(axes.map(({ low, high, whole }) => evenly(low, high, GRID[axes.length], whole)))
  if (!search.best()) throw new UsageError(unmet(axes, conditions, search.tried))
  const coarse = search.tried.map((one) => pointOf(search, axes, one))
  const best = await search.refine()
  const intervals: (readonly [number, number])[] = []
  const far = await search.reach(best)
  for (let axis = 0; axis < axes.length; axis++) intervals.push(await search.interval(best, axis, far[axis]))
  const order = (a: Tried, b: Tried) => a.at[0] - b.at[0] || (a.at[1] ?? 0) - (b.at[1] ?? 0)
  return {
    offer,
    minimize: statistic.name,
    best: Object.fromEntries(
      axes.map(({ field }, k) => [field.path, { value: best.at[k], low: intervals[k][0], high: intervals[k][1] }]),
    ),
    cost: estimateOf(best.cost),
    require: conditions.map(({ text }, k) => ({ condition: text, figure: estimateOf(best.required[k]) })),
    curve: [...search.tried].sort(order).map((one) => pointOf(search, axes, one)),
    frontier: frontierOf(coarse),
  }
}

function minimized(text: string): AskedFigure {
  try {
    return askedFigure(text, true)
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`minimize: ${error.message}`) : error
  }
}

/** Why nothing is good enough: how near each condition came. */
function unmet(axes: readonly Axis[], conditions: readonly Condition[], tried: readonly Tried[]): string {
  const where = axes.map(({ field, low, high }) => `${field.path} from ${low} to ${high}`).join(' and ')
  const near = conditions.map(({ figure, most }, k) => {
    const values = tried.map(({ required }) => required[k].value)
    const nearest = most ? Math.min(...values) : Math.max(...values)
    return `${figure.title} is ${most ? 'at least' : 'at most'} ${Number(nearest.toPrecision(6))} there`
  })
  return `nothing with ${where} meets ${conditions.map(({ text }) => shown(text)).join(' and ')}: ${near.join(', ')}`
}
