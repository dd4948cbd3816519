// Sends tasks to a queue, a limited number at a time, and waits for their results. BullMQ delivers a task at least once. That is harmless,
// because a task's id is fixed and all workers give the same result.
import { setMaxListeners } from 'node:events'
import type { Queue, QueueEvents } from 'bullmq'
import type { Redis } from 'ioredis'
import { ThreadLost } from '../node/threads/pool.ts'
import { VERSION } from '../version.generated.ts'
import type { Address } from './address.ts'
import { type Connection, connect, forbidden, isForbidden, unsafe } from './connection.ts'
import { mayWrite, mostIn, whenFull, whenThereIsRoom } from './full.ts'
import { PREFIX, queueName, WEEK } from './keys.ts'
import { type QueuePackages, queuePackages } from './peers.ts'
import { Gone, hasResult, removeResult } from './results.ts'
import { type QueueLimits, Room } from './room.ts'
import type { QueueTask } from './task.ts'

/** Attempts at a task that throws. */
const ATTEMPTS = 3
/** A warning follows each time that this many workers have disappeared with a task. */
const MANY_STALLS = 10
/** Milliseconds between two checks of pending tasks, because Redis may lose an event or a task. */
const LOOK = 2_000
/** The share of Redis's memory limit for tasks and results. It holds other data too. */
const OURS = 0.7
/** Milliseconds of one wait for events, which delays the end if the connection is lost. */
const LISTEN = 1_000

interface Pending {
  readonly task: QueueTask
  readonly resolve: (digest: string) => void
  readonly reject: (error: Error) => void
  readonly vanished: (times: number) => void
  stalls: number
}

/** @param warn receives notes on the settings of Redis */
export async function openDispatcher(
  address: Address,
  limits: QueueLimits,
  warn: (words: string) => void,
  signal?: AbortSignal,
): Promise<Dispatcher> {
  const packages = await queuePackages()
  const connection = await connect(address, limits.wait, signal)
  try {
    return await dispatcherOn(connection, packages, limits, warn)
  } catch (error) {
    await connection.close()
    throw isForbidden(error) ? forbidden(address, error) : error
  }
}

async function dispatcherOn(
  connection: Connection,
  { Queue, QueueEvents }: QueuePackages,
  { inFlight, memory, wait }: QueueLimits,
  warn: (words: string) => void,
): Promise<Dispatcher> {
  const { redis } = connection
  const [danger, limit] = await Promise.all([unsafe(redis), mostIn(redis)])
  if (danger) warn(danger)
  const settings = { connection: redis, prefix: PREFIX }
  await mayWrite(redis)
  const queue = new Queue(queueName(VERSION), settings)
  // Listen from the current end of the stream, so that no event is missed.
  const [latest] = await redis.xrevrange(queue.toKey('events'), '+', '-', 'COUNT', 1)
  const events = new QueueEvents(queueName(VERSION), { ...settings, lastEventId: latest?.[0] ?? '0', blockingTimeout: LISTEN })
  // BullMQ retries errors. The connection reports a lost Redis.
  queue.on('error', () => undefined)
  events.on('error', () => undefined)
  const room = new Room(inFlight, limit === undefined ? memory : Math.min(memory, OURS * limit))
  const dispatcher = new Dispatcher(connection, queue, events, room, wait)
  await events.waitUntilReady().catch(async (error: unknown) => {
    await dispatcher.close()
    throw error
  })
  return dispatcher
}

/** Retries after a thread died. */
const RETRIES = 2
/** Retries after another batch removed a result. Each of those batches removes it at most once for each of its runs. */
const MOST_REMOVALS = 50

/**
 * Uses a result, and then releases it.
 * @param reported the SHA-256 of the result, from `run`
 * @param stop aborts if everything is stopped, not only this scenario
 */
export async function taken<T>(
  dispatcher: Dispatcher,
  task: QueueTask,
  reported: string,
  signal: AbortSignal,
  stop: AbortSignal | undefined,
  use: (digest: string) => Promise<T>,
): Promise<T> {
  let digest = reported
  let [deaths, removals] = [0, 0]
  for (;;) {
    try {
      const result = await use(digest)
      await dispatcher.release([task])
      return result
    } catch (error) {
      if (error instanceof ThreadLost && deaths++ < RETRIES) continue
      // A stopped run may resume, so its result stays.
      if (!stop?.aborted) await dispatcher.release([task])
      if (!(error instanceof Gone) || removals++ >= MOST_REMOVALS) throw error
      // Another batch of the same scenario has removed the result.
      digest = await dispatcher.run(task, signal)
    }
  }
}

/**
 * Works on every task of a scenario. A failure stops the others and withdraws the remaining tasks.
 * @param work receives a signal that also aborts with `given`
 */
export async function allOf<T>(
  dispatcher: Dispatcher,
  tasks: readonly QueueTask[],
  given: AbortSignal | undefined,
  work: (task: QueueTask, signal: AbortSignal) => Promise<T>,
): Promise<T[]> {
  const own = new AbortController()
  const signal = given ? AbortSignal.any([given, own.signal]) : own.signal
  // Thousands of tasks wait for one stop, which Node would take for a leak.
  setMaxListeners(0, signal)
  const running = tasks.map((task) => work(task, signal))
  try {
    return await Promise.all(running)
  } catch (error) {
    if (given?.aborted) throw error
    own.abort(error)
    await Promise.allSettled(running)
    await dispatcher.withdraw(tasks).catch(() => undefined)
    throw error
  }
}

/** Sends tasks to the queue and waits for their results. */
export class Dispatcher {
  readonly redis: Redis
  /** Rejects when Redis is lost, or has been full for too long. */
  readonly lost: Promise<never>
  /** The number of results so far. */
  done = 0
  readonly #queue: Queue
  readonly #room: Room
  readonly #wait: number
  /** Equal scenarios may wait for the same task. */
  readonly #pending = new Map<string, Set<Pending>>()
  /** The number of users of each task or its result. */
  readonly #needed = new Map<string, number>()
  readonly close: () => Promise<void>

  constructor(connection: Connection, queue: Queue, events: QueueEvents, room: Room, wait: number) {
    const { redis } = connection
    const filling = whenFull(redis, wait)
    this.redis = redis
    this.lost = Promise.race([connection.lost, filling.full])
    this.#wait = wait
    this.#queue = queue
    this.#room = room
    const timer = setInterval(() => void this.#checkAll(), LOOK)
    this.close = async () => {
      clearInterval(timer)
      filling.close()
      await connection.close(() => Promise.all([events.close(), queue.close()]))
    }
    events.on('completed', ({ jobId, returnvalue }) => this.#finished(jobId, returnvalue))
    events.on('failed', ({ jobId, failedReason }) => this.#failed(jobId, failedReason))
    events.on('stalled', ({ jobId }) => {
      for (const pending of this.#waiting(jobId)) {
        pending.stalls += 1
        if (pending.stalls % MANY_STALLS === 0) pending.vanished(pending.stalls)
      }
    })
  }

  /** The number of tasks in Redis, with their results. */
  get held(): number {
    return this.#room.taken
  }

  /**
   * Runs a task. It and its result stay in Redis until they are released, or until this throws without a stop.
   * @param vanished called if many workers disappear with the task
   * @returns the SHA-256 of the result
   */
  async run(task: QueueTask, signal: AbortSignal, vanished: (times: number) => void = () => {}): Promise<string> {
    await this.#room.enter(task.bytes, signal)
    this.#needed.set(task.id, (this.#needed.get(task.id) ?? 0) + 1)
    try {
      await whenThereIsRoom(() => this.#send(task), this.#wait, signal)
      const digest = await this.#resultOf(task, signal, vanished)
      this.done += 1
      return digest
    } catch (error) {
      // A stopped run may resume, so its task stays. A failed task is removed.
      await this.#leave(task, !signal.aborted).catch(() => undefined)
      throw error
    }
  }

  /** Removes finished tasks and their results. */
  async release(tasks: readonly QueueTask[]): Promise<void> {
    for (const task of tasks) await this.#leave(task, true)
  }

  /** Removes tasks that nobody needs any more. */
  async withdraw(tasks: readonly QueueTask[]): Promise<void> {
    for (const { id } of tasks) if (!this.#needed.has(id)) await this.#forget(id)
  }

  async #send({ id, data }: QueueTask): Promise<void> {
    if ((await this.redis.exists(this.#queue.toKey(id))) === 1) {
      // An earlier batch has sent it. Keep a result that exists, and repeat a failed task.
      const state = await this.#queue.getJobState(id)
      if (state === 'failed' || (state === 'completed' && !(await hasResult(this.redis, id)))) await this.#queue.remove(id)
    }
    const kept = { age: WEEK }
    await this.#queue.add('shard', data, { jobId: id, attempts: ATTEMPTS, removeOnComplete: kept, removeOnFail: kept })
  }

  #resultOf(task: QueueTask, signal: AbortSignal, vanished: (times: number) => void): Promise<string> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const all = this.#pending.get(task.id) ?? new Set()
      const end = (settle: () => void) => {
        signal.removeEventListener('abort', stop)
        all.delete(pending)
        if (all.size === 0) this.#pending.delete(task.id)
        settle()
      }
      const stop = () => end(() => reject(signal.reason))
      const pending: Pending = {
        task,
        vanished,
        stalls: 0,
        resolve: (digest) => end(() => resolve(digest)),
        reject: (error) => end(() => reject(error)),
      }
      signal.addEventListener('abort', stop, { once: true })
      this.#pending.set(task.id, all.add(pending))
      // It may have been done before.
      void this.#check(task)
    })
  }

  #waiting(id: string): readonly Pending[] {
    return [...(this.#pending.get(id) ?? [])]
  }

  #finished(id: string, digest: unknown): void {
    for (const { resolve, reject } of this.#waiting(id))
      if (typeof digest === 'string') resolve(digest)
      else reject(new Error(`task ${id}: a worker returned no result`))
  }

  #failed(id: string, reason: string): void {
    for (const { reject } of this.#waiting(id)) reject(new Error(reason))
  }

  async #checkAll(): Promise<void> {
    const tasks = [...this.#pending.values()].flatMap((all) => [...all].slice(0, 1).map(({ task }) => task))
    await Promise.all(tasks.map((task) => this.#check(task)))
  }

  /** Checks the current state of a task. */
  async #check(task: QueueTask): Promise<void> {
    const { id } = task
    const field = (name: string) => this.redis.hget(this.#queue.toKey(id), name)
    try {
      const state = await this.#queue.getJobState(id)
      if (!this.#pending.has(id)) return
      if (state === 'completed') this.#finished(id, JSON.parse((await field('returnvalue')) ?? 'null'))
      else if (state === 'failed') this.#failed(id, (await field('failedReason')) ?? 'the task failed')
      // A Redis that was killed may have lost the task.
      else if (state === 'unknown') await this.#send(task)
    } catch {
      // The next check retries. The connection reports a lost Redis.
    }
  }

  async #leave({ id, bytes }: QueueTask, forget: boolean): Promise<void> {
    const others = (this.#needed.get(id) ?? 1) - 1
    if (others > 0) this.#needed.set(id, others)
    else this.#needed.delete(id)
    try {
      if (others === 0 && forget) await this.#forget(id)
    } finally {
      this.#room.leave(bytes)
    }
  }

  async #forget(id: string): Promise<void> {
    // An active task cannot be removed. Its result expires.
    await this.#queue.remove(id).catch(() => 0)
    await removeResult(this.redis, id)
  }
}
