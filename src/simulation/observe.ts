// Columns of a block by name, to follow a trial by hand.
import { resampledOf, volumeNoises } from '../compile/program.ts'
import type { Arena, Pointer } from '../numerics/kernel/arena.ts'
import type { Plan } from '../numerics/random/plan.ts'
import type { Node } from './graph.ts'
import type { Model } from './model.ts'
import { BlockWalk } from './walk.ts'

export type Columns = ReadonlyMap<string, Float64Array>

/** The named nodes' values on the trials of one block. */
export function observe(
  arena: Arena,
  { graph, program }: Model,
  plan: Plan,
  seed: string,
  replicate: number,
  block: number,
  nodes: ReadonlyMap<string, Node>,
): Columns {
  const walk = new BlockWalk(arena, plan, seed, program.dimensions).to(replicate, block)
  const found = new Map<string, Float64Array>()
  const sinks = [...nodes].map(([name, node]) => ({
    nodes: [node],
    take: ([column]: readonly Pointer[], rows: number) => {
      found.set(name, arena.view(column, rows).slice())
    },
  }))
  walk.tape(graph, sinks).run(walk.rows)
  return found
}

/**
 * Inputs by path. `….noise[m]` are normal scores of months, and `….bootstrap[b]` those of blocks. `….spikes[m]` and
 * `….setbacks[m]` are the sizes of events that start in month m.
 */
export function drawnNodes({ program, inputs, conversations, resolution }: Model): ReadonlyMap<string, Node> {
  const noises = [...volumeNoises(program), ...program.noises]
  return new Map([
    ...program.inputs.map(({ name }, k) => [name, inputs.input(k)] as const),
    ...noises.flatMap(({ name, dimensions }) => dimensions.map((d, m) => [`${name}[${m}]`, inputs.score(d)] as const)),
    ...resampledOf(program).flatMap(({ name, dimensions }) =>
      dimensions.map((d, b) => [`${name}[${b}]`, inputs.score(d)] as const),
    ),
    ...conversations.spikes.map((node, m) => [`conversations.spikes[${m}]`, node] as const),
    ...conversations.segments.flatMap(({ spikes }, s) =>
      spikes.map((node, m) => [`segments.${program.segments[s].name}.conversations.spikes[${m}]`, node] as const),
    ),
    ...program.setbacks.flatMap(({ name }, k) => resolution.setbacks[k].map((node, m) => [`${name}[${m}]`, node] as const)),
  ])
}
