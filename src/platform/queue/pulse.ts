// Asks Redis regularly whether it answers, because a frozen Redis keeps its connections open.
import type { Redis } from 'ioredis'

/** Milliseconds between two questions. */
export const BEAT = 500

/** @param look called at every beat with the milliseconds without an answer */
export function pulseOf(redis: Redis, look: (silent: number) => void) {
  let missed = 0
  let asking = false
  let stopped = false
  /** Milliseconds without an answer. */
  const silent = () => Math.max(0, missed - 1) * BEAT
  const answered = () => {
    missed = 0
  }
  const ask = async () => {
    asking = true
    // A refusal to answer PING is an answer too.
    await redis.ping().then(answered, (error: unknown) => {
      if (error instanceof Error && error.name === 'ReplyError') answered()
    })
    asking = false
  }
  const beat = setInterval(() => {
    missed += 1
    look(silent())
    if (!stopped && !asking && redis.status === 'ready') void ask()
  }, BEAT)
  beat.unref()
  return {
    silent,
    stop() {
      stopped = true
      clearInterval(beat)
    },
  }
}
