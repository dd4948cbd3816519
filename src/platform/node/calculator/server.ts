// Serves the calculator to the browser of this machine, and to nobody else.
import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FilesBeside } from '../../../api/beside.ts'
import { packageFile } from '../package.ts'
import { replyTo, type ServedFile } from './answer.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
}

/** The page has this where a plan belongs. */
const PLACE = '<!--plan-->'

/** What the page opens with. */
export interface OpenedPlan {
  readonly plan: string
  readonly files: FilesBeside
}

const dataElement = (id: string, data: unknown): string =>
  `<script type="application/json" id="${id}">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`

/** The page with a plan and its files in it, as data that no browser runs. */
export const pageWithPlan = (page: string, opened: OpenedPlan | undefined): string =>
  page.replace(PLACE, () => (opened ? dataElement('plan', opened.plan) + dataElement('files', opened.files) : ''))

async function filesOf(opened: OpenedPlan | undefined): Promise<ReadonlyMap<string, ServedFile>> {
  const folder = packageFile('dist/calculator/')
  const names = (await readdir(fileURLToPath(folder))).filter((name) => Object.hasOwn(TYPES, extname(name)))
  const served = names.map(async (name): Promise<[string, ServedFile]> => {
    const body = await readFile(new URL(name, folder))
    return [name, { type: TYPES[extname(name)], body: name === 'index.html' ? pageWithPlan(body.toString(), opened) : body }]
  })
  return new Map(await Promise.all(served))
}

export interface ServedCalculator {
  readonly address: string
  readonly close: () => Promise<void>
}

export async function serveCalculator(opened: OpenedPlan | undefined): Promise<ServedCalculator> {
  const files = await filesOf(opened)
  const token = randomBytes(16).toString('hex')
  const server = createServer()
  const port = await listening(server)
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { method, url, headers } = request
    const { status, headers: sent, body } = replyTo({ method, url, host: headers.host }, { port, token, files })
    response.writeHead(status, sent).end(body)
  })
  return { address: `http://127.0.0.1:${port}/${token}/`, close: () => closed(server) }
}

const listening = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      // A listening server on a port of TCP has such an address.
      resolve((server.address() as AddressInfo).port)
    })
  })

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
