// Tasks handed to an executor: each tried again after a fault that is not of its making, progress told, a stop heeded.
import type { Executor } from './executor.ts'
import { Stopped, type Task, type TaskResult } from './task.ts'

/** Times that a task is tried again. */
const RETRIES = 2

/** Does tasks and reads their results, in the order of the tasks. */
export type Schedule = <T>(tasks: readonly Task[], read: (result: TaskResult) => T) => Promise<T[]>

export function scheduleOn(executor: Executor, signal: AbortSignal | undefined, report: () => void): Schedule {
  // A task is a pure function of its numbers, so that it can be done again, by another thread as well.
  const attempt = async (task: Task): Promise<TaskResult> => {
    for (let tries = 0; ; tries++) {
      try {
        return await executor.run(task)
      } catch (error) {
        if (signal?.aborted || error instanceof Stopped || tries >= RETRIES) throw error
      }
    }
  }
  return async (tasks, read) => {
    const results = await Promise.all(
      tasks.map(async (task) => {
        signal?.throwIfAborted()
        const result = read(await attempt(task))
        report()
        return result
      }),
    )
    signal?.throwIfAborted()
    return results
  }
}
