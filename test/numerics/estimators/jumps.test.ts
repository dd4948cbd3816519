// The error that stratified points leave of a jump, by counting.
import seedrandom from 'seedrandom'
import { describe, expect, it } from 'vitest'
import { jumpError, rareError } from '../../../src/numerics/estimators/jumps.ts'

const rms = (values: readonly number[]) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length)

describe('the error that stratified points leave at a jump', () => {
  it.each([
    [0.01, 32, 512],
    [0.0101, 32, 4_096],
    [1 / 3, 8, 1_024],
    [0.9999, 32, 256],
  ])('is that of the counts at %f with %i nets of %i points', (u, replicates, points) => {
    const random = seedrandom('strata')
    // One point in each of n equal parts of a net, uniform within.
    const share = () => {
      let below = 0
      for (let net = 0; net < replicates; net++) {
        const whole = Math.floor(u * points)
        below += whole + (random() < u * points - whole ? 1 : 0)
      }
      return below / (replicates * points)
    }
    const errors = Array.from({ length: 4_000 }, () => share() - u)
    expect(jumpError([u], replicates, points) / rms(errors)).toBeCloseTo(1, 1)
  })
  it('is the largest of several jumps, and 0 without replicates or if their spread shows it', () => {
    expect(jumpError([0.01, 0.0001], 32, 4_096)).toBe(jumpError([0.01], 32, 4_096))
    expect(jumpError([0.01], undefined, 4_096)).toBe(0)
    expect(jumpError([0.5], 32, 4_096)).toBe(0)
    expect(jumpError([0.5], 32, 1)).toBe(0)
    expect(jumpError([], 32, 4_096)).toBe(0)
  })
})

describe('the error that unstratified points leave for a rare event', () => {
  it('is the square root of the expected number while that is small', () => {
    expect(rareError([0.001, 0.5], 1_000)).toBeCloseTo(0.001)
    expect(rareError([0.999], 4_000)).toBeCloseTo(0.0005)
    expect(rareError([0.02], 1_000)).toBe(0)
  })
})
