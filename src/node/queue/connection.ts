// A connection to Redis that waits for it so long and no longer, at the beginning and whenever it is gone.
import type { Redis, RedisOptions } from 'ioredis'
import { messageOf } from '../../errors.ts'
import { plainWords } from '../words.ts'
import { type Address, shownAddress } from './address.ts'
import { redisPackage } from './peers.ts'

export interface Connection {
  readonly redis: Redis
  /** Rejects when Redis has been gone for as long as is waited; never fulfils. */
  readonly lost: Promise<never>
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
  const end = performance.now() + 1000 * wait
  redis.connect().catch((error: unknown) => {
    last ??= error
  })
  while (redis.status !== 'ready') {
    const error = signal?.aborted ? signal.reason : (refused() ?? (performance.now() > end ? gone() : undefined))
    if (error !== undefined) {
      closed = true
      redis.disconnect()
      throw error
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK))
  }
  let timer: NodeJS.Timeout | undefined
  const lost = new Promise<never>((_, reject) => {
    redis.on('close', () => {
      if (closed) return
      timer ??= setTimeout(() => reject(refused() ?? gone()), 1000 * wait)
    })
    redis.on('ready', () => {
      clearTimeout(timer)
      timer = undefined
      last = undefined
    })
  })
  // Whoever waits for something else hears of it there.
  lost.catch(() => undefined)
  return {
    redis,
    lost,
    async close(users) {
      const answering = redis.status === 'ready'
      if (!answering) closed = true
      const done = users?.().catch(() => undefined)
      if (answering) await done
      closed = true
      clearTimeout(timer)
      redis.disconnect()
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
