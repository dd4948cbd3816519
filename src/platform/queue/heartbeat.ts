// Records that workers and batches keep in Redis while they run.
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Redis } from 'ioredis'
import { BATCHES, QUEUES, versionIn, WORKERS } from './keys.ts'

/** A unique name for a worker or batch, with its machine and process. */
export const memberName = (): string => `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
/** Seconds after which a record that is not renewed disappears. */
const LIFE = 10
const EVERY = 2_000

export interface WorkerRecord {
  readonly id: string
  readonly version: string
  readonly host: string
  readonly threads: number
  /** Tasks that run now. */
  readonly busy: number
  readonly done: number
  readonly failed: number
  /** Tasks per second over the last minute. */
  readonly rate: number
}

export interface BatchRecord {
  readonly id: string
  readonly version: string
  readonly host: string
  readonly scenarios: number
  /** Scenarios whose folder is written. */
  readonly done: number
  readonly failed: number
  /** Tasks with a result. */
  readonly tasks: number
  /** Tasks in Redis, with their results. */
  readonly held: number
  /** Scenarios per second over the last minute. */
  readonly rate: number
}

/** Writes a record now and every two seconds. @returns a function that stops this and removes the record */
export function announce(redis: Redis, key: string, record: () => WorkerRecord | BatchRecord): () => Promise<void> {
  const write = () => redis.set(key, JSON.stringify(record()), 'EX', LIFE).catch(() => undefined)
  void write()
  const timer = setInterval(write, EVERY)
  return async () => {
    clearInterval(timer)
    if (redis.status === 'ready') await redis.unlink(key).catch(() => undefined)
  }
}

async function keys(redis: Redis, pattern: string): Promise<string[]> {
  const found = new Set<string>()
  for await (const some of redis.scanStream({ match: pattern, count: 1_000 })) for (const key of some as string[]) found.add(key)
  return [...found].sort()
}

async function records<T>(redis: Redis, pattern: string): Promise<T[]> {
  const names = await keys(redis, pattern)
  const texts = names.length > 0 ? await redis.mget(names) : []
  return texts.flatMap((text) => (text === null ? [] : [JSON.parse(text) as T]))
}

export const workersIn = (redis: Redis): Promise<WorkerRecord[]> => records(redis, WORKERS)
export const batchesIn = (redis: Redis): Promise<BatchRecord[]> => records(redis, BATCHES)

/** Versions of billcast that have a queue. */
export const versionsIn = async (redis: Redis): Promise<string[]> =>
  (await keys(redis, QUEUES)).flatMap((key) => versionIn(key) ?? [])

const MINUTE = 60_000

/** A rate per second over the last minute, or since the start. */
export class DoneRate {
  readonly #begun = performance.now()
  readonly #times: number[] = []

  add(): void {
    this.#times.push(performance.now())
  }

  get value(): number {
    const now = performance.now()
    const from = this.#times.findIndex((time) => now - time < MINUTE)
    this.#times.splice(0, from < 0 ? this.#times.length : from)
    const seconds = Math.max(1, Math.min(MINUTE, now - this.#begun) / 1000)
    return Number((this.#times.length / seconds).toPrecision(4))
  }
}
