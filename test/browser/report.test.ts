// The report in Chromium, opened from the disk as a mail's attachment is.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { verdictOf } from '../../src/questions/compare/verdict.ts'
import type { Summary } from '../../src/summary/summary.ts'
import { browserAndFolder, errorsOnDisk } from './setup.ts'

const run = (...args: string[]) => execFileSync(process.execPath, ['dist/cli/billcast.js', 'run', ...args], { encoding: 'utf8' })
const example = 'examples/annual-budget.yaml'
const WIDTHS = [
  { name: 'desktop', viewport: { width: 1280, height: 900 } },
  { name: 'phone', viewport: { width: 360, height: 780 } },
] as const

const outIn = (root: string) => join(root, 'run')
const { root, browser } = browserAndFolder((folder) => run(example, '--trials', '50k', '--out', outIn(folder), '--quiet'))
const out = outIn(root)

/** A page that records every error and request. */
async function opened(viewport: { width: number; height: number }) {
  const context = await browser().newContext({ viewport, acceptDownloads: true })
  const page = await context.newPage()
  const wrong = errorsOnDisk(page)
  await page.goto(pathToFileURL(join(out, 'report.html')).href)
  await state(page, 'ready')
  return { page, wrong }
}

const state = (page: Page, name: string) => page.waitForFunction((wanted) => document.body.dataset.state === wanted, name)

/** Figures of the table, in full. */
const table = (page: Page) =>
  page.$$eval('#live-rows tr', (rows) =>
    Object.fromEntries(
      rows.map((row) => [
        (row as HTMLElement).dataset.offer ?? '',
        [...row.querySelectorAll('td')].map((cell) => [Number(cell.dataset.value), Number(cell.dataset.se)]),
      ]),
    ),
  )
/** What the table says of the changes, by offer. */
const changes = (page: Page) =>
  page.$$eval('#live-rows tr', (rows) =>
    Object.fromEntries(
      rows.map((row) => [
        (row as HTMLElement).dataset.offer ?? '',
        [...row.querySelectorAll('.change')].map((one) => one.textContent),
      ]),
    ),
  )

const shownRows = ({ offers, comparison }: Summary) =>
  Object.fromEntries(
    Object.entries(offers).map(([name, offer]) => {
      const { mean, percentiles } = offer[comparison.measure]
      return [name, [mean, percentiles.p80, comparison.cheapest[name]].map((one) => [one?.value, one?.se])]
    }),
  )

/** Moves a slider by the keyboard. */
async function press(page: Page, label: string, key: string, times: number) {
  const slider = page.getByLabel(label, { exact: true })
  await slider.focus()
  for (let k = 0; k < times; k++) await slider.press(key)
}

describe.each(WIDTHS)('on a $name', ({ viewport }) => {
  it('opens from a file without an error or a request, and shows the figures of the report', async () => {
    const { page, wrong } = await opened(viewport)
    expect(await table(page)).toEqual(shownRows(JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as Summary))
    expect(await page.textContent('#live-state')).toContain("The report's own assumptions")
    expect(wrong).toEqual([])
  })
  it('gives the figures of the command line to the last bit when sliders move or numbers are typed', async () => {
    const { page, wrong } = await opened(viewport)
    // The first answer is kept before the second replaces it.
    await page.evaluate(() => {
      new MutationObserver(() => {
        if (document.body.dataset.state === 'quick')
          Object.assign(window, { early: [...document.querySelectorAll('#live-rows tr')].map((row) => row.textContent) })
      }).observe(document.body, { attributeFilter: ['data-state'] })
    })
    await press(page, 'Resolution rate', 'ArrowRight', 6)
    await press(page, 'Price of Fin', 'ArrowLeft', 7)
    await page.getByLabel('Conversations, compared to the plan as a number').fill('103.2')
    await page.getByLabel('Conversations, compared to the plan as a number').press('Enter')
    await state(page, 'final')
    expect(await page.inputValue('input[aria-label="Conversations, compared to the plan as a number"]')).toBe('103')
    expect(await page.textContent('#live-state')).toContain(
      "You changed the assumptions, so these are not the report's figures. They come from the report's 50,176 trials",
    )
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Download the changed plan').click()])
    const file = join(root, `changed-${viewport.width}.yaml`)
    await download.saveAs(file)
    expect(readFileSync(file, 'utf8')).toContain('# Five offers for one year of support')
    const changed = JSON.parse(run(file, '--json')) as Summary
    expect(await table(page)).toEqual(shownRows(changed))
    const { sentences = [] } = verdictOf(changed, { titles: { 'per-conversation': 'A flat rate' } }) ?? {}
    expect(await page.textContent('.live-verdict')).toContain(sentences[0]?.split(':')[0])
    expect(await page.evaluate(() => (window as unknown as { early?: unknown[] }).early?.length)).toBe(5)
    await page.getByText('Reset all sliders').click()
    expect(await page.textContent('#live-state')).toContain("The report's own assumptions")
    expect(wrong).toEqual([])
  })
  it('keeps what is typed while an answer arrives', async () => {
    const { page } = await opened(viewport)
    await press(page, 'Price of Fin', 'ArrowLeft', 1)
    const field = page.getByLabel('Conversations, compared to the plan as a number')
    await field.fill('104')
    await state(page, 'final')
    expect(await field.inputValue()).toBe('104')
    await field.press('Enter')
    await page.waitForFunction(() => document.body.dataset.state !== 'final')
    await state(page, 'final')
    expect(await field.inputValue()).toBe('104')
  })
  it('leaves every figure of an offer that a slider does not touch, in the first answer and in the last', async () => {
    const { page } = await opened(viewport)
    const before = await table(page)
    for (const wanted of ['quick', 'final']) {
      await page.evaluate((name) => {
        Object.assign(window, { kept: undefined })
        new MutationObserver((_, observer) => {
          if (document.body.dataset.state !== name) return
          observer.disconnect()
          const rows = [...document.querySelectorAll<HTMLElement>('#live-rows tr')]
          const kept = rows.map((row) => [row.dataset.offer, [...row.querySelectorAll('td')].map((cell) => cell.dataset.value)])
          Object.assign(window, { kept: Object.fromEntries(kept) })
        }).observe(document.body, { attributeFilter: ['data-state'] })
      }, wanted)
      await press(page, 'Price of Ada', 'ArrowRight', 1)
      await page.waitForFunction(() => (window as unknown as { kept?: unknown }).kept !== undefined)
      const kept = await page.evaluate(() => (window as unknown as { kept: Record<string, string[]> }).kept)
      expect(kept['zendesk']?.map(Number)).toEqual(before['zendesk']?.map(([value]) => value))
      expect(Number(kept['ada']?.[0])).toBeGreaterThan(before['ada']?.[0]?.[0] ?? Infinity)
    }
    await state(page, 'final')
    expect(await changes(page)).toMatchObject({
      zendesk: ['', '', ''],
      ada: [expect.stringMatching(/^\+\$/), expect.stringMatching(/^\+\$/), ''],
    })
  })
  it('shows how likely an amount is to be enough for each offer, when it is typed or dragged', async () => {
    const { page, wrong } = await opened(viewport)
    const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as Summary
    // The page opens at the budget of the offer that the verdict recommends.
    const { offer = '' } = verdictOf(summary) ?? {}
    const { p80 } = summary.offers[offer].bill.percentiles
    expect(Number(await page.inputValue('#live-amount'))).toBe(Math.round(p80?.value ?? 0))
    expect(await page.textContent('#live-odds')).toMatch(/is enough in (79|80)\.\d% of simulated years/)
    await page.fill('#live-amount', '1')
    expect(await page.textContent('#live-odds')).toContain('is enough in less than 1% of simulated years')
    const slider = page.getByLabel('Amount on the curves')
    await slider.focus()
    await slider.press('End')
    expect(await page.textContent('#live-odds')).toContain('is enough in more than 99% of simulated years')
    expect(wrong).toEqual([])
  })
  it('has no serious accessibility finding', async () => {
    const { page } = await opened(viewport)
    // The page's policy lets no script in: the checker comes through the debugger.
    const axe = readFileSync(join(dirname(createRequire(import.meta.url).resolve('axe-core')), 'axe.min.js'), 'utf8')
    await page.evaluate(axe)
    const found = await page.evaluate(async () => {
      const { axe: checker } = window as unknown as {
        axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> }
      }
      return (await checker.run()).violations
    })
    const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  })
})

it('the sliders of segments give the figures of the command line', async () => {
  const [file, changed] = [join(root, 'segments'), join(root, 'segments-changed.yaml')]
  run('examples/channels.yaml', '--trials', '20k', '--out', file, '--quiet')
  const context = await browser().newContext({ viewport: WIDTHS[0].viewport, acceptDownloads: true })
  const page = await context.newPage()
  await page.goto(pathToFileURL(join(file, 'report.html')).href)
  await state(page, 'ready')
  expect(await page.$$eval('h2', (all) => all.map((own) => own.textContent))).toContain('Segments')
  await press(page, 'Resolution rate of chat', 'ArrowRight', 8)
  await press(page, 'Price of each channel at its own price', 'ArrowLeft', 5)
  await state(page, 'final')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Download the changed plan').click()])
  await download.saveAs(changed)
  expect(await table(page)).toEqual(shownRows(JSON.parse(run(changed, '--json')) as Summary))
  await context.close()
})

it('the report prints on two to five pages, and fits a phone', async () => {
  const { page } = await opened(WIDTHS[1].viewport)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  const pdf = await page.pdf({ format: 'A4' })
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
  expect(pages).toBeGreaterThanOrEqual(2)
  expect(pages).toBeLessThanOrEqual(5)
})

it('an offer of the catalog has its sliders, and text of a scenario never runs as code', async () => {
  const evil = '<script>document.title = "run"</script>'
  const file = join(root, 'evil.yaml')
  writeFileSync(
    file,
    `name: ${JSON.stringify(evil)}\nmonths: 3\nconversations: { base: 10k, noise: { cv: 5% } }\nresolution: { rate: 60% to 70% }\noffers: { fin: { catalog: fin }, other: { title: ${JSON.stringify(evil)}, charges: [{ meter: conversations, price: $0.60 }] } }\n`,
  )
  run(file, '--trials', '2048', '--out', join(root, 'evil'), '--quiet')
  const page = await browser().newPage()
  await page.goto(pathToFileURL(resolve(root, 'evil', 'report.html')).href)
  await state(page, 'ready')
  await press(page, 'Price of Fin', 'ArrowLeft', 3)
  await state(page, 'final')
  expect(await page.title()).toContain(evil)
  await page.close()
})
