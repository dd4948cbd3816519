// The page of every example's report in Chromium, at the widths of a phone, a tablet and a desk, light and dark, and on paper.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { EXAMPLES, exampleReport, planReport } from '../present/report/examples.ts'
import { reportHtml } from '../../src/present/report/page.ts'
import { long } from '../effort.ts'
import { layoutFaults } from './layout-faults.ts'
import { browserAndFolder } from './setup.ts'

const { root, browser } = browserAndFolder()
const axe = readFileSync(join(dirname(createRequire(import.meta.url).resolve('axe-core')), 'axe.min.js'), 'utf8')
/** The plans of a batch and of a portfolio have the shape of others. Each page takes half a minute, so that only some are read each time. */
const examples = EXAMPLES.filter((name) => (long ? !/plans\//.test(name) : /annual-budget|channels\.yaml|month/.test(name)))

/** Pixels of a printed page between its margins: the height of a letter page, and the narrower width of A4. */
const PAPER = { width: 703, height: 949 }

/** Opens a page from the disk, with all details shown. */
async function opened(html: string, width: number, colorScheme: 'light' | 'dark'): Promise<Page> {
  const file = join(root, 'report.html')
  writeFileSync(file, html)
  const page = await browser().newPage({ viewport: { width, height: 900 }, colorScheme })
  await page.goto(pathToFileURL(file).href)
  if (html.includes('id="page-data"')) await page.waitForFunction(() => document.body.dataset.state === 'ready')
  return page
}

const openDetails = (page: Page) =>
  page.$$eval('details', (all) => {
    for (const one of all) one.open = true
  })

async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe: checker } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> }
    }
    const { violations } = await checker.run()
    return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html.slice(0, 120)}`)
  })
}

/** What the printed pages are like: their number, and whether the summary ends on the first one. */
async function printed(page: Page) {
  await page.$$eval('details', (all) => {
    for (const one of all) one.open = false
  })
  await page.setViewportSize(PAPER)
  await page.emulateMedia({ media: 'print' })
  const faults = await page.evaluate(layoutFaults, 10.6)
  const summary = await page.evaluate(() => {
    const begin = document.querySelector('.begin') ?? document.querySelector('.facts')?.nextElementSibling
    return begin?.getBoundingClientRect().top ?? 0
  })
  await page.emulateMedia({ media: null })
  const pdf = await page.pdf({ format: 'Letter' })
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
  const edges = await page.$$eval('style', (all) => all.map((style) => style.textContent ?? '').join(''))
  return { faults, summary, pages, edges }
}

describe.each(examples)('the page of %s', (example) => {
  let html = ''
  beforeAll(async () => {
    html = await reportHtml((await exampleReport(example, true)).data)
  })

  it.each([
    [360, 'light'],
    [390, 'dark'],
    [820, 'light'],
    [1280, 'dark'],
  ] as const)('clips nothing, breaks no word and has readable text at %s pixels, %s', async (width, scheme) => {
    const page = await opened(html, width, scheme)
    await openDetails(page)
    expect(await page.evaluate(layoutFaults, 11)).toEqual([])
    expect(await axeFindings(page)).toEqual([])
    await page.close()
  })

  it('prints a summary on one page and all on at most five, with title, months, day and number on each', async () => {
    const page = await opened(html, 1280, 'light')
    const { faults, summary, pages, edges } = await printed(page)
    expect(faults).toEqual([])
    expect(summary).toBeGreaterThan(200)
    expect(summary).toBeLessThanOrEqual(PAPER.height)
    expect(pages).toBeGreaterThanOrEqual(2)
    expect(pages).toBeLessThanOrEqual(5)
    expect(edges).toMatch(/@top-left\{content:"/)
    expect(edges).toContain('content:"Page " counter(page) " of " counter(pages)')
    // The style sheet writes signs by their number, so that a comma is "\2c ".
    expect(edges).toMatch(/@top-right\{content:"[^"]*\\2e Printed|@top-right\{content:"[^"]*Printed/)
    await page.close()
  })
})

/** A plan with many offers or many months. */
const planOf = (offers: number, months: number): string =>
  JSON.stringify({
    ...{ name: 'Many quotes', start: '2027-01', months, fiscalYearStart: 7 },
    conversations: { base: '45k to 60k', noise: { cv: '8%', autocorrelation: 0.5 } },
    resolution: { rate: '60% to 70%', improvement: '0.5pt/month', ceiling: '85%' },
    human: { cost: '$6' },
    offers: Object.fromEntries(
      Array.from({ length: offers }, (_, k) => [
        `offer${k}`,
        {
          title: `Vendor ${k + 1} with a name of some length`,
          charges: [
            k % 2 === 0
              ? { meter: 'resolutions', price: `$${(0.9 + k / 50).toFixed(2)}` }
              : { meter: 'resolutions', commitment: '28k/month', price: `$${(0.8 + k / 50).toFixed(2)}`, overage: '$1.40' },
          ],
        },
      ]),
    ),
  })

it('twelve offers print on at most six pages, the bars and facts on the first', async () => {
  const page = await opened(await reportHtml(await planReport(planOf(12, 12))), 1280, 'light')
  const { faults, summary, pages } = await printed(page)
  expect(faults).toEqual([])
  expect(summary).toBeLessThanOrEqual(PAPER.height)
  expect(pages).toBeLessThanOrEqual(6)
  await page.close()
})

it('every month of 36 shows its budget, at each width and on at most six printed pages', async () => {
  const html = await reportHtml(await planReport(planOf(3, 36)))
  for (const width of [360, 820, 1280]) {
    const page = await opened(html, width, 'light')
    await openDetails(page)
    expect(await page.evaluate(layoutFaults, 11)).toEqual([])
    const budgets = await page.$$eval('.tables table', (tables) =>
      tables.flatMap((table) =>
        [...table.querySelectorAll('tr')].flatMap((row) => {
          const cell = [...row.querySelectorAll('td')].pop()
          const month = row.querySelector('th')?.textContent ?? ''
          if (!cell || !/^[A-Z][a-z]{2} \d{4}$/.test(month)) return []
          const { right } = cell.getBoundingClientRect()
          return right <= (table.closest('.wide')?.getBoundingClientRect().right ?? 0) + 1 ? [month] : []
        }),
      ),
    )
    expect(new Set(budgets).size).toBe(36)
    if (width === 1280) {
      const { faults, pages } = await printed(page)
      expect(faults).toEqual([])
      expect(pages).toBeLessThanOrEqual(6)
    }
    await page.close()
  }
})
