// Estimates how much you save if you learn some inputs before you choose an offer.
import { estimateOf, meanFigure } from '../../numerics/estimators/figure.ts'
import type { Steps } from '../../pace.ts'
import type { Estimate } from '../../summary/summary.ts'
import { basisOf, fitted, predicted } from './regression.ts'

/** The place of the offer with the lowest mean. */
export function bestByMean(costs: readonly Float64Array[], starts: readonly number[]): number {
  const means = costs.map((cost) => meanFigure(starts, (i) => cost[i], 0).value)
  return means.indexOf(Math.min(...means))
}

/** The value of perfect information: the mean regret of the offer with the lowest mean. */
export function perfect(costs: readonly Float64Array[], best: number, starts: readonly number[]): Estimate {
  return estimateOf(meanFigure(starts, (i) => costs.reduce((gain, cost) => Math.max(gain, costs[best][i] - cost[i]), 0), 0))
}

/**
 * The value of learning `scores`. The rule that chooses an offer is fitted on half of the replicates and judged on the other half, and vice
 * versa. A rule judged on its own half would seem to gain from noise. It counts as one pass over the trials.
 */
export function* learned(
  costs: readonly Float64Array[],
  best: number,
  scores: readonly Float64Array[],
  starts: readonly number[],
): Steps<Estimate> {
  if (costs.length < 2) return { value: 0, se: 0 }
  const basis = yield* basisOf(scores)
  const gains: Float64Array[] = []
  for (const cost of costs) {
    gains.push(costs[best].map((own, i) => own - cost[i]))
    yield 0
  }
  const chosen = new Uint16Array(costs[0].length)
  const halves = [0, 1].map((half) =>
    starts.slice(1).flatMap((to, r): (readonly [number, number])[] => (r % 2 === half ? [[starts[r], to]] : [])),
  )
  for (const [half, rows] of halves.entries()) {
    const coefficients = yield* fitted(basis, gains, rows)
    for (const [from, to] of halves[1 - half]) {
      yield 0
      for (let i = from; i < to; i++) {
        let [most, take] = [0, best]
        coefficients.forEach((own, k) => {
          if (k === best) return
          const gain = predicted(basis, own, i)
          if (gain > most) [most, take] = [gain, k]
        })
        chosen[i] = take
      }
    }
  }
  yield chosen.length
  const { value, se } = estimateOf(meanFigure(starts, (i) => gains[chosen[i]][i], 0))
  // You can always ignore the information, so that its value is at least 0.
  return { value: Math.max(0, value), se }
}
