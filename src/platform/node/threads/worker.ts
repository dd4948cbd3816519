// The work of a thread that is no run's: tasks of runs, whole scenarios of a batch, tasks of a queue, and questions of programs and assistants.
import type { Answer, Message } from './protocol.ts'
import { runTask } from './tasks.ts'

export default function work(message: Message): Answer | Promise<Answer> {
  if ('reach' in message) return import('./queue-task.ts').then(({ runQueueTask }) => runQueueTask(message))
  if ('request' in message) return import('./question.ts').then(({ runQuestion }) => runQuestion(message))
  if ('tool' in message) return import('./tool.ts').then(({ runTool }) => runTool(message))
  if ('plan' in message) return import('./whole.ts').then(({ runWhole }) => runWhole(message))
  return runTask(message)
}
