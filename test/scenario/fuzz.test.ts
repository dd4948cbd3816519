// Reads a few mutated plans. test/long/fuzz.test.ts reads many.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyInput } from './mutations.ts'
import { reading } from './reading.ts'

describe('any input', () => {
  it('either runs, or is refused by a ScenarioError or UsageError', async () => {
    const outcomes = new Map<string, number>()
    const property = fc.asyncProperty(anyInput, async (input) => {
      const outcome = await reading(input)
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    })
    await fc.assert(property, { numRuns: 60, seed: 20_270_101 })
    // If nearly all inputs were refused, the test would say little.
    expect(outcomes.get('run')).toBeGreaterThan(2)
    expect(outcomes.get('refused')).toBeGreaterThan(20)
  })

  it('is quoted without control characters, even in names', async () => {
    expect(await reading('"\\e[2J": 1')).toBe('refused')
  })

  it('is refused if it contains a BigInt', async () => {
    expect(await reading({ conversations: { base: 1n }, offers: {} })).toBe('refused')
  })
})
