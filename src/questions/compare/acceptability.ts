// Shows how the choice depends on one input: which offer is cheapest at each of its values, how likely, and by how much (acceptability curve,
// frontier and expected loss: Fenwick, Claxton and Sculpher, Health Economics 10, 2001; Eckermann and Willan, 2011).
import type { Estimate } from '../../summary/summary.ts'
import { binsOf, meansWithin } from '../bins.ts'
import { estimateOf } from '../../numerics/estimators/figure.ts'
import { tied } from '../../numerics/estimators/ties.ts'
import type { Trials } from '../trials.ts'

const CLASSES = 20

export interface AcceptabilityOffer {
  /** The probability that the offer is the cheapest. */
  readonly cheapest: Estimate
  readonly mean: Estimate
  /** How much more it costs on average than the cheapest offer of the same trial. */
  readonly loss: Estimate
}

export interface AcceptabilityPoint {
  /** The values of the input in this class, from the lowest to the highest. */
  readonly from: number
  readonly to: number
  /** The mean of these values. */
  readonly at: number
  readonly trials: number
  readonly offers: Readonly<Record<string, AcceptabilityOffer>>
  /** The offer with the lowest mean. */
  readonly frontier: string
  /** The probability that the frontier offer is the cheapest. */
  readonly likely: Estimate
  /** The offer that is most often the cheapest. */
  readonly oftenest: string
}

export interface Acceptability {
  readonly against: string
  readonly points: readonly AcceptabilityPoint[]
  readonly words: string
}

export function acceptabilityOf(trials: Trials, against: string, classes = CLASSES): Acceptability {
  const values = trials.driver(against)
  const costs = trials.recordedCosts()
  const { starts, names } = trials
  const bins = binsOf(values, classes)
  const least = values.map((_, i) => costs.reduce((low, cost) => Math.min(low, cost[i]), Infinity))
  const ties = values.map((_, i) => costs.reduce((count, cost) => count + (tied(cost[i], least[i]) ? 1 : 0), 0))
  const within = (number: (i: number) => number, probability = false) => meansWithin(bins, starts, number, probability)
  const sizes = new Float64Array(bins.count)
  for (const bin of bins.of) sizes[bin] += 1
  const at = within((i) => values[i])
  const offers = costs.map((cost) => ({
    cheapest: within((i) => (tied(cost[i], least[i]) ? 1 / ties[i] : 0), true),
    mean: within((i) => cost[i]),
    loss: within((i) => cost[i] - least[i]),
  }))
  const points = Array.from({ length: bins.count }, (_, bin): AcceptabilityPoint => {
    const own = offers.map((offer) => ({
      cheapest: estimateOf(offer.cheapest[bin]),
      mean: estimateOf(offer.mean[bin]),
      loss: estimateOf(offer.loss[bin]),
    }))
    const best = own.reduce((a, offer, k) => (offer.mean.value < own[a].mean.value ? k : a), 0)
    const oftenest = own.reduce((a, offer, k) => (offer.cheapest.value > own[a].cheapest.value ? k : a), 0)
    return {
      from: bins.edges[bin],
      to: bins.edges[bin + 1],
      at: at[bin].value,
      trials: sizes[bin],
      offers: Object.fromEntries(names.map((name, k) => [name, own[k]])),
      frontier: names[best],
      likely: own[best].cheapest,
      oftenest: names[oftenest],
    }
  })
  return { against, points, words: wordsOf(against, points) }
}

function wordsOf(against: string, points: readonly AcceptabilityPoint[]): string {
  const runs: { offer: string; from: number; to: number }[] = []
  for (const { frontier, from, to } of points) {
    const last = runs[runs.length - 1]
    if (last?.offer === frontier) last.to = to
    else runs.push({ offer: frontier, from, to })
  }
  const short = (value: number) => String(Number(value.toPrecision(4)))
  const story =
    runs.length === 1
      ? `${runs[0].offer} has the lowest mean cost at every value of ${against}.`
      : `The choice depends on ${against}. Lowest mean cost: ${runs.map(({ offer, from, to }) => `${offer} from ${short(from)} to ${short(to)}`).join(', ')}.`
  const apart = points.find(({ frontier, oftenest }) => frontier !== oftenest)
  if (!apart) return story
  return `${story} From ${short(apart.from)}, ${apart.oftenest} is cheapest more often, but ${apart.frontier} costs less on average.`
}
