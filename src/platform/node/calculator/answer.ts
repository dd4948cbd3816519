// Decides the calculator server's answer to a request, without a network.
import { timingSafeEqual } from 'node:crypto'

export interface ServedFile {
  readonly type: string
  readonly body: string | Uint8Array
}

export interface ServedPage {
  readonly port: number
  /** The first part of each path. Only the address that the command prints has it. */
  readonly token: string
  /** By name. The page itself is index.html. */
  readonly files: ReadonlyMap<string, ServedFile>
}

export interface ServerRequest {
  readonly method?: string | undefined
  readonly host?: string | undefined
  readonly url?: string | undefined
}

interface PageReply {
  readonly status: 200 | 403 | 404 | 405
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/** The page is alone: no frame shows it, no other origin reads it, and its address goes nowhere. Isolated pages have shared memory. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "frame-ancestors 'none'",
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const

/** A failure states its own policy, since no page with one is sent. */
const refused = (status: PageReply['status'], words: string, more: Readonly<Record<string, string>> = {}): PageReply => ({
  status,
  headers: {
    ...HEADERS,
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'content-type': 'text/plain; charset=utf-8',
    ...more,
  },
  body: `${words}\n`,
})

const same = (given: string, token: string): boolean =>
  Buffer.byteLength(given) === Buffer.byteLength(token) && timingSafeEqual(Buffer.from(given), Buffer.from(token))

/** A page of another site that resolves its own name to this machine sends that name as the host. */
const isOwnHost = (host: string | undefined, port: number): boolean =>
  host !== undefined && [`127.0.0.1:${port}`, `localhost:${port}`].includes(host.toLowerCase())

export function replyTo({ method, host, url = '' }: ServerRequest, { port, token, files }: ServedPage): PageReply {
  if (!isOwnHost(host, port)) return refused(403, 'Open the address that billcast printed.')
  if (method !== 'GET' && method !== 'HEAD') return refused(405, 'This address only answers GET.', { allow: 'GET, HEAD' })
  const [, given = '', name] = /^\/([^/?]*)(?:\/([^?]*))?(?:\?.*)?$/.exec(url) ?? []
  if (!same(given, token)) return refused(403, 'The token is missing. Open the whole address that billcast printed.')
  const file = name === undefined ? undefined : files.get(name === '' ? 'index.html' : name)
  if (!file) return refused(404, 'The calculator has no such file.')
  return { status: 200, headers: { ...HEADERS, 'content-type': file.type }, body: method === 'HEAD' ? '' : file.body }
}
