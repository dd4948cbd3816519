// Weighted trials have the errors of plain ones if all weights are equal, and wider ones for rare values and heavy tails.
import { describe, expect, it } from 'vitest'
import { columnMean } from '../../../src/numerics/estimators/figures.ts'
import { estimateOf } from '../../../src/numerics/estimators/figure.ts'
import { SampledColumn } from '../../../src/numerics/estimators/sorted.ts'
import { Weighted } from '../../../src/numerics/estimators/weighted.ts'
import { normalQuantile } from '../../../src/numerics/distributions/special/normal.ts'
import { allAtOnce } from '../../../src/pace.ts'

const [replicates, points] = [32, 256]
const n = replicates * points
const starts = Array.from({ length: replicates + 1 }, (_, r) => r * points)
const beyond = { heaviness: 0, constant: false }
/** Evenly spread over (0, 1), apart from a shift of each replicate. */
const uniform = Float64Array.from({ length: n }, (_, i) => ((i % points) + ((Math.floor(i / points) * 0.618) % 1)) / points + 1e-9)
const lognormal = uniform.map((u) => Math.exp(1.5 * normalQuantile(Math.min(u, 1 - 1e-9))))
const equal = new Weighted(new Float64Array(n), starts)
const meanOf = (weighted: Weighted, values: Float64Array, more: object = {}) =>
  allAtOnce(weighted.meanOf({ values, beyond: { ...beyond, ...more } }))

describe('weighted trials', () => {
  it('have the mean and the error of plain trials if all weights are equal, heavy tails included', () => {
    for (const values of [uniform, lognormal]) {
      const column = new SampledColumn(values, { starts, random: false, jumps: [], certain: false })
      const plain = estimateOf(columnMean(column))
      const { value, se } = meanOf(equal, values)
      expect(value).toBeCloseTo(plain.value, 10)
      expect(se / plain.se).toBeCloseTo(1, 6)
    }
    const spread = equal.mean((i) => lognormal[i]).se
    expect(meanOf(equal, lognormal).se).toBeGreaterThan(1.5 * spread)
  })

  it('have the tail of the trials that weigh', () => {
    // Large values weigh nothing.
    const light = new Weighted(
      uniform.map((u) => (u > 0.8 ? -100 : 0)),
      starts,
    )
    expect(meanOf(light, lognormal).se).toBeCloseTo(light.mean((i) => lognormal[i]).se, 12)
  })

  it('have the error of rare values, with their weights', () => {
    const [q, far] = [1 / n, 5_000]
    const rare = { usual: Float64Array.of(1), rare: Float64Array.of(1 + far), weights: Float64Array.of(q / n) }
    const flat = new Float64Array(n).fill(1)
    // Half of the trials weigh nothing, so that those of the rare value count double.
    const logs = uniform.map((u) => (u > 0.5 ? -100 : 0))
    const half = new Weighted(logs, starts, { ...rare, usual: Float64Array.of(0), rare: Float64Array.of(0) })
    const { value, se } = meanOf(half, flat, { unseen: rare })
    expect(value).toBe(1)
    expect(se).toBeCloseTo((Math.sqrt(q / n) * far * n) / half.effective, 6)
    expect(half.shareOf({ values: flat, beyond: { ...beyond, unseen: rare } }, (x) => x > 2).se).toBeGreaterThanOrEqual(1 / n)
  })

  it('have no error of a mean whose variance is infinite', () => {
    expect(meanOf(equal, uniform, { heaviness: 0.6 })).toMatchObject({ se: Infinity })
  })
})
