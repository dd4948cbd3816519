// Messages between a page and its Web Workers. Where the page is isolated, columns are shared memory. Elsewhere each worker has its own, and
// messages carry what others need of them.
import { keptColumn } from '../../../simulation/block.ts'
import { segmentsOf } from '../../../run/storage.ts'
import type { Job, RunTask, TaskResult } from '../../../run/task.ts'

/** A column in a message: its place in the list of columns, and its bytes. */
export interface Filled {
  readonly column: number
  readonly bytes: ArrayBufferLike
}

export interface WorkerTask {
  readonly job: number
  /** Sent if the worker does not know the job. Without shared memory, its columns are empty and `sizes` states their bytes. */
  readonly data?: Job
  readonly sizes?: Sizes
  readonly task: RunTask
  /** The columns that the task reads and the worker has not, where memory is not shared. */
  readonly filled: readonly Filled[]
}

/** Lets a worker forget its job. It answers nothing. */
export const FORGET = 'forget'

export interface Sizes {
  readonly trials: readonly number[]
  readonly monthly: readonly number[]
}

/** The sampled pieces of the kept columns, in the order of `segmentsOf`, where memory is not shared. */
export type ColumnPieces = readonly Uint8Array<ArrayBuffer>[]

export type WorkerReply =
  | 'ready'
  | { readonly result: TaskResult; readonly pieces: ColumnPieces }
  | { readonly error: string; readonly stopped: boolean }

export const isShared = ({ control }: Job): boolean =>
  typeof SharedArrayBuffer !== 'undefined' && control instanceof SharedArrayBuffer

export const columnSizes = ({ trials = [], monthly }: Job): Sizes => ({
  trials: trials.map(({ byteLength }) => byteLength),
  monthly: (monthly?.columns ?? []).map(({ byteLength }) => byteLength),
})

/** The job without its columns. */
export const emptied = (job: Job): Job => ({
  ...job,
  ...(job.trials && { trials: [] }),
  ...(job.monthly && { monthly: { ...job.monthly, columns: [] } }),
})

/** The job with columns of a worker's own. */
export function refilled(job: Job, { trials, monthly }: Sizes): Job {
  const made = (bytes: number) => new ArrayBuffer(bytes)
  return {
    ...job,
    ...(job.trials && { trials: trials.map(made) }),
    ...(job.monthly && { monthly: { ...job.monthly, columns: monthly.map(made) } }),
  }
}

/** The kept columns of a job: those of all trials, then those by month. */
export const buffersOf = ({ trials = [], monthly }: Job): readonly ArrayBufferLike[] => [...trials, ...(monthly?.columns ?? [])]

/** Copies of the pieces that a task has sampled. */
export const piecesOf = (job: Job, task: RunTask): ColumnPieces =>
  task.kind === 'blocks' ? segmentsOf(job, task.ranges).map(({ bytes }) => bytes.slice()) : []

/** Writes pieces into the columns of the page. */
export function putPieces(job: Job, task: RunTask, pieces: ColumnPieces): void {
  if (task.kind !== 'blocks') return
  for (const [k, { bytes }] of segmentsOf(job, task.ranges).entries()) bytes.set(pieces[k])
}

/** The columns that a task reads, by their places among the kept ones. */
export function columnsRead({ program, trials = [] }: Job, task: RunTask): readonly number[] {
  switch (task.kind) {
    case 'column':
      return [task.column]
    case 'month':
    case 'sum':
    case 'largest':
      return [trials.length + task.column]
    case 'difference':
      return [task.a, task.b].map((offer) => keptColumn(program, offer, program.measure))
    default:
      return []
  }
}
