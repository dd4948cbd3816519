// What workers and batches tell of themselves in Redis, for as long as they live.
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Redis } from 'ioredis'
import { BATCHES, QUEUES, versionIn, WORKERS } from './keys.ts'

/** A name of its own for each worker and batch, which tells where it runs. */
export const memberName = (): string => `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`

/** Seconds after which one that tells nothing more is gone. */
const LIFE = 10

const EVERY = 2_000

export interface WorkerRecord {
  readonly id: string
  readonly version: string
  readonly host: string
  readonly threads: number
  /** Tasks that it is at. */
  readonly busy: number
  readonly done: number
  readonly failed: number
  /** Tasks a second, over the last minute. */
  readonly rate: number
}

export interface BatchRecord {
  readonly id: string
  readonly version: string
  readonly host: string
  readonly scenarios: number
  /** Of them: whose folder is there. */
  readonly done: number
  readonly failed: number
  /** Tasks whose results came. */
  readonly tasks: number
  /** Tasks that are in Redis, with their results. */
  readonly held: number
  /** Scenarios a second, over the last minute. */
  readonly rate: number
}

/** Tells a record now and every two seconds. @returns what ends it, and takes the record back */
export function announce(redis: Redis, key: string, record: () => WorkerRecord | BatchRecord): () => Promise<void> {
  const tell = () => redis.set(key, JSON.stringify(record()), 'EX', LIFE).catch(() => undefined)
  void tell()
  const timer = setInterval(tell, EVERY)
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

/** The versions that have a queue. */
export const versionsIn = async (redis: Redis): Promise<string[]> =>
  (await keys(redis, QUEUES)).flatMap((key) => versionIn(key) ?? [])

const MINUTE = 60_000

/** How often something happened a second, over the last minute or since it began. */
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
