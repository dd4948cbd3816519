// Sends messages to worker threads through piscina. Every message is answered or rejected.
import { Piscina } from 'piscina'
import { messageOf } from '../../../errors.ts'
import { packageFile } from '../package.ts'
import { type Answer, type Message, PROBE } from './protocol.ts'

/** Milliseconds between two checks that a thread is left. */
const LOOK = 250
/** Milliseconds that stopped tasks have to end before their threads are ended. */
const GRACE = 300
/** Loads the module in a thread. */
const START = 'dist/platform/node/threads/start.cjs'

export interface Sender {
  readonly send: (message: Message) => Promise<Answer>
  readonly close: () => Promise<void>
}

/**
 * Starts threads, and replaces threads that die.
 * @param heap the limit for a thread's objects, in MiB
 * @throws Error if they do not start
 */
export async function openSender(threads: number, module: URL, heap: number | undefined): Promise<Sender> {
  const start = () =>
    new Piscina({
      filename: packageFile(START).href,
      workerData: module.href,
      minThreads: threads,
      maxThreads: threads,
      concurrentTasksPerWorker: 1,
      // Short-lived objects are few, so a larger young generation would only waste memory.
      resourceLimits: { maxYoungGenerationSizeMb: 4, ...(heap !== undefined && { maxOldGenerationSizeMb: heap }) },
    })
  const waiting = new Set<(error: Error) => void>()
  const rejectAll = (error: Error) => {
    for (const reject of waiting) reject(error)
  }
  // After an error outside any task, tasks may never end. Reject them all, so that callers retry.
  const watched = (pool: Piscina): Piscina =>
    pool.on('error', (error: unknown) => rejectAll(error instanceof Error ? error : new Error(String(error))))
  let pool = watched(start())
  let closed = false
  // Promise.race() with one promise that lives as long as the pool would keep every result in memory.
  const send: Sender['send'] = (message) =>
    new Promise<Answer>((resolve, reject) => {
      waiting.add(reject)
      pool
        .run(message)
        .then(resolve, reject)
        .finally(() => waiting.delete(reject))
    })
  // After a thread that died during its start, piscina starts no other. Then open a new pool.
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
    throw new Error(`the worker threads cannot start: ${messageOf(error)}`)
  }
  return { send, close }
}
