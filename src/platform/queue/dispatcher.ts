// Tasks sent to a queue, so many at once, and heard of when they are done. BullMQ delivers a task at least once; its fixed id makes
// sending it again harmless, and equal results make doing it again harmless.
import type { Queue, QueueEvents } from 'bullmq'
import type { Redis } from 'ioredis'
import { ThreadLost } from '../node/threads/pool.ts'
import { VERSION } from '../node/version.ts'
import type { Address } from './address.ts'
import { type Connection, connect, forbidden, isForbidden, unsafe } from './connection.ts'
import { mayWrite, mostIn, whenFull, whenThereIsRoom } from './full.ts'
import { PREFIX, queueName, WEEK } from './keys.ts'
import { type QueuePackages, queuePackages } from './peers.ts'
import { Gone, hasResult, removeResult } from './results.ts'
import { Room } from './room.ts'
import type { QueueTask } from './task.ts'

/** Times that a task may throw. */
const ATTEMPTS = 3

/** Workers that may vanish with a task before that is told. */
const MANY_STALLS = 10

/** Milliseconds between two looks at tasks of which nothing was heard: Redis may have lost an event, or the task. */
const LOOK = 2_000

/** Of a Redis that has a limit, the part that tasks and results may take: it holds other things too. */
const OURS = 0.7

/** Milliseconds that it listens for events at a time: so long it goes on when the connection is gone. */
const LISTEN = 1_000

export interface QueueLimits {
  /** Tasks in Redis at once, with their results. */
  readonly inFlight: number
  /** Bytes of them, about. */
  readonly memory: number
  /** Seconds to wait for a Redis that does not answer. */
  readonly wait: number
}

export interface Dispatcher {
  readonly redis: Redis
  /** Rejects when Redis has gone for too long. */
  readonly lost: Promise<never>
  /** Results that came so far. */
  readonly done: () => number
  /** Tasks that are in Redis, with their results. */
  readonly held: () => number
  /**
   * Has a task done. It and its result are in Redis until they are released, or until this throws but for a stop.
   * @returns the SHA-256 of the result
   */
  run(task: QueueTask, signal: AbortSignal, vanished?: (times: number) => void): Promise<string>
  /** Forgets tasks that are done, and makes room for others. */
  release(tasks: readonly QueueTask[]): Promise<void>
  /** Takes back what no longer needs to be done. */
  withdraw(tasks: readonly QueueTask[]): Promise<void>
  close(): Promise<void>
}

interface Pending {
  readonly task: QueueTask
  readonly resolve: (digest: string) => void
  readonly reject: (error: Error) => void
  readonly vanished: (times: number) => void
  stalls: number
}

/** @param told hears what is not as it should be */
export async function openDispatcher(
  address: Address,
  { inFlight, memory, wait }: QueueLimits,
  told: (words: string) => void,
  signal?: AbortSignal,
): Promise<Dispatcher> {
  const packages = await queuePackages()
  const connection = await connect(address, wait, signal)
  try {
    return await dispatcherOn(connection, packages, { inFlight, memory, wait }, told)
  } catch (error) {
    await connection.close()
    throw isForbidden(error) ? forbidden(address, error) : error
  }
}

async function dispatcherOn(
  connection: Connection,
  { Queue, QueueEvents }: QueuePackages,
  { inFlight, memory, wait }: QueueLimits,
  told: (words: string) => void,
): Promise<Dispatcher> {
  const { redis } = connection
  const [danger, limit] = await Promise.all([unsafe(redis), mostIn(redis)])
  if (danger) told(danger)
  const settings = { connection: redis, prefix: PREFIX }
  await mayWrite(redis)
  const queue = new Queue(queueName(VERSION), settings)
  // Nothing may happen between now and the first time that it listens.
  const [latest] = await redis.xrevrange(queue.toKey('events'), '+', '-', 'COUNT', 1)
  const events = new QueueEvents(queueName(VERSION), {
    ...settings,
    lastEventId: latest?.[0] ?? '0',
    blockingTimeout: LISTEN,
  })
  // What they cannot do they try again; that Redis is gone is told by the connection.
  queue.on('error', () => undefined)
  events.on('error', () => undefined)
  const room = new Room(inFlight, limit === undefined ? memory : Math.min(memory, OURS * limit))
  const own = new Sent(redis, queue, room, wait)
  own.listen(events)
  await events.waitUntilReady()
  const filling = whenFull(redis, wait)
  return {
    redis,
    lost: Promise.race([connection.lost, filling.full]),
    done: () => own.done,
    held: () => room.taken,
    run: (task, stop, vanished) => own.run(task, stop, vanished),
    release: (tasks) => own.release(tasks),
    withdraw: (tasks) => own.withdraw(tasks),
    async close() {
      own.close()
      filling.close()
      await connection.close(() => Promise.all([events.close(), queue.close()]))
    },
  }
}

/** Times that something is done again that another batch or a dying thread has spoilt. */
const RETRIES = 2

/**
 * Uses a result; when that is done, Redis need not hold it any more.
 * @param told the SHA-256 of the result, as `run` gave it
 * @param stop whether all is stopped, not only this scenario
 */
export async function taken<T>(
  { run, release }: Dispatcher,
  task: QueueTask,
  told: string,
  signal: AbortSignal,
  stop: AbortSignal | undefined,
  use: (digest: string) => Promise<T>,
): Promise<T> {
  let digest = told
  for (let tries = 0; ; tries++) {
    try {
      const result = await use(digest)
      await release([task])
      return result
    } catch (error) {
      if (error instanceof ThreadLost && tries < RETRIES) continue
      // Whoever takes a stopped run up again finds the result where it is.
      if (!stop?.aborted) await release([task])
      if (!(error instanceof Gone) || tries >= RETRIES) throw error
      // Another batch of the same scenario has taken it away.
      digest = await run(task, signal)
    }
  }
}

/**
 * Does something for every task of a scenario: one that fails ends the others, and takes back what no longer needs to be done.
 * @param work is told when to stop by a signal that `given` sets off too
 */
export async function allOf<T>(
  { withdraw }: Dispatcher,
  tasks: readonly QueueTask[],
  given: AbortSignal | undefined,
  work: (task: QueueTask, signal: AbortSignal) => Promise<T>,
): Promise<T[]> {
  const own = new AbortController()
  const signal = given ? AbortSignal.any([given, own.signal]) : own.signal
  const running = tasks.map((task) => work(task, signal))
  try {
    return await Promise.all(running)
  } catch (error) {
    if (given?.aborted) throw error
    own.abort(error)
    await Promise.allSettled(running)
    await withdraw(tasks).catch(() => undefined)
    throw error
  }
}

class Sent {
  done = 0
  readonly #redis: Redis
  readonly #queue: Queue
  readonly #room: Room
  readonly #wait: number
  /** Those who wait for a task: scenarios may be alike. */
  readonly #pending = new Map<string, Set<Pending>>()
  /** By how many a task or its result is still needed. */
  readonly #needed = new Map<string, number>()
  readonly #timer: NodeJS.Timeout

  constructor(redis: Redis, queue: Queue, room: Room, wait: number) {
    this.#wait = wait
    this.#redis = redis
    this.#queue = queue
    this.#room = room
    this.#timer = setInterval(() => void this.#lookAtAll(), LOOK)
  }

  listen(events: QueueEvents): void {
    events.on('completed', ({ jobId, returnvalue }) => this.#finished(jobId, returnvalue))
    events.on('failed', ({ jobId, failedReason }) => this.#failed(jobId, failedReason))
    events.on('stalled', ({ jobId }) => {
      for (const pending of this.#waiting(jobId)) {
        pending.stalls += 1
        if (pending.stalls % MANY_STALLS === 0) pending.vanished(pending.stalls)
      }
    })
  }

  async run(task: QueueTask, signal: AbortSignal, vanished: (times: number) => void = () => {}): Promise<string> {
    await this.#room.enter(task.bytes, signal)
    this.#needed.set(task.id, (this.#needed.get(task.id) ?? 0) + 1)
    try {
      await whenThereIsRoom(() => this.#send(task), this.#wait, signal)
      const digest = await this.#heardOf(task, signal, vanished)
      this.done += 1
      return digest
    } catch (error) {
      // Whoever takes the run up again finds what is on its way; of what failed nothing is to stay.
      await this.#leave(task, !signal.aborted).catch(() => undefined)
      throw error
    }
  }

  async release(tasks: readonly QueueTask[]): Promise<void> {
    for (const task of tasks) await this.#leave(task, true)
  }

  async withdraw(tasks: readonly QueueTask[]): Promise<void> {
    for (const { id } of tasks) if (!this.#needed.has(id)) await this.#forget(id)
  }

  close(): void {
    clearInterval(this.#timer)
  }

  async #send({ id, data }: QueueTask): Promise<void> {
    if ((await this.#redis.exists(this.#queue.toKey(id))) === 1) {
      // Of an earlier run of the same: what came of it serves, if it is there; what failed is to be tried again.
      const state = await this.#queue.getJobState(id)
      if (state === 'failed' || (state === 'completed' && !(await hasResult(this.#redis, id)))) await this.#queue.remove(id)
    }
    const kept = { age: WEEK }
    await this.#queue.add('shard', data, { jobId: id, attempts: ATTEMPTS, removeOnComplete: kept, removeOnFail: kept })
  }

  #heardOf(task: QueueTask, signal: AbortSignal, vanished: (times: number) => void): Promise<string> {
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
      // It may have been done before it was listened for.
      void this.#lookAt(task)
    })
  }

  #waiting(id: string): readonly Pending[] {
    return [...(this.#pending.get(id) ?? [])]
  }

  #finished(id: string, digest: unknown): void {
    for (const { resolve, reject } of this.#waiting(id))
      if (typeof digest === 'string') resolve(digest)
      else reject(new Error(`task ${id}: a worker brought no result`))
  }

  #failed(id: string, reason: string): void {
    for (const { reject } of this.#waiting(id)) reject(new Error(reason))
  }

  async #lookAtAll(): Promise<void> {
    const tasks = [...this.#pending.values()].flatMap((all) => [...all].slice(0, 1).map(({ task }) => task))
    await Promise.all(tasks.map((task) => this.#lookAt(task)))
  }

  /** What Redis says of a task now. */
  async #lookAt(task: QueueTask): Promise<void> {
    const { id } = task
    try {
      const state = await this.#queue.getJobState(id)
      if (!this.#pending.has(id)) return
      if (state === 'completed') this.#finished(id, JSON.parse((await this.#field(id, 'returnvalue')) ?? 'null'))
      else if (state === 'failed') this.#failed(id, (await this.#field(id, 'failedReason')) ?? 'the task failed')
      // A Redis that was killed may have lost the last second.
      else if (state === 'unknown') await this.#send(task)
    } catch {
      // Tried again soon; when Redis is gone for good the connection says so.
    }
  }

  #field(id: string, name: string): Promise<string | null> {
    return this.#redis.hget(this.#queue.toKey(id), name)
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
    // A task that a worker is at cannot be removed: its result goes by itself.
    await this.#queue.remove(id).catch(() => 0)
    await removeResult(this.#redis, id)
  }
}
