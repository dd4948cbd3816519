// Results of tasks in Redis, each the same bits whoever brings it. They are written and read in pieces by whichever thread makes or takes
// them: nobody else handles them.
import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { UsageError } from '../../errors.ts'
import { digestOf, type EncodedShard, type ShardSource } from '../node/shard-bytes.ts'
import { whenThereIsRoom } from './full.ts'
import { conflictKey, resultKey, WEEK } from './keys.ts'

/** Seconds after which a result that nobody finished writing goes. */
const HOUR = 3_600

/** A result that is no longer there. */
export class Gone extends Error {
  override readonly name = 'Gone'
}

const differs = (task: string) =>
  `task ${task}: two workers brought different results: one of the machines is broken, or runs a changed program`

const sourceAt = async (redis: Redis, key: string, place: string): Promise<ShardSource> => ({
  place,
  size: await redis.strlen(key),
  read: (from, to) => (to > from ? redis.getrangeBuffer(key, from, to - 1) : Promise.resolve(new Uint8Array())),
})

/**
 * Brings a task's result, when there is room for it.
 * @param wait seconds in which others may be taken away that fill Redis
 * @returns the SHA-256 that it ends with
 * @throws UsageError where another is there
 */
export async function putResult(
  redis: Redis,
  task: string,
  shard: EncodedShard,
  wait: number,
  signal: AbortSignal,
): Promise<string> {
  const key = resultKey(task)
  const { draft, digest } = await whenThereIsRoom(() => drafted(redis, key, shard), wait, signal)
  const taken = await redis.renamenx(draft, key).catch(() => 0)
  if (taken === 1) {
    await redis.expire(key, WEEK)
    return digest
  }
  await redis.unlink(draft)
  if ((await digestOf(await sourceAt(redis, key, task))) === digest) return digest
  await redis.set(conflictKey(task), digest, 'EX', WEEK)
  throw new UsageError(differs(task))
}

/** Writes a result under a name of its own, from the beginning again where Redis went away: it may have lost some of the pieces. */
async function drafted(
  redis: Redis,
  key: string,
  { size, pieces }: EncodedShard,
): Promise<{ readonly draft: string; readonly digest: string }> {
  let losses = 0
  const lose = () => {
    losses += 1
  }
  redis.on('close', lose)
  try {
    for (;;) {
      const before = losses
      const draft = `${key}:${randomUUID()}`
      // Room for all of it at once; and what a worker leaves that dies now goes by itself.
      await redis
        .multi()
        .setrange(draft, size - 1, '\0')
        .expire(draft, HOUR)
        .exec()
      let at = 0
      let digest = ''
      try {
        for (const piece of pieces()) {
          if (piece.byteLength > 0) await redis.setrange(draft, at, Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength))
          at += piece.byteLength
          if (at === size) digest = new TextDecoder('latin1').decode(piece)
        }
      } catch (error) {
        await redis.unlink(draft)
        throw error
      }
      if (losses === before) return { draft, digest }
      await redis.unlink(draft)
    }
  } finally {
    redis.off('close', lose)
  }
}

/**
 * A task's result, to be read.
 * @param digest as the worker told it
 * @throws Gone where it is not there, UsageError where it is another
 */
export async function resultOf(redis: Redis, task: string, digest: string): Promise<ShardSource> {
  const [conflict, source] = await Promise.all([
    redis.get(conflictKey(task)),
    sourceAt(redis, resultKey(task), `the result of task ${task} in Redis`),
  ])
  if (conflict !== null) throw new UsageError(differs(task))
  if (source.size === 0) throw new Gone(`task ${task}: its result has gone from Redis: run it again`)
  if ((await digestOf(source)) !== digest)
    throw new UsageError(`task ${task}: its result in Redis is not the one that the worker brought: run it again`)
  return source
}

export const hasResult = async (redis: Redis, task: string): Promise<boolean> => (await redis.exists(resultKey(task))) === 1

export const removeResult = async (redis: Redis, task: string): Promise<void> =>
  void (await redis.unlink(resultKey(task), conflictKey(task)))
