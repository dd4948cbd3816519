// The golden figures of all scenarios, without threads and on threads of the built package: the same bits.
import { readFileSync } from 'node:fs'
import { type Summary, simulate } from 'billcast'
import { describe, expect, it } from 'vitest'
import { long } from '../effort.ts'
import { simulate as simulateHere } from '../simulate.ts'
import { type Golden, type GoldenScenario, goldenFaults, goldenFigures } from '../stability/golden.mjs'

const read = (name: string): unknown => JSON.parse(readFileSync(`test/stability/${name}`, 'utf8'))
const golden = read('golden.json') as Golden
const renames = read('renames.json') as Record<string, string>
const scenarios = read('scenarios.json') as GoldenScenario[]

describe('golden figures', () => {
  /** By their scenario. */
  const summaries = new Map<object, Summary>()
  const keeping: typeof simulateHere = async (scenario, options) => {
    const result = await simulateHere(scenario, options)
    summaries.set(scenario as object, result.summary)
    return result
  }

  it('of twenty-one scenarios equal those in golden.json', async () => {
    const found = await goldenFigures(keeping, scenarios)
    expect(found.scenarios).toEqual(golden.scenarios)
    expect(found.scenarios).toHaveLength(21)
    expect(goldenFaults(golden, found, renames)).toEqual([])
  })

  it('contain only finite numbers, even for extreme plans', () => {
    const wrong: string[] = []
    const walk = (node: unknown, path: string): void => {
      // JSON writes what is not finite as null.
      if (node === null || (typeof node === 'number' && !Number.isFinite(node))) wrong.push(`${path} is ${String(node)}`)
      else if (typeof node === 'object') for (const [key, value] of Object.entries(node)) walk(value, `${path}.${key}`)
    }
    expect(summaries.size).toBe(21)
    for (const { name, scenario } of scenarios) walk(summaries.get(scenario), name)
    expect(wrong).toEqual([])
  })

  it.each(long ? Array.from({ length: 16 }, (_, k) => k + 1) : [3])('are the same on %i threads', async (threads) => {
    const found = await goldenFigures(simulate, scenarios, { threads })
    expect(found.scenarios).toHaveLength(21)
    expect(goldenFaults(golden, found, renames)).toEqual([])
  })
})
