// Shares of a run's blocks: all of them, once, whatever the plan.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { blocksOfShard } from '../../src/run/shard.ts'
import { everyBlock } from '../../src/run/tally.ts'
import { METHODS, planTrials } from '../../src/numerics/random/plan.ts'
import { effort } from '../effort.ts'

it('the shards of a run contain every block once, in nearly equal numbers', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...METHODS),
      fc.integer({ min: 1, max: 3_000_000 }),
      fc.integer({ min: 1, max: 200 }),
      (method, trials, count) => {
        const plan = planTrials(trials, method)
        const shares = Array.from({ length: count }, (_, k) => blocksOfShard(plan, k + 1, count))
        const sizes = shares.map((ranges) => ranges.reduce((sum, { from, to }) => sum + to - from, 0))
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
        const seen = new Set(
          shares
            .flat()
            .flatMap(({ replicate, from, to }) => Array.from({ length: to - from }, (_, k) => `${replicate}:${from + k}`)),
        )
        const all = everyBlock(plan).reduce((sum, { from, to }) => sum + to - from, 0)
        expect(seen.size).toBe(all)
        expect(sizes.reduce((a, b) => a + b, 0)).toBe(all)
      },
    ),
    effort(100, 5_000),
  )
})
