// Shapley effects: shares of the variance for correlated inputs. They average over all orders in which the inputs could become known, and
// add up to 1 (Owen, SIAM/ASA Journal on Uncertainty Quantification 2, 2014; Song, Nelson and Staum, ibid. 4, 2016).
import { combined, estimateOf, type Figure, meanFigure, startsOf } from '../../numerics/estimators/figure.ts'
import { frozen } from '../../simulation/frozen.ts'
import { type Plan, planTrials } from '../../numerics/random/plan.ts'
import type { Steps } from '../../pace.ts'
import type { Estimate } from '../../summary/summary.ts'
import type { Node } from '../../simulation/graph.ts'
import { type Order, squareOf } from './orders.ts'
import { type Question, unseenIn } from './question.ts'
import { explained, shareOf, type Trialled } from './shares.ts'

/** The most groups for which all orders are taken. More groups are estimated from some orders. */
const EXACT = 7
const MOST_TRIALS = 16_384
/** The most passes over the trials for some orders. */
const MOST_PASSES = 400
/** More orders are drawn until every standard error is at most this, or the passes are used up. */
const PRECISE = 0.002

/** The effect of each group, with the spread of the trials and of the orders in its error. */
export function* shapley(question: Question, outcome: Node, { rare }: Trialled): Steps<Estimate[]> {
  const plan = planTrials(Math.min(question.plan.trials, MOST_TRIALS), question.plan.method)
  const trials = { starts: startsOf(plan), unseen: unseenIn(question.program, plan), ...(rare && { rare }) }
  const effects = question.groups.length <= EXACT ? overAllOrders : overSomeOrders
  return (yield* effects(question, plan, trials, outcome)).map(estimateOf)
}

function* overAllOrders({ model, program, seed, groups }: Question, plan: Plan, trials: Trialled, outcome: Node): Steps<Figure[]> {
  const count = groups.length
  const full = (1 << count) - 1
  // Each bit of a subset stands for a group.
  const keptOf = (bits: number) => new Set(groups.flatMap(({ dimensions }, k) => ((bits >> k) & 1 ? dimensions : [])))
  const patterns = Array.from({ length: full + 1 }, (_, bits) => ({ kept: keptOf(bits) }))
  const [[y], ...found] = yield* frozen(model, plan, seed, [outcome], [{ kept: new Set(program.dimensions.keys()) }, ...patterns])
  const worth = patterns.map((_, bits): Figure => {
    if (bits === 0 || bits === full) return meanFigure(trials.starts, () => (bits === 0 ? 0 : 1), 0)
    return explained(y, found[bits][0], trials)
  })
  return groups.map((_, k) => {
    const own = 1 << k
    const parts = patterns.flatMap((__, bits): (readonly [number, Figure])[] => {
      if (bits & own) return []
      const weight = 1 / (count * choices(count - 1, sizeOf(bits)))
      return [[weight, worth[bits | own]] as const, [-weight, worth[bits]] as const]
    })
    // All parts meet the same rare events, but an effect that few trials carry is as uncertain as they are.
    return { ...combined(parts), least: Math.max(...parts.map(([weight, { least }]) => Math.abs(weight) * least)) }
  })
}

const sizeOf = (bits: number): number => (bits === 0 ? 0 : (bits & 1) + sizeOf(bits >> 1))
/** The number of subsets of k out of n. */
const choices = (n: number, k: number): number => (k === 0 ? 1 : (choices(n - 1, k - 1) * n) / k)

/**
 * Each replicate has orders of its own, so that the differences between replicates show the spread of the orders as well. The orders of a
 * replicate are balanced: each group stands at each place equally often, and each two groups stand in both orders equally often.
 */
function* overSomeOrders({ model, program, seed, groups }: Question, plan: Plan, trials: Trialled, outcome: Node): Steps<Figure[]> {
  const { starts } = trials
  const [[y]] = yield* frozen(model, plan, seed, [outcome], [{ kept: new Set(program.dimensions.keys()) }])
  const center = meanFigure(starts, (i) => y[i], 0).value
  const squares = y.map((value) => (value - center) * (value - center))
  const variance = { ...meanFigure(starts, (i) => squares[i], 0), of: (i: number) => squares[i] }
  const added = groups.map(() => new Float64Array(y.length))
  const keptOf = (order: Order, known: number) => new Set(order.slice(0, known).flatMap((k) => groups[k].dimensions))
  let [passes, taken] = [0, 0]
  for (let round = 0; ; round++) {
    const squaresOfOrders = Array.from({ length: plan.replicates }, (_, r) =>
      squareOf(groups.length, MOST_PASSES, `${seed} ${round} ${r}`),
    )
    const count = squaresOfOrders[0].length
    for (let k = 0; k < count; k++) {
      const orders = squaresOfOrders.map((square) => square[k])
      const patterns = Array.from({ length: groups.length - 1 }, (_, known) => ({
        kept: orders.map((order) => keptOf(order, known + 1)),
      }))
      const found = yield* frozen(model, plan, seed, [outcome], patterns)
      orders.forEach((order, r) => {
        for (let i = starts[r]; i < starts[r + 1]; i++) {
          let before = 0
          for (let place = 0; place < order.length; place++) {
            // The variance that is explained before any group is known is 0, and all of it once all are.
            const after = place + 1 < order.length ? (y[i] - center) * (found[place][0][i] - center) : squares[i]
            added[order[place]][i] += after - before
            before = after
          }
        }
      })
    }
    passes += count * (groups.length - 1)
    taken += count
    const effects = added.map((own) => shareOf((i) => own[i] / taken, variance, trials))
    const precise = effects.every((effect) => estimateOf(effect).se <= PRECISE)
    if (precise || passes + count * (groups.length - 1) > MOST_PASSES) return effects
  }
}
