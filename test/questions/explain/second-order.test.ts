// Second-order indices, tornadoes of correlated inputs and shares of rare values agree with closed forms.
import { describe, expect, it } from 'vitest'
import { estimateOf } from '../../../src/numerics/estimators/figure.ts'
import { sin } from '../../../src/numerics/kernel/math.ts'
import type { SensitivityOptions } from '../../../src/options/questions.ts'
import { sensitivityOf } from '../../../src/questions/explain/sensitivity.ts'
import { interaction } from '../../../src/questions/explain/shares.ts'
import { noFiles } from '../../../src/scenario/resolve/files.ts'
import type { Estimate } from '../../../src/summary/summary.ts'
import { long, slow, thorough } from '../../effort.ts'

const run = (scenario: object, options: SensitivityOptions) => sensitivityOf(scenario, { trials: 8_192, ...options }, noFiles)
const priced = (...prices: readonly (number | string)[]) => ({
  charges: prices.map((price) => ({ meter: 'conversations', price })),
})
const month = { months: 1, conversations: { base: 1000 } }
const near = (found: Estimate | undefined, exact: number, errors = 4.5, slack = 1e-9) => {
  if (!found) throw new Error('an estimate is missing')
  expect(Math.abs(found.value - exact), `${found.value} ± ${found.se} for ${exact}`).toBeLessThanOrEqual(errors * found.se + slack)
}

describe('second-order indices', () => {
  const product = {
    months: 1,
    conversations: { base: 'uniform(1000, 3000)', noise: { cv: 0.1 } },
    offers: { one: priced('uniform(1.5, 4.5)') },
  }

  it('of a product are the shares of its interactions', async () => {
    const { pairs } = await run(product, { offer: 'one', order: 2 })
    // The variance of a product of independent inputs adds up over its subsets: the products of squared means and variances.
    const [b, p, x] = [
      [4, 1 / 3],
      [9, 3 / 4],
      [1, 0.01],
    ]
    const of = (one: readonly number[], other: readonly number[], rest: readonly number[]) => one[1] * other[1] * rest[0]
    const all = (b[0] + b[1]) * (p[0] + p[1]) * (x[0] + x[1]) - b[0] * p[0] * x[0]
    const [base, price, noise] = ['conversations.base', 'offers.one.charges[0].price', 'conversations.noise']
    const exact = [of(b, p, x), of(b, x, p), of(p, x, b)].map((part) => part / all)
    expect(pairs?.map(({ inputs }) => inputs)).toEqual([
      [base, price],
      [base, noise],
      [price, noise],
    ])
    pairs?.forEach(({ second }, k) => {
      near(second, exact[k])
      expect(second.se).toBeLessThan(0.1 * exact[k])
    })
  })

  it('are 0 without error if the cost is a sum', async () => {
    const { pairs } = await run(
      { ...month, offers: { two: priced('uniform(1, 2)', 'lognormal(3, 1)') } },
      { offer: 'two', order: 2 },
    )
    expect(pairs?.[0].second.value).toBeLessThan(1e-12)
    expect(pairs?.[0].second.se).toBeLessThan(1e-12)
  })

  it("of Ishigami's function agree with published values, over seeds", () => {
    // sin x + 7 sin² y + 0.1 z⁴ sin x on (−π, π): x and z share 0.2437 of the variance, and no other two interact (Ishigami and Homma, 1990).
    const n = 16_384
    const starts = Array.from({ length: 65 }, (_, k) => (k * n) / 64)
    const f = (x: number, y: number, z: number) => sin(x) + 7 * sin(y) * sin(y) + 0.1 * z * z * z * z * sin(x)
    const errors: number[] = []
    for (let seed = 1; seed <= (long ? 64 : 12); seed++) {
      let state = seed * 1_234_567
      const uniform = () => {
        state ^= state << 13
        state ^= state >>> 17
        state ^= state << 5
        return ((state >>> 0) / 4_294_967_296 - 0.5) * 2 * Math.PI
      }
      const [first, second] = [0, 1].map(() => Array.from({ length: 3 }, () => Float64Array.from({ length: n }, uniform)))
      /** The outcomes if the inputs in `kept` have the values of the first trial. */
      const of = (kept: readonly number[]) => {
        const [x, y, z] = [0, 1, 2].map((k) => (kept.includes(k) ? first : second)[k])
        return x.map((own, i) => 1e6 + f(own, y[i], z[i]))
      }
      const crossed = (one: number, other: number, rest: readonly number[]) => ({
        both: of([one, other, ...rest]),
        one: of([one, ...rest]),
        other: of([other, ...rest]),
        none: of(rest),
      })
      const index = (one: number, other: number) =>
        estimateOf(interaction(crossed(one, other, [3 - one - other]), crossed(one, other, []), { starts, unseen: 0 }))
      const { value, se } = index(0, 2)
      errors.push((value - 0.2437) / se)
      expect(se).toBeLessThan(0.01)
      for (const [one, other] of [
        [0, 1],
        [1, 2],
      ])
        near(index(one, other), 0)
    }
    const rms = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length)
    expect(rms).toBeGreaterThan(0.8)
    expect(rms).toBeLessThan(1.25)
  })

  it('are refused for correlated inputs, and absent unless asked for', async () => {
    const scenario = {
      ...month,
      offers: { two: priced('normal(2, 0.1)', 'normal(3, 0.2)') },
      correlations: [{ between: ['offers.two.charges[0].price', 'offers.two.charges[1].price'], rho: 0.5 }],
    }
    await expect(run(scenario, { offer: 'two', order: 2 })).rejects.toThrow('Shapley effects divide both fairly')
    expect((await run(product, { offer: 'one', trials: 64 })).pairs).toBeUndefined()
    await expect(run(product, { offer: 'one', order: 3 })).rejects.toThrow('order')
  })
})

describe('a tornado', () => {
  it.each([1, 0.5, -1])('moves an input and those that have a correlation of %f with it', async (rho) => {
    const scenario = {
      ...month,
      offers: { two: priced('normal(2, 0.1)', 'normal(3, 0.2)') },
      correlations: [{ between: ['offers.two.charges[0].price', 'offers.two.charges[1].price'], rho }],
    }
    const { inputs } = await run(scenario, { offer: 'two' })
    const [a, b] = Object.values(inputs)
    // The mean of normal prices, given that one has a score of ±1.2816.
    const by = { a: 1281.5515655446 * (0.1 + rho * 0.2), b: 1281.5515655446 * (0.2 + rho * 0.1) }
    near(a.low, 5000 - by.a, 4.5, 1e-6)
    near(a.high, 5000 + by.a, 4.5, 1e-6)
    near(b.low, 5000 - by.b, 4.5, 1e-6)
    near(b.high, 5000 + by.b, 4.5, 1e-6)
  })

  it('moves monthly noises that are correlated with a noise', async () => {
    const scenario = {
      months: 2,
      conversations: { base: 1000, noise: { cv: 0.1 } },
      resolution: { rate: '60%', noise: { sd: '5pt' } },
      offers: { one: { charges: [{ meter: 'resolutions', price: 1 }] } },
      correlations: [{ between: ['conversations.noise', 'resolution.noise'], rho: 0.9 }],
    }
    const { inputs } = await run(scenario, { offer: 'one' })
    const apart = await run({ ...scenario, correlations: [] }, { offer: 'one' })
    const swing = ({ low, high }: { readonly low: Estimate; readonly high: Estimate }) => high.value - low.value
    expect(swing(inputs['conversations.noise'])).toBeGreaterThan(1.4 * swing(apart.inputs['conversations.noise']))
  })
})

describe('shares of the variance', () => {
  it.runIf(thorough)('have honest errors if an input has a rare value', async () => {
    const scenario = { ...month, offers: { two: priced('discrete($1: 0.999, $11: 0.001)', 'uniform(1, 2)') } }
    const [rare, other] = [100 * 0.001 * 0.999, 1 / 12]
    const exact = rare / (rare + other)
    const squares: number[] = []
    for (let seed = 0; seed < (slow ? 8 : 4); seed++) {
      // Each net of 2,048 points has two of the rare values, and hardly ever three. The differences between nets do not show that.
      const { inputs, variance, mean } = await run(scenario, { offer: 'two', seed, trials: 65_536 })
      const [a, b] = Object.values(inputs)
      for (const [found, truth] of [
        [a.first, exact],
        [a.total, exact],
        [b.first, 1 - exact],
        [b.total, 1 - exact],
        [variance, 1e6 * (rare + other)],
        [mean, 2510],
      ] as const) {
        near(found, truth, 4.5)
        if (found) squares.push(((found.value - truth) / found.se) ** 2)
      }
    }
    expect(Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length)).toBeLessThan(1.25)
  })
})
