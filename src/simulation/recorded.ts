// Columns of a run's trials that the run itself did not keep, made once more: any node of the model, of the first points of each
// replicate. The draws are those of the run, so that trial for trial everything goes together.
import { Arena } from '../numerics/kernel/arena.ts'
import type { Plan } from '../numerics/random/plan.ts'
import type { Node } from './graph.ts'
import type { Model } from './model.ts'
import type { NodeSink } from './tape.ts'
import { BlockWalk } from './walk.ts'

/** Trials of a recording, at most. */
export const RECORDED = 65_536
const BATCHES = 64

/** Which of a run's trials are recorded. */
export interface Subset {
  readonly trials: number
  /** Of each replicate, or of the whole run where it is one random sample. */
  readonly points: number
  /** Where each replicate's trials begin, and where the last ends; of a random sample, those of batches. */
  readonly starts: readonly number[]
}

/** The first 2^j points of each replicate, `most` in all; of a random sample the first so many. */
export function subsetOf({ method, replicates, points, trials }: Plan, most = RECORDED): Subset {
  if (method === 'random') {
    const few = Math.min(trials, most)
    const batches = Math.min(BATCHES, few)
    return { trials: few, points: few, starts: Array.from({ length: batches + 1 }, (_, k) => Math.round((k * few) / batches)) }
  }
  let own = 1
  while (2 * own <= points && 2 * own * replicates <= most) own *= 2
  return { trials: own * replicates, points: own, starts: Array.from({ length: replicates + 1 }, (_, r) => r * own) }
}

/** The run's numbers of the trials that are recorded, in their order. */
export function recordedTrials(plan: Plan): Uint32Array<ArrayBuffer> {
  const { trials, points } = subsetOf(plan)
  return Uint32Array.from({ length: trials }, (_, i) => Math.floor(i / points) * plan.points + (i % points))
}

/** The nodes' values on a subset of the trials, replicate after replicate. */
export function recorded(model: Model, plan: Plan, seed: string, nodes: readonly Node[], most = RECORDED): Float64Array[] {
  const { trials, points } = subsetOf(plan, most)
  const random = plan.method === 'random'
  const arena = new Arena()
  const columns = nodes.map(() => new Float64Array(trials))
  const walk = new BlockWalk(arena, plan, seed, model.program.dimensions)
  const from = () => (random ? walk.first : walk.replicate * points + walk.point)
  const end = () => (random ? trials : (walk.replicate + 1) * points)
  const sinks = nodes.map(
    (node, k): NodeSink => ({
      nodes: [node],
      take: ([column], rows) => columns[k].set(arena.view(column, Math.min(rows, end() - from())), from()),
    }),
  )
  const tape = walk.tape(model.graph, sinks)
  for (const { rows } of walk.blocks()) if (from() < end()) tape.run(rows)
  arena.release()
  return columns
}
