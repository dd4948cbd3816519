// The golden figures on threads of the built package: the same bits.
import { readFileSync } from 'node:fs'
import { simulate } from 'billcast'
import { describe, expect, it } from 'vitest'
import { long } from '../effort.ts'
import { type Golden, type GoldenScenario, goldenFaults, goldenFigures } from '../stability/golden.mjs'

const read = (name: string): unknown => JSON.parse(readFileSync(`test/stability/${name}`, 'utf8'))
const golden = read('golden.json') as Golden
const renames = read('renames.json') as Record<string, string>
const scenarios = read('scenarios.json') as GoldenScenario[]

describe('golden figures', () => {
  it.each(long ? Array.from({ length: 16 }, (_, k) => k + 1) : [3])('are the same on %i threads', async (threads) => {
    const found = await goldenFigures(simulate, scenarios, { threads })
    expect(found.scenarios).toHaveLength(20)
    expect(goldenFaults(golden, found, renames)).toEqual([])
  })
})
