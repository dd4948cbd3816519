// The library in a browser: bundled as an application would, with nothing of Node in it, and the figures of Node.
import { readFileSync } from 'node:fs'
import { simulate } from 'billcast'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { expect, it } from 'vitest'
import { type Golden, type GoldenScenario, goldenFaults, goldenOf } from '../stability/golden.mjs'

it('simulates in Chromium what Node simulates, to the last bit', async () => {
  const { outputFiles } = await build({
    stdin: { contents: "export * from 'billcast'; export { figuresOf } from './test/stability/golden.mjs'", resolveDir: '.' },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'billcast',
    platform: 'browser',
    // As in a reader's own project: the paths of this one would lead to Node's platform.
    tsconfigRaw: {},
    alias: { 'csv-parse/sync': 'csv-parse/browser/esm/sync' },
    logLevel: 'error',
  })
  const plan = readFileSync('examples/annual-budget.yaml', 'utf8')
  const files = { 'data/plan-2027.csv': readFileSync('examples/data/plan-2027.csv', 'utf8') }
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    await page.addScriptTag({ content: outputFiles[0].text })
    const found = await page.evaluate(
      async ([text, given]) => {
        const { billcast } = window as unknown as { billcast: typeof import('../../src/api/index.ts') }
        const result = await billcast.simulate(text, { trials: 20_000, files: given })
        const svg = await result.chart('fan', 'fin').toSVG()
        return {
          summary: JSON.stringify(result.summary),
          rows: result.trials().numRows,
          drawn: svg.startsWith('<svg'),
          months: [...(await result.toParquet('months'))],
          report: await result.report('md'),
        }
      },
      [plan, files] as const,
    )
    const node = await simulate(plan, { trials: 20_000, folder: 'examples' })
    // Also the bytes of files, with hashes that this page cannot ask the browser for.
    const [months, report] = [[...(await node.toParquet('months'))], await node.report('md')]
    expect(found).toEqual({ summary: JSON.stringify(node.summary), rows: 20_480, drawn: true, months, report })
    // The golden figures; this page may not hash by itself.
    const read = (name: string): unknown => JSON.parse(readFileSync(`test/stability/${name}`, 'utf8'))
    const scenarios = read('scenarios.json') as GoldenScenario[]
    const named = await page.evaluate(async (list) => {
      const { billcast } = window as unknown as {
        billcast: typeof import('../../src/api/index.ts') & Pick<typeof import('../stability/golden.mjs'), 'figuresOf'>
      }
      const all: { name: string; figures: Record<string, string> }[] = []
      for (const { name, scenario, options } of list)
        all.push({ name, figures: billcast.figuresOf((await billcast.simulate(scenario as never, options)).summary) })
      return all
    }, scenarios)
    expect(named).toHaveLength(21)
    expect(
      goldenFaults(read('golden.json') as Golden, await goldenOf(named), read('renames.json') as Record<string, string>),
    ).toEqual([])
  } finally {
    await browser.close()
  }
}, 120_000)
