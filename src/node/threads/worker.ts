// A worker thread: told a job once, it does the job's tasks.
import { type Runner, taskRunner } from '../../engine/task.ts'
import { type Answer, type Message, PROBE, UNKNOWN } from './protocol.ts'

const runners = new Map<number, Runner>()

export default function work(message: Message): Answer {
  if (message === PROBE) return PROBE
  const { job, data, task, open } = message
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
