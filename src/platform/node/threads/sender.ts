// Sends messages to worker threads. Every message is answered or rejected.
import { Worker } from 'node:worker_threads'
import { program } from '#generated/threads'
import { messageOf } from '../../../errors.ts'
import { plainWords } from '../words.ts'
import { type Answer, DEPTH, type Message, type ThreadReply } from './protocol.ts'
import { ended, started, worked, untilQuiet } from './quiet.ts'

/** Milliseconds that stopped tasks have to end before their threads are ended. */
const GRACE = 300
/** Threads in a row that die while they start before no other is started. */
const MOST_FAILURES = 3

export interface Sender {
  readonly send: (message: Message) => Promise<Answer>
  /**
   * Rejects messages that no thread has received. Gives the others time to be answered, since their run has been told to stop.
   * @returns whether all threads are idle
   */
  readonly settle: (grace?: number) => Promise<boolean>
  /** Lets idle threads give back the memory of all jobs. */
  readonly forget: () => void
  /** Whether a thread has started that still runs. */
  readonly alive: () => boolean
  /** @param grace milliseconds that running tasks have to end before their threads are ended */
  readonly close: (grace?: number) => Promise<void>
  /** Whether the threads keep the program alive. */
  readonly hold: (on: boolean) => void
}

/** No job runs. */
const FORGET: Message = { open: [] }

interface Task {
  readonly message: Message
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

interface Thread {
  readonly worker: Worker
  ready: boolean
  /** Those that it has received, in the order of its answers. */
  readonly tasks: Task[]
  error?: unknown
}

/**
 * Starts threads, and replaces threads that die.
 * @param module what the threads run, by default the tasks of runs. Its default export answers messages
 * @param heap the limit for a thread's objects, in MiB
 * @throws Error if they do not start
 */
export async function openSender(threads: number, module?: URL, heap?: number): Promise<Sender> {
  const pool = new Threads(threads, module, heap)
  try {
    await pool.started
  } catch (error) {
    await pool.close()
    throw new Error(`the worker threads cannot start: ${plainWords(error)}`)
  }
  return {
    send: (message) => pool.send(message),
    settle: (grace) => pool.settle(grace),
    forget: () => pool.forget(),
    alive: () => pool.alive(),
    close: (grace) => pool.close(grace),
    hold: (on) => pool.hold(on),
  }
}

class Threads {
  /** Settles when the first thread has started, or none can. */
  readonly started: Promise<void>
  readonly #count: number
  readonly #module: URL | undefined
  readonly #heap: number | undefined
  readonly #all = new Set<Thread>()
  readonly #waiting: Task[] = []
  #starting: { readonly done: () => void; readonly failed: (error: Error) => void } | undefined
  #failures = 0
  #closed = false
  #held = true
  /** When a thread last worked. */
  #worked = 0

  constructor(count: number, module: URL | undefined, heap: number | undefined) {
    this.#count = count
    this.#module = module
    this.#heap = heap
    this.started = new Promise((done, failed) => {
      this.#starting = { done, failed }
    })
    this.#fill()
  }

  send(message: Message): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new Error('the worker threads have ended'))
      this.#waiting.push({ message, resolve, reject })
      if (this.#all.size === 0) {
        this.#failures = 0
        this.#fill()
      }
      this.#assign()
    })
  }

  async settle(grace = GRACE): Promise<boolean> {
    this.#rejectWaiting(new Error('the worker threads have ended'))
    const busy = () => [...this.#all].some(({ tasks }) => tasks.length > 0)
    for (const end = performance.now() + grace; busy() && performance.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, 5).unref())
    return !busy()
  }

  forget(): void {
    for (const { worker, ready, tasks } of this.#all) {
      if (!ready || tasks.length > 0) continue
      tasks.push({ message: FORGET, resolve: () => undefined, reject: () => undefined })
      worker.postMessage(FORGET)
    }
  }

  alive(): boolean {
    return [...this.#all].some(({ ready }) => ready)
  }

  /** A thread that hangs ends at once. */
  async close(grace?: number): Promise<void> {
    this.#closed = true
    if (await this.settle(grace)) await untilQuiet(this.#worked)
    await Promise.all([...this.#all].map(({ worker }) => worker.terminate()))
  }

  hold(on: boolean): void {
    this.#held = on
    for (const { worker } of this.#all) on ? worker.ref() : worker.unref()
  }

  #fill(): void {
    while (!this.#closed && this.#all.size < this.#count && this.#failures < MOST_FAILURES) this.#start()
  }

  #start(): void {
    let worker: Worker
    try {
      worker = new Worker(program, {
        eval: true,
        workerData: this.#module?.href,
        // Short-lived objects are few, so a larger young generation would only waste memory.
        resourceLimits: { maxYoungGenerationSizeMb: 4, ...(this.#heap !== undefined && { maxOldGenerationSizeMb: this.#heap }) },
      })
    } catch (error) {
      return this.#failed(error)
    }
    const thread: Thread = { worker, ready: false, tasks: [] }
    this.#all.add(thread)
    this.#worked = started()
    if (!this.#held) worker.unref()
    worker.on('message', (reply: ThreadReply) => this.#received(thread, reply))
    worker.on('error', (error: unknown) => {
      thread.error = error
    })
    worker.on('exit', (code) => this.#left(thread, code))
  }

  #received(thread: Thread, reply: ThreadReply): void {
    this.#worked = worked()
    const task = reply === 'ready' ? undefined : thread.tasks.shift()
    if (reply === 'ready') {
      thread.ready = true
      this.#failures = 0
      this.#starting?.done()
      this.#starting = undefined
      this.#fill()
    } else if ('error' in reply) task?.reject(new Error(reply.error))
    else task?.resolve(reply.answer)
    this.#assign()
  }

  /** Each thread receives a first task before any receives a second. A module may answer out of order, so it receives one. */
  #assign(): void {
    for (let depth = 1; depth <= (this.#module ? 1 : DEPTH); depth++)
      for (const thread of this.#all) {
        if (!thread.ready || thread.tasks.length >= depth) continue
        const task = this.#waiting.shift()
        if (!task) return
        thread.tasks.push(task)
        try {
          thread.worker.postMessage(task.message)
        } catch (error) {
          thread.tasks.pop()
          task.reject(new Error(messageOf(error), { cause: error }))
        }
      }
  }

  #left(thread: Thread, code: number): void {
    const { tasks, ready, error = new Error(`worker exited with code: ${code}`) } = thread
    this.#all.delete(thread)
    ended()
    for (const { reject } of tasks) reject(new Error(messageOf(error), { cause: error }))
    if (!ready) return this.#failed(error)
    this.#fill()
  }

  /** A thread has died before it started. While the first ones start, others are not tried. */
  #failed(error: unknown): void {
    this.#failures += 1
    if (!this.#starting) this.#fill()
    if (this.#all.size > 0) return
    this.#starting?.failed(new Error(messageOf(error), { cause: error }))
    this.#starting = undefined
    this.#rejectWaiting(new Error(`all worker threads have died: ${plainWords(error)}`))
  }

  #rejectWaiting(error: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error)
  }
}
