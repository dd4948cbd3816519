// A page that bundles the package, by each bundler without a configuration for it: runs leave the page free, with the bits of Node.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { simulate } from 'billcast'
import * as esbuild from 'esbuild'
import type { Browser } from 'playwright-core'
import { build as vite } from 'vite'
import { long } from '../effort.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import webpack from 'webpack'
import { launched } from '../../scripts/docs/browser.mjs'
import { markIn, traced } from './traced.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-pages-'))
const entry = join(root, 'page.js')

let browser: Browser
beforeAll(async () => {
  const own = join(root, 'node_modules/billcast')
  mkdirSync(own, { recursive: true })
  for (const part of ['dist', 'generated', 'package.json']) cpSync(part, join(own, part), { recursive: true })
  for (const name of readdirSync('node_modules'))
    if (name !== 'billcast' && !name.startsWith('.'))
      symlinkSync(resolve('node_modules', name), join(root, 'node_modules', name), 'junction')
  writeFileSync(join(root, 'package.json'), '{ "private": true, "type": "module" }')
  writeFileSync(join(root, 'index.html'), '<!doctype html><script type="module" src="./page.js"></script>')
  writeFileSync(entry, "import { simulate } from 'billcast'\nwindow.simulate = simulate\n")
  browser = await launched()
})
afterAll(async () => {
  await browser.close()
  rmSync(root, { recursive: true, force: true })
})

/** Each builds `page.js` into a folder. */
const BUNDLERS: Readonly<Record<string, (outdir: string) => Promise<unknown>>> = {
  esbuild: (outdir) =>
    esbuild.build({ entryPoints: [entry], outdir, bundle: true, format: 'esm', splitting: true, logLevel: 'error' }),
  vite: (outDir) => vite({ root, configFile: false, logLevel: 'error', base: './', build: { outDir, minify: false } }),
  webpack: (path) =>
    new Promise<void>((done, failed) => {
      webpack(
        { mode: 'production', entry, output: { path, filename: 'page.js' }, optimization: { minimize: false } },
        (error, stats) => {
          if (error || stats?.hasErrors()) failed(error ?? new Error(stats?.toString('errors-only')))
          else done()
        },
      )
    }),
}

/** A server of a folder, at the address that it returns. */
async function served(folder: string): Promise<{ readonly address: string; close(): void }> {
  const page = existsSync(join(folder, 'index.html')) ? folder : root
  const server = createServer(({ url = '/' }, response) => {
    const [path] = url.split('?')
    const file = path === '/' ? join(page, 'index.html') : join(folder, path)
    if (existsSync(file))
      response.setHeader('content-type', file.endsWith('.js') ? 'text/javascript' : 'text/html').end(readFileSync(file))
    else response.writeHead(404).end()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() }
}

interface Loaded {
  readonly simulate: typeof simulate
  readonly mark: (name: string) => Promise<void>
}

const plan = readFileSync('examples/channels.yaml', 'utf8')

it.each(Object.entries(BUNDLERS).slice(0, long ? undefined : 1))(
  'a page in a bundle by %s stays free during a million trials',
  async (name, bundle) => {
    const folder = join(root, `${name}-dist`)
    await bundle(folder)
    const { address, close } = await served(folder)
    const page = await browser.newPage()
    try {
      await page.goto(address)
      await page.waitForFunction(() => 'simulate' in window)
      await markIn(page)
      let found = { summary: '', mean: 0 }
      const { longest, workers } = await traced(browser, async () => {
        found = await page.evaluate(async (text) => {
          const own = window as unknown as Loaded
          await own.mark('run')
          const result = await own.simulate(text, { trials: 1_000_000 })
          await own.mark('background')
          const regret = await result.background.regret('pooled')
          await own.mark('file')
          await result.toParquet('months')
          await own.mark('end')
          return { summary: JSON.stringify(result.summary), mean: regret.mean.value }
        }, plan)
      })
      expect(Object.entries(longest).filter(([, milliseconds]) => milliseconds > 50)).toEqual([])
      const node = await simulate(plan, { trials: 1_000_000 })
      expect(found).toEqual({ summary: JSON.stringify(node.summary), mean: node.regret('pooled').mean.value })
      expect(workers).toBeGreaterThan(1)
    } finally {
      await page.close()
      close()
    }
  },
)
