// Results of tasks in Redis, each the same bits whoever brings it.
import type { Redis } from 'ioredis'
import { UsageError } from '../../errors.ts'
import { digestOf } from '../share.ts'
import { conflictKey, resultKey, WEEK } from './keys.ts'

/** A result that is not the one that another worker brought. */
export class Different extends Error {
  override readonly name = 'Different'
}

/** A result that is no longer there. */
export class Gone extends Error {
  override readonly name = 'Gone'
}

export interface Results {
  /** @returns the SHA-256 that the bytes end with @throws Different where others are there */
  put(task: string, bytes: Uint8Array): Promise<string>
  /** @param digest as the worker told it @throws Gone where it is not there, UsageError where it is another */
  get(task: string, digest: string): Promise<Uint8Array>
  has(task: string): Promise<boolean>
  remove(task: string): Promise<void>
}

const differs = (task: string) =>
  `task ${task}: two workers brought different results: one of the machines is broken, or runs a changed program`

export const resultsIn = (redis: Redis): Results => ({
  async put(task, bytes) {
    const own = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const digest = digestOf(own)
    const taken = await redis.set(resultKey(task), own, 'EX', WEEK, 'NX')
    if (taken === null) {
      const there = await redis.getBuffer(resultKey(task))
      if (there && !there.equals(own)) {
        await redis.set(conflictKey(task), digest, 'EX', WEEK)
        throw new Different(differs(task))
      }
    }
    return digest
  },
  async get(task, digest) {
    const [conflict, bytes] = await Promise.all([redis.get(conflictKey(task)), redis.getBuffer(resultKey(task))])
    if (conflict !== null) throw new UsageError(differs(task))
    if (!bytes) throw new Gone(`task ${task}: its result has gone from Redis: run it again`)
    if (digestOf(bytes) !== digest)
      throw new UsageError(`task ${task}: its result in Redis is not the one that the worker brought: run it again`)
    return bytes
  },
  has: async (task) => (await redis.exists(resultKey(task))) === 1,
  async remove(task) {
    await redis.unlink(resultKey(task), conflictKey(task))
  },
})
