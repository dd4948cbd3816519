// Where a queue is. The password is taken from the address or the environment, and stands in nothing that is shown.
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
/** Of others the beginning may be a user, or a password. */
const KNOWN = ['http:', 'https:', 'tcp:', 'unix:', 'valkey:', 'amqp:', 'redis-sentinel:']

/** For those who are told: no user, no password. */
export const shownAddress = ({ host, port, db, tls }: Address): string =>
  `${tls ? 'rediss' : 'redis'}://${host.includes(':') ? `[${host}]` : host}:${port}${db === 0 ? '' : `/${db}`}`

/**
 * @param environment `BILLCAST_QUEUE_USERNAME` and `BILLCAST_QUEUE_PASSWORD` stand in for those of the address
 * @throws UsageError that shows nothing of the address, which may hold a password
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
    throw new UsageError(`queue: expected ${EXAMPLE}, with a number of a database at most behind it`)
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
    throw new UsageError(`queue: expected ${EXAMPLE}, with %25 for a % in its user or password`)
  }
}
