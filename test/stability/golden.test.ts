// Twenty scenarios whose summaries never change by accident. Other runtimes are held to the same file by .ci/run, test/long and test/browser.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Summary, simulate } from 'billcast'
import { describe, expect, it } from 'vitest'
import { long } from '../effort.ts'
import { simulate as simulateHere } from '../simulate.ts'
import { goldenHashes } from './golden.mjs'

const read = (name: string): string => readFileSync(`test/stability/${name}`, 'utf8')
const golden = JSON.parse(read('golden.json')) as Record<string, string>
const scenarios = JSON.parse(read('scenarios.json')) as { name: string; scenario: object; options: object }[]

const HOW_TO_CHANGE = `The figures of a scenario have changed. If that is not what you meant, find the change and take it back.
If it is: node test/stability/print.mjs > test/stability/golden.json, and a line in CHANGELOG.md that begins with "Golden figures",
names the new file's hash (this test tells it) and says why. docs/reliability.md tells when that may be done.`

describe('golden figures', () => {
  /** By the name of their scenario. */
  const summaries = new Map<object, Summary>()
  const keeping: typeof simulateHere = async (scenario, options) => {
    const result = await simulateHere(scenario, options)
    summaries.set(scenario as object, result.summary)
    return result
  }

  it('of twenty scenarios are those of golden.json', async () => {
    expect(scenarios).toHaveLength(20)
    expect(await goldenHashes(keeping, scenarios), HOW_TO_CHANGE).toEqual(golden)
  }, 60_000)

  it.each(long ? Array.from({ length: 16 }, (_, k) => k + 1) : [3])(
    'on %i threads too',
    async (threads) => {
      const few = long ? scenarios : scenarios.slice(0, 2)
      const hashes = await goldenHashes(simulate, few, { threads })
      expect(hashes).toEqual(Object.fromEntries(few.map(({ name }) => [name, golden[name]])))
    },
    60_000,
  )

  it('hold no number that is none, whatever the extremes', () => {
    const wrong: string[] = []
    const walk = (node: unknown, path: string): void => {
      // JSON writes what is not finite as null.
      if (node === null || (typeof node === 'number' && !Number.isFinite(node))) wrong.push(`${path} is ${String(node)}`)
      else if (typeof node === 'object') for (const [key, value] of Object.entries(node)) walk(value, `${path}.${key}`)
    }
    expect(summaries.size).toBe(20)
    for (const { name, scenario } of scenarios) walk(summaries.get(scenario), name)
    expect(wrong).toEqual([])
  })

  it('never change without a line in the changelog', () => {
    const hash = createHash('sha256').update(read('golden.json')).digest('hex').slice(0, 12)
    expect(readFileSync('CHANGELOG.md', 'utf8'), HOW_TO_CHANGE).toMatch(new RegExp(`Golden figures \`${hash}\`[^\\n]*: \\S`))
  })
})
