// The tasks of a run, which any thread can do: blocks of trials, lines, and percentiles of kept columns.
import { pilotSampling } from '../preintegration/pilot.ts'
import { LineBlocks, type LineSums } from '../preintegration/preintegration.ts'
import type { Sampling } from '../preintegration/sampling.ts'
import { Arena } from '../numerics/kernel/arena.ts'
import { jumpingDraws } from '../compile/jumping.ts'
import type { Program } from '../compile/program.ts'
import type { Plan } from '../numerics/random/plan.ts'
import { BlockWork, type Kept } from '../simulation/block.ts'
import { type Model, modelOf } from '../simulation/model.ts'
import type { HistogramData } from '../numerics/estimators/histogram.ts'
import { load, type Values } from '../numerics/estimators/desk.ts'
import { levelsOf, type OrderFigures, orderFiguresOf } from '../numerics/estimators/levels.ts'
import { type Moments, momentsOf } from '../numerics/estimators/moments.ts'
import { selectedSample } from '../numerics/estimators/selected.ts'
import { Tree, type TreeNode } from '../numerics/estimators/tree.ts'
import { type Overflow, overflowIn } from '../simulation/overflow.ts'
import { columnOf, differenceOf, keptOf, largestOfPeriods, monthOf, sumOfMonths } from './kept.ts'

/** The data that a worker receives once. Buffers are shared, so that results need no copying. */
export interface Job {
  readonly program: Program
  readonly plan: Plan
  readonly seed: string
  readonly trials?: readonly ArrayBufferLike[]
  readonly monthly?: { readonly columns: readonly ArrayBufferLike[]; readonly points: number; readonly trials: number }
  /** [blocks done, stop flag], shared by all threads. */
  readonly control: ArrayBufferLike
}

/** Blocks `from` … `to` − 1 of one replicate. */
export interface BlockRange {
  readonly replicate: number
  readonly from: number
  readonly to: number
}

/** The statistics of a range: the largest complete nodes of the tree over its replicate's blocks. */
export interface TallyPart {
  readonly replicate: number
  readonly nodes: readonly TreeNode[]
  readonly histograms: readonly HistogramData[]
}

/** The extremes of a column, which its series already knows. */
export interface Extremes {
  readonly min: number
  readonly max: number
}

export type RunTask =
  | { readonly kind: 'blocks'; readonly ranges: readonly BlockRange[] }
  | { readonly kind: 'pilot' }
  | {
      readonly kind: 'lines'
      readonly sampling: Sampling
      /** The parts of each block of lines. */
      readonly blocks: readonly (readonly { readonly replicate: number; readonly block: number }[])[]
    }
  | { readonly kind: 'column'; readonly column: number; readonly extremes: Extremes }
  | { readonly kind: 'month'; readonly column: number; readonly month: number }
  | { readonly kind: 'sum'; readonly column: number; readonly weights: readonly number[] }
  /** The largest of some periods of a trial, each of which is a list of months. */
  | { readonly kind: 'largest'; readonly column: number; readonly periods: readonly (readonly number[])[] }
  | { readonly kind: 'difference'; readonly a: number; readonly b: number; readonly extremes: Extremes }

export type TaskResult =
  | { readonly parts: readonly TallyPart[] }
  | { readonly sampling: Sampling | undefined }
  | { readonly sums: readonly LineSums[] }
  | { readonly figures: OrderFigures; readonly moments?: Moments }
  | { readonly overflow: Overflow }

/** A worker throws this if the run is stopped. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
}

/** The values of one task about months. */
function periodOf(kept: Kept, task: Extract<RunTask, { readonly kind: 'month' | 'sum' | 'largest' }>): Float64Array {
  if (task.kind === 'month') return monthOf(kept, task.column, task.month)
  if (task.kind === 'sum') return sumOfMonths(kept, task.column, task.weights)
  return largestOfPeriods(kept, task.column, task.periods)
}

/** Runs a job's tasks in this thread. */
export interface Runner {
  (task: RunTask): TaskResult
  /** Frees the memory. No task can follow. */
  release(): void
}

export function taskRunner(job: Job): Runner {
  const { program, plan, seed } = job
  const control = new Int32Array(job.control)
  const kept = keptOf(job)
  const independent = plan.method !== 'random'
  const stopped = () => Atomics.load(control, 1) === 1
  // The sample, the pilot and the lines share one arena and one model.
  let arena: Arena | undefined
  const memory = () => {
    arena ??= new Arena()
    return arena
  }
  let model: Model | undefined
  const modelled = () => {
    model ??= modelOf(program)
    return model
  }
  let work: BlockWork | undefined
  let lines: LineBlocks | undefined

  function blocks({ replicate, from, to }: BlockRange): TallyPart | Overflow {
    work ??= new BlockWork(memory(), modelled(), plan, seed, kept)
    const tree = new Tree(work.measured.layout)
    for (let block = from; block < to; block++) {
      if (stopped()) throw new Stopped('the run was stopped')
      work.run(replicate, block)
      // A NaN would spread to everything that it is merged with.
      if (!work.state.every(Number.isFinite)) return overflowIn(modelled(), plan, seed, replicate, block)
      tree.add(block, work.state)
      Atomics.add(control, 0, 1)
    }
    return { replicate, nodes: tree.nodes, histograms: work.takeHistograms() }
  }

  const replicates = independent ? plan.replicates : undefined
  const figuresOf = (values: Values, extremes: Extremes, tails: boolean) =>
    orderFiguresOf(selectedSample(values, replicates, extremes, levelsOf(tails), jumpingDraws(program)), tails)

  const run = (task: RunTask): TaskResult => {
    if (stopped()) throw new Stopped('the run was stopped')
    switch (task.kind) {
      case 'blocks': {
        const parts: TallyPart[] = []
        for (const range of task.ranges) {
          const part = blocks(range)
          if ('offer' in part) return { overflow: part }
          parts.push(part)
        }
        return { parts }
      }
      case 'pilot':
        return { sampling: pilotSampling(memory(), modelled(), plan.trials, seed) }
      case 'lines':
        // All tasks of a job have the same sampling.
        lines ??= new LineBlocks(memory(), modelled(), task.sampling, seed)
        return { sums: task.blocks.flatMap((parts) => lines?.run(parts) ?? []) }
      case 'column':
        return { figures: figuresOf(columnOf(kept, task.column), task.extremes, true) }
      case 'month':
      case 'sum':
      case 'largest': {
        const values = load(periodOf(kept, task))
        const moments = momentsOf(values, replicates ?? 1)
        return { figures: figuresOf(values, moments, true), moments }
      }
      case 'difference':
        return { figures: figuresOf(differenceOf(kept, program, task.a, task.b), task.extremes, false) }
    }
  }
  return Object.assign(run, { release: () => arena?.release() })
}
