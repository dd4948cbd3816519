// Runs the tasks of runs in this thread.
import { type Runner, taskRunner } from '../../../run/task.ts'
import { type Answer, type Forget, type TaskRequest, UNKNOWN } from './protocol.ts'

const runners = new Map<number, Runner>()

export function runTask(message: TaskRequest | Forget): Answer {
  for (const [other, runner] of runners) {
    if (message.open.includes(other)) continue
    runner.release()
    runners.delete(other)
  }
  if (!('task' in message)) return UNKNOWN
  const { job, data, task } = message
  let runner = runners.get(job)
  if (!runner) {
    if (!data) return UNKNOWN
    runner = taskRunner(data)
    runners.set(job, runner)
  }
  return runner(task)
}
