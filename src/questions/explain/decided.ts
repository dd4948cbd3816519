// Estimates how much you save if you learn some inputs before you choose an offer.
import { estimateOf, meanFigure } from '../../numerics/estimators/figure.ts'
import type { Steps } from '../../pace.ts'
import type { Estimate } from '../../summary/summary.ts'
import { momentsOf } from '../../numerics/estimators/moments.ts'
import { unmetMean, unseenRegret } from '../../numerics/estimators/regret.ts'
import { unseenFrom, type UnseenValues } from '../../numerics/estimators/unseen.ts'
import type { Cells } from './cells.ts'
import { beyondNoise, expectedGains } from './expectations.ts'
import { type Stratified, stratifiedMean } from './stratified.ts'

/** The place of the offer with the lowest mean. */
export function bestByMean(costs: readonly Float64Array[], starts: readonly number[]): number {
  const means = costs.map((cost) => meanFigure(starts, (i) => cost[i], 0).value)
  return means.indexOf(Math.min(...means))
}

/** The costs of all offers in the trials, and the offer that you would sign today. */
export interface Decision {
  readonly costs: readonly Float64Array[]
  readonly best: number
  readonly trials: Stratified
  /** The costs in trials with a rare value. */
  readonly unseen: readonly (UnseenValues | undefined)[]
  /** The most that the best offer can cost more than another one. */
  readonly loss: number
}

/** The value of perfect information: the mean regret of the offer with the lowest mean. */
export function perfect({ costs, best, trials, unseen, loss }: Decision): Estimate {
  const gainOf = (columns: readonly Float64Array[], i: number) =>
    columns.reduce((gain, cost) => Math.max(gain, columns[best][i] - cost[i]), 0)
  const { value, se } = estimateOf(stratifiedMean(trials, (i) => gainOf(costs, i), unseenFrom(unseen, gainOf)))
  if (value > 0) return { value, se }
  const leads = costs
    .filter((_, k) => k !== best)
    .map((cost) =>
      momentsOf(
        cost.map((own, i) => own - costs[best][i]),
        1,
      ),
    )
  const count = costs[best].length
  return { value, se: Math.max(se, unseenRegret(leads, count)) || unmetMean(loss, count) }
}

/** The knowledge of some inputs, and what it says about each offer. */
export interface Prediction {
  readonly cells: Cells
  /** By offer and trial: the amount by which it costs less than the best one. */
  readonly gains: readonly Float64Array[]
  /** The gains that the inputs predict. That of the best offer is 0. */
  readonly expected: readonly Float64Array[]
  /** The mean square error of each offer's expected gain in each cell. */
  readonly misfit: readonly Float64Array[]
}

/**
 * Predicts the gains from the known inputs.
 * @param twins costs in other trials in which the known inputs have the same values, and everything else new ones. The mean product of the
 *   two residuals is the mean square error of the prediction, whatever its shape, since chance is independent in the two.
 */
export function* predictionOf(
  costs: readonly Float64Array[],
  twins: readonly Float64Array[],
  best: number,
  cells: Cells,
  starts: readonly number[],
): Steps<Prediction> {
  const gains = gainsOf(costs, best)
  const expected = yield* expectedGains(gains, cells, starts)
  const again = gainsOf(twins, best)
  const misfit: Float64Array[] = []
  for (const [k, own] of expected.entries()) {
    yield 0
    misfit.push(meanSquares(cells, (i) => (gains[k][i] - own[i]) * (again[k][i] - own[i])))
  }
  return { cells, gains, expected, misfit }
}

/** The means of products of residuals by cell, shrunk as far as they may be noise. */
function meanSquares({ of, count }: Cells, product: (trial: number) => number): Float64Array {
  const [sizes, sums, squares] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)]
  for (let i = 0; i < of.length; i++) {
    const [cell, value] = [of[i], product(i)]
    sizes[cell] += 1
    sums[cell] += value
    squares[cell] += value * value
  }
  return sums.map((sum, cell) => Math.max(0, beyondNoise(sizes[cell], sum, squares[cell])))
}

const gainsOf = (costs: readonly Float64Array[], best: number): Float64Array[] =>
  costs.map((cost) => cost.map((own, i) => costs[best][i] - own))

/** What knowledge is worth, and the most that a misfit of the predictions may have cost it, which its error includes. */
export interface Worth extends Estimate {
  readonly loss: number
}

/** The most that another choice than the best offer may gain or lose in trials with a rare value. */
export const unseenGain = ({ best, unseen }: Pick<Decision, 'best' | 'unseen'>): UnseenValues | undefined =>
  unseenFrom(unseen, (columns, i) => columns.reduce((most, cost) => Math.max(most, Math.abs(columns[best][i] - cost[i])), 0))

/** The value of the knowledge: the mean gain of the offers that it chooses. */
export function* worth(prediction: Prediction, decision: Decision): Steps<Worth> {
  const { gains, expected } = prediction
  const { best, trials } = decision
  const chosen = choices(expected, best)
  yield 0
  const { value, se } = estimateOf(stratifiedMean(trials, (i) => gains[chosen[i]][i], unseenGain(decision)))
  yield 0
  const loss = meanFigure(trials.starts, (i) => lossAt(prediction, chosen[i], i), 0).value
  yield chosen.length
  // You can always ignore the information, so that its value is at least 0.
  return { value: Math.max(0, value), se: withLoss(se, loss), loss }
}

/** A standard error together with a possible loss. */
export const withLoss = (se: number, loss: number): number => Math.sqrt(se * se + loss * loss)

function choices(expected: readonly Float64Array[], best: number): Uint16Array {
  const chosen = new Uint16Array(expected[best].length).fill(best)
  for (let i = 0; i < chosen.length; i++) {
    for (let k = 0; k < expected.length; k++) if (expected[k][i] > expected[chosen[i]][i]) chosen[i] = k
  }
  return chosen
}

/**
 * The most that a choice is expected to lose to another offer, given the mean square error of the predictions. It holds whatever the
 * distribution of their errors (Scarf, "A min-max solution of an inventory problem", 1958), and however the errors of the two offers depend on
 * each other: the root mean square of their difference is at most the sum of both (Minkowski's inequality).
 */
function lossAt({ cells, expected, misfit }: Prediction, chosen: number, i: number): number {
  const cell = cells.of[i]
  let most = 0
  for (let k = 0; k < expected.length; k++) {
    const far = Math.sqrt(misfit[k][cell]) + Math.sqrt(misfit[chosen][cell])
    const margin = expected[chosen][i] - expected[k][i]
    if (k !== chosen && far > 0) most = Math.max(most, (Math.sqrt(far * far + margin * margin) - margin) / 2)
  }
  return most
}
