// Runs leave a page free: no task of its own thread takes more than 50 ms of CPU, neither before nor after the trials. Also CPU
// time grows on a busy machine, so that only the long tests hold the 50 ms. The others compare with a run on the thread of the page.
import { readFileSync } from 'node:fs'
import { simulate } from 'billcast'
import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { long } from '../effort.ts'
import { coreServer } from './core-server.ts'
import { browserAndFolder } from './setup.ts'
import { markIn, traced, type Traced } from './traced.ts'

/** Milliseconds of CPU after which a page seems to hang, and the part of a run on the page's own thread that takes as long on a quiet machine. */
const MOST = { milliseconds: 50, part: 1 / 4 }

const { browser } = browserAndFolder()
const server = coreServer()
let onPage: Traced
beforeAll(async () => {
  onPage = await tracedOnPage()
})

/** The pieces of work with tasks that are too long. */
const tooLong = (longest: Traced['longest']) => {
  const most = long ? MOST.milliseconds : Math.max(MOST.milliseconds, MOST.part * onPage.longest.run)
  return Object.entries(longest).filter(([, milliseconds]) => milliseconds > most)
}

interface Loaded {
  readonly core: typeof import('../../src/api/index.ts')
  readonly mark: (name: string) => Promise<void>
}

async function opened(path: string): Promise<Page> {
  const page = await server.opened(browser(), path, ['/core/vega.js'])
  await markIn(page)
  return page
}

const plan = readFileSync('examples/annual-budget.yaml', 'utf8')
const files = { 'data/plan-2027.csv': readFileSync('examples/data/plan-2027.csv', 'utf8') }
const channels = readFileSync('examples/channels.yaml', 'utf8')

/** A million on each kind of page in the long tests. */
const RUNS: readonly (readonly [string, number])[] = long
  ? ['/', '/isolated/'].map((path) => [path, 1_000_000])
  : [['/isolated/', 200_000]]

it.each(RUNS)('a page at %s stays free during %i trials, and while it asks for figures, charts and files', async (path, trials) => {
  const page = await opened(path)
  let summary = ''
  const { longest, workers } = await traced(browser(), async () => {
    summary = await page.evaluate(
      async ([text, given, segmented, count]) => {
        const { core, mark } = window as unknown as Loaded
        await mark('run')
        const result = await core.simulate(text, { trials: count, threads: 2, files: given })
        await mark('summary')
        const found = JSON.stringify(result.summary)
        await mark('budget')
        result.budget('fin', 0.8)
        await mark('own percentile')
        result.budget('fin', 0.37)
        await mark('difference')
        result.difference('fin', 'zendesk')
        await mark('table')
        document.body.append(result.element())
        await mark('bars')
        document.body.append(await result.chart('bars').element())
        await mark('distributions')
        await result.chart('distributions').toSVG()
        const { background } = result
        for (const ask of ['dominance', 'compare', 'ledger', 'paths'] as const) {
          await mark(`background ${ask}`)
          await background[ask]()
        }
        await mark('background winners')
        await background.winners('conversations', 'rate')
        for (const file of ['toArrow', 'toCSV', 'toXLSX'] as const) {
          await mark(file)
          await result[file]()
        }
        await mark('sweep')
        await core.sweep(text, { 'resolution.rate': [0.6, 0.7] }, { files: given })
        await mark('plan with segments and people')
        await core.simulate(segmented, { trials: count, threads: 2 })
        await mark('end')
        return found
      },
      [plan, files, channels, trials] as const,
    )
  })
  // Two for the runs, one that compiles and summarizes, and one for questions. Those that have ended meanwhile count too.
  expect(workers).toBeGreaterThanOrEqual(4)
  expect(Object.keys(longest)).toHaveLength(19)
  expect(tooLong(longest)).toEqual([])
  expect(summary).toBe(JSON.stringify((await simulate(plan, { trials, folder: 'examples' })).summary))
  await page.close()
})

/** A run on the thread of the page. */
async function tracedOnPage(): Promise<Traced> {
  const page = await opened('/')
  const found = await traced(browser(), () =>
    page.evaluate(
      async ([text, given]) => {
        const { core, mark } = window as unknown as Loaded
        await mark('run')
        await core.simulate(text, { trials: 65_536, threads: 1, files: given })
        await mark('end')
      },
      [plan, files] as const,
    ),
  )
  await page.close()
  return found
}

it('a run on the thread of the page takes long tasks, which the trace shows', () => {
  expect(onPage.workers).toBe(0)
  expect(onPage.longest.run).toBeGreaterThan(2 * MOST.milliseconds)
})

it('the calculator leaves its page free while it loads and while a slider moves', async () => {
  const page = await browser().newPage()
  await page.addInitScript(() => performance.mark('billcast load'))
  const { longest } = await traced(browser(), async () => {
    await page.goto(server.address('/calculator/'))
    await page.waitForFunction(() => /\$[\d,]{5}/.test(document.body.innerText))
    await markIn(page)
    await page.evaluate(() => (window as unknown as Loaded).mark('drag'))
    const slider = page.locator('input[type=range]').first()
    await slider.focus()
    for (let step = 0; step < 20; step++) {
      await page.keyboard.press('ArrowRight')
      await page.waitForTimeout(40)
    }
    await page.evaluate(() => (window as unknown as Loaded).mark('end'))
  })
  expect(Object.keys(longest)).toEqual(['load', 'drag', 'end'])
  expect(tooLong(longest)).toEqual([])
  await page.close()
})
