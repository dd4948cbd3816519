// Minutes of mutated scenarios, other ones every time: a failure prints the seed and the smallest input that still fails.
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { anyInput } from '../scenario/mutations.ts'
import { reading } from '../scenario/reading.ts'
import { Watchdog } from './watchdog.ts'

const MINUTES = 4

describe('any text that is read as a scenario', () => {
  const watchdog = new Watchdog(60)
  afterAll(() => watchdog.close())

  it(
    'runs, or is refused with an error for people',
    async () => {
      const outcomes = new Map<string, number>()
      const property = fc.asyncProperty(anyInput, async (input) => {
        const text = typeof input === 'string' ? input : fc.stringify(input)
        const outcome = await watchdog.watch(text, () => reading(input))
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      })
      await fc.assert(property, { numRuns: 1_000_000, interruptAfterTimeLimit: MINUTES * 60_000, markInterruptAsFailure: false })
      console.log(`scenarios by outcome: ${[...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(', ')}`)
      expect(outcomes.get('run')).toBeGreaterThan(100)
    },
    (MINUTES + 15) * 60_000,
  )
})
