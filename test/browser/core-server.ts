// A server of the built files for the tests of a file, and pages of it that have loaded billcast/core.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' }

interface CoreServer {
  /** The address of a path: that of an empty page, unless the build made a file for it. */
  readonly address: (path: string) => string
  /** @param more modules that the page loads beside the library */
  readonly opened: (browser: Browser, path: string, more?: readonly string[]) => Promise<Page>
}

export function coreServer(): CoreServer {
  const server = createServer(({ url = '/' }, response) => {
    try {
      if (url === '/isolated/') {
        response.setHeader('cross-origin-opener-policy', 'same-origin')
        response.setHeader('cross-origin-embedder-policy', 'require-corp')
      }
      if (url === '/strict/') response.setHeader('content-security-policy', "worker-src 'none'")
      const file = url === '/calculator/' ? `${url}index.html` : url
      const body = /^\/(core|calculator)\//.test(file) && readFileSync(`dist${file}`)
      response
        .setHeader('content-type', (body && TYPES[extname(file)]) || 'text/html')
        .end(body || '<!doctype html><link rel="icon" href="data:,">')
    } catch {
      response.writeHead(404).end()
    }
  })
  beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)))
  afterAll(() => {
    server.close()
  })
  const address = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
  const opened: CoreServer['opened'] = async (browser, path, more = []) => {
    const page = await browser.newPage()
    await page.goto(address(path))
    const imports = more.map((module) => `import '${module}'\n`).join('')
    await page.addScriptTag({
      type: 'module',
      content: `import * as core from '/core/index.js'\n${imports}window.core = core`,
    })
    await page.waitForFunction(() => 'core' in window)
    return page
  }
  return { address, opened }
}
