// The S-curve of a cost: the amount that is enough with each probability. At a percentile that the summary states, the curve has the same
// number and error. Between two of them it takes the percentile of the trials and keeps it between the two, so that the curve rises.
import { percentileOf } from '../../numerics/estimators/percentile.ts'
import type { SampledColumn } from '../../numerics/estimators/sorted.ts'
import { costMonths } from '../cost-months.ts'
import type { Trials } from '../trials.ts'
import type { Estimate, Measure, Summary } from '../../summary/summary.ts'

export interface CurvePoint {
  readonly probability: number
  readonly amount: number
  readonly se: number
}

/** Figures of the summary by their probability. */
export class StatedFigures {
  readonly #all: readonly (readonly [p: number, estimate: Estimate])[]

  /** @param stated figures by percentile, such as `p80` */
  constructor(stated: Readonly<Record<string, Estimate | undefined>>) {
    this.#all = Object.entries(stated).flatMap(([key, one]) => (one ? [[Number(key.slice(1)) / 100, one] as const] : []))
  }

  at(p: number): Estimate | undefined {
    return this.#all.find(([own]) => Math.abs(own - p) < 1e-9)?.[1]
  }

  /** Moves a value between the stated figures on both sides of its probability. */
  between(p: number, value: number): number {
    const low = this.#all.filter(([own]) => own < p).map(([, estimate]) => estimate.value)
    const high = this.#all.filter(([own]) => own > p).map(([, estimate]) => estimate.value)
    return Math.max(...low, Math.min(...high, value))
  }
}

const PERCENTS = Array.from({ length: 99 }, (_, k) => (k + 1) / 100)

class CostCurve {
  readonly #column: SampledColumn
  readonly #stated: StatedFigures
  #points: readonly CurvePoint[] | undefined

  constructor(column: SampledColumn, stated: Readonly<Record<string, Estimate | undefined>>) {
    this.#column = column
    this.#stated = new StatedFigures(stated)
  }

  /** The amount that is enough with a probability. */
  at(p: number): Estimate {
    return this.#of([p])[0]
  }

  /** The amounts that are enough with a probability of 1%, 2% … 99%. */
  points(): readonly CurvePoint[] {
    this.#points ??= this.#of(PERCENTS).map(({ value, se }, k) => ({ probability: PERCENTS[k], amount: value, se }))
    return this.#points
  }

  #of(shares: readonly number[]): Estimate[] {
    const open = shares.filter((p) => !this.#stated.at(p))
    const sample = open.length > 0 ? this.#column.select(open) : undefined
    return shares.map((p) => {
      const stated = this.#stated.at(p)
      if (stated || !sample) return stated ?? { value: 0, se: 0 }
      const { value, se } = percentileOf(sample, p)
      return { value: this.#stated.between(p, value), se }
    })
  }
}

/** The curves of each run by measure and offer, because several questions read the same one. */
const CURVES = new WeakMap<Trials, Map<string, CostCurve>>()

/** The curve of an offer's cost over the horizon. @param measure by default the one that offers are compared by */
export function curveOf(
  trials: Trials,
  { offers, comparison }: Summary,
  offer: string,
  measure: Measure = comparison.measure,
): CostCurve {
  const known = CURVES.get(trials) ?? new Map<string, CostCurve>()
  CURVES.set(trials, known)
  const key = `${measure} ${offer}`
  const curve = known.get(key) ?? new CostCurve(trials.cost(trials.offer(offer), measure), offers[offer][measure].percentiles)
  known.set(key, curve)
  return curve
}

/** The curve of an offer's cost in one month, counted from 0. */
export function monthCurveOf(trials: Trials, { offers, comparison }: Summary, offer: string, month: number): CostCurve {
  const [column] = trials.sampled([costMonths(trials.model, trials.offer(offer), trials.measure)[month]])
  return new CostCurve(column, offers[offer][comparison.measure].monthly[month].percentiles ?? {})
}
