// Executors that send the tasks of jobs to threads. A thread receives the data of a job when it first needs them.
import type { CreateExecutor } from '../../../run/executor.ts'
import type { Job, TaskResult } from '../../../run/task.ts'
import { type Answer, type TaskRequest, UNKNOWN } from './protocol.ts'
import type { Sender } from './sender.ts'

/** The number of the next job of this process. */
let next = 0

/** @returns makes executors, whose `width` is the number of threads for a job */
export function jobsOn(send: Sender['send']): (width: number) => CreateExecutor {
  const open = new Set<number>()
  return (width) => (data: Job) => {
    const job = next++
    open.add(job)
    const ask = (request: Pick<TaskRequest, 'task' | 'data'>) => send({ job, open: [...open], ...request })
    return Promise.resolve({
      width,
      run: async (task) => {
        const answer = await ask({ task })
        return resultIn(answer === UNKNOWN ? await ask({ task, data }) : answer)
      },
      close: () => {
        open.delete(job)
        return Promise.resolve()
      },
    })
  }
}

export const noResult = () => new Error('a worker thread returned no result')

function resultIn(answer: Answer): TaskResult {
  if (typeof answer === 'string' || 'events' in answer || 'digest' in answer || 'failure' in answer) throw noResult()
  if ('found' in answer || 'fault' in answer) throw noResult()
  return answer
}
