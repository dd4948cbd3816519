// Takes a picture of the calculator in each of its states, on a phone, a tablet and a desktop, light and dark, and joins those of each screen on
// one sheet. To look at, and not committed.
//   node scripts/screens.mjs FOLDER                       all of them, in about ten minutes
//   node scripts/screens.mjs FOLDER --only clear,error    some states
//   node scripts/screens.mjs FOLDER --at 390-dark         one screen
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { deflateRawSync } from 'node:zlib'
import { makeCalculator } from './calculator.mjs'
import { launched } from './docs/browser.mjs'
import { bundled, options } from './page.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, at: { type: 'string' } },
})
const [folder] = positionals
if (folder === undefined) throw new Error('name a folder for the pictures: node scripts/screens.mjs FOLDER')

/** Longer ones stop here on a sheet. */
const TALLEST = 4_000
const SHEET_WIDTH = 320

const program = await bundled(new Set(), 'src/page/calculator/plan.ts', { ...options, format: 'esm' })
const { FIRST_PLAN } = await import(`data:text/javascript,${encodeURIComponent(program)}`)
const FEW = FIRST_PLAN.replace('trials: 100k', 'trials: 4096')
const fragmentOf = (plan) => `#plan=${deflateRawSync(plan).toString('base64url')}`

/** The plan without the offers of these names. */
const without = (plan, ...names) =>
  names.reduce((text, name) => text.replace(new RegExp(`^  ${name}:\\n(?: {4}.*\\n)+`, 'm'), ''), plan)
const offer = (k) =>
  `  offer-${k}:\n    title: Vendor ${k}\n    charges: [{ meter: resolutions, price: ${(0.9 + k / 50).toFixed(2)} }]\n`

const settled = (page, states = ['done', 'failed']) =>
  page.waitForFunction((wanted) => wanted.includes(document.body.dataset.state), states, { timeout: 300_000 })
const opened = (page, plan) => page.evaluate((hash) => location.assign(hash), fragmentOf(plan))
const press = (page, name) => page.getByRole('button', { name, exact: true }).click()

/** Each state: its plan, and what is done once its answer stands. */
const STATES = {
  first: { plan: FIRST_PLAN },
  clear: { plan: FEW.replace('60% to 70%', '68% to 78%') },
  leaning: { plan: FEW.replace('60% to 70%', '63% to 70%') },
  total: { plan: FEW.replace('seed: fy2027', 'seed: fy2027, measure: total') },
  'one-offer': { plan: without(FEW, 'per-conversation', 'zendesk') },
  'no-offers': { plan: FEW, after: (page) => opened(page, FEW.replace(/^offers:\n(?: {2,}.*\n)+/m, 'offers: {}\n')) },
  error: { plan: FEW, after: (page) => opened(page, FEW.replace('ceiling: 85%', 'ceiling: 185%')) },
  recomputing: {
    plan: FEW,
    rests: false,
    after: async (page) => {
      await opened(page, FIRST_PLAN.replace('trials: 100k', 'trials: 4m').replace('60% to 70%', '61% to 70%'))
      await page.locator('.status', { hasText: 'refining' }).waitFor()
    },
  },
  segments: { plan: FEW, after: (page) => press(page, 'Split into segments') },
  team: { plan: FEW, after: (page) => press(page, 'Pay a team') },
  editor: { plan: FEW, after: (page) => press(page, 'Whole plan'), ready: '.cm-content' },
  export: { plan: FEW, after: (page) => press(page, 'Export'), ready: '.exports' },
  quote: { plan: FEW, after: (page) => page.getByRole('button', { name: 'Type my quote' }).click(), ready: 'form.quote' },
  moved: {
    plan: FEW,
    rests: false,
    after: async (page) => {
      const handle = page.getByRole('slider', { name: 'Resolution rate in January 2027', exact: true })
      await handle.scrollIntoViewIfNeeded()
      const { x, y, width, height } = await handle.boundingBox()
      await page.mouse.move(x + width * 0.58, y + height / 2)
      await page.mouse.down()
      await page.mouse.move(x + width * 0.3, y + height / 2, { steps: 4 })
      await settled(page, ['quick', 'final'])
    },
  },
  csv: {
    plan: FEW,
    after: (page) => page.getByLabel('Drop a CSV of past months').setInputFiles('examples/data/cfpb-complaints-monthly.csv'),
    ready: '.fit',
  },
  '36-months': { plan: FEW.replace('months: 12', 'months: 36') },
  '12-offers': { plan: FEW.replace('offers:\n', `offers:\n${Array.from({ length: 9 }, (_, k) => offer(k + 1)).join('')}`) },
  variants: {
    plan: FEW,
    after: async (page) => {
      await press(page, 'Save variant')
      await opened(page, FEW.replace('60% to 70%', '68% to 78%'))
      await page.waitForTimeout(100)
      await settled(page)
      await press(page, 'Save variant')
    },
  },
}

async function picture(browser, address, [name, { plan, after, ready, rests = true }], { width, colorScheme }) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme })
  const page = await context.newPage()
  try {
    await page.goto(name === 'first' ? address : `${address}${fragmentOf(plan)}`)
    await settled(page)
    await after?.(page)
    if (ready) await page.waitForSelector(ready)
    if (rests) {
      await page.waitForTimeout(200)
      await settled(page)
    }
    const path = join(folder, `${width}-${colorScheme}-${name}.png`)
    // A dialog covers the window, and nothing below it.
    await page.screenshot({ path, fullPage: (await page.locator('dialog').count()) === 0, animations: 'disabled' })
    return { name, path }
  } finally {
    await context.close()
  }
}

async function sheet(browser, pictures, path) {
  const page = await browser.newPage({ viewport: { width: 1680, height: 900 } })
  const figures = pictures.map(({ name, path: file }) => {
    const data = readFileSync(file).toString('base64')
    return `<figure style="margin:4px;width:${SHEET_WIDTH}px"><figcaption>${name}</figcaption><img src="data:image/png;base64,${data}" style="width:100%;max-height:${TALLEST}px;border:1px solid #888"></figure>`
  })
  await page.setContent(
    `<body style="display:flex;flex-wrap:wrap;align-items:start;font:14px sans-serif">${figures.join('')}</body>`,
  )
  await page.screenshot({ path, fullPage: true })
  await page.close()
}

const screens = [1280, 820, 390]
  .flatMap((width) => ['light', 'dark'].map((colorScheme) => ({ width, colorScheme, name: `${width}-${colorScheme}` })))
  .filter(({ name }) => values.at === undefined || values.at.split(',').includes(name))
const states = Object.entries(STATES).filter(([name]) => values.only === undefined || values.only.split(',').includes(name))

mkdirSync(folder, { recursive: true })
const own = mkdtempSync(join(tmpdir(), 'billcast-screens-'))
await makeCalculator(own)
const browser = await launched()
try {
  for (const screen of screens) {
    const pictures = []
    for (const state of states)
      pictures.push(await picture(browser, pathToFileURL(join(own, 'calculator.html')).href, state, screen))
    await sheet(browser, pictures, join(folder, `sheet-${screen.name}.png`))
  }
} finally {
  await browser.close()
  rmSync(own, { recursive: true, force: true })
}
