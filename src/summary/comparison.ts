// Compares offers on the same trials: odds of being cheapest, differences and regret.
import type { OrderFigures } from '../numerics/estimators/levels.ts'
import { type Lead, unmetMean, unseenRegret } from '../numerics/estimators/regret.ts'
import { unseenMean } from '../numerics/estimators/unseen.ts'
import type { Read } from './cost.ts'
import { sharperChances } from './sharper.ts'
import { type Estimates, type Percentile, PERCENTILES } from './statistic.ts'
import type { Comparison, CostDifference, Estimate, Summary } from './summary.ts'

type ByOffer<T> = Readonly<Record<string, T>>

/** The offer that is cheapest in most trials. Among equals, the first one in the plan. */
export function bestOf({ comparison }: Summary): string {
  const [[best]] = Object.entries(comparison.cheapest).sort(([, a], [, b]) => b.value - a.value)
  return best
}

export function comparisonOf(read: Read, names: readonly string[]): Comparison {
  const { program } = read.outcome
  const byOffer = <T>(of: (offer: number) => T): ByOffer<T> => Object.fromEntries(names.map((name, k) => [name, of(k)]))
  const chances = cheapestOf(read, names)
  return {
    measure: program.measure,
    cheapest: byOffer((k) => chances[k]),
    ...(program.pairs && { cheaper: cheaperOf(read, names) }),
    regret: byOffer((k) => regretOf(read, k)),
    ...(program.pairs && { difference: differencesOf(read, names) }),
  }
}

/** All odds come from one source, so that they add up to 1. */
function cheapestOf({ outcome, estimates, headline }: Read, names: readonly string[]): readonly Estimate[] {
  const sampled = outcome.measured.offers.map(({ share }, k) => estimates.share(share, estimates.unseen.cheapest(k), share + 1))
  const integrated = names.map((_, k) => headline.cheapest(k))
  return sharperChances(sampled, integrated, outcome.plan.trials)
}

const empty = <T>(names: readonly string[]): Record<string, Record<string, T>> =>
  Object.fromEntries(names.map((name) => [name, {}]))

function cheaperOf({ outcome, estimates, headline }: Read, names: readonly string[]): ByOffer<ByOffer<Estimate>> {
  const cheaper = empty<Estimate>(names)
  for (const { a, b, counts } of outcome.measured.pairs) {
    const { unseen } = estimates
    const counted = [estimates.share(counts, unseen.cheaper(a, b)), estimates.share(counts + 1, unseen.cheaper(b, a))]
    // Both odds come from one source, so that they never add up to more than 1.
    const [less, more] = sharperChances(counted, [headline.cheaper(a, b), headline.cheaper(b, a)], outcome.plan.trials)
    cheaper[names[a]][names[b]] = less
    cheaper[names[b]][names[a]] = more
  }
  return cheaper
}

function differencesOf({ outcome, estimates }: Read, names: readonly string[]): ByOffer<ByOffer<CostDifference>> {
  const difference = empty<CostDifference>(names)
  outcome.measured.pairs.forEach(({ a, b, series }, k) => {
    const [mean, sd, figures] = [estimates.seriesMean(series), estimates.sd(series), outcome.differences[k]]
    difference[names[a]][names[b]] = { mean, sd, percentiles: percentilesOf(figures) }
    difference[names[b]][names[a]] = { mean: negative(mean), sd, percentiles: mirrored(figures) }
  })
  return difference
}

const percentilesOf = ({ percentiles, percentileErrors }: OrderFigures): Estimates<Percentile> =>
  Object.fromEntries(PERCENTILES.map((key, k) => [key, { value: percentiles[k], se: percentileErrors[k] }]))

/** The mean regret of an offer. A difference that rounding alone explains is 0. */
function regretOf(read: Read, offer: number): Estimate {
  const { outcome, estimates } = read
  const { measured, program, plan } = outcome
  const { regret, ...costs } = measured.offers[offer]
  const rounding = 1e-13 * Math.abs(estimates.seriesMean(costs[program.measure].series).value)
  const { value, se, ...rest } = estimates.mean(regret, costs[program.measure].series)
  const rare = unseenMean(estimates.unseen.amount(regret))
  if (value > rounding) return { ...rest, value, se: se > rounding ? se : 0 }
  const known = Math.max(unseenRegret(leadsOf(read, offer), plan.trials), rare)
  const least = known > rounding ? known : unmetMean(estimates.unseen.loss(offer), plan.trials)
  return { value: 0, se: least > rounding ? least : 0 }
}

/** An offer's lead over each other one. Without pairs, the two standard deviations bound that of the difference. */
function leadsOf({ outcome: { measured, program }, estimates }: Read, offer: number): Lead[] {
  const costs = measured.offers.map((own) => own[program.measure].series)
  const [mean, sd] = [(series: number) => estimates.seriesMean(series).value, (series: number) => estimates.sd(series).value]
  return costs.flatMap((series, other): Lead[] => {
    if (other === offer || series === costs[offer]) return []
    const gap = mean(series) - mean(costs[offer])
    const pair = measured.pairs.find(({ a, b }) => (a === offer && b === other) || (a === other && b === offer))
    return [{ mean: gap, sd: pair ? sd(pair.series) : sd(series) + sd(costs[offer]) }]
  })
}

const negative = ({ value, ...rest }: Estimate): Estimate => ({ ...rest, value: value === 0 ? 0 : -value })

/** Percentiles of b − a are those of a − b from the other end, negated. */
const mirrored = ({ mirror }: OrderFigures): Estimates<Percentile> =>
  Object.fromEntries(PERCENTILES.map((key, k) => [key, negative(mirror[k])]))
