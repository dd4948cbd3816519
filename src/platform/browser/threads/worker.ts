// One Web Worker: it answers its tasks in their order.
import { program } from '#generated/workers'
import { Stopped, type TaskResult } from '../../../run/task.ts'
import { FORGET, type ColumnPieces, type WorkerTask, type WorkerReply } from './protocol.ts'

/** Milliseconds without work after which a worker ends: it holds memory. */
const REST = 10_000

export interface Answered {
  readonly result: TaskResult
  readonly pieces: ColumnPieces
}

interface Waiting {
  readonly resolve: (answer: Answered) => void
  readonly reject: (error: Error) => void
}

/** The address of the program, which workers share. */
let address: string | undefined

export class PageWorker {
  /** Settles when the worker has started, and rejects if it cannot. */
  readonly started: Promise<void>
  /** Told when the worker dies. */
  onlost: () => void = () => undefined
  readonly #worker: Worker
  readonly #waiting: Waiting[] = []
  #lost = false
  #rest: ReturnType<typeof setTimeout> | undefined

  /** @throws an error of the browser where the page's policy forbids workers */
  constructor() {
    address ??= URL.createObjectURL(new Blob([program], { type: 'text/javascript' }))
    this.#worker = new Worker(address)
    this.started = new Promise((resolve, reject) => {
      this.#worker.onmessage = ({ data }: MessageEvent<WorkerReply>) => (data === 'ready' ? resolve() : this.#answered(data))
      this.#worker.onerror = (event) => {
        event.preventDefault()
        const error = new Error(event.message || 'the browser starts no worker')
        reject(error)
        this.#end(error)
      }
    })
  }

  get idle(): boolean {
    return this.#waiting.length === 0
  }

  get lost(): boolean {
    return this.#lost
  }

  get tasks(): number {
    return this.#waiting.length
  }

  ask(message: WorkerTask): Promise<Answered> {
    return new Promise((resolve, reject) => {
      if (this.#lost) return reject(new Error('the worker has ended'))
      this.#worker.postMessage(message)
      this.#waiting.push({ resolve, reject })
    })
  }

  /** Ends after a while without work. @param ended told then */
  rest(ended: () => void): void {
    this.#worker.postMessage(FORGET)
    this.#rest = setTimeout(() => {
      this.#end(new Error('the worker has ended'))
      ended()
    }, REST)
  }

  wake(): void {
    clearTimeout(this.#rest)
  }

  #answered(reply: Exclude<WorkerReply, 'ready'>): void {
    const task = this.#waiting.shift()
    if ('error' in reply) task?.reject(reply.stopped ? new Stopped(reply.error) : new Error(reply.error))
    else task?.resolve(reply)
  }

  #end(error: Error): void {
    if (this.#lost) return
    this.#lost = true
    this.#worker.terminate()
    for (const { reject } of this.#waiting.splice(0)) reject(error)
    this.onlost()
  }
}
