// Connections to Redis that wait for a limited time, at the start and whenever Redis does not answer.
import type { Redis, RedisOptions } from 'ioredis'
import { messageOf } from '../../errors.ts'
import { plainWords } from '../node/words.ts'
import { type Address, shownAddress } from './address.ts'
import { redisPackage } from './peers.ts'

export interface Connection {
  readonly redis: Redis
  /** Rejects when Redis has not answered for too long. It never resolves. */
  readonly lost: Promise<never>
  /** Whether Redis answers. */
  readonly answers: () => boolean
  /** @param users closes the users of the connection. If Redis is lost, they are not waited for */
  close(users?: () => Promise<unknown>): Promise<void>
}

/** Redis's errors for a rejected user or password. */
const REFUSED = /WRONGPASS|NOAUTH|NOPERM|invalid (username-)?password|AUTH.*(without any password|no password is set)/i
/** Codes for a certificate that is not trusted. */
const UNTRUSTED = /^(CERT_|DEPTH_ZERO_|ERR_TLS_CERT_|SELF_SIGNED_|UNABLE_TO_)/
/** Milliseconds between two attempts. */
const AGAIN = 250
/** Milliseconds of silence after which a stop does not wait for Redis. */
const PATIENCE = 2_000
const LOOK = 10

const optionsOf = ({ host, port, db, tls, username, password }: Address, over: () => boolean): RedisOptions => ({
  ...{ host, port, db },
  ...(tls && { tls: {} }),
  ...(username !== undefined && { username }),
  ...(password !== undefined && { password }),
  // BullMQ requires that commands wait without a limit.
  maxRetriesPerRequest: null,
  retryStrategy: () => (over() ? null : AGAIN),
  connectTimeout: 5_000,
  disconnectTimeout: 200,
  lazyConnect: true,
})

/**
 * @param wait seconds to wait for a Redis that does not answer
 * @param signal stops waiting
 * @throws Error if Redis does not answer or rejects the login
 */
export async function connect(address: Address, wait: number, signal?: AbortSignal): Promise<Connection> {
  signal?.throwIfAborted()
  const { Redis } = await redisPackage()
  let closed = false
  const redis = new Redis(optionsOf(address, () => closed))
  let last: unknown
  redis.on('error', (error: unknown) => {
    last = error
  })
  const place = shownAddress(address)
  const gone = () =>
    new Error(
      `${place}: no Redis answers${last === undefined ? '' : ` (${plainWords(last)})`} after ${wait} s. Check the address, or wait longer with --wait`,
    )
  const refused = () => {
    const words = last === undefined ? undefined : refusal(last)
    return words === undefined ? undefined : new Error(`${place}: ${words}`)
  }
  const latest = performance.now() + 1000 * wait
  redis.connect().catch((error: unknown) => {
    last ??= error
  })
  while (redis.status !== 'ready') {
    const error = signal?.aborted ? signal.reason : (refused() ?? (performance.now() > latest ? gone() : undefined))
    if (error !== undefined) {
      closed = true
      redis.disconnect()
      throw error
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK))
  }
  redis.on('ready', () => {
    last = undefined
  })
  let closing = false
  let end: (error: unknown) => void = () => {}
  const lost = new Promise<never>((_, reject) => {
    end = reject
  })
  // It may reject while nobody awaits it.
  lost.catch(() => undefined)
  const hangUp = () => {
    closed = true
    pulse.stop()
    // Pending commands fail now, or at the next attempt to reconnect.
    if (redis.status !== 'reconnecting') redis.disconnect()
  }
  const failure = (silent: number): unknown => {
    if (redis.status !== 'ready' && refused()) return refused()
    if (silent >= Math.max(1000 * wait, 2 * BEAT)) return gone()
    if (silent < PATIENCE || !(closing || signal?.aborted)) return undefined
    return signal?.aborted ? signal.reason : gone()
  }
  const pulse = pulseOf(redis, (silent) => {
    const error = failure(silent)
    if (error === undefined) return
    hangUp()
    end(error)
  })
  return {
    redis,
    lost,
    answers: () => redis.status === 'ready' && pulse.silent() < PATIENCE,
    async close(users) {
      closing = true
      const done = users?.().catch(() => undefined)
      if (!closed) await Promise.race([done, lost.catch(() => undefined)])
      hangUp()
    },
  }
}

/** An error that no retry can solve, and its solution. */
function refusal(error: unknown): string | undefined {
  const message = messageOf(error)
  if (REFUSED.test(message))
    return 'Redis rejects this user and password. Give them in the address, or in BILLCAST_QUEUE_USERNAME and BILLCAST_QUEUE_PASSWORD'
  if (error instanceof Error && 'code' in error && UNTRUSTED.test(String(error.code)))
    return `its certificate is not trusted (${message}). Set NODE_EXTRA_CA_CERTS to the file of the authority that signed it`
  return undefined
}

/** Errors that waiting cannot solve: a user without permission, or a read-only replica. */
export const isForbidden = (error: unknown): boolean => /^(NOPERM|READONLY)\b/.test(messageOf(error))

export const forbidden = (address: Address, error: unknown): Error =>
  new Error(
    `${shownAddress(address)}: Redis does not permit this (${messageOf(error)}). Use the main server, and a user who may run every command on billcast:*`,
  )

/** A setting that makes Redis unsafe for a queue, if it can be read. */
export async function unsafe(redis: Redis): Promise<string | undefined> {
  try {
    const [, policy] = (await redis.config('GET', 'maxmemory-policy')) as readonly string[]
    if (policy === undefined || policy === 'noeviction') return undefined
    return `Redis may delete tasks when its memory is full (maxmemory-policy ${policy}). Set maxmemory-policy to noeviction`
  } catch {
    // Managed Redis may not allow CONFIG GET.
    return undefined
  }
}

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

export interface RedisReach {
  readonly address: Address
  readonly wait: number
}

let known: { readonly key: string; readonly redis: Promise<Redis> } | undefined

export function threadRedis({ address, wait }: RedisReach): Promise<Redis> {
  const key = JSON.stringify(address)
  if (known?.key !== key) {
    const own = {
      key,
      redis: connect(address, wait).then(({ redis, lost }) => {
        lost.catch(forget)
        return redis
      }),
    }
    const forget = () => {
      if (known === own) known = undefined
    }
    known = own
    own.redis.catch(forget)
  }
  return known.redis
}
