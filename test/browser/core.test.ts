// billcast/core in Chromium, from a folder that any web server could serve: no bundler, no package, no Vega.
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { simulate } from 'billcast'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let server: Server
let browser: Browser

beforeAll(async () => {
  server = createServer(({ url = '/' }, response) => {
    try {
      const code = url.startsWith('/core/') && readFileSync(`dist${url}`)
      response
        .setHeader('content-type', code ? 'text/javascript' : 'text/html')
        .end(code || '<!doctype html><link rel="icon" href="data:,">')
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
})
afterAll(async () => {
  await browser.close()
  server.close()
})

const plan = readFileSync('examples/annual-budget.yaml', 'utf8')
const files = { 'data/plan-2027.csv': readFileSync('examples/data/plan-2027.csv', 'utf8') }

describe('billcast/core', () => {
  it('gives the figures of Node to the last bit, and says what needs Vega', async () => {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await page.addScriptTag({ type: 'module', content: "import * as core from '/core/index.js'\nwindow.core = core" })
    await page.waitForFunction(() => 'core' in window)
    const found = await page.evaluate(
      async ([text, given]) => {
        const { core } = window as unknown as { core: typeof import('../../src/api/index.ts') }
        const result = await core.simulate(text, { trials: 4_096, files: given })
        const refused = (work: Promise<unknown>) =>
          work.then(String, (error: unknown) => `${String(error)} ${error instanceof core.UsageError}`)
        const chart = result.chart('fan', 'fin')
        return {
          summary: JSON.stringify(result.summary),
          title: chart.title,
          drawn: await refused(chart.toSVG()),
          report: await refused(result.report()),
          markdown: await result.report('md'),
        }
      },
      [plan, files] as const,
    )
    const node = await simulate(plan, { trials: 4_096, folder: 'examples' })
    const words =
      "UsageError: billcast/core draws no charts and no reports, since it has no Vega. Show `chart.spec` with a Vega-Lite of your own, or import from 'billcast' true"
    expect(found).toEqual({
      summary: JSON.stringify(node.summary),
      title: node.chart('fan', 'fin').title,
      drawn: words,
      report: words,
      markdown: await node.report('md'),
    })
    await page.close()
  })
})
