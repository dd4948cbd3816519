// The tails of a run's costs: how heavy they are, which errors they widen, and which figures have no standard error at all.
import type { Measure } from '../compile/program.ts'
import type { Outcome } from '../run/run.ts'
import type { Estimate } from '../numerics/estimators/estimate.ts'
import { type SampleSize, type HeavyTail, missedBy, joinedError } from '../numerics/estimators/heavy-tail.ts'
import { MOMENTS, orNoError } from '../numerics/estimators/infinite.ts'
import { skewnessInfluence } from '../numerics/estimators/skewness.ts'
import { isCapped } from '../simulation/heaviness.ts'
import { keptColumn } from '../simulation/block.ts'

export interface CostTail {
  /** The tails of the sample, as far as they are heavy. */
  readonly heavy: readonly HeavyTail[]
  /** Moments of the distribution of order 1 / heaviness and above are infinite. */
  readonly heaviness: number
}

/** The tails of an offer's cost. */
export function costTail({ measured, program, horizon }: Outcome, offer: number, measure: Measure): CostTail {
  const { heavy } = horizon[keptColumn(program, offer, measure)]
  const { heaviness } = measured.offers[offer][measure]
  // A cap may make the tail light. The sample then shows it.
  const open = heavy.length > 0 || !isCapped(program.offers[offer])
  return { heavy, heaviness: open ? heaviness : 0 }
}

/** By series: the costs of offers, then their differences. */
export function seriesTails(outcome: Outcome): readonly CostTail[] {
  const { measured, program, differences } = outcome
  const found: CostTail[] = []
  for (const [k, offer] of measured.offers.entries())
    for (const measure of ['bill', 'total'] as const) found[offer[measure].series] = costTail(outcome, k, measure)
  const own = (offer: number) => costTail(outcome, offer, program.measure).heaviness
  for (const [k, { a, b, series, heaviness }] of measured.pairs.entries())
    found[series] = { heavy: differences[k].heavy, heaviness: Math.min(heaviness, Math.max(own(a), own(b))) }
  return found
}

export const settledMean = ({ value, se }: Estimate, tail: CostTail, drawn: SampleSize): Estimate =>
  orNoError(
    {
      value,
      se: joinedError(
        se,
        missedBy(tail.heavy, drawn, (x) => x),
      ),
    },
    tail,
    MOMENTS.mean,
  )

/** @param mean the mean of the values */
export function settledSd({ value, se }: Estimate, mean: number, tail: CostTail, drawn: SampleSize): Estimate {
  const influence = (x: number) => ((x - mean) * (x - mean)) / (2 * value)
  const missed = value > 0 ? missedBy(tail.heavy, drawn, influence) : 0
  return orNoError({ value, se: joinedError(se, missed) }, tail, MOMENTS.sd)
}

export function settledSkewness({ value, se }: Estimate, mean: number, sd: number, tail: CostTail, drawn: SampleSize): Estimate {
  const all = { first: 0, second: sd * sd, third: value * sd * sd * sd }
  const missed = sd > 0 ? missedBy(tail.heavy, drawn, skewnessInfluence(all, value, mean)) : 0
  return orNoError({ value, se: joinedError(se, missed) }, tail, MOMENTS.skewness)
}
