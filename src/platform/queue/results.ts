// Results of tasks in Redis. Every worker gives the same bits. The thread that makes or needs a result transfers it in pieces, so that no
// other thread handles it.
import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { UsageError } from '../../errors.ts'
import { digestOf, type EncodedShard, type ShardSource } from '../node/shard-file.ts'
import { whenThereIsRoom } from './full.ts'
import { conflictKey, resultKey, WEEK } from './keys.ts'

/** Seconds after which an unfinished result expires. */
const HOUR = 3_600

/** The result is no longer in Redis. */
export class Gone extends Error {
  override readonly name = 'Gone'
}

const differs = (task: string) =>
  `task ${task}: two workers gave different results. One of the machines is faulty or runs a changed program`

const sourceAt = async (redis: Redis, key: string, place: string): Promise<ShardSource> => ({
  place,
  size: await redis.strlen(key),
  read: (from, to) => (to > from ? redis.getrangeBuffer(key, from, to - 1) : Promise.resolve(new Uint8Array())),
})

/**
 * Writes a task's result as soon as there is room.
 * @param wait seconds to wait for room
 * @returns the SHA-256 at its end
 * @throws UsageError if Redis has a different result
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

/** Writes a result under a name of its own. If the connection breaks, it starts again, because Redis may have lost pieces. */
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
      // Reserve all memory at once. The draft expires if this worker dies.
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
 * The source of a task's result.
 * @param digest the SHA-256 that the worker reported
 * @throws Gone if the result is not in Redis, UsageError if it differs
 */
export async function resultOf(redis: Redis, task: string, digest: string): Promise<ShardSource> {
  const [conflict, source] = await Promise.all([
    redis.get(conflictKey(task)),
    sourceAt(redis, resultKey(task), `the result of task ${task} in Redis`),
  ])
  if (conflict !== null) throw new UsageError(differs(task))
  if (source.size === 0) throw new Gone(`task ${task}: its result is no longer in Redis. Run it again`)
  if ((await digestOf(source)) !== digest)
    throw new UsageError(`task ${task}: its result in Redis is not the one that the worker reported. Run it again`)
  return source
}

export const hasResult = async (redis: Redis, task: string): Promise<boolean> => (await redis.exists(resultKey(task))) === 1

export const removeResult = async (redis: Redis, task: string): Promise<void> =>
  void (await redis.unlink(resultKey(task), conflictKey(task)))
