import { describe, expect, it } from 'vitest'
import { firstTrial, planTrials, trialsIn } from '../../../src/numerics/random/plan.ts'

describe('the plan of a net', () => {
  it.each([
    [1_000_000, 62, 16_384],
    [65_536, 32, 2_048],
    [1_024, 32, 32],
    [100, 50, 2],
    [64, 32, 2],
    [63, 63, 1],
    [1, 32, 1],
    [63 * 2 ** 32, 63, 2 ** 32],
  ])('turns %d trials into %d replicates of %d points', (trials, replicates, points) => {
    expect(planTrials(trials, 'sobol')).toMatchObject({ replicates, points, trials: replicates * points, log2: Math.log2(points) })
    expect(planTrials(trials, 'latin')).toMatchObject({ replicates, points })
  })
  it('adds at most 1/32 to the trials from 1,024 on', () => {
    for (let trials = 1024; trials < 2 ** 37; trials = Math.ceil(trials * 1.01)) {
      const plan = planTrials(trials, 'sobol')
      expect(plan.trials).toBeGreaterThanOrEqual(trials)
      expect(plan.trials).toBeLessThanOrEqual(trials * (1 + 1 / 32))
      expect(plan.replicates).toBeGreaterThanOrEqual(32)
      expect(plan.replicates).toBeLessThan(64)
    }
  })
  it('refuses more points per replicate than the sequence has', () => {
    expect(() => planTrials(63 * 2 ** 32 + 1, 'sobol')).toThrow('trials')
  })
})

describe('the plan of random numbers', () => {
  it('runs exactly the requested trials, but at least 32', () => {
    expect(planTrials(1_000_003, 'random').trials).toBe(1_000_003)
    expect(planTrials(5, 'random').trials).toBe(32)
    expect(planTrials(2 ** 52, 'random').trials).toBe(2 ** 52)
  })
})

describe('any plan', () => {
  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 52 + 1])('refuses %d trials', (trials) => {
    for (const method of ['sobol', 'latin', 'random'] as const)
      expect(() => planTrials(trials, method)).toThrow('trials: expected a whole number from 1 to 2^52')
  })
  it.each([32, 33, 1000, 1024, 65_537, 100_000, 1_000_003])('counts each of %d trials once, in order', (trials) => {
    for (const method of ['sobol', 'latin', 'random'] as const) {
      const plan = planTrials(trials, method)
      let next = 0
      for (let replicate = 0; replicate < plan.replicates; replicate++) {
        for (let block = 0; block < plan.blocksPerReplicate; block++) {
          const count = trialsIn(plan, replicate, block)
          if (count > 0) expect(firstTrial(plan, replicate, block)).toBe(next)
          next += count
        }
      }
      expect(next).toBe(plan.trials)
    }
  })
})
