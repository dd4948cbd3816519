// A worker: takes tasks of its own version from a queue, runs each on a thread of its own, and brings the results.
import { availableParallelism, hostname } from 'node:os'
import type { Job } from 'bullmq'
import type { Redis } from 'ioredis'
import { openPool, ThreadLost, type ThreadPool } from '../node/threads/pool.ts'
import { VERSION } from '../node/version.ts'
import { plainWords } from '../node/words.ts'
import { type Address, shownAddress } from './address.ts'
import { type Connection, connect, forbidden, isForbidden, unsafe } from './connection.ts'
import { mayWrite } from './full.ts'
import { announce, batchesIn, memberName, DoneRate, type WorkerRecord } from './heartbeat.ts'
import { PREFIX, queueName, workerKey } from './keys.ts'
import { type Listen, type Metrics, metricsAt } from './metrics.ts'
import { type QueuePackages, queuePackages } from './peers.ts'
import type { RedisReach } from './thread.ts'

/** Milliseconds that a task belongs to a worker of which nothing more is heard. */
const LOCK = 8_000
const STALL_CHECK = 4_000

/** A worker that has vanished is no fault of its task. */
const ANY = 1_000_000

/** Milliseconds in which tasks may end when the worker is told to: then they are given back. */
const GRACE = 6_000

/** Times that a task is tried again here after its thread has died. */
const RETRIES = 2

/** Milliseconds between two looks at who else is there. */
const LOOK = 5_000

export interface WorkerSettings {
  /** Tasks at once, a thread each; by default one a core. */
  readonly threads?: number
  /** Bytes that it may take. */
  readonly memory?: number
  /** Where it serves its health and its metrics. */
  readonly metrics?: Listen
  /** Seconds to wait for a Redis that does not answer. */
  readonly wait: number
}

/** What happens, for those who watch. */
export type WorkerEvent =
  | { readonly event: 'ready'; readonly worker: string; readonly address: string; readonly threads: number }
  | { readonly event: 'done'; readonly task: string; readonly seconds: number; readonly bytes: number }
  | { readonly event: 'failed'; readonly task: string; readonly message: string }
  | { readonly event: 'returned'; readonly task: string }
  | { readonly event: 'warning'; readonly message: string }
  | { readonly event: 'stopped'; readonly done: number; readonly failed: number }

/** A worker as those see it who ask how it is. */
export interface WorkerState {
  readonly record: () => WorkerRecord
  /** Whether Redis answers. */
  readonly connected: () => boolean
}

/**
 * Works until the signal says to stop; then what is not done within six seconds is given back.
 * @throws Error where Redis does not answer for too long
 */
export async function runWorker(
  address: Address,
  settings: WorkerSettings,
  signal: AbortSignal,
  told: (event: WorkerEvent) => void,
): Promise<void> {
  const { wait, metrics: place } = settings
  const metrics = place && (await metricsAt(place))
  const tell = (event: WorkerEvent) => {
    metrics?.count(event)
    told(event)
  }
  const packages = await queuePackages()
  const connection = await connect(address, wait, signal)
  try {
    await workOn(connection, packages, address, settings, signal, metrics, tell)
  } catch (error) {
    throw isForbidden(error) ? forbidden(address, error) : error
  } finally {
    await connection.close()
  }
}

async function workOn(
  connection: Connection,
  { Worker, WaitingError }: QueuePackages,
  address: Address,
  { threads = availableParallelism(), wait, memory }: WorkerSettings,
  signal: AbortSignal,
  metrics: Metrics | undefined,
  tell: (event: WorkerEvent) => void,
): Promise<void> {
  const { redis } = connection
  const danger = await unsafe(redis)
  if (danger) tell({ event: 'warning', message: danger })
  await mayWrite(redis)
  const pool = await openPool(threads)
  const id = memberName()
  // Set when the tasks that are not done shall be given back.
  const giveBack = new AbortController()
  const { run, counts, rate } = tasksOn(pool, { address, wait }, memory, giveBack.signal, WaitingError, tell)
  const record = (): WorkerRecord => ({ id, version: VERSION, host: hostname(), threads, ...counts, rate: rate.value })
  const worker = new Worker(queueName(VERSION), run, {
    connection: redis,
    prefix: PREFIX,
    name: id,
    concurrency: threads,
    lockDuration: LOCK,
    stalledInterval: STALL_CHECK,
    maxStalledCount: ANY,
    autorun: false,
    // Otherwise it goes on by itself when Redis is back.
    runRetryDelay: 500,
  })
  // What it cannot do it tries again, where that may help; that Redis is gone is told by the connection.
  const refused = new Promise<never>((_, reject) => {
    worker.on('error', (error) => isForbidden(error) && reject(error))
  })
  refused.catch(() => undefined)
  const silence = announce(redis, workerKey(id), record)
  const others = watchOthers(redis, (message) => tell({ event: 'warning', message }))
  let unserve: (() => Promise<void>) | undefined
  try {
    unserve = await metrics?.serve({ record, connected: connection.answers })
    tell({ event: 'ready', worker: id, address: shownAddress(address), threads })
    await Promise.race([stopped(signal), connection.lost, refused, worker.run()])
  } finally {
    clearInterval(others)
    const last = setTimeout(() => giveBack.abort(), GRACE)
    await connection.close(async () => {
      await worker.close()
      await silence()
    })
    clearTimeout(last)
    void silence()
    await Promise.all([unserve?.(), pool.close()])
    tell({ event: 'stopped', done: counts.done, failed: counts.failed })
  }
}

/** Runs a queue's tasks, a thread each, and counts what becomes of them. */
function tasksOn(
  pool: ThreadPool,
  reach: RedisReach,
  memory: number | undefined,
  giveBack: AbortSignal,
  WaitingError: QueuePackages['WaitingError'],
  tell: (event: WorkerEvent) => void,
) {
  const counts = { busy: 0, done: 0, failed: 0 }
  const rate = new DoneRate()
  const run = async (job: Job, token: string | undefined): Promise<string> => {
    const task = job.id ?? ''
    const started = performance.now()
    counts.busy += 1
    try {
      const message = { task: job.data, id: task, reach, ...(memory !== undefined && { memory }) }
      const { digest, bytes } = await runOnce(pool, message, giveBack)
      counts.done += 1
      rate.add()
      tell({ event: 'done', task, seconds: (performance.now() - started) / 1000, bytes })
      return digest
    } catch (error) {
      if (giveBack.aborted) {
        await job.moveToWait(token)
        tell({ event: 'returned', task })
        throw new WaitingError()
      }
      counts.failed += 1
      const message = plainWords(error)
      tell({ event: 'failed', task, message })
      throw new Error(message)
    } finally {
      counts.busy -= 1
    }
  }
  return { run, counts, rate }
}

type RunTask = ThreadPool['task']

async function runOnce(pool: ThreadPool, task: Parameters<RunTask>[0], signal: AbortSignal): ReturnType<RunTask> {
  for (let tries = 0; ; tries++) {
    try {
      return await pool.task(task, signal)
    } catch (error) {
      if (!(error instanceof ThreadLost) || tries >= RETRIES) throw error
    }
  }
}

const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

/** Tells, once, of batches of each other version: this worker takes none of their tasks. */
function watchOthers(redis: Redis, warn: (words: string) => void): NodeJS.Timeout {
  const known = new Set([VERSION])
  const look = async () => {
    for (const { version } of await batchesIn(redis)) {
      if (known.has(version)) continue
      known.add(version)
      warn(
        `a batch of billcast ${version} has tasks here: this worker is ${VERSION} and takes none of them; install ${version} for it`,
      )
    }
  }
  const tried = () => void look().catch(() => undefined)
  tried()
  return setInterval(tried, LOOK)
}
