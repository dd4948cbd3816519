// Amounts of money as entries: coefficient · factor · units, of a month and a layer. Whatever the months have in common is added up
// before it is multiplied, so that what is linear costs one operation a trial and not one a month.
import type { Layer } from '../contract/operation.ts'
import type { Graph, Node, Term } from './graph.ts'

export interface Entry {
  readonly month: number
  /** Absent for what is in the total but not in the bill. */
  readonly layer?: Layer
  readonly coefficient: number
  /** A drawn factor (an unquoted price). */
  readonly factor?: Node
  /** What the price is paid for; once where absent. */
  readonly units?: Node
}

/** The sum of entries, whatever their months. */
export function total(graph: Graph, entries: readonly Entry[]): Node {
  let constant = 0
  const byFactor = new Map<Node | undefined, { known: number; readonly units: Map<Node, number> }>()
  for (const { coefficient, factor, units } of entries) {
    const known = units === undefined ? 1 : graph.known(units)
    if (known !== undefined && factor === undefined) {
      constant += coefficient * known
      continue
    }
    const group = byFactor.get(factor) ?? { known: 0, units: new Map<Node, number>() }
    byFactor.set(factor, group)
    if (known !== undefined) group.known += coefficient * known
    else if (units !== undefined) {
      const [scale, plain] = graph.unscaled(units)
      group.units.set(plain, (group.units.get(plain) ?? 0) + coefficient * scale)
    }
  }
  const terms = [...byFactor].map(([factor, { known, units }]): Term => {
    const [scale, sum] = shared(graph, [...units])
    const inner = known === 0 ? sum : graph.linear(known / scale, [[1, sum]])
    return [scale, factor === undefined ? inner : graph.multiply(factor, inner)]
  })
  return graph.linear(constant, terms)
}

/** Σ coefficient · node as a multiple of a sum that other offers can share: the first coefficient comes out. */
function shared(graph: Graph, weights: readonly (readonly [Node, number])[]): Term {
  if (weights.length === 0) return [1, graph.constant(0)]
  const lead = weights[0][1]
  if (lead === 0)
    return [
      1,
      graph.linear(
        0,
        weights.map(([node, weight]) => [weight, node] as const),
      ),
    ]
  return [
    lead,
    graph.linear(
      0,
      weights.map(([node, weight]) => [weight / lead, node] as const),
    ),
  ]
}
