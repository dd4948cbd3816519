// The error that stratified points leave of a jump, by counting.
import seedrandom from 'seedrandom'
import { describe, expect, it } from 'vitest'
import { jumpError, type Jumps, rareError } from '../../../src/numerics/estimators/jumps.ts'

/** Jumps that all go as far. */
const even = (...at: readonly number[]): Jumps => ({ at, shares: at.map(() => 1 / at.length) })

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
    expect(jumpError([even(u)], replicates, points) / rms(errors)).toBeCloseTo(1, 1)
  })
  it('is the largest of several jumps, and 0 without replicates or if their spread shows it', () => {
    expect(jumpError([even(0.0001, 0.01)], 32, 4_096)).toBe(jumpError([even(0.01)], 32, 4_096))
    expect(jumpError([even(0.0001), even(0.01)], 32, 4_096)).toBe(jumpError([even(0.01)], 32, 4_096))
    expect(jumpError([even(0.01)], undefined, 4_096)).toBe(0)
    expect(jumpError([even(0.5)], 32, 4_096)).toBe(0)
    expect(jumpError([even(0.5)], 32, 1)).toBe(0)
    expect(jumpError([], 32, 4_096)).toBe(0)
  })

  it('of many jumps is that of a mean, as a share of the way from the lowest to the highest value', () => {
    // Twenty outliers of one in 20,000 each, above 500 close values: most nets of 128 points hold none.
    const [replicates, points] = [32, 128]
    const values = [...Array.from({ length: 500 }, (_, k) => k / 5_000), ...Array.from({ length: 20 }, (_, k) => 1 + k / 20)]
    const edges = values.slice(1).map((_, k) => (k < 499 ? (0.999 * (k + 1)) / 500 : 0.999 + (0.001 * (k - 499)) / 20))
    const whole = values[519] - values[0]
    const jumps = { at: edges, shares: edges.map((_, k) => (values[k + 1] - values[k]) / whole) }
    const random = seedrandom('many')
    const outlier = () => {
      const u = 1 - random() / points
      let k = edges.length
      while (k > 0 && u < edges[k - 1]) k -= 1
      return values[k]
    }
    // Only the last stratum holds outliers.
    const means = Array.from({ length: 4_000 }, () => {
      let sum = 0
      for (let net = 0; net < replicates; net++) sum += outlier()
      return sum / (replicates * points)
    })
    const mean = means.reduce((a, b) => a + b, 0) / means.length
    const stated = jumpError([jumps], replicates, points) * whole
    expect(stated / rms(means.map((x) => x - mean))).toBeGreaterThan(0.6)
    expect(stated / rms(means.map((x) => x - mean))).toBeLessThan(1.5)
  })
})

describe('the error that unstratified points leave for a rare event', () => {
  it('is the square root of the expected number while that is small', () => {
    expect(rareError([even(0.001, 0.5)], 1_000)).toBeCloseTo(0.001)
    expect(rareError([even(0.999)], 4_000)).toBeCloseTo(0.0005)
    expect(rareError([even(0.02)], 1_000)).toBe(0)
  })
})
