// The calculator in Chromium, opened from the disk: what a newcomer does, with the figures of the command line on the exported plan.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launched } from '../../scripts/docs/browser.mjs'
import { verdictOf } from '../../src/questions/compare/verdict.ts'
import type { Summary } from '../../src/summary/summary.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-calculator-'))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const address = pathToFileURL(join(root, 'calculator.html')).href

let browser: Browser
beforeAll(async () => {
  execFileSync(process.execPath, ['scripts/calculator.mjs', root])
  browser = await launched()
})
afterAll(async () => {
  await browser.close()
  rmSync(root, { recursive: true, force: true })
})

/** A page that records every error and request. */
async function opened(fragment = '', width = 1280) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, acceptDownloads: true, bypassCSP: false })
  const page = await context.newPage()
  const wrong: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') wrong.push(message.text())
  })
  page.on('pageerror', (error) => wrong.push(error.message))
  page.on('dialog', (dialog) => wrong.push(`a dialog: ${dialog.message()}`))
  page.on('request', (request) => {
    if (!/^(file|blob):/.test(request.url())) wrong.push(`request of ${request.url()}`)
  })
  await page.goto(`${address}${fragment}`)
  return { page, wrong, close: () => context.close() }
}

const settled = (page: Page) => page.waitForFunction(() => ['final', 'done', 'failed'].includes(document.body.dataset.state ?? ''))

/** Takes files from the export dialog. */
async function exported<const L extends readonly string[]>(page: Page, ...labels: L): Promise<{ readonly [K in keyof L]: string }> {
  await page.getByRole('button', { name: 'Export' }).click()
  const files: string[] = []
  for (const label of labels) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: label }).click()])
    const file = join(root, download.suggestedFilename())
    await download.saveAs(file)
    files.push(file)
  }
  await page.keyboard.press('Escape')
  return files as { readonly [K in keyof L]: string }
}

const PLAN = 'Plan (YAML)'

/** Replaces the whole plan in the editor, once it has loaded. */
async function planned(page: Page, plan: string) {
  await page.getByRole('button', { name: 'Whole plan' }).click()
  await page.locator('.cm-content').fill(plan)
  await page.getByRole('button', { name: 'Use this plan' }).click()
}

/** Adds a quote by the four questions. */
async function quoted(page: Page, vendor: string, meter: string, price: string, more: Readonly<Record<string, string>> = {}) {
  await page.getByRole('button', { name: 'Type my quote' }).click()
  await page.getByLabel('Vendor', { exact: true }).fill(vendor)
  await page.getByText(meter, { exact: true }).click()
  await page.getByLabel(/What is the price/).fill(price)
  if (Object.keys(more).length > 0) await page.getByText('Every month', { exact: true }).click()
  for (const [label, text] of Object.entries(more)) await page.getByRole('textbox', { name: label }).fill(text)
  await page.getByRole('button', { name: 'Add this quote' }).click()
}

describe('the calculator', () => {
  it('is less than 400 KB compressed', () => {
    const sizes = ['index.html', 'calculator.js', 'calculator.css'].map(
      (name) => gzipSync(readFileSync(join(root, name)), { level: 9 }).length,
    )
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(400_000)
    // The page from a disk has all its parts inside, and can be sent by mail.
    expect(readFileSync(join(root, 'calculator.html')).length).toBeLessThan(3_500_000)
  })

  it('compares three quotes of a newcomer, with the verdict and the budget of the command line to the last bit', async () => {
    const { page, wrong, close } = await opened()
    await settled(page)
    // The close decision of the first visit gives way to the newcomer's own quotes.
    await page.locator('#conversations').fill('30k')
    await page.keyboard.press('Tab')
    await quoted(page, 'Vendor <b>one</b>', 'Resolutions', '0.95')
    await quoted(page, 'Second', 'Conversations', '$0.60')
    await quoted(page, 'Third', 'Resolutions', '0.80', { 'resolutions a month': '20,000', 'then, for each': '1.20' })
    for (const title of ['Fin, $0.99', 'Flat rate', 'Zendesk']) await page.getByRole('button', { name: `Remove ${title}` }).click()
    await settled(page)
    const heard = await page.textContent('h1')
    const [file] = await exported(page, PLAN)
    const summary = JSON.parse(
      execFileSync(process.execPath, ['dist/cli/billcast.js', 'run', file, '--json'], { encoding: 'utf8' }),
    ) as Summary
    expect(Object.keys(summary.offers)).toEqual(['vendor-b-one-b', 'second', 'third'])
    const titles = { 'vendor-b-one-b': 'Vendor <b>one</b>', second: 'Second', third: 'Third' }
    const verdict = verdictOf(summary, { titles })
    expect(heard).toBe(verdict?.words)
    expect(await page.getAttribute('output.amount', 'data-value')).toBe(String(verdict?.budget.value))
    expect(await page.$$eval('.squares i', (all) => all.length)).toBe(100)
    // The pool of workers has started, also from a file.
    expect(await page.locator('.remark').count()).toBe(0)
    // One step back, and forward again.
    await page.getByRole('button', { name: 'Undo' }).click()
    expect(await page.getByRole('button', { name: /^Remove Zendesk/ }).count()).toBe(1)
    await page.getByRole('button', { name: 'Redo' }).click()
    expect(await page.getByRole('button', { name: /^Remove Zendesk/ }).count()).toBe(0)
    expect(wrong).toEqual([])
    await close()
  })

  it('keeps what the form does not show, in the text and in a shared link, and takes a hostile link as text', async () => {
    const { page, wrong, close } = await opened()
    const plan = readFileSync('examples/returns.yaml', 'utf8').replace(/^run:.*$/m, 'run: { trials: 4096, seed: fy2027 }')
    await planned(page, plan)
    await settled(page)
    await page.getByRole('button', { name: 'Share' }).click()
    await page.waitForFunction(() => (document.getElementById('link') as HTMLInputElement | null)?.value.includes('#plan='))
    expect(await page.textContent('dialog')).toContain('The link holds the whole plan, prices too.')
    const link = await page.inputValue('#link')
    const shared = await opened(link.slice(link.indexOf('#')))
    await settled(shared.page)
    expect(readFileSync((await exported(shared.page, PLAN))[0], 'utf8')).toBe(plan)
    expect(await shared.page.textContent('h1')).toBe(await page.textContent('h1'))
    const hostile = await opened('#plan=AAAA%22onload=alert(1)')
    await settled(hostile.page)
    expect(await hostile.page.textContent('.plan-name')).toBe('Annual budget 2027')
    expect([...wrong, ...shared.wrong, ...hostile.wrong]).toEqual([])
    await Promise.all([close(), shared.close(), hostile.close()])
  })

  it('shows the last answer and the reason where a plan cannot be run', async () => {
    const { page, close } = await opened()
    await settled(page)
    const before = await page.textContent('h1')
    await planned(
      page,
      'conversations: { history: { file: past.csv } }\nresolution: { rate: 60% }\noffers: { a: { catalog: fin } }\n',
    )
    await page.waitForFunction(() => document.body.dataset.state === 'failed')
    expect(await page.textContent('[role=alert]')).toMatch(/This plan cannot be run: .*past\.csv.*not among the given files/)
    expect(await page.textContent('.status')).toBe('Before the error')
    expect(await page.textContent('h1')).toBe(before)
    await close()
  })

  it.each([360, 1280])('has no fault that axe finds, and nothing wider than a screen of %i px', async (width) => {
    const { page, close } = await opened('', width)
    await settled(page)
    // axe itself runs apart from the page's policy.
    const faults = async () => {
      const session = await page.context().newCDPSession(page)
      await session.send('Runtime.evaluate', { expression: axe })
      const { result } = await session.send('Runtime.evaluate', {
        expression:
          'axe.run().then(({ violations }) => JSON.stringify(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])))',
        awaitPromise: true,
        returnByValue: true,
      })
      return JSON.parse(String(result.value)) as unknown
    }
    expect(await faults()).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    await page.getByRole('button', { name: 'Type my quote' }).click()
    expect(await faults()).toEqual([])
    await close()
  })
})
