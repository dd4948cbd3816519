// Runs the trials of a portfolio once: the cost of every plan in each trial, and sums of its months.
import { Arena } from '../numerics/kernel/arena.ts'
import type { Plan } from '../numerics/random/plan.ts'
import type { Dimension } from '../numerics/random/source.ts'
import type { Steps } from '../pace.ts'
import type { Graph, Node } from './graph.ts'
import type { NodeSink } from './tape.ts'
import { BlockWalk } from './walk.ts'

/** Sums of a node's values: one for each replicate, or for each batch of one random sample. */
export interface PartSums {
  readonly sums: Float64Array
  readonly sizes: Float64Array
}

export interface PortfolioTrials {
  readonly column: (node: Node) => Float64Array
  readonly summed: (node: Node) => PartSums
}

const BATCHES = 64

export interface PortfolioNodes {
  readonly graph: Graph
  /** Nodes whose values are kept in all trials. */
  readonly kept: readonly Node[]
  /** Nodes whose values are only added up. */
  readonly added: readonly Node[]
}

export function* portfolioTrials(
  { graph, kept, added }: PortfolioNodes,
  dimensions: readonly Dimension[],
  plan: Plan,
  seed: string,
): Steps<PortfolioTrials> {
  const arena = new Arena()
  const { ops } = arena.kernel
  const walk = new BlockWalk(arena, plan, seed, dimensions)
  const parts = plan.method === 'random' ? Math.min(BATCHES, plan.trials) : plan.replicates
  const part = () => (plan.method === 'random' ? Math.floor((walk.first * parts) / plan.trials) : walk.replicate)
  const sizes = new Float64Array(parts)
  const columns = new Map(kept.map((node) => [node, new Float64Array(plan.trials)]))
  const sums = new Map(added.map((node) => [node, new Float64Array(parts)]))
  const sinks: NodeSink[] = [
    ...[...columns].map(([node, column]) => walk.keeping(node, () => column)),
    ...[...sums].map(
      ([node, own]): NodeSink => ({
        nodes: [node],
        take: ([at], rows) => {
          own[part()] += ops.sum(at, rows)
        },
      }),
    ),
  ]
  const tape = walk.tape(graph, sinks)
  for (const { rows } of walk.blocks()) {
    sizes[part()] += rows
    tape.run(rows)
    yield rows
  }
  arena.release()
  return {
    column: (node) => columns.get(node) ?? new Float64Array(0),
    summed: (node) => ({ sums: sums.get(node) ?? new Float64Array(parts), sizes }),
  }
}
