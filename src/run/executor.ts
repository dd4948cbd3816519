// The seam between the engine and whatever runs its tasks: worker threads, Web Workers, or this thread.
import { type Job, type RunTask, type TaskResult, taskRunner } from './task.ts'

export interface Executor {
  /** How many tasks run at once. */
  readonly width: number
  /** The most blocks that a task may hold, where the event loop waits for each task. */
  readonly blocks?: number
  run(task: RunTask): Promise<TaskResult>
  close(): Promise<void>
}

export type CreateExecutor = (job: Job) => Promise<Executor>

/** Milliseconds after which the event loop has a turn; browsers make each of many turns last four. */
const TURN = 50

/** Some 10 ms of work: a stop is heard within 100 ms even if a plan is ten times as heavy as usual. */
const INLINE_BLOCKS = 16

/** Runs tasks in this thread, one after the other, leaving the event loop a turn between them now and then. */
export const inlineExecutor: CreateExecutor = (job) => {
  const run = taskRunner(job)
  let last = performance.now()
  const turn = async (): Promise<void> => {
    if (performance.now() - last <= TURN) return
    await new Promise((resolve) => setTimeout(resolve, 0))
    last = performance.now()
  }
  // In line: timers of all of them would be due at once, and nothing else would have its turn before the last.
  let before: Promise<unknown> = Promise.resolve()
  return Promise.resolve({
    width: 1,
    blocks: INLINE_BLOCKS,
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
