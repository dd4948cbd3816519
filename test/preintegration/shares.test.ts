// How lines draw the values of one discrete input: in fixed shares, with weights that make up for it.
import { describe, expect, it } from 'vitest'
import { FixedShares, intervalsOf } from '../../src/preintegration/shares.ts'

describe.each([[[0.5]], [[0.0001]], [[0.9999]], [[0.1, 0.11, 0.97]], [Array.from({ length: 15 }, (_, k) => (k + 1) / 16)]])(
  'values whose probabilities end at %j',
  (edges) => {
    const POINTS = 1_024
    const numbers = Float64Array.from({ length: POINTS }, (_, k) => (k + 0.5) / POINTS)
    const weights = new Float64Array(POINTS).fill(1)
    new FixedShares(edges).apply(numbers, weights)

    it('have exactly their probability by weight, and a share of at least 1/32', () => {
      ;[...edges, 1].forEach((to, k) => {
        const from = edges[k - 1] ?? 0
        let [weight, count] = [0, 0]
        numbers.forEach((u, row) => {
          if (u <= from || u >= to) return
          weight += weights[row]
          count += 1
        })
        expect(weight / POINTS).toBeCloseTo(to - from, 12)
        expect(count).toBeGreaterThanOrEqual(POINTS / 32)
      })
    })

    it('leave every number uniform by weight', () => {
      for (const power of [1, 2, 3]) {
        const moment = numbers.reduce((sum, u, row) => sum + weights[row] * u ** power, 0) / POINTS
        expect(moment).toBeCloseTo(1 / (power + 1), 3)
      }
    })
  },
)

describe('intervals of outcomes', () => {
  it('fill (0, 1) in order, in 32nds', () => {
    const intervals = intervalsOf([0.9, 0.0999, 0.0001])
    intervals.forEach(({ from, share }, k) => {
      expect(from).toBeCloseTo(k === 0 ? 0 : intervals[k - 1].from + intervals[k - 1].share, 15)
      expect((32 * share) % 1).toBe(0)
    })
    expect(intervals.reduce((sum, { share }) => sum + share, 0)).toBe(1)
  })
})
