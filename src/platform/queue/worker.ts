// A worker takes tasks of its own version from a queue, runs each on a thread and writes the results to Redis.
import { hostname } from 'node:os'
import type { Job } from 'bullmq'
import type { Redis } from 'ioredis'
import { availableCores } from '../node/cores.ts'
import { openPool, ThreadLost, type ThreadPool } from '../node/threads/pool.ts'
import { stopped } from '../../run/schedule.ts'
import { VERSION } from '../version.generated.ts'
import { withWayOut } from '../node/words.ts'
import { type Address, shownAddress } from './address.ts'
import { connect, type Connection, forbidden, isForbidden, type RedisReach, unsafe } from './connection.ts'
import { mayWrite } from './full.ts'
import { announce, batchesIn, memberName, DoneRate, type WorkerRecord } from './heartbeat.ts'
import { PREFIX, queueName, workerKey } from './keys.ts'
import { listenAt, type Metrics, metricsAt } from './metrics.ts'
import { type QueuePackages, queuePackages } from './peers.ts'

/** Milliseconds after which a silent worker loses its task. */
const LOCK = 8_000
const STALL_CHECK = 4_000
/** No limit: a task is not at fault if its worker disappears. */
const ANY = 1_000_000
/** Milliseconds that tasks have to end after a stop before they return to the queue. */
const GRACE = 6_000
/** Retries of a task on this worker after its thread dies. */
const RETRIES = 2
/** Milliseconds between two checks for batches of other versions. */
const LOOK = 5_000

export interface WorkerSettings {
  /** Tasks at once, one thread each. The default is one per core. */
  readonly threads?: number | undefined
  /** The memory limit in bytes. */
  readonly memory?: number | undefined
  /** The address for its health and metrics, such as 127.0.0.1:9464. */
  readonly metrics?: string | undefined
  /** Seconds to wait for a Redis that does not answer. */
  readonly wait: number
}

/** Events for the log. */
export type WorkerEvent =
  | { readonly event: 'ready'; readonly worker: string; readonly address: string; readonly threads: number }
  | { readonly event: 'done'; readonly task: string; readonly seconds: number; readonly bytes: number }
  | { readonly event: 'failed'; readonly task: string; readonly message: string }
  | { readonly event: 'returned'; readonly task: string }
  | { readonly event: 'warning'; readonly message: string }
  | { readonly event: 'stopped'; readonly done: number; readonly failed: number }

/** The state of a worker, for health checks and metrics. */
export interface WorkerState {
  readonly record: () => WorkerRecord
  /** Whether Redis answers. */
  readonly connected: () => boolean
}

/**
 * Works until the signal aborts. Tasks that do not end within six seconds return to the queue.
 * @throws Error if Redis does not answer for too long
 */
export async function runWorker(
  address: Address,
  settings: WorkerSettings,
  signal: AbortSignal,
  onEvent: (event: WorkerEvent) => void,
): Promise<void> {
  const { wait, metrics: place } = settings
  const metrics = place === undefined ? undefined : await metricsAt(listenAt(place))
  const report = (event: WorkerEvent) => {
    metrics?.count(event)
    onEvent(event)
  }
  const packages = await queuePackages()
  const connection = await connect(address, wait, signal)
  try {
    await workOn(connection, packages, address, settings, signal, metrics, report)
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
  { threads = availableCores(), wait, memory }: WorkerSettings,
  signal: AbortSignal,
  metrics: Metrics | undefined,
  report: (event: WorkerEvent) => void,
): Promise<void> {
  const { redis } = connection
  const danger = await unsafe(redis)
  if (danger) report({ event: 'warning', message: danger })
  await mayWrite(redis)
  const pool = await openPool(threads)
  const id = memberName()
  // Aborts when unfinished tasks must return to the queue.
  const giveBack = new AbortController()
  const { run, counts, rate } = tasksOn(pool, { address, wait }, memory, giveBack.signal, WaitingError, report)
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
    // Continue soon after Redis is back.
    runRetryDelay: 500,
  })
  // BullMQ retries other errors. The connection reports a lost Redis.
  const refused = new Promise<never>((_, reject) => {
    worker.on('error', (error) => isForbidden(error) && reject(error))
  })
  refused.catch(() => undefined)
  const silence = announce(redis, workerKey(id), record)
  const others = watchOthers(redis, (message) => report({ event: 'warning', message }))
  let unserve: (() => Promise<void>) | undefined
  try {
    unserve = await metrics?.serve({ record, connected: connection.answers })
    report({ event: 'ready', worker: id, address: shownAddress(address), threads })
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
    report({ event: 'stopped', done: counts.done, failed: counts.failed })
  }
}

/** Runs tasks, one thread each, and counts their outcomes. */
function tasksOn(
  pool: ThreadPool,
  reach: RedisReach,
  memory: number | undefined,
  giveBack: AbortSignal,
  WaitingError: QueuePackages['WaitingError'],
  report: (event: WorkerEvent) => void,
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
      report({ event: 'done', task, seconds: (performance.now() - started) / 1000, bytes })
      return digest
    } catch (error) {
      if (giveBack.aborted) {
        await job.moveToWait(token)
        report({ event: 'returned', task })
        throw new WaitingError()
      }
      counts.failed += 1
      const message = withWayOut(error)
      report({ event: 'failed', task, message })
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

/** Warns once about each other version that has batches, because this worker takes none of their tasks. */
function watchOthers(redis: Redis, warn: (words: string) => void): NodeJS.Timeout {
  const known = new Set([VERSION])
  const look = async () => {
    for (const { version } of await batchesIn(redis)) {
      if (known.has(version)) continue
      known.add(version)
      warn(
        `a batch of billcast ${version} has tasks here. This worker is ${VERSION} and takes none of them. Start a worker of ${version} for it`,
      )
    }
  }
  const tried = () => void look().catch(() => undefined)
  tried()
  return setInterval(tried, LOOK)
}
