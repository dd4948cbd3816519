// A connection to Redis that waits for it so long and no longer, at the beginning and whenever it is gone.
import type { Redis, RedisOptions } from 'ioredis'
import { messageOf } from '../../errors.ts'
import { plainWords } from '../node/words.ts'
import { type Address, shownAddress } from './address.ts'
import { redisPackage } from './peers.ts'
import { BEAT, pulseOf } from './pulse.ts'

export interface Connection {
  readonly redis: Redis
  /** Rejects when Redis has been gone for as long as is waited; never fulfils. */
  readonly lost: Promise<never>
  /** Whether Redis answers. */
  readonly answers: () => boolean
  /**
   * Ends it, and those that were made like it.
   * @param users what closes those who use it; when Redis is gone they are not waited for
   */
  close(users?: () => Promise<unknown>): Promise<void>
}

/** What Redis says of a user or password that it does not take. */
const REFUSED = /WRONGPASS|NOAUTH|NOPERM|invalid (username-)?password|AUTH.*(without any password|no password is set)/i

/** Codes of a certificate that is not trusted: waiting does not mend it. */
const UNTRUSTED = /^(CERT_|DEPTH_ZERO_|ERR_TLS_CERT_|SELF_SIGNED_|UNABLE_TO_)/

/** Milliseconds between two attempts. */
const AGAIN = 250

/** Milliseconds in which it may be silent where nobody wants to wait. */
const PATIENCE = 2_000

const LOOK = 10

const optionsOf = ({ host, port, db, tls, username, password }: Address, over: () => boolean): RedisOptions => ({
  ...{ host, port, db },
  ...(tls && { tls: {} }),
  ...(username !== undefined && { username }),
  ...(password !== undefined && { password }),
  // As BullMQ asks for: commands wait for as long as it takes.
  maxRetriesPerRequest: null,
  retryStrategy: () => (over() ? null : AGAIN),
  connectTimeout: 5_000,
  disconnectTimeout: 200,
  lazyConnect: true,
})

/**
 * @param wait seconds to wait for a Redis that does not answer
 * @param signal when it is set off, a Redis that does not answer is not waited for
 * @throws Error where none answers, or it does not let this one in
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
    new Error(`${place}: no Redis answers there${last === undefined ? '' : ` (${plainWords(last)})`}, after ${wait} s of waiting`)
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
  // Whoever waits for something else hears of it there.
  lost.catch(() => undefined)
  const hangUp = () => {
    closed = true
    pulse.stop()
    // What waits for an answer hears that none will come: at the next attempt to reach it, or now.
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

/** What is wrong, and how to mend it, where trying again does not help. */
function refusal(error: unknown): string | undefined {
  const message = messageOf(error)
  if (REFUSED.test(message))
    return 'Redis does not take this user and password: state them in the address, or as BILLCAST_QUEUE_USERNAME and BILLCAST_QUEUE_PASSWORD'
  if (error instanceof Error && 'code' in error && UNTRUSTED.test(String(error.code)))
    return `its certificate is not trusted (${message}): name the file of the authority that signed it in NODE_EXTRA_CA_CERTS`
  return undefined
}

/** Errors that no waiting mends: a user without the right to it, a copy that is only read. */
export const isForbidden = (error: unknown): boolean => /^(NOPERM|READONLY)\b/.test(messageOf(error))

export const forbidden = (address: Address, error: unknown): Error =>
  new Error(
    `${shownAddress(address)}: Redis does not let this user work there (${messageOf(error)}): name the main server, and a user who may run every command on billcast:*`,
  )

/** What keeps a Redis from being safe for a queue; undefined where nothing does, or it is not told. */
export async function unsafe(redis: Redis): Promise<string | undefined> {
  try {
    const [, policy] = (await redis.config('GET', 'maxmemory-policy')) as readonly string[]
    if (policy === undefined || policy === 'noeviction') return undefined
    return `Redis drops what it holds when its memory is full (maxmemory-policy ${policy}): set it to noeviction`
  } catch {
    // Some services do not tell.
    return undefined
  }
}
