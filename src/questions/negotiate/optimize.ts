// Finds the numbers in one or two fields that minimize an offer's cost: on a grid first, then on finer ones around the best point, all on the
// same trials.
import { shown, UsageError } from '../../errors.ts'
import { paced } from '../../pace.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import type { Estimate } from '../../summary/summary.ts'
import { evenly, takesWholeNumbers, statedBounds } from './bounds.ts'
import { estimateOf } from '../../numerics/estimators/figure.ts'
import { type Axis, type Goal, GridSearch, type Tried } from './grid-search.ts'
import { Anchors } from '../anchors.ts'
import { askedFigure } from '../asked.ts'
import { formatNumber } from '../../notation/number.ts'
import { checkOptions } from '../../options/check.ts'
import { type OptimizeOptions, optimizing, type Require } from '../../options/questions.ts'
import { type Condition, conditionOf } from './condition.ts'
import { lowPoints, plansLook } from './nodes.ts'
import { straightPieces, ZERO } from './pieces.ts'
import { Study } from '../study.ts'

/** One point of the searched grid. */
export interface TriedPoint {
  readonly values: Readonly<Record<string, number>>
  /** The figure that is minimized. */
  readonly cost: Estimate
  readonly mean: Estimate
  readonly p90: Estimate
  /** Whether the point meets all conditions. */
  readonly feasible: boolean
}

export interface Optimum {
  readonly offer: string
  readonly minimize: string
  /** The best number of each field, and the range that may contain it: any number outside costs more, beyond sampling error. */
  readonly best: Readonly<Record<string, { readonly value: number; readonly low: number; readonly high: number }>>
  /** The full name of each field. Figures of a field stand under the name that it was asked by. */
  readonly paths: Readonly<Record<string, string>>
  readonly cost: Estimate
  /** Each condition with its figure at the best numbers. */
  readonly require: readonly { readonly condition: string; readonly figure: Estimate }[]
  /** All points that were tried, in the order of their numbers. */
  readonly curve: readonly TriedPoint[]
  /** Points of the first grid that no other one beats in both mean and P90, by rising mean. */
  readonly frontier: readonly TriedPoint[]
}

/** Numbers a field on the first grid. */
const GRID: Readonly<Record<number, number>> = { 1: 33, 2: 13 }

async function axesOf(study: Study, vary: OptimizeOptions['vary']): Promise<Axis[]> {
  const names = typeof vary === 'object' && vary !== null ? Object.keys(vary) : []
  if (names.length < 1 || names.length > 2)
    throw new UsageError(
      `vary: expected one or two fields with their bounds, such as { 'offers.zendesk.commitment': ['20k', '45k'] }, got ${names.join(', ') || 'none'}`,
    )
  const axes: Axis[] = []
  for (const name of names) {
    const field = study.field(name)
    if (axes.some((axis) => axis.field.path === field.path))
      throw new UsageError(`vary: expected two different fields, got ${field.path} twice`)
    const [low, high] = await statedBounds(study, field, vary[name])
    axes.push({ field, low, high, whole: await takesWholeNumbers(study, field, low) })
  }
  return axes
}

const pointOf = (search: GridSearch, axes: readonly Axis[], one: Tried): TriedPoint => ({
  values: Object.fromEntries(axes.map(({ field }, k) => [field.asked, one.at[k]])),
  cost: estimateOf(one.cost),
  mean: estimateOf(one.mean),
  p90: estimateOf(one.p90),
  feasible: search.isFeasible(one),
})

/** Points that no other one beats in both mean and P90. */
function frontierOf(points: readonly TriedPoint[]): TriedPoint[] {
  const sorted = points.filter(({ feasible }) => feasible).sort((a, b) => a.mean.value - b.mean.value || a.p90.value - b.p90.value)
  let least = Infinity
  return sorted.filter(({ p90 }) => {
    const better = p90.value < least - 1e-12 * Math.abs(p90.value)
    if (better) least = p90.value
    return better
  })
}

/** Finds the numbers in one or two fields that minimize an offer's cost. */
export async function optimumOf(input: string | object, options: OptimizeOptions, reader: Reader): Promise<Optimum> {
  checkOptions(options, optimizing)
  const { offer: named, minimize = 'mean', vary, require = [] } = options
  const statistic = askedFigure(minimize, true, 'minimize')
  const required = Array.isArray(require) ? (require as readonly Require[]) : [require as Require]
  return paced(options, async (pace) => {
    const study = await Study.of(input, reader, options, pace)
    const conditions = required.map((one) => conditionOf(one, study.scenario))
    return optimumIn(study, { offer: study.offer(named), statistic, conditions }, vary)
  })
}

async function optimumIn(study: Study, goal: Goal, vary: OptimizeOptions['vary']): Promise<Optimum> {
  const { offer, statistic, conditions } = goal
  const axes = await axesOf(study, vary)
  const asked = [statistic, askedFigure('p90', true), ...conditions.map(({ figure }) => figure)]
  const search = new GridSearch(study, axes, goal, await Anchors.of(study, [offer], asked))
  await search.grid(axes.map(({ low, high, whole }) => evenly(low, high, GRID[axes.length], whole)))
  if (!search.best()) throw new UsageError(unmet(axes, conditions, search.tried))
  const coarse = search.tried.map((one) => pointOf(search, axes, one))
  const best = await elsewhere(search, await search.refine(), study, axes, offer)
  const intervals: (readonly [number, number])[] = []
  const far = await search.reach(best)
  for (let axis = 0; axis < axes.length; axis++) intervals.push(await search.interval(best, axis, far[axis]))
  const order = (a: Tried, b: Tried) => a.at[0] - b.at[0] || (a.at[1] ?? 0) - (b.at[1] ?? 0)
  return {
    offer,
    minimize: statistic.name,
    best: Object.fromEntries(
      axes.map(({ field }, k) => [field.asked, { value: best.at[k], low: intervals[k][0], high: intervals[k][1] }]),
    ),
    paths: Object.fromEntries(axes.map(({ field }) => [field.asked, field.path])),
    cost: estimateOf(best.cost),
    require: conditions.map(({ text }, k) => ({ condition: text, figure: estimateOf(best.required[k]) })),
    curve: [...search.tried].sort(order).map((one) => pointOf(search, axes, one)),
    frontier: frontierOf(coarse),
  }
}

/** The most numbers to look at for edges of a contract, beside those of the grid. */
const MOST_LOOKS = 400
/** An edge this close to the best point, as a share of the range, is the best point. */
const SAME = 1e-4

/**
 * A better point far from the best one of the grid, at an edge of the contract between two of its numbers. Only a certain plan costs the
 * same in every trial as at its means.
 */
async function elsewhere(search: GridSearch, best: Tried, study: Study, axes: readonly Axis[], offer: string): Promise<Tried> {
  if (!study.design.certain || axes.length !== 1) return best
  const [{ field, low, high, whole }] = axes
  const look = plansLook(study, field, [offer], ([cost]) => cost)
  const start = evenly(low, high, GRID[1], whole)
  const pieces = await straightPieces(
    [...new Set([...start, best.at[0]])].sort((a, b) => a - b),
    { look, whole, most: MOST_LOOKS },
  )
  const own = pieces.looks.find(({ x }) => x === best.at[0])
  const others = lowPoints(pieces).filter(
    ({ x, gap, size }) => own && gap <= own.gap + ZERO * size && Math.abs(x - own.x) > SAME * (high - low),
  )
  if (others.length === 0) return best
  await search.grid([others.map(({ x }) => x)])
  return search.refine()
}

/** Says why no point is feasible: how close the search came to each condition. */
function unmet(axes: readonly Axis[], conditions: readonly Condition[], tried: readonly Tried[]): string {
  const where = axes.map(({ field, low, high }) => `${field.path} from ${low} to ${high}`).join(' and ')
  const near = conditions.map(({ figure, most }, k) => {
    const values = tried.map(({ required }) => required[k].value)
    const nearest = most ? Math.min(...values) : Math.max(...values)
    return `${figure.title} is ${most ? 'at least' : 'at most'} ${formatNumber(Number(nearest.toPrecision(6)), 0, 6)}`
  })
  return `require: no point with ${where} meets ${conditions.map(({ text }) => shown(text)).join(' and ')}. In this range, ${near.join(', and ')}. Relax the condition, or widen the range`
}
