// Is the stated error right if it decides which of two figures is stated? The smaller of two errors that are equal but for luck is 8% too small.
import seedrandom from 'seedrandom'
import { describe, expect, it } from 'vitest'
import { sharperChances, sharperOf } from '../../src/summary/sharper.ts'
import type { Estimate } from '../../src/summary/summary.ts'

const REPLICATES = 32
const DRAWN = 8_000
const BY = 'preintegration'

const generator = seedrandom('two sources')
/** A normal number (Box and Muller). */
const normal = (): number => Math.sqrt(-2 * Math.log(1 - generator())) * Math.cos(2 * Math.PI * generator())

/** A figure whose replicates show its error: 0 on average, with a true error of 1. */
function drawn(): Estimate {
  const all = Array.from({ length: REPLICATES }, () => Math.sqrt(REPLICATES) * normal())
  const value = all.reduce((sum, x) => sum + x, 0) / REPLICATES
  const squares = all.reduce((sum, x) => sum + (x - value) * (x - value), 0)
  return { value, se: Math.sqrt(squares / (REPLICATES - 1) / REPLICATES) }
}

const PAIRS = Array.from({ length: DRAWN }, () => [drawn(), drawn()] as const)
const scaled = ({ value, se }: Estimate, factor: number): Estimate => ({ value: factor * value, se: factor * se })
const square = (total: number, x: number): number => total + x * x

/** 2% as promised, and three standard errors of the ratio. */
const FAR = 0.02 + 3 / Math.sqrt(2 * DRAWN)

/**
 * Compares the root mean square of actual errors with that of the stated ones.
 * @param state states one of two figures with the true errors 1 and `share`
 */
function expectHonest(share: number, state: (sampled: Estimate, integrated: Estimate) => Estimate): void {
  const stated = PAIRS.map(([one, other]) => state(one, { ...scaled(other, share), by: BY }))
  const ratio = Math.sqrt(stated.map(({ value }) => value).reduce(square, 0) / stated.map(({ se }) => se).reduce(square, 0))
  expect(ratio).toBeGreaterThan(1 - FAR)
  expect(ratio).toBeLessThan(1 + FAR)
}

describe('the figure with the smaller error', () => {
  it.each([0.5, 0.8, 0.9, 1, 1.1, 1.3, 2])('has an honest error if the integrated one is truly %s of the sampled one', (share) => {
    expectHonest(share, sharperOf)
  })

  it.each([0.4, 0.6, 0.65, 0.7, 0.8, 1])(
    'among odds has an honest error if the integrated one is truly %s of the sampled one',
    (share) => {
      const chance = (value: number, se: number) =>
        ({ estimate: { value, se, by: BY }, nets: REPLICATES, unproven: false }) as const
      expectHonest(share, (sampled, integrated) => {
        const [one, other] = [scaled(sampled, 1e-4), scaled(integrated, 1e-4)]
        const [odds] = sharperChances(
          [
            { value: 0.3 + one.value, se: one.se },
            { value: 0.7 - one.value, se: one.se },
          ],
          [chance(0.3 + other.value, other.se), chance(0.7 - other.value, other.se)],
          1_000_000,
        )
        return scaled({ value: odds.value - 0.3, se: odds.se }, 1e4)
      })
    },
  )

  it('keeps its error where luck decides nothing', () => {
    expect(sharperOf({ value: 1, se: 1 }, { value: 1, se: 0.4, by: BY })).toEqual({ value: 1, se: 0.4, by: BY })
    expect(sharperOf({ value: 1, se: 1 }, { value: 1, se: 2.5, by: BY })).toEqual({ value: 1, se: 1 })
    expect(sharperOf({ value: 1, se: 1 }, undefined)).toEqual({ value: 1, se: 1 })
    expect(sharperOf({ value: 1, se: 0 }, { value: 1, se: 0, by: BY })).toEqual({ value: 1, se: 0 })
  })

  it('is the sampled one, with its own error, if both are far apart', () => {
    expect(sharperOf({ value: 1, se: 1 }, { value: 9, se: 0.8, by: BY })).toEqual({ value: 1, se: 1 })
  })
})
