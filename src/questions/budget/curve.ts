// The S-curve of a cost. At a percentile that the summary states, the curve states the same number with the same error, also where the
// summary's number was integrated. Between two of them it is the percentile of the trials, never outside the two: the curve rises.
import { percentileOf } from '../../numerics/estimators/percentile.ts'
import type { SampledColumn } from '../../numerics/estimators/sorted.ts'
import type { Trials } from '../trials.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'

export interface CurvePoint {
  readonly probability: number
  readonly amount: number
  readonly se: number
}

/** Percentiles that are stated elsewhere: `p80` and its estimate. */
type Stated = Readonly<Record<string, Estimate | undefined>>

interface Fixed {
  readonly p: number
  readonly estimate: Estimate
}

const SAME = 1e-9

export class CostCurve {
  readonly #column: SampledColumn
  readonly #fixed: readonly Fixed[]
  #points: readonly CurvePoint[] | undefined

  constructor(column: SampledColumn, stated: Stated) {
    this.#column = column
    this.#fixed = Object.entries(stated).flatMap(([key, estimate]) =>
      estimate ? [{ p: Number(key.slice(1)) / 100, estimate }] : [],
    )
  }

  /** The amount that suffices with a probability. */
  at(p: number): Estimate {
    return this.#of([p])[0]
  }

  /** Amounts that suffice with 1%, 2% … 99%. */
  points(): readonly CurvePoint[] {
    this.#points ??= this.#made()
    return this.#points
  }

  #made(): CurvePoint[] {
    const shares = Array.from({ length: 99 }, (_, k) => (k + 1) / 100)
    return this.#of(shares).map(({ value, se }, k) => ({ probability: shares[k], amount: value, se }))
  }

  #of(shares: readonly number[]): Estimate[] {
    const open = shares.filter((p) => !this.#stated(p))
    const sample = open.length > 0 ? this.#column.select(open) : undefined
    return shares.map((p) => {
      const stated = this.#stated(p)
      if (stated || !sample) return stated ?? { value: 0, se: 0 }
      const { value, se } = percentileOf(sample, p)
      return { value: this.#between(p, value), se }
    })
  }

  #stated(p: number): Estimate | undefined {
    return this.#fixed.find((one) => Math.abs(one.p - p) < SAME)?.estimate
  }

  #between(p: number, value: number): number {
    const [low, high] = this.#fixed.reduce(
      ([from, to], one) => (one.p < p ? [Math.max(from, one.estimate.value), to] : [from, Math.min(to, one.estimate.value)]),
      [-Infinity, Infinity],
    )
    return Math.max(low, Math.min(high, value))
  }
}

/** The curves of each run, by offer. */
const CURVES = new WeakMap<Trials, Map<string, CostCurve>>()

/** The curve of an offer's cost over the horizon, made once for a run. */
export function curveOf(trials: Trials, { offers, comparison }: Summary, offer: string): CostCurve {
  const known = CURVES.get(trials) ?? new Map<string, CostCurve>()
  CURVES.set(trials, known)
  const curve = known.get(offer) ?? new CostCurve(trials.cost(trials.offer(offer)), offers[offer][comparison.measure].percentiles)
  known.set(offer, curve)
  return curve
}

/** The curve of an offer's cost in one month, by its place. */
export function monthCurveOf(trials: Trials, { offers, comparison }: Summary, offer: string, month: number): CostCurve {
  const column = trials.column(trials.monthly(trials.offer(offer))[month])
  return new CostCurve(column, offers[offer][comparison.measure].monthly[month].percentiles ?? {})
}
