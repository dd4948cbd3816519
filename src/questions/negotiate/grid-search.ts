// Searches one or two axes for the least cost. The grid gets finer around the best point, and all points share the same trials.
import { prepared } from '../../numerics/estimators/sorting.ts'
import { combinations, evenly } from './bounds.ts'
import type { Field } from '../../scenario/edit/field.ts'
import { difference, estimateOf, type Figure } from '../../numerics/estimators/figure.ts'
import type { Steps } from '../../pace.ts'
import { resamplings, spreadAbout } from '../resample.ts'
import type { AskedFigure } from '../../summary/statistic.ts'
import type { Anchors } from '../anchors.ts'
import { askedFigure, askedSource } from '../asked.ts'
import type { Condition } from './condition.ts'
import type { Study, Variant } from '../study.ts'

export interface Tried {
  readonly at: readonly number[]
  readonly cost: Figure
  readonly mean: Figure
  readonly p90: Figure
  readonly required: readonly Figure[]
}

/** Minimizes the statistic of an offer under some conditions. */
export type Goal = { readonly offer: string; readonly statistic: AskedFigure; readonly conditions: readonly Condition[] }

export interface Axis {
  readonly field: Field
  readonly low: number
  readonly high: number
  readonly whole: boolean
}

/** Numbers on each axis of a finer grid, by the number of axes. */
const FINER: Readonly<Record<number, number>> = { 1: 11, 2: 7 }
/** The grid stops getting finer at this share of the whole range. */
const FINEST = 1e-6
const MOST_ROUNDS = 12
/** A point may be the best if it costs at most this many standard errors more than the best one found. */
const APART = 2.5
/** The interval reaches this many times as far as the best point moves between resampled runs. */
const FAR = 4
/** The grid is refined this many times to see how far the best point moves. */
const CLOSER = 3

const meets = ({ most, bound }: Condition, { value }: Figure): boolean => (most ? value <= bound : value >= bound)

/** The first point of least cost. */
const leastOf = (points: readonly Tried[]): Tried | undefined =>
  points.reduce<Tried | undefined>(
    (least, one) => (least && !(one.cost.value < least.cost.value - 1e-13 * Math.abs(least.cost.value)) ? least : one),
    undefined,
  )

export class GridSearch {
  readonly #study: Study
  readonly #axes: readonly Axis[]
  readonly #goal: Goal
  readonly #anchors: Anchors
  readonly #tried = new Map<string, Tried>()

  constructor(study: Study, axes: readonly Axis[], goal: Goal, anchors: Anchors) {
    this.#study = study
    this.#axes = axes
    this.#goal = goal
    this.#anchors = anchors
  }

  get tried(): readonly Tried[] {
    return [...this.#tried.values()]
  }

  isFeasible({ required }: Tried): boolean {
    return this.#goal.conditions.every((condition, k) => meets(condition, required[k]))
  }

  /** Tries all combinations of numbers that are new. */
  async grid(lists: readonly (readonly number[])[]): Promise<void> {
    const fresh = combinations(lists).filter((at) => !this.#tried.has(at.join()))
    if (fresh.length === 0) return
    const study = this.#study
    const { offer, statistic, conditions } = this.#goal
    const variants: Variant[] = []
    for (const at of fresh)
      variants.push(await study.variant(study.data(this.#axes.map(({ field }, k) => [field, at[k]] as const))))
    const needs = [statistic, ...conditions.map(({ figure }) => figure)].some(({ all }) => all) ? study.base.offers : [offer]
    const [mean, p90] = [askedFigure('mean', true), askedFigure('p90', true)]
    await study.run(
      variants,
      () => needs,
      async (cost, _, k) => {
        const source = askedSource(study, cost, offer)
        await study.pace.through(prepared(source.own))
        const figure = async (asked: AskedFigure) => {
          await study.pace.turn()
          return this.#anchors.pinned(offer, asked.name, asked.figure(source))
        }
        const required: Figure[] = []
        const found = { at: fresh[k], cost: await figure(statistic), mean: await figure(mean), p90: await figure(p90), required }
        for (const condition of conditions) required.push(await figure(condition.figure))
        this.#tried.set(fresh[k].join(), found)
      },
    )
  }

  /** The point of least cost among those that meet all conditions. */
  best(): Tried | undefined {
    return leastOf(this.tried.filter((one) => this.isFeasible(one)))
  }

  /** The distance by which a point meets each condition, in standard errors of its figure. */
  #margins({ required }: Tried): readonly number[] {
    return this.#goal.conditions.map(({ most, bound }, k) => {
      const { value, se } = estimateOf(required[k])
      const margin = most ? bound - value : value - bound
      return se > 0 ? margin / se : margin >= 0 ? Infinity : -Infinity
    })
  }

  /**
   * Points that may be the best within sampling error. They may meet the conditions, and cost hardly more than the cheapest point that
   * clearly meets them.
   */
  #candidates(best: Tried): readonly Tried[] {
    const sure = leastOf(this.tried.filter((one) => this.#margins(one).every((margin) => margin >= APART)))
    const yardstick = this.#goal.conditions.length === 0 ? best : sure
    return this.tried.filter((one) => {
      if (this.#margins(one).some((margin) => margin < -APART)) return false
      if (!yardstick) return true
      const { value, se } = estimateOf(difference(one.cost, yardstick.cost))
      return value <= APART * se + 1e-12 * Math.abs(yardstick.cost.value)
    })
  }

  /** Refines the grid around the best point until it hardly moves. */
  async refine(): Promise<Tried> {
    const count = FINER[this.#axes.length]
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const best = this.best()
      if (!best) throw new Error('a search cannot be refined before it has found a best point')
      const windows = this.#axes.map(({ low, high }, k) => {
        const known = this.#numbers(k)
        const place = known.indexOf(best.at[k])
        return [known[place - 1] ?? low, known[place + 1] ?? high] as const
      })
      const fine = windows.every(
        ([low, high], k) => high - low <= (this.#axes[k].whole ? 2 : FINEST * (this.#axes[k].high - this.#axes[k].low)),
      )
      if (fine) return best
      // The best point stays on the grid, so that the search does not lose a kink on a round number.
      await this.grid(windows.map(([low, high], k) => [...new Set([...evenly(low, high, count, this.#axes[k].whole), best.at[k]])]))
    }
    return this.best() as Tried
  }

  /** The numbers of an axis that were tried, in order. */
  #numbers(axis: number): readonly number[] {
    return [...new Set(this.tried.map(({ at }) => at[axis]))].sort((a, b) => a - b)
  }

  /** The best points in runs that other seeds might have given. */
  *#bests(): Steps<readonly Tried[]> {
    const { tried } = this
    const bests: Tried[] = []
    for (const weights of resamplings(this.#study.starts.length - 1)) {
      let [best, least] = [undefined as Tried | undefined, Infinity]
      for (const one of tried) {
        yield 0
        const meetsAll = this.#goal.conditions.every(({ most, bound }, k) => {
          const value = one.required[k].under(weights)
          return most ? value <= bound : value >= bound
        })
        const cost = meetsAll ? one.cost.under(weights) : Infinity
        if (cost < least - 1e-13 * Math.abs(cost)) [best, least] = [one, cost]
      }
      if (best) bests.push(best)
    }
    return bests
  }

  /** How far the best point might move with other seeds, on each axis. The grid gets finer wherever it moves. */
  async reach(best: Tried): Promise<readonly number[]> {
    const count = this.#axes.length === 1 ? 33 : 9
    let far = this.#axes.map(() => 0)
    for (let round = 0; round < CLOSER; round++) {
      const bests = await this.#study.pace.through(this.#bests())
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

  /** The range of an axis in which the best point may lie. */
  async interval(best: Tried, axis: number, far: number): Promise<readonly [number, number]> {
    const ends = async (side: -1 | 1): Promise<number> => {
      const { low, high, whole } = this.#axes[axis]
      for (let round = 0; ; round++) {
        const inside = [best, ...this.#candidates(best)].map(({ at }) => at[axis])
        const last = side < 0 ? Math.min(...inside) : Math.max(...inside)
        const known = this.#numbers(axis)
        const outside = known[known.indexOf(last) + side]
        if (outside === undefined) return side < 0 ? low : high
        const gap = Math.abs(outside - last)
        const enough = gap <= Math.max(0.02 * Math.abs(last - best.at[axis]), FINEST * (high - low)) || (whole && gap <= 1)
        // On one of two axes, the other number would have to follow. The next number that was tried ends the range.
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
}
