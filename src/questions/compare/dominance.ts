// Finds offers that every buyer prefers to another one (first-order stochastic dominance), or every risk-averse buyer (second-order). A sample
// of dominating costs crosses the other now and then, so the test is of almost stochastic dominance (Leshno and Levy, Management Science 48,
// 2002): the share of the area between both curves in which the offer is the dearer one, with the error of that share (del Barrio,
// Cuesta-Albertos and Matrán, Test 27, 2018).
import { normalCdf } from '../../numerics/distributions/special/normal.ts'
import { estimateOf, linear } from '../../numerics/estimators/figure.ts'
import { movesOf, type RankedValues, rankedOf } from '../../numerics/estimators/ranked.ts'
import { unseenMean } from '../../numerics/estimators/unseen.ts'
import { TIE } from '../../numerics/estimators/ties.ts'
import type { Estimate } from '../../summary/summary.ts'
import type { Trials } from '../trials.ts'

export interface Dominance {
  readonly offer: string
  readonly over: string
  /** 1: its budget is at most as high at every probability. 2: its mean over the worst trials is at most as high at every probability. */
  readonly order: 1 | 2
  /** The share of the area between the two curves in which the offer is the dearer one, at most 1%. 0 for strict dominance. */
  readonly violation: Estimate
  /** The probability that the violation is at most 1% and the offer the cheaper one, as far as the simulation's error goes. */
  readonly confidence: number
}

/**
 * Violations up to this share count as dominance. People accept 5.9% at the first order and 3.2% at the second (Levy, Leshno and
 * Leibovitch, Annals of Operations Research 176, 2010), so this is strict.
 */
const ALMOST = 0.01
/** Standard errors by which the curves must be apart on average, so that offers with the same distribution do not dominate each other. */
const APART = 5
/** Standard errors by which the violation must stay below the limit. */
const SURE = 2

/** All pairs in which one offer dominates, with the lowest order. Offers with the same distribution do not dominate each other. */
export function dominanceOf(trials: Trials): Dominance[] {
  const costs = trials.names.map((_, k): RankedCost => {
    const { values, design, beyond } = trials.cost(k)
    return { ...rankedOf(values, design), certain: design.certain || beyond.constant, rare: unseenMean(beyond.unseen) }
  })
  const room = new Float64Array(costs[0]?.sorted.length ?? 0)
  return trials.names.flatMap((offer, a) =>
    trials.names.flatMap((over, b): Dominance[] => {
      if (a === b) return []
      for (const order of [1, 2] as const) {
        const found = testedAt(order, costs[a], costs[b], room)
        if (found) return [{ offer, over, order, ...found }]
      }
      return []
    }),
  )
}

interface RankedCost extends RankedValues {
  /** Whether the plan gives it one value only. */
  readonly certain: boolean
  /** The error that rare values leave in its mean, and so in an area between its curve and another one. */
  readonly rare: number
}

/** The area between two curves, the part of it in which the first is above, and the weights by rank that give both from the quantiles. */
interface Areas {
  /** Mean of the first curve minus the second. */
  readonly gap: number
  readonly above: number
  /** The largest difference at either end, which a missed trial may turn round. */
  readonly ends: number
}

function testedAt(
  order: 1 | 2,
  a: RankedCost,
  b: RankedCost,
  weights: Float64Array,
): Pick<Dominance, 'violation' | 'confidence'> | undefined {
  const n = a.sorted.length
  const { gap, above, ends } = order === 1 ? quantileAreas(a.sorted, b.sorted, weights) : tailAreas(a.sorted, b.sorted, weights)
  const area = 2 * above - gap
  if (!(gap < 0) || !(above <= ALMOST * area)) return undefined
  const ofAbove = gapMoves(a, b, weights)
  for (let k = 0; k < n; k++) weights[k] = order === 1 ? 1 : (k + 1) / n
  const ofGap = gapMoves(a, b, weights)
  const share = above / area
  const moves = ofAbove.map((move, r) => (move - share * (2 * move - ofGap[r])) / area)
  const rare = Math.sqrt(a.rare * a.rare + b.rare * b.rare)
  const least = a.certain && b.certain ? 0 : Math.max(ends / n, rare) / area
  const violation = estimated(share, moves, least)
  const { se } = estimated(gap, ofGap, rare)
  const [apart, below] = [-gap / se, (ALMOST - share) / violation.se]
  if (!(apart >= APART) || !(below >= SURE)) return undefined
  if (order === 2 && isDearer(a, b, weights)) return undefined
  return { violation, confidence: normalCdf(Math.min(apart, below)) }
}

/**
 * Whether the first mean is certainly above the second. That rules out dominance at the second order (Tzeng, Huang and Shih, Management
 * Science 59, 2013).
 */
function isDearer(a: RankedValues, b: RankedValues, weights: Float64Array): boolean {
  weights.fill(1)
  const value = a.sorted.reduce((sum, cost, k) => sum + cost - b.sorted[k], 0) / a.sorted.length
  return value > SURE * estimated(value, gapMoves(a, b, weights)).se
}

/** How much each replicate moves the weighted gap between two quantile functions. */
function gapMoves(a: RankedValues, b: RankedValues, weights: Float64Array): Float64Array {
  const [one, other] = [movesOf(a, weights), movesOf(b, weights)]
  return one.map((move, r) => move - other[r])
}

const estimated = (value: number, moves: Float64Array, least = 0): Estimate =>
  estimateOf({ value, moves, least, under: linear(value, moves) })

const slackOf = (a: number, b: number): number => TIE * Math.max(Math.abs(a), Math.abs(b))

/** Between the quantile functions. `weights` becomes 1 where the first is above. */
function quantileAreas(a: Float64Array, b: Float64Array, weights: Float64Array): Areas {
  const n = a.length
  let [gap, above] = [0, 0]
  for (let k = 0; k < n; k++) {
    const own = a[k] - b[k]
    const isAbove = own > slackOf(a[k], b[k])
    weights[k] = isAbove ? 1 : 0
    if (isAbove) above += own
    if (isAbove || own < -slackOf(a[k], b[k])) gap += own
  }
  return { gap: gap / n, above: above / n, ends: Math.max(Math.abs(a[0] - b[0]), Math.abs(a[n - 1] - b[n - 1])) }
}

/** Between the sums over the worst trials. `weights` becomes the share of ranks up to its own at which the first sum is above. */
function tailAreas(a: Float64Array, b: Float64Array, weights: Float64Array): Areas {
  const n = a.length
  let [gap, above, worstA, worstB] = [0, 0, 0, 0]
  for (let k = n - 1; k >= 0; k--) {
    worstA += a[k]
    worstB += b[k]
    const [own, slack] = [worstA - worstB, slackOf(worstA, worstB)]
    weights[k] = own > slack ? 1 / n : 0
    if (own > slack) above += own
    if (Math.abs(own) > slack) gap += own
  }
  for (let k = 1; k < n; k++) weights[k] += weights[k - 1]
  return { gap: gap / n / n, above: above / n / n, ends: Math.abs(a[n - 1] - b[n - 1]) / n + Math.abs(worstA - worstB) / n }
}
