// Runs tasks on Web Workers, with the bits of one thread. A run takes workers that rest, starts those that it lacks, and leaves them to the
// next run.
import { type CreateExecutor, type Executor, inlineExecutor } from '../../../run/executor.ts'
import { messageOf } from '../../../errors.ts'
import type { Job, RunTask, TaskResult } from '../../../run/task.ts'
import { buffersOf, columnsRead, emptied, isShared, putPieces, columnSizes, type WorkerTask } from './protocol.ts'
import { PageWorker } from './worker.ts'

/** Tasks that a worker holds at once, so that it need not wait for its next one. */
const DEPTH = 2
/** Blocks in a task, about 10 ms of work: a stopped run without shared memory ends after the tasks that its workers hold. */
const BLOCKS = 64
/** Trials × months × offers up to which a run ends about as soon as workers would have started. */
const SMALL = 2_000_000

const cores = (): number => Math.max(1, navigator.hardwareConcurrency || 1)
/** Workers of all runs of a page. */
const most = (): number => Math.max(8, 2 * cores())

const resting: PageWorker[] = []
let inUse = 0

/** Takes workers: at least one, if the page has not too many already. */
function taken(wanted: number): PageWorker[] {
  const count = Math.min(wanted, most() - inUse)
  const found: PageWorker[] = []
  while (found.length < count) {
    const worker = resting.pop() ?? new PageWorker()
    worker.wake()
    if (!worker.lost) found.push(worker)
  }
  inUse += found.length
  return found
}

/** Leaves a worker, which may still work on a stopped run. */
async function left(worker: PageWorker): Promise<void> {
  while (!worker.idle) await new Promise((resolve) => setTimeout(resolve, 20))
  inUse -= 1
  worker.onlost = () => undefined
  if (worker.lost) return
  resting.push(worker)
  worker.rest(() => {
    const at = resting.indexOf(worker)
    if (at >= 0) resting.splice(at, 1)
  })
}

interface Waiting {
  readonly task: RunTask
  readonly resolve: (result: TaskResult) => void
  readonly reject: (error: unknown) => void
}

/** The number of the next job of this page. */
let next = 0

class Team implements Executor {
  readonly width: number
  readonly blocks = BLOCKS
  readonly alone: boolean
  readonly #job: Job
  readonly #id = next++
  readonly #shared: boolean
  readonly #waiting: Waiting[] = []
  /** The columns that each worker has, once it knows the job. */
  readonly #workers: Map<PageWorker, Set<number>>

  constructor(job: Job, workers: readonly PageWorker[]) {
    this.#job = job
    this.width = workers.length
    this.#shared = isShared(job)
    // A worker may still write into shared columns when its run has stopped.
    this.alone = !this.#shared
    this.#workers = new Map()
    for (const worker of workers) this.#join(worker)
  }

  run(task: RunTask): Promise<TaskResult> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ task, resolve, reject })
      this.#assign()
    })
  }

  close(): Promise<void> {
    this.#waiting.length = 0
    for (const worker of this.#workers.keys()) void left(worker)
    this.#workers.clear()
    return Promise.resolve()
  }

  #join(worker: PageWorker): void {
    const known = new Set<number>()
    this.#workers.set(worker, known)
    worker.onlost = () => this.#lost(worker)
  }

  /** Another worker takes the place of one that died. The run repeats the tasks of that one (run/schedule.ts). */
  #lost(worker: PageWorker): void {
    if (!this.#workers.delete(worker)) return
    try {
      this.#join(new PageWorker())
    } catch {
      inUse -= 1
    }
    if (this.#workers.size > 0) return
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('all workers have ended'))
  }

  /** Each worker receives a first task before any receives a second. */
  #assign(): void {
    for (let depth = 1; depth <= DEPTH; depth++)
      for (const [worker, columns] of this.#workers) {
        if (worker.tasks >= depth) continue
        const task = this.#waiting.shift()
        if (!task) return
        void this.#send(worker, columns, task)
      }
  }

  async #send(worker: PageWorker, columns: Set<number>, { task, resolve, reject }: Waiting): Promise<void> {
    try {
      const { result, pieces } = await worker.ask(this.#message(columns, task))
      if (!this.#shared) this.#put(task, result, pieces)
      resolve(result)
    } catch (error) {
      reject(error)
    }
    this.#assign()
  }

  /** Place of the mark that a worker knows the job, among the columns that it has. */
  static readonly #KNOWN = -1

  #message(columns: Set<number>, task: RunTask): WorkerTask {
    const job = this.#job
    const known = columns.has(Team.#KNOWN)
    columns.add(Team.#KNOWN)
    const told = known ? {} : this.#shared ? { data: job } : { data: emptied(job), sizes: columnSizes(job) }
    const missing = this.#shared ? [] : columnsRead(job, task).filter((column) => !columns.has(column))
    const all = buffersOf(job)
    for (const column of missing) columns.add(column)
    return { job: this.#id, ...told, task, filled: missing.map((column) => ({ column, bytes: all[column] })) }
  }

  #put(task: RunTask, result: TaskResult, pieces: readonly Uint8Array<ArrayBuffer>[]): void {
    putPieces(this.#job, task, pieces)
    if (task.kind !== 'blocks' || !('parts' in result)) return
    const done = task.ranges.reduce((sum, { from, to }) => sum + to - from, 0)
    Atomics.add(new Int32Array(this.#job.control), 0, done)
  }
}

/**
 * An executor on `threads` Web Workers, by default one per core, and for small runs in the calling thread. Where workers cannot start, the run
 * continues in that thread.
 * @param note receives one sentence in that case
 */
export const pageExecutor =
  (threads: number | undefined, note: (words: string) => void = () => {}): CreateExecutor =>
  async (job, signal) => {
    const { plan, program } = job
    const small = plan.trials * program.months * program.offers.length <= SMALL
    if (threads === 1 || (threads === undefined && small)) return inlineExecutor(job)
    let workers: readonly PageWorker[] = []
    try {
      workers = taken(Math.min(threads ?? cores(), cores() * 2))
      if (workers.length === 0) return inlineExecutor(job)
      await Promise.race(workers.map(({ started }) => started))
    } catch (error) {
      for (const worker of workers) void left(worker)
      signal?.throwIfAborted()
      note(
        `this page starts no workers (${messageOf(error)}). The run continues on one thread and gives the same figures, but takes longer`,
      )
      return inlineExecutor(job)
    }
    return new Team(job, workers)
  }
