// Results of tasks in Redis. Every worker gives the same bits. The thread that makes or needs a result transfers it in pieces, so that no
// other thread handles it.
import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { messageOf, UsageError } from '../../errors.ts'
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

const gone = (task: string) => new Gone(`task ${task}: its result is no longer in Redis. Run it again`)

/** Another batch of the same scenario may remove the result at any moment. @throws Gone, also from `read` */
async function sourceAt(redis: Redis, task: string): Promise<ShardSource> {
  const key = resultKey(task)
  const size = await redis.strlen(key)
  if (size === 0) throw gone(task)
  return {
    place: `the result of task ${task} in Redis`,
    size,
    async read(from, to) {
      if (to <= from) return new Uint8Array()
      const bytes = await redis.getrangeBuffer(key, from, to - 1)
      if (bytes.byteLength < to - from && (await redis.exists(key)) === 0) throw gone(task)
      return bytes
    },
  }
}

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
  for (;;) {
    const taken = await redis.renamenx(draft, key).catch((error: unknown) => {
      // A command that was sent again after a broken connection may have renamed it before.
      if (/no such key/i.test(messageOf(error))) return 0
      throw error
    })
    if (taken === 1) {
      await redis.expire(key, WEEK)
      return digest
    }
    const other = await digestThere(redis, task)
    // A batch has removed the other result meanwhile, unless it is the draft that has expired.
    if (other === undefined && (await redis.exists(draft)) === 1) continue
    await redis.unlink(draft)
    if (other === digest) return digest
    if (other === undefined) throw gone(task)
    await redis.set(conflictKey(task), digest, 'EX', WEEK)
    throw new UsageError(differs(task))
  }
}

/** The SHA-256 at the end of the result in Redis. Undefined if there is none. */
const digestThere = (redis: Redis, task: string): Promise<string | undefined> =>
  sourceAt(redis, task)
    .then(digestOf)
    .catch((error: unknown) => {
      if (error instanceof Gone) return undefined
      throw error
    })

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
  if ((await redis.get(conflictKey(task))) !== null) throw new UsageError(differs(task))
  const source = await sourceAt(redis, task)
  if ((await digestOf(source)) !== digest)
    throw new UsageError(`task ${task}: its result in Redis is not the one that the worker reported. Run it again`)
  return source
}

export const hasResult = async (redis: Redis, task: string): Promise<boolean> => (await redis.exists(resultKey(task))) === 1

export const removeResult = async (redis: Redis, task: string): Promise<void> =>
  void (await redis.unlink(resultKey(task), conflictKey(task)))
