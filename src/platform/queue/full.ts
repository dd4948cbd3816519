// Waits for a Redis whose memory is full, which refuses writes until something is removed.
import { setTimeout as pause } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { messageOf, UsageError } from '../../errors.ts'
import { ROOM } from './keys.ts'

const FULL =
  'the memory of Redis is full (maxmemory). Raise its limit, or keep less in it with --in-flight-memory. Other batches may use it too'

/** Milliseconds between two attempts to write, and between two checks for room. */
const AGAIN = 250
const LOOK = 2_000

const isFull = (error: unknown): boolean =>
  messageOf(error).startsWith('OOM ') ||
  (error instanceof Error && 'previousErrors' in error && Array.isArray(error.previousErrors) && error.previousErrors.some(isFull))

/**
 * Writes as soon as there is room.
 * @param wait seconds to wait for room
 * @throws UsageError if there is none by then
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

/** @throws the error of Redis if the user may not write. A full memory is no such error */
export async function mayWrite(redis: Redis): Promise<void> {
  await redis.set(ROOM, '', 'PX', LOOK).catch((error: unknown) => {
    if (!isFull(error)) throw error
  })
}

/** Rejects when Redis has had no room for `wait` seconds. */
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
  // It may reject while nobody awaits it.
  full.catch(() => undefined)
  return { full, close: () => clearInterval(timer) }
}

/** The memory limit of Redis in bytes, if it has one that can be read. */
export async function mostIn(redis: Redis): Promise<number | undefined> {
  try {
    const bytes = Number(/^maxmemory:(\d+)/m.exec(await redis.info('memory'))?.[1] ?? 0)
    return bytes > 0 ? bytes : undefined
  } catch {
    return undefined
  }
}
