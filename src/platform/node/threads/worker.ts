// A worker thread. It runs the tasks of jobs, whole scenarios of a batch, or tasks of a queue.
import { type Runner, taskRunner } from '../../../run/task.ts'
import { type Answer, type Message, PROBE, type TaskRequest, UNKNOWN } from './protocol.ts'

const runners = new Map<number, Runner>()

export default function work(message: Message): Answer | Promise<Answer> {
  if (message === PROBE) return PROBE
  if ('reach' in message) return import('./queue-task.ts').then(({ runQueueTask }) => runQueueTask(message))
  if ('plan' in message) return import('./whole.ts').then(({ runWhole }) => runWhole(message))
  return runTask(message)
}

function runTask({ job, data, task, open }: TaskRequest): Answer {
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
