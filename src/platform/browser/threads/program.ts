// The program of a Web Worker. The build turns it into one text (scripts/threads.mjs), which starts from a page's memory, without a file.
import { messageOf } from '../../../errors.ts'
import { type Job, type Runner, Stopped, taskRunner } from '../../../run/task.ts'
import { buffersOf, FORGET, isShared, piecesOf, refilled, type WorkerTask, type WorkerReply } from './protocol.ts'

const scope = globalThis as unknown as {
  onmessage: ((event: { readonly data: WorkerTask | typeof FORGET }) => void) | null
  postMessage(reply: WorkerReply, transfer: readonly ArrayBuffer[]): void
}

interface Known {
  readonly id: number
  readonly job: Job
  readonly run: Runner
}

/** A worker serves one job at a time. */
let known: Known | undefined

function forget(): void {
  known?.run.release()
  known = undefined
}

function knownOf({ job: id, data, sizes }: WorkerTask): Known {
  if (known?.id === id) return known
  forget()
  if (!data) throw new Error('a worker has a task of a job that it does not know')
  const job = sizes ? refilled(data, sizes) : data
  known = { id, job, run: taskRunner(job) }
  return known
}

function answer(message: WorkerTask): WorkerReply {
  try {
    const { job, run } = knownOf(message)
    const columns = buffersOf(job)
    for (const { column, bytes } of message.filled) new Uint8Array(columns[column]).set(new Uint8Array(bytes))
    const result = run(message.task)
    return { result, pieces: isShared(job) ? [] : piecesOf(job, message.task) }
  } catch (error) {
    return { error: messageOf(error), stopped: error instanceof Stopped }
  }
}

// Tests load this file where nobody listens.
if ('postMessage' in scope) {
  scope.onmessage = ({ data }) => {
    if (data === FORGET) return forget()
    const reply = answer(data)
    scope.postMessage(reply, typeof reply === 'object' && 'pieces' in reply ? reply.pieces.map(({ buffer }) => buffer) : [])
  }
  scope.postMessage('ready', [])
}
