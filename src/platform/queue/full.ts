// A Redis that holds as much as it may: it refuses to write, until something is taken away.
import { setTimeout as pause } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { messageOf, UsageError } from '../../errors.ts'
import { ROOM } from './keys.ts'

const FULL =
  'Redis has no memory left (maxmemory): let it take more, or keep less in it by --in-flight-memory; other batches may fill it too'

/** Milliseconds between two attempts to write, and between two looks at whether it could be done. */
const AGAIN = 250
const LOOK = 2_000

const isFull = (error: unknown): boolean =>
  messageOf(error).startsWith('OOM ') ||
  (error instanceof Error && 'previousErrors' in error && Array.isArray(error.previousErrors) && error.previousErrors.some(isFull))

/**
 * Writes, when there is room for it.
 * @param wait seconds in which others may take away what fills it
 * @throws UsageError where there is none by then
 */
export async function whenThereIsRoom<T>(write: () => Promise<T>, wait: number, signal: AbortSignal): Promise<T> {
  for (const end = performance.now() + 1000 * wait; ; ) {
    try {
      return await write()
    } catch (error) {
      if (!isFull(error)) throw error
      if (performance.now() > end) throw new UsageError(FULL)
      await pause(AGAIN, undefined, { signal })
    }
  }
}

/** @throws what Redis says to a user who may not write; that it is full is no such thing */
export async function mayWrite(redis: Redis): Promise<void> {
  await redis.set(ROOM, '', 'PX', LOOK).catch((error: unknown) => {
    if (!isFull(error)) throw error
  })
}

/** Rejects when Redis has had no room to write for as long as is waited: nothing could go on. */
export function whenFull(redis: Redis, wait: number): { readonly full: Promise<never>; readonly close: () => void } {
  let since: number | undefined
  let timer: NodeJS.Timeout | undefined
  const full = new Promise<never>((_, reject) => {
    const look = () =>
      redis.set(ROOM, '', 'PX', 2 * LOOK).then(
        () => {
          since = undefined
        },
        (error: unknown) => {
          if (!isFull(error)) return
          const now = performance.now()
          since ??= now
          if (now - since >= 1000 * wait) reject(new Error(FULL))
        },
      )
    timer = setInterval(look, LOOK)
  })
  // Whoever waits for something else hears of it there.
  full.catch(() => undefined)
  return { full, close: () => clearInterval(timer) }
}

/** Bytes that a Redis may take; undefined where it has no limit, or does not tell. */
export async function mostIn(redis: Redis): Promise<number | undefined> {
  try {
    const bytes = Number(/^maxmemory:(\d+)/m.exec(await redis.info('memory'))?.[1] ?? 0)
    return bytes > 0 ? bytes : undefined
  } catch {
    return undefined
  }
}
