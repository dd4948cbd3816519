// The costs of several programs over the horizon, trial by trial on the same trials. The programs become one graph, so that shared parts,
// such as draws, are computed once.
import { Arena } from '../numerics/kernel/arena.ts'
import type { Program } from '../compile/program.ts'
import type { Plan } from '../numerics/random/plan.ts'
import type { Dimension } from '../numerics/random/source.ts'
import { Graph, type Node } from './graph.ts'
import { modelOf } from './model.ts'
import { BlockWalk } from './walk.ts'

/** One of several programs that were compiled with the same `Shared`, and the offers whose costs are wanted. */
type WantedCosts = { readonly program: Program; readonly offers: readonly number[] }

/** For each program and each wanted offer, its cost in every trial. Equal columns are one array. */
export type Costs = readonly (readonly Float64Array[])[]

interface CostHooks {
  /** Called from time to time with the number of trials since the previous call. */
  readonly onTrials?: (trials: number) => void
  readonly signal?: AbortSignal
}

/** Milliseconds between two turns of the event loop. */
const TURN = 50

/** @param dimensions all dimensions of the programs, with shared coordinates, which must not depend on a variant */
export async function costsOf(
  wanted: readonly WantedCosts[],
  dimensions: readonly Dimension[],
  plan: Plan,
  seed: string,
  hooks: CostHooks = {},
): Promise<Costs> {
  const graph = new Graph()
  const nodes = wanted.map(({ program, offers }) => {
    const { costs } = modelOf(program, graph)
    return offers.map((offer) => costs[offer])
  })
  const columns = new Map<Node, Float64Array>()
  for (const node of nodes.flat()) if (!columns.has(node)) columns.set(node, new Float64Array(plan.trials))
  const columnOf = (node: Node) => columns.get(node) ?? new Float64Array(plan.trials)
  const arena = new Arena()
  const walk = new BlockWalk(arena, plan, seed, dimensions)
  const sinks = [...columns].map(([node, column]) => walk.keeping(node, () => column))
  const tape = walk.tape(graph, sinks)
  let [last, done] = [performance.now(), 0]
  for (const { rows } of walk.blocks()) {
    tape.run(rows)
    done += rows
    if (performance.now() - last < TURN) continue
    hooks.onTrials?.(done)
    await new Promise((resolve) => setTimeout(resolve, 0))
    hooks.signal?.throwIfAborted()
    ;[last, done] = [performance.now(), 0]
  }
  hooks.onTrials?.(done)
  arena.release()
  return nodes.map((own) => own.map(columnOf))
}
