// How events are drawn for lines: with their weights, as often as independent months have them.
import { describe, expect, it } from 'vitest'
import { type Drawn, Starts } from '../../src/preintegration/starts.ts'
import { Arena } from '../../src/numerics/kernel/arena.ts'
import { planOf } from '../../src/numerics/random/plan.ts'
import { createSource } from '../../src/numerics/random/source.ts'

const ROWS = 1_024
const REPLICATES = 64

function draws(months: number, probability: number, weighted: boolean) {
  const starts = new Starts({ name: 'spikes', probability, dimensions: Array.from({ length: months }, (_, m) => m) }, weighted)
  const arena = new Arena()
  const plan = planOf(REPLICATES, ROWS)
  const source = createSource(
    arena,
    plan,
    'starts',
    starts.names.map((name, coordinate) => ({ name, coordinate })),
  )
  const columns = starts.names.map(() => arena.column())
  return Array.from({ length: REPLICATES }, (_, replicate) => {
    columns.forEach((column, d) => source.fill(d, replicate, 0, column, ROWS))
    const weights = new Float64Array(ROWS).fill(1)
    const numbers = columns.map((column) => arena.view(column, ROWS))
    return { drawn: starts.draw(numbers, weights, ROWS), weights }
  })
}

/** The mean over replicates of a weighted sum a row, with its standard error. */
function mean(all: ReturnType<typeof draws>, of: (drawn: readonly Drawn[], weights: Float64Array) => number) {
  const values = all.map(({ drawn, weights }) => of(drawn, weights) / ROWS)
  const value = values.reduce((a, b) => a + b, 0) / values.length
  const variance = values.reduce((sum, x) => sum + (x - value) * (x - value), 0) / (values.length - 1)
  return { value, se: Math.sqrt(variance / values.length) }
}

/** P(k of n), by hand: n! / (k! (n − k)!) p^k (1 − p)^(n − k). */
function binomial(n: number, k: number, p: number): number {
  let value = 1
  for (let i = 0; i < k; i++) value *= ((n - i) / (i + 1)) * p
  for (let i = 0; i < n - k; i++) value *= 1 - p
  return value
}

describe.each([
  [12, 0.04],
  [24, 0.2],
  [3, 0.9],
  [1, 0.3],
])('events of %i months that start with probability %f', (months, p) => {
  for (const weighted of [false, true]) {
    const all = draws(months, p, weighted)
    it(`have weights that add up to the number of points${weighted ? ', though rare numbers are drawn more often' : ''}`, () => {
      for (const { weights } of all) expect(weights.reduce((a, b) => a + b, 0) / ROWS).toBeCloseTo(1, 12)
    })
    it(`occur in binomial numbers${weighted ? ', by weight' : ''}`, () => {
      for (let k = 0; k <= Math.min(4, months); k++) {
        const found = mean(all, (drawn, weights) => {
          const counts = new Int32Array(ROWS)
          for (const { row } of drawn) counts[row] += 1
          return counts.reduce((sum, count, row) => sum + (count === k ? weights[row] : 0), 0)
        })
        expect(Math.abs(found.value - binomial(months, k, p)), `${k}`).toBeLessThan(4 * found.se + 1e-9)
      }
    })
    it(`are equally frequent in each month and in each two months${weighted ? ', by weight' : ''}`, () => {
      for (let m = 0; m < months; m++) {
        const own = mean(all, (drawn, weights) => drawn.reduce((sum, { row, month }) => sum + (month === m ? weights[row] : 0), 0))
        expect(Math.abs(own.value - p), `${m}`).toBeLessThan(4.5 * own.se + 1e-12)
      }
      if (months < 2) return
      const both = mean(all, (drawn, weights) => {
        const seen = new Int32Array(ROWS)
        for (const { row, month } of drawn) if (month === 0 || month === months - 1) seen[row] += 1
        return seen.reduce((sum, count, row) => sum + (count === 2 ? weights[row] : 0), 0)
      })
      expect(Math.abs(both.value - p * p)).toBeLessThan(4.5 * both.se + 1e-12)
    })
    it(`have uniform sizes, and no month twice${weighted ? ', by weight' : ''}`, () => {
      const size = mean(all, (drawn, weights) => drawn.reduce((sum, { row, size: u }) => sum + weights[row] * u, 0))
      expect(Math.abs(size.value - (months * p) / 2)).toBeLessThan(4.5 * size.se + 1e-12)
      for (const { drawn } of all) expect(new Set(drawn.map(({ row, month }) => row * months + month)).size).toBe(drawn.length)
    })
  }
})
