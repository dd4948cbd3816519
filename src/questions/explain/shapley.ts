// Shapley effects: shares of the variance for correlated inputs. They average over all orders in which the inputs could become known, and
// add up to 1 (Owen, SIAM/ASA Journal on Uncertainty Quantification 2, 2014; Song, Nelson and Staum, ibid. 4, 2016).
import { combined, estimateOf, type Figure, meanFigure } from '../../numerics/estimators/figure.ts'
import { frozen } from '../../simulation/frozen.ts'
import { subsetOf } from '../../simulation/recorded.ts'
import { planTrials } from '../../numerics/random/plan.ts'
import type { Steps } from '../../pace.ts'
import type { Estimate } from '../../summary/summary.ts'
import type { Node } from '../../simulation/graph.ts'
import { draws } from '../resample.ts'
import type { Question } from './question.ts'
import { explained } from './shares.ts'

/** The most groups for which all orders are taken. More groups are estimated from some orders. */
const EXACT = 7
const ORDERS = 40
const MOST_TRIALS = 16_384

export function* shapley({ model, program, plan: whole, seed, groups }: Question, outcome: Node): Steps<Estimate[]> {
  const plan = planTrials(Math.min(whole.trials, MOST_TRIALS), whole.method)
  const { starts } = subsetOf(plan, plan.trials)
  const orders = groups.length <= EXACT ? permutations(groups.length) : someOrders(groups.length)
  // Each bit of a subset stands for a group.
  const subsets = new Set([0])
  for (const order of orders) order.reduce((known, k) => (subsets.add(known | (1 << k)), known | (1 << k)), 0)
  const list = [...subsets]
  const keptOf = (bits: number) => new Set(groups.flatMap(({ dimensions }, k) => ((bits >> k) & 1 ? dimensions : [])))
  const all = new Set(program.dimensions.keys())
  const patterns = [{ kept: all }, ...list.map((bits) => ({ kept: keptOf(bits) }))]
  const [[y], ...found] = yield* frozen(model, plan, seed, [outcome], patterns)
  const full = (1 << groups.length) - 1
  const one: Figure = meanFigure(starts, () => 1, 0)
  const nothing: Figure = meanFigure(starts, () => 0, 0)
  const worth = new Map(
    list.map((bits, k) => [bits, bits === 0 ? nothing : bits === full ? one : explained(y, found[k][0], starts)] as const),
  )
  const of = (bits: number): Figure => worth.get(bits) ?? nothing
  return groups.map((_, k) => {
    const parts = new Map<number, number>()
    for (const order of orders) {
      let known = 0
      for (const next of order) {
        if (next === k) break
        known |= 1 << next
      }
      parts.set(known | (1 << k), (parts.get(known | (1 << k)) ?? 0) + 1 / orders.length)
      parts.set(known, (parts.get(known) ?? 0) - 1 / orders.length)
    }
    return estimateOf(combined([...parts].map(([bits, weight]) => [weight, of(bits)] as const)))
  })
}

function permutations(n: number): number[][] {
  if (n === 0) return [[]]
  return permutations(n - 1).flatMap((rest) => Array.from({ length: n }, (_, k) => [...rest.slice(0, k), n - 1, ...rest.slice(k)]))
}

/** Random orders, each followed by its reverse. Every call returns the same ones. */
function someOrders(n: number): number[][] {
  const next = draws()
  return Array.from({ length: ORDERS / 2 }, () => {
    const order = Array.from({ length: n }, (_, k) => k)
    for (let k = n - 1; k > 0; k--) {
      const j = next(k + 1)
      ;[order[k], order[j]] = [order[j], order[k]]
    }
    return [order, [...order].reverse()]
  }).flat()
}
