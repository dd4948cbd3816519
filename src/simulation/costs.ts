// The costs of several programs over the horizon, trial by trial on the same trials. The programs become one graph, so that shared parts,
// such as draws, are computed once.
import { Arena } from '../numerics/kernel/arena.ts'
import type { Measure, Program } from '../compile/program.ts'
import type { Beyond } from '../numerics/estimators/sorted.ts'
import type { Plan } from '../numerics/random/plan.ts'
import type { Dimension } from '../numerics/random/source.ts'
import type { Steps } from '../pace.ts'
import { BeyondTrials } from './beyond.ts'
import { Graph, type Node } from './graph.ts'
import { modelOf } from './model.ts'
import { BlockWalk } from './walk.ts'

/** One of several programs that were compiled with the same `Shared`, and the offers whose costs are wanted. */
interface WantedCosts {
  readonly program: Program
  readonly offers: readonly number[]
  /** Another measure in which the costs are wanted too. Their columns follow. */
  readonly also?: Measure
}

/** The costs of a program's wanted offers, by their places among them. */
export interface Costs {
  /** In every trial. Equal columns are one array. */
  readonly columns: readonly Float64Array[]
  readonly beyond: readonly Beyond[]
  /** What is known of the difference of two costs. */
  readonly difference: (a: number, b: number) => Beyond
}

/** @param dimensions all dimensions of the programs, with shared coordinates, which must not depend on a variant */
export function* costsOf(
  wanted: readonly WantedCosts[],
  dimensions: readonly Dimension[],
  plan: Plan,
  seed: string,
): Steps<Costs[]> {
  const graph = new Graph()
  const found: { readonly nodes: readonly Node[]; readonly trials: BeyondTrials }[] = []
  for (const { program, offers, also } of wanted) {
    const model = modelOf(program, graph)
    const nodes = offers.map((offer) => model.costs[offer])
    const others = also ? offers.map((offer) => model.offers[offer][also]) : []
    found.push({ nodes: [...nodes, ...others], trials: new BeyondTrials(model, plan, seed) })
    yield 0
  }
  const columns = new Map<Node, Float64Array>()
  for (const node of found.flatMap(({ nodes }) => nodes)) if (!columns.has(node)) columns.set(node, new Float64Array(plan.trials))
  const columnOf = (node: Node) => columns.get(node) ?? new Float64Array(plan.trials)
  const arena = new Arena()
  const walk = new BlockWalk(arena, plan, seed, dimensions)
  const sinks = [...columns].map(([node, column]) => walk.keeping(node, () => column))
  const tape = walk.tape(graph, sinks)
  for (const { rows } of walk.blocks()) {
    tape.run(rows)
    yield rows
  }
  arena.release()
  const costs: Costs[] = []
  for (const { nodes, trials } of found) {
    costs.push({
      columns: nodes.map(columnOf),
      beyond: trials.of(nodes),
      difference: (a, b) => trials.difference(nodes[a], nodes[b]),
    })
    yield 0
  }
  return costs
}
