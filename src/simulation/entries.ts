// Amounts of money as entries: coefficient · factor · units, in a month and a layer. Months with a common factor are added up before they
// are multiplied, so that a linear part costs one operation per trial instead of one per month.
import type { Layer } from '../contract/operation.ts'
import type { Graph, Node, Term } from './graph.ts'

export interface Entry {
  readonly month: number
  /** Absent if the amount is in the total but not in the bill. */
  readonly layer?: Layer
  readonly coefficient: number
  /** A drawn factor, such as an uncertain price. */
  readonly factor?: Node
  /** The units that the price is paid for. It is paid once if absent. */
  readonly units?: Node
  /** The number of months that it pays for in advance, from its own on. 1 if absent. */
  readonly covers?: number
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

/** Σ coefficient · node as a multiple of a sum that other offers can share: the first coefficient is factored out. */
function shared(graph: Graph, weights: readonly (readonly [Node, number])[]): Term {
  if (weights.length === 0) return [1, graph.constant(0)]
  const lead = weights[0][1] || 1
  const terms = weights.map(([node, weight]): Term => [weight / lead, node])
  return [lead, graph.linear(0, terms)]
}

/** The quantity of a period so far, with that before the horizon. */
export const sumFrom = (graph: Graph, used: number | undefined, quantities: readonly Node[]): Node =>
  used === undefined ? graph.add(...quantities) : graph.add(graph.constant(used), ...quantities)
