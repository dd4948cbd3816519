// Recomputes any node of the model on the first points of each replicate of a run. The draws are those of the run, so that the columns
// match its kept trials one by one.
import { Arena } from '../numerics/kernel/arena.ts'
import type { Plan } from '../numerics/random/plan.ts'
import { allAtOnce, type Steps } from '../pace.ts'
import type { Node } from './graph.ts'
import type { Model } from './model.ts'
import type { NodeSink } from './tape.ts'
import { BlockWalk } from './walk.ts'

/** The most trials of a recording. */
const RECORDED = 65_536
const BATCHES = 64

/** The trials of a run that are recorded. */
interface Subset {
  readonly trials: number
  /** The number per replicate, or in all for one random sample. */
  readonly points: number
  /** The first trial of each replicate, or of each batch of a random sample, then the end of the last. */
  readonly starts: readonly number[]
}

/** The first 2^j points of each replicate, or the first trials of a random sample: at most `most` in all. */
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

/** The numbers, within the run, of the recorded trials. */
export function recordedTrials(plan: Plan, most = RECORDED): Uint32Array<ArrayBuffer> {
  const { trials, points } = subsetOf(plan, most)
  return Uint32Array.from({ length: trials }, (_, i) => Math.floor(i / points) * plan.points + (i % points))
}

/** The nodes' values on a subset of the trials, replicate after replicate. */
export const recorded = (model: Model, plan: Plan, seed: string, nodes: readonly Node[]): Float64Array[] =>
  allAtOnce(recording(model, plan, seed, nodes, RECORDED))

/** A graph, and the random numbers that it draws. */
export type Recordable = Pick<Model, 'graph'> & { readonly program: Pick<Model['program'], 'dimensions'> }

/** The same in steps. @param most the most trials */
export function* recording(
  { graph, program }: Recordable,
  plan: Plan,
  seed: string,
  nodes: readonly Node[],
  most: number,
): Steps<Float64Array[]> {
  const { trials, points } = subsetOf(plan, most)
  const random = plan.method === 'random'
  const arena = new Arena()
  const columns = nodes.map(() => new Float64Array(trials))
  const walk = new BlockWalk(arena, plan, seed, program.dimensions)
  const from = () => (random ? walk.first : walk.replicate * points + walk.point)
  const end = () => (random ? trials : (walk.replicate + 1) * points)
  const sinks = nodes.map(
    (node, k): NodeSink => ({
      nodes: [node],
      take: ([column], rows) => columns[k].set(arena.view(column, Math.min(rows, end() - from())), from()),
    }),
  )
  const tape = walk.tape(graph, sinks)
  for (const { rows } of walk.blocks()) {
    if (from() >= end()) continue
    tape.run(rows)
    yield rows
  }
  arena.release()
  return columns
}
