// The density behind a percentile's error is measured no farther from the percentile than its share is uncertain.
import seedrandom from 'seedrandom'
import { describe, expect, it } from 'vitest'
import { percentileOf } from '../../../src/numerics/estimators/percentile.ts'
import { SampledColumn } from '../../../src/numerics/estimators/sorted.ts'
import { Weighted } from '../../../src/numerics/estimators/weighted.ts'
import { allAtOnce } from '../../../src/pace.ts'

const [REPLICATES, POINTS, RUNS] = [32, 512, 80]
const P = 1 / 3
const starts = Array.from({ length: REPLICATES + 1 }, (_, r) => r * POINTS)

/** One point in each of the equal parts of every replicate: 170 of 512 lie below 1/3 in a third of the replicates, and 171 in the others. */
const shares = (next: () => number) =>
  Float64Array.from({ length: REPLICATES * POINTS }, (_, i) => ((i % POINTS) + next()) / POINTS)

/** The cost at a share: within `width` of 1/3 it rises by 1 for each unit of the share, and by `beyond` farther away. */
const costAt = (width: number, beyond: number) => (share: number) => {
  const [far, side] = [Math.abs(share - P), Math.sign(share - P)]
  return far <= width ? share - P : side * (width + beyond * (far - width))
}

/** The root mean square of a percentile's errors over that of its stated ones. The percentile is 0. */
function ratioOf(cost: (share: number) => number, estimate: (values: Float64Array) => { value: number; se: number }): number {
  const next = seedrandom('density')
  let [actual, stated] = [0, 0]
  for (let run = 0; run < RUNS; run++) {
    const { value, se } = estimate(shares(next).map(cost))
    actual += value * value
    stated += se * se
  }
  return Math.sqrt(actual / stated)
}

const byReplicates = (values: Float64Array) =>
  percentileOf(new SampledColumn(values, { starts, random: false, jumps: [], certain: false }).sample, P)

describe('the error of a percentile of stratified points', () => {
  // The share has an error of √(1/3 · 2/3 / 32) / 512 = 0.00016. Three errors of a random share would be 0.011.
  it.each([
    ['has the same slope everywhere', 1, 1],
    ['has a quarter of the slope 0.002 away', 0.002, 0.25],
    ['has four times the slope 0.002 away', 0.002, 4],
  ])('is honest where the cost %s', (_, width, beyond) => {
    const ratio = ratioOf(costAt(width, beyond), byReplicates)
    expect(ratio).toBeGreaterThan(0.8)
    expect(ratio).toBeLessThan(1.2)
  })

  it('is honest for trials of equal weight', () => {
    const weighted = new Weighted(new Float64Array(REPLICATES * POINTS), starts)
    const ratio = ratioOf(costAt(0.002, 0.25), (values) => allAtOnce(weighted.percentiles(values, [P]))[0])
    expect(ratio).toBeGreaterThan(0.8)
    expect(ratio).toBeLessThan(1.2)
  })

  it('is 0 within an atom whose ends are more than five errors away', () => {
    const { value, se } = byReplicates(shares(seedrandom('atom')).map((share) => (Math.abs(share - P) < 0.002 ? 0 : share - P)))
    expect([value, se]).toEqual([0, 0])
  })
})
