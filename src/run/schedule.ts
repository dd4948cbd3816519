// Runs tasks on an executor, retries them after faults, reports progress and obeys a stop.
import { messageOf, UsageError } from '../errors.ts'
import type { Executor } from './executor.ts'
import { Stopped, type RunTask, type TaskResult } from './task.ts'

const RETRIES = 2

/** Runs tasks and returns their results in the order of the tasks. */
export type Schedule = <T>(tasks: readonly RunTask[], read: (result: TaskResult, task: RunTask) => T) => Promise<T[]>

export function scheduleOn(executor: Executor, signal: AbortSignal | undefined, report: () => void): Schedule {
  // A task is a pure function of its numbers, so any thread may repeat it.
  const attempt = async (task: RunTask): Promise<TaskResult> => {
    for (let tries = 0; ; tries++) {
      try {
        return await executor.run(task)
      } catch (error) {
        // A rule of a program's own that is wrong stays wrong.
        if (signal?.aborted || error instanceof Stopped || error instanceof UsageError) throw error
        if (tries >= RETRIES) throw new Error(`${wordsOf(task)} failed ${RETRIES + 1} times: ${messageOf(error)}`, { cause: error })
      }
    }
  }
  return async (tasks, read) => {
    signal?.throwIfAborted()
    return orStopped(
      signal,
      Promise.all(
        tasks.map(async (task) => {
          const result = read(await attempt(task), task)
          report()
          return result
        }),
      ),
    )
  }
}

/** Rejects on a stop without waiting for work that cannot be interrupted, such as a sort of millions of numbers. */
export function orStopped<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (!signal) return work
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** Waits for a stop, which is how a server ends. */
export const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

function wordsOf(task: RunTask): string {
  switch (task.kind) {
    case 'blocks': {
      const parts = task.ranges.map(({ replicate, from, to }) => `${from} to ${to - 1} of replicate ${replicate}`)
      return `blocks ${parts.length > 2 ? `${parts[0]} … ${parts[parts.length - 1]}` : parts.join(', ')}`
    }
    case 'pilot':
      return 'the pilot of pre-integration'
    case 'lines':
      return `lines of replicates ${task.blocks
        .flat()
        .map(({ replicate }) => replicate)
        .join(', ')}`
    case 'column':
      return `percentiles of column ${task.column}`
    case 'month':
      return `percentiles of column ${task.column} in month ${task.month}`
    case 'sum':
      return `percentiles of column ${task.column} over some of its months`
    case 'largest':
      return `percentiles of the largest of ${task.periods.length} periods of column ${task.column}`
    case 'difference':
      return `percentiles of the difference of offers ${task.a} and ${task.b}`
  }
}
