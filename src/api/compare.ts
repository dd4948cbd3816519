// The comparison of offers that `billcast compare` prints, as data.
import { checkOptions } from '../options/check.ts'
import { type CompareOptions, comparingOffers } from '../options/questions.ts'
import type { Regret } from '../questions/budget/asked.ts'
import type { Acceptability } from '../questions/compare/acceptability.ts'
import type { Difference, DifferenceShortfall } from '../questions/compare/difference.ts'
import type { Dominance } from '../questions/compare/dominance.ts'
import type { Ranking } from '../questions/compare/ranking.ts'
import type { Savings } from '../questions/compare/savings.ts'
import type { Verdict } from '../questions/compare/verdict.ts'
import type { Estimate, Measure } from '../summary/summary.ts'
import type { SimulationResult } from './result.ts'

/** A difference as plain data. */
export interface ComparedDifference extends Pick<Difference, 'offer' | 'minus' | 'mean' | 'sd' | 'skewness' | 'percentiles'> {
  /** The probability that the first offer costs more. */
  readonly above: Estimate
  /** The worst 5% for the first offer. */
  readonly expectedShortfall: DifferenceShortfall
}

/** All that a result says about the choice between its offers. */
export interface ComparedOffers {
  readonly measure: Measure
  readonly verdict: Verdict
  readonly ranking: Ranking
  readonly dominance: readonly Dominance[]
  readonly cheapest: Readonly<Record<string, Estimate>>
  readonly regret: Readonly<Record<string, Estimate>>
  readonly regrets: Readonly<Record<string, Regret>>
  readonly acceptability?: Acceptability
  readonly difference?: ComparedDifference
  /** Present if the plan states the cost of people. */
  readonly savings?: readonly Savings[]
}

/** The share of the worst trials whose difference is divided by offer. */
const WORST = 0.95

export function comparedOffers(result: SimulationResult, options: CompareOptions = {}): ComparedOffers {
  checkOptions(options, comparingOffers)
  const { against, difference, clearAt } = options
  const { comparison, offers } = result.summary
  const names = Object.keys(offers)
  return {
    measure: comparison.measure,
    verdict: result.verdict({ clearAt }),
    ranking: result.ranking(),
    dominance: result.dominance(),
    cheapest: comparison.cheapest,
    regret: comparison.regret,
    regrets: Object.fromEntries(names.map((offer) => [offer, result.regret(offer)])),
    ...(against !== undefined && { acceptability: result.acceptability(against) }),
    ...(difference && { difference: plainDifference(result.difference(...difference)) }),
    ...(result.hasPeople && { savings: names.map((offer) => result.savings(offer)) }),
  }
}

function plainDifference(found: Difference): ComparedDifference {
  const { offer, minus, mean, sd, skewness, percentiles } = found
  const [above, expectedShortfall] = [found.above(0), found.expectedShortfall(WORST)]
  return { offer, minus, mean, sd, skewness, percentiles, above, expectedShortfall }
}
