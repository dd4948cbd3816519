// The seam between the engine and whatever runs its tasks: worker threads, Web Workers, or this thread.
import { type Job, type Task, type TaskResult, taskRunner } from './task.ts'

export interface Executor {
  /** How many tasks run at once. */
  readonly width: number
  run(task: Task): Promise<TaskResult>
  close(): Promise<void>
}

export type CreateExecutor = (job: Job) => Promise<Executor>

/** Runs tasks in this thread, leaving the event loop a turn between them. */
export const inlineExecutor: CreateExecutor = (job) => {
  const run = taskRunner(job)
  const turn = () => new Promise((resolve) => setTimeout(resolve, 0))
  return Promise.resolve({
    width: 1,
    async run(task) {
      await turn()
      return run(task)
    },
    close: () => Promise.resolve(),
  })
}
