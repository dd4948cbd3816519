// Runs the tasks of runs in this thread.
import { type Runner, taskRunner } from '../../../run/task.ts'
import { type Answer, type TaskRequest, UNKNOWN } from './protocol.ts'

const runners = new Map<number, Runner>()

export function runTask({ job, data, task, open }: TaskRequest): Answer {
  for (const [other, runner] of runners) {
    if (open.includes(other)) continue
    runner.release()
    runners.delete(other)
  }
  let runner = runners.get(job)
  if (!runner) {
    if (!data) return UNKNOWN
    runner = taskRunner(data)
    runners.set(job, runner)
  }
  return runner(task)
}
