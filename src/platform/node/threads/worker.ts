// The work of a thread of a batch or a queue: tasks of runs, whole scenarios, and tasks of the queue.
import type { Answer, Message } from './protocol.ts'
import { runTask } from './tasks.ts'

export default function work(message: Message): Answer | Promise<Answer> {
  if ('reach' in message) return import('./queue-task.ts').then(({ runQueueTask }) => runQueueTask(message))
  if ('plan' in message) return import('./whole.ts').then(({ runWhole }) => runWhole(message))
  return runTask(message)
}
