// A million trials leave a page free: no task of its own thread takes more than 50 ms of CPU, neither before nor after the trials.
import { readFileSync } from 'node:fs'
import { simulate } from 'billcast'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { coreServer } from './core-server.ts'
import { browserAndFolder } from './setup.ts'
import { markIn, traced } from './traced.ts'

/** Milliseconds of CPU after which a page seems to hang. */
const MOST = 50

const { browser } = browserAndFolder()
const server = coreServer()

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

it.each(['/', '/isolated/'])('a million trials, their figures, charts and files leave a page at %s free', async (path) => {
  const page = await opened(path)
  let summary = ''
  const { longest, workers } = await traced(browser(), async () => {
    summary = await page.evaluate(
      async ([text, given, segmented]) => {
        const { core, mark } = window as unknown as Loaded
        await mark('run')
        const result = await core.simulate(text, { trials: 1_000_000, threads: 2, files: given })
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
        await core.simulate(segmented, { trials: 1_000_000, threads: 2 })
        await mark('end')
        return found
      },
      [plan, files, channels] as const,
    )
  })
  // Two for the runs, one that compiles and summarizes, and one for questions. Those that have ended meanwhile count too.
  expect(workers).toBeGreaterThanOrEqual(4)
  expect(Object.keys(longest)).toHaveLength(19)
  expect(Object.entries(longest).filter(([, milliseconds]) => milliseconds > MOST)).toEqual([])
  expect(summary).toBe(JSON.stringify((await simulate(plan, { trials: 1_000_000, folder: 'examples' })).summary))
  await page.close()
})

it('a run on the thread of the page takes long tasks, which the trace shows', async () => {
  const page = await opened('/')
  const { longest, workers } = await traced(browser(), () =>
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
  expect(workers).toBe(0)
  expect(longest.run).toBeGreaterThan(MOST)
  await page.close()
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
  expect(Object.entries(longest).filter(([, milliseconds]) => milliseconds > MOST)).toEqual([])
  await page.close()
})
