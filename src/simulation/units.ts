// An operation's units at the quantity of its period.
import type { Operation } from '../contract/compiled.ts'
import type { Graph, Node } from './graph.ts'

export function unitsOf(graph: Graph, operation: Operation, quantity: Node): Node {
  if (operation.kind === 'hinge') return operation.above <= 0 ? quantity : graph.excess(quantity, operation.above)
  if (operation.kind === 'step') return graph.exceeds(quantity, operation.above)
  return graph.packages(quantity, operation.above, operation.size)
}
