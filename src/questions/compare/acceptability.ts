// Shows how the choice depends on one input: which offer is cheapest at each of its values, how likely, and by how much (acceptability curve,
// frontier and expected loss: Fenwick, Claxton and Sculpher, Health Economics 10, 2001; Eckermann and Willan, 2011).
import { inputNumber } from '../../scenario/input-words.ts'
import type { Estimate } from '../../summary/summary.ts'
import { type Bins, binsOf, meansWithin, type RareClasses, rareClasses, rareWithin, sizesOf } from '../bins.ts'
import { estimateOf, type Figure } from '../../numerics/estimators/figure.ts'
import { shareOfCheapest } from '../../numerics/estimators/figures.ts'
import { type Lead, unseenRegret } from '../../numerics/estimators/regret.ts'
import { tied } from '../../numerics/estimators/ties.ts'
import { unseenFrom } from '../../numerics/estimators/unseen.ts'
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

type OfTrial = (costs: readonly Float64Array[], trial: number) => number

const leastOf: OfTrial = (costs, i) => costs.reduce((low, cost) => Math.min(low, cost[i]), Infinity)

/** The lowest cost of each trial, the number of offers that share it, and how far the next one is from it. */
interface Lowest {
  readonly cost: Float64Array
  readonly ties: Float64Array
  readonly lead: Float64Array
}

function lowestOf(costs: readonly Float64Array[]): Lowest {
  const cost = Float64Array.from(costs[0], (_, i) => leastOf(costs, i))
  const ties = cost.map((low, i) => costs.reduce((count, own) => count + (tied(own[i], low) ? 1 : 0), 0))
  const lead = cost.map((low, i) =>
    ties[i] > 1 ? 0 : costs.reduce((next, own) => (tied(own[i], low) ? next : Math.min(next, own[i])), Infinity) - low,
  )
  return { cost, ties, lead }
}

/** What is computed for each offer in each class. */
function offersIn(trials: Trials, bins: Bins, classes: RareClasses | undefined, sizes: Float64Array) {
  const columns = trials.sampledCosts()
  const costs = columns.map(({ values }) => values)
  const rareCosts = columns.map(({ beyond }) => beyond.unseen)
  const { starts } = trials
  const lowest = lowestOf(costs)
  const within = (of: (trial: number) => number, ofRare: OfTrial, probability = false): Figure[] => {
    const found = meansWithin(bins, starts, of, probability)
    const rare = rareWithin(sizes, classes, unseenFrom(rareCosts, ofRare), (bin) => found[bin].value)
    return found.map((figure, bin) => ({ ...figure, least: Math.max(figure.least, rare[bin]) }))
  }
  const leads = costs.length > 1 ? leadsIn(bins, starts, lowest.lead) : undefined
  return costs.map((cost, k) => ({
    cheapest: within(
      (i) => (tied(cost[i], lowest.cost[i]) ? 1 / lowest.ties[i] : 0),
      (all, i) => shareOfCheapest(all, k, i),
      true,
    ),
    mean: within(
      (i) => cost[i],
      (all, i) => all[k][i],
    ),
    loss: within(
      (i) => cost[i] - lowest.cost[i],
      (all, i) => all[k][i] - leastOf(all, i),
    ).map((loss, bin) => withLead(loss, leads?.[bin], sizes[bin])),
  }))
}

/** In each class, how far the cheapest offer stays below the next one. */
function leadsIn(bins: Bins, starts: readonly number[], lead: Float64Array): readonly Lead[] {
  const means = meansWithin(bins, starts, (i) => lead[i], false)
  const gap = (i: number) => lead[i] - means[bins.of[i]].value
  const squares = meansWithin(bins, starts, (i) => gap(i) * gap(i), false)
  return means.map(({ value: mean }, bin) => ({ mean, sd: Math.sqrt(squares[bin].value) }))
}

/** An offer that is the cheapest in all trials of a class has the error of the rule of three. */
const withLead = (loss: Figure, lead: Lead | undefined, size: number): Figure =>
  lead && loss.value === 0 && size > 0 ? { ...loss, least: Math.max(loss.least, unseenRegret([lead], size)) } : loss

export function acceptabilityOf(trials: Trials, against: string, classes = CLASSES): Acceptability {
  const { values, beyond } = trials.sampledDriver(against)
  const { starts, names } = trials
  const bins = binsOf(values, classes)
  const sizes = sizesOf(bins)
  const at = meansWithin(bins, starts, (i) => values[i], false)
  const offers = offersIn(trials, bins, rareClasses(beyond.unseen, bins), sizes)
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
  return { against, points, words: acceptabilityWords(against, points) }
}

/** Who has the lowest mean, and where another is the cheapest more often. */
export function acceptabilityWords(against: string, points: readonly AcceptabilityPoint[]): string {
  const runs: { offer: string; from: number; to: number }[] = []
  for (const { frontier, from, to } of points) {
    const last = runs[runs.length - 1]
    if (last?.offer === frontier) last.to = to
    else runs.push({ offer: frontier, from, to })
  }
  const written = (value: number) => inputNumber(against, value)
  const story =
    runs.length === 1
      ? `${runs[0].offer} has the lowest mean cost at every value of ${against}.`
      : `The choice depends on ${against}. Lowest mean cost: ${runs.map(({ offer, from, to }) => `${offer} from ${written(from)} to ${written(to)}`).join(', ')}.`
  const apart = points.find(({ frontier, oftenest }) => frontier !== oftenest)
  if (!apart) return story
  return `${story} From ${written(apart.from)}, ${apart.oftenest} is cheapest more often, but ${apart.frontier} costs less on average.`
}
