// Shapley effects of many correlated inputs agree with all subsets of a linear model of normal inputs, within honest errors.
import { describe, expect, it } from 'vitest'
import { sensitivityOf } from '../../../src/questions/explain/sensitivity.ts'
import { squareOf } from '../../../src/questions/explain/orders.ts'
import { noFiles } from '../../../src/scenario/resolve/files.ts'
import { slow, someOf } from '../../effort.ts'

const SEEDS = slow ? ['a', 'b', 'c'] : ['a']

/** Fees with the standard deviations 10, 20, … and the same correlation between each two. */
const fees = (count: number, rho: number) => {
  const ks = Array.from({ length: count }, (_, k) => k)
  const name = (k: number) => `offers.a.charges[${k}].fee`
  return {
    months: 1,
    conversations: { base: 1000 },
    offers: { a: { charges: ks.map((k) => ({ fee: `normal($1000, $${10 * (k + 1)})` })) } },
    correlations: ks.flatMap((a) => ks.slice(a + 1).map((b) => ({ between: [name(a), name(b)], rho }))),
  }
}

/**
 * Their exact effects. The variance that a set S explains is b′ R⁻¹ b with b = R σ, both restricted to S (Owen and Prieur, SIAM/ASA Journal on
 * Uncertainty Quantification 5, 2017). R has the inverse (I − ρ / (1 + (s − 1) ρ) J) / (1 − ρ).
 */
function exactEffects(count: number, rho: number): number[] {
  const sds = Array.from({ length: count }, (_, k) => 10 * (k + 1))
  const all = sds.reduce((a, b) => a + b, 0)
  const b = sds.map((sd) => (1 - rho) * sd + rho * all)
  const explainedBy = (bits: number) => {
    const own = b.filter((_, k) => (bits >> k) & 1)
    const [sum, squares] = [own.reduce((x, y) => x + y, 0), own.reduce((x, y) => x + y * y, 0)]
    return (squares - (rho / (1 + (own.length - 1) * rho)) * sum * sum) / (1 - rho)
  }
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  const full = (1 << count) - 1
  const sizeOf = (bits: number) => sds.filter((_, k) => (bits >> k) & 1).length
  return sds.map((_, k) => {
    let sum = 0
    for (let bits = 0; bits <= full; bits++) {
      if ((bits >> k) & 1) continue
      const size = sizeOf(bits)
      const weight = (factorial(size) * factorial(count - 1 - size)) / factorial(count)
      sum += weight * (explainedBy(bits | (1 << k)) - (bits === 0 ? 0 : explainedBy(bits)))
    }
    return sum / explainedBy(full)
  })
}

describe('Shapley effects', () => {
  it.each(someOf([5, 10], 2))('of %i correlated inputs are exact within errors that are honest over seeds', async (count) => {
    const exact = exactEffects(count, 0.3)
    if (count === 10) {
      const published = [0.0494, 0.0576, 0.0669, 0.0774, 0.0891, 0.1018, 0.1157, 0.1308, 0.147, 0.1643]
      exact.forEach((share, k) => expect(Math.abs(share - published[k])).toBeLessThan(1e-4))
    }
    const errors: number[] = []
    for (const seed of SEEDS) {
      const { inputs } = await sensitivityOf(fees(count, 0.3), { offer: 'a', seed, trials: 8_192 }, noFiles)
      const found = Object.values(inputs).map(({ shapley }) => shapley ?? { value: Number.NaN, se: 0 })
      expect(found.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(1, 12)
      found.forEach(({ value, se }, k) => {
        errors.push((value - exact[k]) / se)
        expect(se).toBeLessThan(0.006)
        if (k > 0) expect(value).toBeGreaterThan(found[k - 1].value)
      })
    }
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(4.5)
    const rms = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length)
    expect(rms).toBeGreaterThan(0.5)
    expect(rms).toBeLessThan(1.5)
  })
})

describe('balanced orders', () => {
  const orders = squareOf(9, 1_000, 'seed')

  it('have each number at each place, and each two numbers in both orders, equally often', () => {
    expect(orders).toHaveLength(18)
    for (let k = 0; k < 9; k++) {
      for (let place = 0; place < 9; place++) expect(orders.filter((order) => order[place] === k)).toHaveLength(2)
      for (let other = 0; other < k; other++)
        expect(orders.filter((order) => order.indexOf(k) < order.indexOf(other))).toHaveLength(9)
    }
  })

  it('follow from the seed, and are fewer if passes are', () => {
    expect(squareOf(9, 1_000, 'seed')).toEqual(orders)
    expect(squareOf(9, 1_000, 'other')).not.toEqual(orders)
    expect(squareOf(9, 32, 'seed')).toHaveLength(4)
    expect(squareOf(100, 10, 'seed')).toHaveLength(2)
  })
})
