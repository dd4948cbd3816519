// A worker thread: told its job once, it does tasks.
import { workerData } from 'node:worker_threads'
import { type Job, type Task, type TaskResult, taskRunner } from '../../engine/task.ts'

// piscina hands its option `workerData` over as the second of a pair.
const job = (Array.isArray(workerData) ? workerData[1] : workerData) as Job
let run: ((task: Task) => TaskResult) | undefined

export default function work(task: Task | 'probe'): TaskResult | 'ready' {
  run ??= taskRunner(job)
  return task === 'probe' ? 'ready' : run(task)
}
