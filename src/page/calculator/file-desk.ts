// Asks the worker that reads and writes files, which starts with the first wish.
import type { FileAnswers, FilesMessage, FilesReply } from './files/protocol.ts'
import { startedWorker } from '../started-worker.ts'
import { pagePart } from './parts.ts'

type Waiting = (reply: FilesReply) => void

const waiting = new Map<number, Waiting>()
let worker: Promise<Worker> | undefined
let last = 0

async function started(): Promise<Worker> {
  const made = startedWorker(await pagePart('billcastFiles'))
  made.onmessage = ({ data }: MessageEvent<FilesReply>) => {
    waiting.get(data.id)?.(data)
    waiting.delete(data.id)
  }
  return made
}

/** @throws Error with words for the user */
export async function fileAnswer<W extends FilesMessage['wish']>(wish: W): Promise<FileAnswers[W['kind']]> {
  worker ??= started()
  const desk = await worker.catch((error: unknown) => {
    worker = undefined
    throw error
  })
  last += 1
  const id = last
  const reply = await new Promise<FilesReply>((resolve) => {
    waiting.set(id, resolve)
    desk.postMessage({ id, wish } satisfies FilesMessage)
  })
  if ('failure' in reply) throw new Error(reply.failure)
  return reply.answer as FileAnswers[W['kind']]
}
