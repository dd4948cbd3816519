// Builds the pages of examples/ for Observable Framework and Observable Notebook Kit with the real tools, on the built package as users install
// it, and opens them in Chromium. Fails on an error in a page, on a chart or a table that it does not show, and on figures that are not Node's.
//   node scripts/observable.mjs [folder]    the folder receives a picture of each page
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { simulate } from 'billcast'
import { launched } from './docs/browser.mjs'
import { served } from './docs/served.mjs'

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const pictures = process.argv[2]

const HOMES = [
  { name: 'framework', source: 'src/index.md', command: 'observable', made: 'dist', page: '/' },
  { name: 'notebook-kit', source: 'three-offers.html', command: 'notebooks', made: '.observable/dist', page: '/three-offers.html' },
]
/** Milliseconds that a page has to show a result, on however busy a machine. */
const PATIENCE = 120_000
/** Pages load fonts from the network and ask for an icon, and do without. */
const HARMLESS = /ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED|status of 404/

const read = (name, file) => readFileSync(join(ROOT, 'examples', name, file), 'utf8')
const asUsersDo = { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, OBSERVABLE_TELEMETRY_DISABLE: '1' } }

/** The tools, in the versions of the examples, and the package: a copy, since Framework follows no link out of its folder. */
function install(work) {
  const tools = HOMES.flatMap(({ name }) => Object.entries(JSON.parse(read(name, 'package.json')).dependencies))
    .filter(([tool]) => tool !== 'billcast')
    .map((tool) => tool.join('@'))
  writeFileSync(join(work, 'package.json'), '{ "private": true, "type": "module" }')
  execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', ...tools], {
    ...asUsersDo,
    cwd: work,
  })
  const target = join(work, 'node_modules/billcast')
  for (const part of ['package.json', 'dist/api', 'dist/core']) cpSync(join(ROOT, part), join(target, part), { recursive: true })
}

function build(work, { name, command, source }) {
  const folder = join(work, name)
  cpSync(join(ROOT, 'examples', name), folder, { recursive: true })
  const what = command === 'observable' ? [] : [source]
  execFileSync(join(work, 'node_modules/.bin', command), ['build', ...what], { ...asUsersDo, cwd: folder })
}

/** Results by the text of their call, which both pages have alike. */
const expected = new Map()

/** The result that a page should show: of its own call, by Node. */
function expectedAt(price, { name, source }) {
  const call = /await simulate\(([\s\S]*?)\n\s*\)\n/.exec(read(name, source))
  if (!call) throw new Error(`${name}: there is no call of simulate`)
  const text = call[1].replace(/\s+/g, ' ')
  const key = `${price} ${text}`
  if (!expected.has(key)) {
    const [plan, options] = new Function('price', 'stop', `return [${text}]`)(price, new AbortController())
    expected.set(key, simulate(plan, options))
  }
  return expected.get(key)
}

/** What a page shows beside a result. */
const looks = (page, result) =>
  page.evaluate((html) => {
    const wanted = document.createElement('div')
    wanted.innerHTML = html
    const charts = [...document.querySelectorAll('svg.marks')]
    return {
      sameTable: document.querySelector('table')?.textContent === wanted.querySelector('table').textContent,
      charts: charts.filter((chart) => chart.getBoundingClientRect().height > 50 && chart.querySelector('.mark-rect, .mark-line'))
        .length,
      inspector: document.querySelector('.observablehq--collapsed')?.textContent.trim() ?? 'nothing',
    }
  }, result.toHTML())

function faults({ sameTable, charts, inspector }) {
  return [
    ...(sameTable ? [] : ["the table is not Node's"]),
    ...(charts === 2 ? [] : [`it shows ${charts} charts instead of 2`]),
    ...(inspector.startsWith('SimulationResult {') ? [] : [`its inspector shows ${inspector}`]),
  ]
}

/** Waits until a page shows a result, and @returns what stays wrong beside it: charts are drawn one after the other. */
async function shown(page, result) {
  const until = Date.now() + PATIENCE
  await page.waitForFunction((words) => document.body.innerText.includes(words), result.verdict().words, { timeout: PATIENCE })
  for (;;) {
    const wrong = faults(await looks(page, result))
    if (wrong.length === 0 || Date.now() > until) return wrong
    await page.waitForTimeout(200)
  }
}

/** @returns what is wrong with a page, before and after its slider has moved */
async function look(browser, work, home) {
  const site = await served(join(work, home.name, home.made))
  const page = await browser.newPage({ viewport: { width: 1100, height: 1200 } })
  const wrong = []
  page.on('pageerror', (error) => wrong.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !HARMLESS.test(message.text())) wrong.push(message.text())
  })
  try {
    await page.goto(site.address + home.page, { waitUntil: 'domcontentloaded' })
    wrong.push(...(await shown(page, await expectedAt(0.99, home))))
    if (page.workers().length === 0) wrong.push('it starts no worker')
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${home.name}.png`), fullPage: true })
    // As a hand moves it: the runs in between are superseded.
    for (const price of [0.9, 0.8]) {
      await page.evaluate((value) => {
        const slider = document.querySelector('input[type=range]')
        slider.value = value
        slider.dispatchEvent(new Event('input', { bubbles: true }))
      }, price)
      await page.waitForTimeout(50)
    }
    wrong.push(...(await shown(page, await expectedAt(0.8, home))))
  } finally {
    await page.close()
    await site.close()
  }
  return wrong
}

const work = mkdtempSync(join(tmpdir(), 'billcast-observable-'))
if (pictures !== undefined) mkdirSync(pictures, { recursive: true })
let failed = 0
try {
  install(work)
  for (const home of HOMES) build(work, home)
  const browser = await launched()
  try {
    for (const home of HOMES) {
      const wrong = await look(browser, work, home)
      for (const fault of wrong) console.error(`${home.name}: ${fault}`)
      if (wrong.length > 0) failed += 1
    }
  } finally {
    await browser.close()
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}
console.log(`observable: ${HOMES.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
