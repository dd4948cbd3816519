// The costs of several programs over the horizon, trial by trial on the same trials. The programs become one graph, so that shared parts,
// such as draws, are computed once.
import { Arena } from '../numerics/kernel/arena.ts'
import type { Program } from '../compile/program.ts'
import type { Plan } from '../numerics/random/plan.ts'
import type { Dimension } from '../numerics/random/source.ts'
import type { Steps } from '../pace.ts'
import { Graph, type Node } from './graph.ts'
import { modelOf } from './model.ts'
import { BlockWalk } from './walk.ts'

/** One of several programs that were compiled with the same `Shared`, and the offers whose costs are wanted. */
type WantedCosts = { readonly program: Program; readonly offers: readonly number[] }

/** For each program and each wanted offer, its cost in every trial. Equal columns are one array. */
export type Costs = readonly (readonly Float64Array[])[]

/** @param dimensions all dimensions of the programs, with shared coordinates, which must not depend on a variant */
export function* costsOf(wanted: readonly WantedCosts[], dimensions: readonly Dimension[], plan: Plan, seed: string): Steps<Costs> {
  const graph = new Graph()
  const nodes: Node[][] = []
  for (const { program, offers } of wanted) {
    const { costs } = modelOf(program, graph)
    nodes.push(offers.map((offer) => costs[offer]))
    yield 0
  }
  const columns = new Map<Node, Float64Array>()
  for (const node of nodes.flat()) if (!columns.has(node)) columns.set(node, new Float64Array(plan.trials))
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
  return nodes.map((own) => own.map(columnOf))
}
