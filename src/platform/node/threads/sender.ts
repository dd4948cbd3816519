// Messages to worker threads, by piscina: each is answered, or whoever waits hears that it will not be.
import { Piscina } from 'piscina'
import { messageOf } from '../../../errors.ts'
import { packageFile } from '../package.ts'
import { type Answer, type Message, PROBE } from './protocol.ts'

/** Milliseconds between two looks at whether any thread is left. */
const LOOK = 250

/** Milliseconds in which tasks that were told to stop may end by themselves, before their threads are. */
const GRACE = 300

/** Loads the module in a thread. */
const START = 'dist/platform/node/threads/start.cjs'

export interface Sender {
  readonly send: (message: Message) => Promise<Answer>
  readonly close: () => Promise<void>
}

/**
 * Starts threads. One that dies is replaced.
 * @param heap the most that a thread's objects may take, in MiB
 * @throws Error where they do not start
 */
export async function openSender(threads: number, module: URL, heap: number | undefined): Promise<Sender> {
  const start = () =>
    new Piscina({
      filename: packageFile(START).href,
      workerData: module.href,
      minThreads: threads,
      maxThreads: threads,
      concurrentTasksPerWorker: 1,
      // What is short-lived is small here; a larger nursery only holds more of it.
      resourceLimits: { maxYoungGenerationSizeMb: 4, ...(heap !== undefined && { maxOldGenerationSizeMb: heap }) },
    })
  const waiting = new Set<(error: Error) => void>()
  const rejectAll = (error: Error) => {
    for (const reject of waiting) reject(error)
  }
  // An error that belongs to no task may mean that none will ever be done: whatever waits hears of it, and tries again.
  const watched = (pool: Piscina): Piscina =>
    pool.on('error', (error: unknown) => rejectAll(error instanceof Error ? error : new Error(String(error))))
  let pool = watched(start())
  let closed = false
  // Not a race with one promise that lives as long as the pool: it would hold every result until the end.
  const send: Sender['send'] = (message) =>
    new Promise<Answer>((resolve, reject) => {
      waiting.add(reject)
      const settled = () => waiting.delete(reject)
      pool.run(message).then(
        (answer: Answer) => {
          settled()
          resolve(answer)
        },
        (error: unknown) => {
          settled()
          reject(error)
        },
      )
    })
  // piscina starts no threads any more after one that died while it started: then all begin anew.
  const look = setInterval(() => {
    if (waiting.size === 0 || pool.threads.length > 0 || closed) return
    void pool.destroy()
    pool = watched(start())
    rejectAll(new Error('all worker threads have died'))
  }, LOOK)
  look.unref()
  const close = async () => {
    closed = true
    clearInterval(look)
    for (const end = performance.now() + GRACE; waiting.size > 0 && performance.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, 5))
    await pool.destroy()
  }
  try {
    await send(PROBE)
  } catch (error) {
    await close()
    throw new Error(`the worker threads do not start: ${messageOf(error)}`)
  }
  return { send, close }
}
