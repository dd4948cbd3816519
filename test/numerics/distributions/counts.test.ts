import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { binomialQuantile, poissonQuantile } from './counts.ts'

interface Row {
  readonly distribution: string
  readonly parameters: { readonly mean: number; readonly n: number; readonly p: number }
  readonly p: readonly number[]
  readonly quantile: readonly number[]
}
const { discrete: rows }: { discrete: Row[] } = JSON.parse(
  readFileSync(new URL('../../reference/distributions.json', import.meta.url), 'utf8'),
)

describe('exact quantiles of counts', () => {
  const asked = rows.filter(({ distribution }) => distribution === 'poisson' || distribution === 'binomial')
  it.each(asked)('$distribution $parameters agree with SciPy exactly', ({ distribution, parameters, p, quantile }) => {
    const at = (u: number) =>
      distribution === 'poisson'
        ? poissonQuantile(parameters.mean, u, 1 - u)
        : binomialQuantile(parameters.n, parameters.p, u, 1 - u)
    expect(p.map(at)).toEqual(quantile)
  })
  it('stop at the largest possible count', () => {
    expect([0, 0.5, 1].map((p) => binomialQuantile(20, p, 0.5, 0.5))).toEqual([0, 10, 20])
    expect([binomialQuantile(20, 0.5, 1e-19, 1), binomialQuantile(20, 0.5, 1, 1e-19), binomialQuantile(0, 0.5, 0.5, 0.5)]).toEqual([
      0, 20, 0,
    ])
    expect([poissonQuantile(0, 0.5, 0.5), poissonQuantile(0.1, 0.5, 0.5), poissonQuantile(3, 1e-19, 1)]).toEqual([0, 0, 0])
  })
  it('match the sums of their probabilities in the far upper tail', () => {
    // P(N > k) for the Poisson distribution with mean 2, summed from the far end
    const beyond = (k: number) => {
      let [term, sum] = [Math.exp(-2), 0]
      for (let i = 1; i < 120; i++) {
        term *= 2 / i
        if (i > k) sum += term
      }
      return sum
    }
    for (const q of [1e-3, 1e-10, 1e-18]) {
      const k = poissonQuantile(2, 1 - q, q)
      expect(beyond(k)).toBeLessThanOrEqual(q)
      expect(beyond(k - 1)).toBeGreaterThan(q)
    }
  })
})
