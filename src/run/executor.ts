// An executor runs the tasks of a run: on worker threads, or in this thread.
import { nextTurn } from '../pace.ts'
import { type Job, type RunTask, type TaskResult, taskRunner } from './task.ts'

export interface Executor {
  /** The number of tasks that run at once. */
  readonly width: number
  /** The most blocks per task, if tasks block the event loop. */
  readonly blocks?: number
  /** Whether nothing writes into the columns of the job any more once it is closed. Other threads of a shared pool may. */
  readonly alone?: boolean
  run(task: RunTask): Promise<TaskResult>
  close(): Promise<void>
}

/** @param signal ends the start of threads */
export type CreateExecutor = (job: Job, signal?: AbortSignal) => Promise<Executor>

/** Milliseconds after which the event loop gets a turn. Browsers make each turn last at least 4 ms. */
const TURN = 50
/** About 10 ms of work, so that a plan ten times as heavy as usual still stops within 100 ms. */
const INLINE_BLOCKS = 16

/** Runs tasks in this thread one after the other, and gives the event loop a turn from time to time. */
export const inlineExecutor: CreateExecutor = (job) => {
  const run = taskRunner(job)
  let last = performance.now()
  const turn = async (): Promise<void> => {
    if (performance.now() - last <= TURN) return
    await nextTurn()
    last = performance.now()
  }
  // Chained: if all timers were due at once, nothing else would run before the last task.
  let before: Promise<unknown> = Promise.resolve()
  return Promise.resolve({
    width: 1,
    blocks: INLINE_BLOCKS,
    alone: true,
    run(task) {
      const result = before.then(turn).then(() => run(task))
      before = result.catch(() => undefined)
      return result
    },
    close() {
      run.release()
      return Promise.resolve()
    },
  })
}
