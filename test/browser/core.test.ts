// billcast/core in Chromium, from two files that any web server could serve: no bundler and no package. Large runs work on Web Workers, with
// shared memory where the page is isolated, and without it elsewhere.
import { readFileSync } from 'node:fs'
import { simulate } from 'billcast'
import { describe, expect, it } from 'vitest'
import { coreServer } from './core-server.ts'
import { browserAndFolder } from './setup.ts'

const { browser } = browserAndFolder()
const server = coreServer()

interface Loaded {
  readonly core: typeof import('../../src/api/index.ts')
}

const plan = readFileSync('examples/annual-budget.yaml', 'utf8')
const files = { 'data/plan-2027.csv': readFileSync('examples/data/plan-2027.csv', 'utf8') }

const opened = (path: string) => server.opened(browser(), path)

describe('billcast/core', () => {
  it('gives the figures of Node to the last bit, and says what it lacks', async () => {
    const page = await opened('/')
    const found = await page.evaluate(
      async ([text, given]) => {
        const { core } = window as unknown as Loaded
        const result = await core.simulate(text, { trials: 4_096, files: given })
        const refused = (work: Promise<unknown>) =>
          work.then(String, (error: unknown) => `${String(error)} ${error instanceof core.UsageError}`)
        const chart = result.chart('fan', 'fin')
        const values = [result, chart, result.difference('fin', 'zendesk'), core.distribution('1 to 3')]
        return {
          summary: JSON.stringify(result.summary),
          names: values.map((value) => Object.prototype.toString.call(value)),
          title: chart.title,
          drawn: await refused(chart.toSVG()),
          report: await refused(result.report()),
          markdown: await result.report('md'),
        }
      },
      [plan, files] as const,
    )
    const node = await simulate(plan, { trials: 4_096, folder: 'examples' })
    expect(found).toEqual({
      summary: JSON.stringify(node.summary),
      // A page's inspector shows them, where the names of classes are short.
      names: ['[object SimulationResult]', '[object Chart]', '[object Difference]', '[object RandomValue]'],
      title: node.chart('fan', 'fin').title,
      drawn:
        "UsageError: billcast/core draws charts after import 'billcast/core/vega'. `chart.spec` suits a Vega-Lite of your own true",
      report: "UsageError: billcast/core writes no HTML reports. Call report('md'), or import from 'billcast' true",
      markdown: await node.report('md'),
    })
    await page.close()
  })

  it('draws charts with billcast/core/vega: they and results are elements', async () => {
    const page = await opened('/')
    await page.addScriptTag({ type: 'module', content: "import '/core/vega.js'\nwindow.brought = true" })
    await page.waitForFunction(() => 'brought' in window)
    const sizes = await page.evaluate(
      async ([text, given]) => {
        const result = await (window as unknown as Loaded).core.simulate(text, { trials: 4_096, files: given })
        const shown = [result.element(), await result.chart('fan', 'fin').element(), await result.chart('s-curve', 'fin').element()]
        document.body.append(...shown)
        return shown.map((element) => element.querySelector('table, svg.marks')?.getBoundingClientRect().height)
      },
      [plan, files] as const,
    )
    for (const height of sizes) expect(height).toBeGreaterThan(100)
    await page.close()
  })

  it.each([
    { path: '/', isolated: false, workers: 3, notes: 0 },
    { path: '/isolated/', isolated: true, workers: 3, notes: 0 },
    { path: '/strict/', isolated: false, workers: 0, notes: 1 },
  ])(
    'runs on $workers workers on $path, of which one starts the others, also after a run that was stopped',
    async ({ path, isolated, workers, notes }) => {
      const page = await opened(path)
      const found = await page.evaluate(
        async ([text, given]) => {
          const { core } = window as unknown as Loaded
          const options = { trials: 20_000, threads: 2, files: given }
          const stop = new AbortController()
          let progress = 0
          const stopped = await core
            .simulate(text, {
              ...options,
              trials: 10_000_000,
              keepTrials: false,
              signal: stop.signal,
              onProgress(done) {
                progress = done
                stop.abort(new Error('superseded'))
              },
            })
            .then(String, (error: Error) => error.message)
          const result = await core.simulate(text, options)
          const columns = result.trials()
          return {
            isolated: crossOriginIsolated,
            stopped,
            advanced: progress > 0 && progress < 10_000_000,
            summary: JSON.stringify(result.summary),
            last: columns.getChild('fin')?.get(columns.numRows - 1) as number,
            notes: result.warnings.filter((words) => words.includes('starts no workers')).length,
          }
        },
        [plan, files] as const,
      )
      const node = await simulate(plan, { trials: 20_000, folder: 'examples' })
      const columns = node.trials()
      expect(found).toEqual({
        isolated,
        stopped: 'superseded',
        advanced: true,
        summary: JSON.stringify(node.summary),
        last: columns.getChild('fin')?.get(columns.numRows - 1),
        notes,
      })
      // The workers of the run that was stopped end a moment later.
      await expect.poll(() => page.workers().length, { timeout: 20_000 }).toBe(workers)
      await page.close()
    },
  )

  it('answers questions on a worker, with the figures and errors of the page', async () => {
    const page = await opened('/')
    const found = await page.evaluate(async () => {
      const { core } = window as unknown as Loaded
      const priced = (charge: object) => ({
        conversations: { base: '45k to 60k', noise: { cv: '8%' } },
        resolution: { rate: '60% to 70%' },
        offers: { fin: { charges: [charge] }, flat: { charges: [{ meter: 'conversations', price: 0.65 }] } },
      })
      const own = priced({ meter: 'resolutions', price: 0.99 })
      const answerOn = async (threads: number) =>
        JSON.stringify(await core.breakEven(own as never, 'offers.fin.price', ['fin', 'flat'], { trials: 65_536, threads }))
      const refused = (work: Promise<unknown>) =>
        work.then(String, (error: unknown) => `${String(error)} ${error instanceof core.UsageError}`)
      const stop = new AbortController()
      const progress: number[] = []
      const stopped = await refused(
        core.optimize(own as never, {
          ...{ offer: 'fin', minimize: 'mean', vary: { 'offers.fin.price': [0.5, 1] }, trials: 1_048_576, signal: stop.signal },
          onProgress(done) {
            progress.push(done)
            stop.abort(new Error('superseded'))
          },
        }),
      )
      const rule = core.defineCharge({ id: 'odd', version: 1, counts: 'resolutions', bill: ({ resolutions }) => resolutions })
      const ruled = await core.sweep(
        priced({ ...rule, price: 1 }) as never,
        { 'offers.fin.price': [1] },
        { trials: 1_024, threads: 2 },
      )
      return {
        same: (await answerOn(1)) === (await answerOn(2)),
        wrong: await refused(core.breakEven(own as never, 'offers.none.price', ['fin', 'flat'], { threads: 2 })),
        stopped,
        reported: progress.length,
        rows: ruled.numRows,
      }
    })
    expect(found).toMatchObject({ same: true, stopped: 'Error: superseded false', reported: 1, rows: 2 })
    expect(found.wrong).toMatch(/^UsageError: .* true$/)
    expect(page.workers()).toHaveLength(1)
    await page.close()
  })

  it('answers questions on the thread of a page that allows no workers', async () => {
    const page = await opened('/strict/')
    const rows = await page.evaluate(async () => {
      const plan = {
        conversations: { base: '45k to 60k' },
        offers: { flat: { charges: [{ meter: 'conversations', price: 0.65 }] } },
      }
      const { core } = window as unknown as Loaded
      const table = await core.sweep(plan as never, { 'conversations.base': [45_000, 50_000] }, { trials: 1_024, threads: 2 })
      return table.numRows
    })
    expect(rows).toBe(2)
    expect(page.workers()).toHaveLength(0)
    await page.close()
  })
})
