// The work of a run, in tasks that any thread can do: replicates of blocks, then the spread of kept columns.
import { Arena } from '../kernel/arena.ts'
import type { Program } from '../program/program.ts'
import { type Plan, trialsIn } from '../random/plan.ts'
import { BlockWork, keptColumns, type Kept } from '../simulation/block.ts'
import { type Spread, spreadOf } from '../statistics/spread.ts'
import { Tree } from '../statistics/state.ts'

/** All that a worker is told once. Buffers are shared, so that results need no copying. */
export interface Job {
  readonly program: Program
  readonly plan: Plan
  readonly seed: string
  readonly trials?: readonly ArrayBufferLike[]
  readonly monthly?: { readonly columns: readonly ArrayBufferLike[]; readonly points: number; readonly trials: number }
  /** [trials done, stop flag], seen by all. */
  readonly control: ArrayBufferLike
}

export type Task =
  | { readonly kind: 'replicates'; readonly first: number; readonly count: number }
  | { readonly kind: 'column'; readonly column: number }
  | { readonly kind: 'month'; readonly column: number; readonly month: number }
  | { readonly kind: 'difference'; readonly a: number; readonly b: number }

export type TaskResult = { readonly states: readonly Float64Array[] } | { readonly spread: Spread }

/** Thrown inside a worker when the run was stopped. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
}

/** What does a job's tasks in this thread. */
export function taskRunner(job: Job): (task: Task) => TaskResult {
  const { program, plan, seed } = job
  const control = new Int32Array(job.control)
  const trials = job.trials?.map((buffer) => new Float64Array(buffer))
  const monthly = job.monthly && { ...job.monthly, columns: job.monthly.columns.map((buffer) => new Float64Array(buffer)) }
  const kept: Kept = { ...(trials && { trials }), ...(monthly && { monthly }) }
  const independent = plan.method !== 'random'
  const stopped = () => Atomics.load(control, 1) === 1
  let work: BlockWork | undefined
  let scratch: Float64Array | undefined

  function replicate(r: number): Float64Array {
    work ??= new BlockWork(new Arena(), program, plan, seed, kept)
    const tree = new Tree(work.layout)
    for (let block = 0; block < plan.blocksPerReplicate; block++) {
      const n = trialsIn(plan, r, block)
      if (n === 0) break
      if (stopped()) throw new Stopped('the run was stopped')
      work.run(r, block)
      tree.add(work.state)
      Atomics.add(control, 0, n)
    }
    return tree.total()
  }

  function difference(a: number, b: number): Float64Array {
    const columns = keptColumns(program)
    const find = (offer: number) =>
      columns.findIndex((c) => c.offer === offer && (c.measure === program.measure || !program.distinctTotal))
    const [x, y] = [trials?.[find(a)], trials?.[find(b)]]
    if (!x || !y) throw new Error('differences need kept trials')
    scratch ??= new Float64Array(x.length)
    for (let i = 0; i < x.length; i++) scratch[i] = x[i] - y[i]
    return scratch
  }

  return (task) => {
    if (stopped()) throw new Stopped('the run was stopped')
    const replicates = independent ? plan.replicates : undefined
    switch (task.kind) {
      case 'replicates':
        return { states: Array.from({ length: task.count }, (_, k) => replicate(task.first + k)) }
      case 'column': {
        const values = trials?.[task.column]
        if (!values) throw new Error('percentiles need kept trials')
        return { spread: spreadOf(values, replicates, { moments: false, tails: true }) }
      }
      case 'month': {
        if (!monthly) throw new Error('months were not kept')
        const from = task.month * monthly.trials
        return {
          spread: spreadOf(monthly.columns[task.column].subarray(from, from + monthly.trials), replicates, {
            moments: true,
            tails: true,
          }),
        }
      }
      case 'difference':
        return { spread: spreadOf(difference(task.a, task.b), replicates, { moments: false, tails: false }) }
    }
  }
}
