// The numbers in one or two fields that make an offer's cost least: a grid, then finer and finer around its best, all on the same
// futures.
import { shown, UsageError } from '../errors.ts'
import type { Reader } from '../program/resolve.ts'
import type { Estimate } from '../result/summary.ts'
import { evenly, isWhole, statedBounds, type Written } from './bounds.ts'
import type { Field } from './field.ts'
import { difference, estimateOf, type Figure } from './figures.ts'
import { resamplings, spreadAbout } from './resample.ts'
import { type Condition, conditionOf, OfferCosts, type Require, type Statistic, statisticOf } from './statistic.ts'
import { type DecisionOptions, Study, type Variant } from './study.ts'

export interface OptimizeOptions extends DecisionOptions {
  readonly offer: string
  /** `mean` (default), a percentile such as `p90`, or `shortfall95`. */
  readonly minimise?: string
  /** One or two fields, each with the lowest and the highest number to try. */
  readonly vary: Readonly<Record<string, readonly [Written, Written]>>
  /** What must hold: "P80 at most $500k", "P(cheapest) at least 60%". */
  readonly require?: Require | readonly Require[]
}

/** One point of the searched grid. */
export interface CurvePoint {
  readonly values: Readonly<Record<string, number>>
  /** What is minimised. */
  readonly cost: Estimate
  readonly mean: Estimate
  readonly p90: Estimate
  /** Whether all that is required holds. */
  readonly feasible: boolean
}

export interface Optimum {
  readonly offer: string
  readonly minimise: string
  /** By field: the best number, and between which ones the best may lie: no number outside could cost as little but for chance. */
  readonly best: Readonly<Record<string, { readonly value: number; readonly low: number; readonly high: number }>>
  readonly cost: Estimate
  /** What is required, at the best numbers. */
  readonly require: readonly { readonly condition: string; readonly figure: Estimate }[]
  /** All that was tried, in the order of the fields' numbers. */
  readonly curve: readonly CurvePoint[]
  /** The points of the first grid that no other beats in both mean and P90, by rising mean. */
  readonly frontier: readonly CurvePoint[]
}

interface Tried {
  readonly at: readonly number[]
  readonly cost: Figure
  readonly mean: Figure
  readonly p90: Figure
  readonly required: readonly Figure[]
}

interface Axis {
  readonly field: Field
  readonly low: number
  readonly high: number
  readonly whole: boolean
}

/** Numbers a field on the first grid, and on each finer one. */
const GRID: Readonly<Record<number, number>> = { 1: 33, 2: 13 }
const FINER: Readonly<Record<number, number>> = { 1: 11, 2: 7 }
/** Finer grids end at this share of the first. */
const FINEST = 1e-6
const MOST_ROUNDS = 12
/** What costs no more than the best and so many standard errors of the difference may be the best. */
const APART = 2.5
/** The best may be so many times as far away as it moves between resampled runs, which are looked at so often. */
const FAR = 4
const CLOSER = 3

const meets = ({ most, bound }: Condition, { value }: Figure): boolean => (most ? value <= bound : value >= bound)

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
    axes.push({ field, low, high, whole: await isWhole(study, field, low) })
  }
  return axes
}

class Search {
  readonly #study: Study
  readonly #axes: readonly Axis[]
  readonly #offer: string
  readonly #statistic: Statistic
  readonly #conditions: readonly Condition[]
  readonly #tried = new Map<string, Tried>()

  constructor(study: Study, axes: readonly Axis[], offer: string, statistic: Statistic, conditions: readonly Condition[]) {
    this.#study = study
    this.#axes = axes
    this.#offer = offer
    this.#statistic = statistic
    this.#conditions = conditions
  }

  get tried(): readonly Tried[] {
    return [...this.#tried.values()]
  }

  isFeasible({ required }: Tried): boolean {
    return this.#conditions.every((condition, k) => meets(condition, required[k]))
  }

  /** Tries all combinations of numbers that were not tried before. */
  async grid(lists: readonly (readonly number[])[]): Promise<void> {
    const all = lists.reduce<readonly (readonly number[])[]>(
      (rows, list) => rows.flatMap((row) => list.map((x) => [...row, x])),
      [[]],
    )
    const fresh = all.filter((at) => !this.#tried.has(at.join()))
    if (fresh.length === 0) return
    const study = this.#study
    const variants: Variant[] = []
    for (const at of fresh)
      variants.push(await study.variant(study.data(this.#axes.map(({ field }, k) => [field, at[k]] as const))))
    const needs = this.#conditions.some(({ statistic }) => statistic.all) ? study.base.offers : [this.#offer]
    const [mean, p90] = [statisticOf('mean', false), statisticOf('p90', false)]
    await study.run(
      variants,
      () => needs,
      (cost, _, k) => {
        const costs = new OfferCosts(cost, this.#offer)
        const figure = (statistic: Statistic) => statistic.figure(costs, study)
        this.#tried.set(fresh[k].join(), {
          at: fresh[k],
          cost: figure(this.#statistic),
          mean: figure(mean),
          p90: figure(p90),
          required: this.#conditions.map(({ statistic }) => figure(statistic)),
        })
      },
    )
  }

  /** The least of what meets all conditions; of equals the first. */
  best(): Tried | undefined {
    return this.tried
      .filter((one) => this.isFeasible(one))
      .reduce<Tried | undefined>((best, one) => (best && !this.#less(one, best) ? best : one), undefined)
  }

  #less(one: Tried, other: Tried): boolean {
    return one.cost.value < other.cost.value - 1e-13 * Math.abs(other.cost.value)
  }

  /** By how much a point meets each condition, in standard errors of its figure. */
  #margins({ required }: Tried): readonly number[] {
    return this.#conditions.map(({ most, bound }, k) => {
      const { value, se } = estimateOf(required[k])
      const margin = most ? bound - value : value - bound
      return se > 0 ? margin / se : margin >= 0 ? Infinity : -Infinity
    })
  }

  /**
   * What could be the best but for chance: it may meet the conditions, and costs hardly more than the least of what surely meets
   * them, since the best costs no more than that.
   */
  candidates(best: Tried): readonly Tried[] {
    const sure = this.tried
      .filter((one) => this.#margins(one).every((margin) => margin >= APART))
      .reduce<Tried | undefined>((least, one) => (least && !this.#less(one, least) ? least : one), undefined)
    const yardstick = this.#conditions.length === 0 ? best : sure
    return this.tried.filter((one) => {
      if (this.#margins(one).some((margin) => margin < -APART)) return false
      if (!yardstick) return true
      const { value, se } = estimateOf(difference(one.cost, yardstick.cost))
      return value <= APART * se + 1e-12 * Math.abs(yardstick.cost.value)
    })
  }

  /** Finer around the best until it hardly moves. */
  async refine(): Promise<Tried> {
    const count = FINER[this.#axes.length]
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const best = this.best()
      if (!best) throw new Error('a search goes on without a best')
      const windows = this.#axes.map(({ low, high }, k) => {
        const known = this.#numbers(k)
        const place = known.indexOf(best.at[k])
        return [known[place - 1] ?? low, known[place + 1] ?? high] as const
      })
      const fine = windows.every(
        ([low, high], k) => high - low <= (this.#axes[k].whole ? 2 : FINEST * (this.#axes[k].high - this.#axes[k].low)),
      )
      if (fine) return best
      // The best keeps its place among the finer numbers, so that a kink on a round number stays found.
      await this.grid(windows.map(([low, high], k) => [...new Set([...evenly(low, high, count, this.#axes[k].whole), best.at[k]])]))
    }
    return this.best() as Tried
  }

  /** The numbers of an axis that were tried, in order. */
  #numbers(axis: number): readonly number[] {
    return [...new Set(this.tried.map(({ at }) => at[axis]))].sort((a, b) => a - b)
  }

  /** The bests of runs that other seeds might have given, among what was tried. */
  #bests(): readonly Tried[] {
    const { tried } = this
    return resamplings(this.#study.starts.length - 1).flatMap((weights) => {
      let [best, least] = [undefined as Tried | undefined, Infinity]
      for (const one of tried) {
        const meetsAll = this.#conditions.every(({ most, bound }, k) => {
          const value = one.required[k].under(weights)
          return most ? value <= bound : value >= bound
        })
        const cost = meetsAll ? one.cost.under(weights) : Infinity
        if (cost < least - 1e-13 * Math.abs(cost)) [best, least] = [one, cost]
      }
      return best ? [best] : []
    })
  }

  /** How far the best might have moved with other seeds, an axis each; looked at more closely where it does. */
  async reach(best: Tried): Promise<readonly number[]> {
    const count = this.#axes.length === 1 ? 33 : 9
    let far = this.#axes.map(() => 0)
    for (let round = 0; round < CLOSER; round++) {
      const bests = this.#bests()
      far = this.#axes.map((_, k) =>
        bests.length === 0
          ? 0
          : FAR *
            spreadAbout(
              bests.map(({ at }) => at[k]),
              best.at[k],
            ),
      )
      if (far.every((distance) => distance === 0)) break
      await this.grid(
        this.#axes.map(({ low, high, whole }, k) =>
          far[k] === 0
            ? [best.at[k]]
            : evenly(Math.max(low, best.at[k] - far[k]), Math.min(high, best.at[k] + far[k]), count, whole),
        ),
      )
    }
    return far
  }

  /** Between which numbers of an axis the best may lie. */
  async interval(best: Tried, axis: number, far: number): Promise<readonly [number, number]> {
    const ends = async (side: -1 | 1): Promise<number> => {
      const { low, high, whole } = this.#axes[axis]
      for (let round = 0; ; round++) {
        const inside = [best, ...this.candidates(best)].map(({ at }) => at[axis])
        const last = side < 0 ? Math.min(...inside) : Math.max(...inside)
        const known = this.#numbers(axis)
        const outside = known[known.indexOf(last) + side]
        if (outside === undefined) return side < 0 ? low : high
        const gap = Math.abs(outside - last)
        const enough = gap <= Math.max(0.02 * Math.abs(last - best.at[axis]), FINEST * (high - low)) || (whole && gap <= 1)
        // Along one of two fields the other would have to follow: the next number that was tried is the end.
        if (enough || round >= MOST_ROUNDS || this.#axes.length > 1) return outside
        await this.grid([evenly(Math.min(last, outside), Math.max(last, outside), FINER[1], whole)])
      }
    }
    const { low, high } = this.#axes[axis]
    return [
      Math.max(low, Math.min(await ends(-1), best.at[axis] - far)),
      Math.min(high, Math.max(await ends(1), best.at[axis] + far)),
    ]
  }

  point(one: Tried): CurvePoint {
    return {
      values: Object.fromEntries(this.#axes.map(({ field }, k) => [field.path, one.at[k]])),
      cost: estimateOf(one.cost),
      mean: estimateOf(one.mean),
      p90: estimateOf(one.p90),
      feasible: this.isFeasible(one),
    }
  }
}

/** What no other point beats in both. */
function frontierOf(points: readonly CurvePoint[]): CurvePoint[] {
  const sorted = points.filter(({ feasible }) => feasible).sort((a, b) => a.mean.value - b.mean.value || a.p90.value - b.p90.value)
  let least = Infinity
  return sorted.filter(({ p90 }) => {
    const better = p90.value < least - 1e-12 * Math.abs(p90.value)
    if (better) least = p90.value
    return better
  })
}

/** The numbers in one or two fields that make an offer's cost least. */
export async function optimize(input: string | object, options: OptimizeOptions, reader: Reader): Promise<Optimum> {
  const { offer: named, minimise = 'mean', vary, require = [] } = options
  const statistic = minimised(minimise)
  const conditions = (Array.isArray(require) ? (require as readonly Require[]) : [require as Require]).map(conditionOf)
  const study = await Study.of(input, reader, options)
  const offer = study.offer(named)
  const axes = await axesOf(study, vary)
  const search = new Search(study, axes, offer, statistic, conditions)
  await search.grid(axes.map(({ low, high, whole }) => evenly(low, high, GRID[axes.length], whole)))
  if (!search.best()) throw new UsageError(unmet(axes, conditions, search.tried))
  const coarse = search.tried.map((one) => search.point(one))
  const best = await search.refine()
  const intervals: (readonly [number, number])[] = []
  const far = await search.reach(best)
  for (let axis = 0; axis < axes.length; axis++) intervals.push(await search.interval(best, axis, far[axis]))
  const order = (a: Tried, b: Tried) => a.at[0] - b.at[0] || (a.at[1] ?? 0) - (b.at[1] ?? 0)
  return {
    offer,
    minimise: statistic.name,
    best: Object.fromEntries(
      axes.map(({ field }, k) => [field.path, { value: best.at[k], low: intervals[k][0], high: intervals[k][1] }]),
    ),
    cost: estimateOf(best.cost),
    require: conditions.map(({ text }, k) => ({ condition: text, figure: estimateOf(best.required[k]) })),
    curve: [...search.tried].sort(order).map((one) => search.point(one)),
    frontier: frontierOf(coarse),
  }
}

function minimised(text: string): Statistic {
  try {
    return statisticOf(text, false)
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`minimise: ${error.message}`) : error
  }
}

/** Why nothing is good enough: how near each condition came. */
function unmet(axes: readonly Axis[], conditions: readonly Condition[], tried: readonly Tried[]): string {
  const where = axes.map(({ field, low, high }) => `${field.path} from ${low} to ${high}`).join(' and ')
  const near = conditions.map(({ statistic, most }, k) => {
    const values = tried.map(({ required }) => required[k].value)
    const nearest = most ? Math.min(...values) : Math.max(...values)
    return `${statistic.title} is ${most ? 'at least' : 'at most'} ${Number(nearest.toPrecision(6))} there`
  })
  return `nothing with ${where} meets ${conditions.map(({ text }) => shown(text)).join(' and ')}: ${near.join(', ')}`
}
