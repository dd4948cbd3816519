// The address of a queue. Its password comes from the address or the environment, and no message shows it.
import { shown, UsageError } from '../../errors.ts'

export interface Address {
  readonly host: string
  readonly port: number
  readonly db: number
  readonly tls: boolean
  readonly username?: string
  readonly password?: string
}

const EXAMPLE = 'an address such as redis://127.0.0.1:6379 (rediss:// for TLS)'
const PORT = 6379
/** Protocols that an error may repeat. Any other text before the colon may be a user or a password. */
const KNOWN = ['http:', 'https:', 'tcp:', 'unix:', 'valkey:', 'amqp:', 'redis-sentinel:']

/** The address without user and password. */
export const shownAddress = ({ host, port, db, tls }: Address): string =>
  `${tls ? 'rediss' : 'redis'}://${host.includes(':') ? `[${host}]` : host}:${port}${db === 0 ? '' : `/${db}`}`

/**
 * @param environment `BILLCAST_QUEUE_USERNAME` and `BILLCAST_QUEUE_PASSWORD` replace those of the address
 * @throws UsageError without the address, which may contain a password
 */
export function addressOf(text: string, environment: Readonly<Record<string, string | undefined>>): Address {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw new UsageError(`queue: expected ${EXAMPLE}`)
  }
  const { protocol, hostname, port, pathname } = url
  if (protocol !== 'redis:' && protocol !== 'rediss:')
    throw new UsageError(`queue: expected ${EXAMPLE}${KNOWN.includes(protocol) ? `, got ${shown(protocol)}` : ''}`)
  const db = /^\/?(\d{0,4})$/.exec(pathname)
  if (hostname === '' || !db || url.search !== '' || url.hash !== '')
    throw new UsageError(`queue: expected ${EXAMPLE}, followed by nothing but a database number, such as /1`)
  const username = environment.BILLCAST_QUEUE_USERNAME || decoded(url.username)
  const password = environment.BILLCAST_QUEUE_PASSWORD || decoded(url.password)
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? PORT : Number(port),
    db: Number(db[1]),
    tls: protocol === 'rediss:',
    ...(username !== '' && { username }),
    ...(password !== '' && { password }),
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new UsageError(`queue: expected ${EXAMPLE}. Write %25 for a % in the user or password`)
  }
}

const WAIT_SECONDS = 30

export interface QueuePlace {
  readonly address: Address
  /** Seconds to wait for a Redis that does not answer. */
  readonly wait: number
}

/** @throws UsageError */
export function placeOf({
  queue = process.env.BILLCAST_QUEUE,
  wait = WAIT_SECONDS,
}: {
  readonly queue?: string | undefined
  readonly wait?: number | undefined
}): QueuePlace {
  if (queue === undefined || queue === '')
    throw new UsageError('queue: expected an address such as redis://127.0.0.1:6379, here or in the variable BILLCAST_QUEUE')
  return { address: addressOf(queue, process.env), wait }
}
