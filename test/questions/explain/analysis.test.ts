// Sensitivity, the value of information and bad years agree with closed forms.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { informationOf } from '../../../src/questions/explain/information.ts'
import { pilotOf } from '../../../src/questions/explain/pilot.ts'
import { sensitivityOf } from '../../../src/questions/explain/sensitivity.ts'
import { explained, missing } from '../../../src/questions/explain/shares.ts'
import { stressOf } from '../../../src/questions/explain/stress.ts'
import { estimateOf } from '../../../src/numerics/estimators/figure.ts'
import { normalCdf, normalDensity, normalQuantile } from '../../../src/numerics/distributions/special/normal.ts'
import { exp, log1p, sin } from '../../../src/numerics/kernel/math.ts'
import type { InformationOptions, PilotOptions, SensitivityOptions, StressOptions } from '../../../src/options/questions.ts'
import type { Estimate } from '../../../src/summary/summary.ts'
import { effort, patience, slow, thorough } from '../../effort.ts'

/** The default number of trials in the slow tests. */
const size = slow ? {} : { trials: 16_384 }
const reader = { read: () => Promise.reject(new Error('these scenarios read no files')) }
const valueOfInformation = (scenario: object, options: InformationOptions) =>
  informationOf(scenario, { ...size, ...options }, reader)
const pilot = (scenario: object, options: PilotOptions) => pilotOf(scenario, { ...size, ...options }, reader)
const sensitivity = (scenario: object, options: SensitivityOptions) => sensitivityOf(scenario, { ...size, ...options }, reader)
const stress = (scenario: object, options: StressOptions) => stressOf(scenario, { ...size, ...options }, reader)
const priced = (...prices: readonly (number | string)[]) => ({
  charges: prices.map((price) => ({ meter: 'conversations', price })),
})
const near = (found: Estimate | undefined, exact: number, errors = 4.5, slack = 1e-6) => {
  if (!found) throw new Error('an estimate is missing')
  expect(Math.abs(found.value - exact), `${found.value} ± ${found.se} for ${exact}`).toBeLessThanOrEqual(errors * found.se + slack)
}
const month = { months: 1, conversations: { base: 1000 } }

describe('shares of the variance', () => {
  it('of an additive cost are the shares of its parts', async () => {
    const scenario = { ...month, offers: { two: priced('uniform(1, 2)', 'uniform(1, 4)') } }
    const { inputs, method, variance, mean, ignorance, words } = await sensitivity(scenario, { offer: 'two' })
    expect(method).toBe('sobol')
    near(mean, 4_000)
    near(variance, 1e6 * (1 / 12 + 9 / 12), 4.5, 1)
    const [a, b] = [inputs['offers.two.charges[0].price'], inputs['offers.two.charges[1].price']]
    for (const [one, share] of [
      [a, 0.1],
      [b, 0.9],
    ] as const) {
      near(one.first, share)
      near(one.total, share)
      expect(one.first?.se).toBeLessThan(0.01)
    }
    // The tornado goes from P10 to P90 of a uniform price.
    near(a.low, 1000 * (1.1 + 2.5))
    near(a.high, 1000 * (1.9 + 2.5))
    near(ignorance, 1, 4.5, 1e-9)
    expect(words).toContain('offers.two.charges[1].price is the main source of uncertainty in the cost of two')
  })

  it('of a product include its interaction in the totals', async () => {
    // Y = B P: means 2 and 3, variances 1/3 and 3/4 (in thousands and dollars).
    const scenario = { months: 1, conversations: { base: 'uniform(1000, 3000)' }, offers: { one: priced('uniform(1.5, 4.5)') } }
    const { inputs } = await sensitivity(scenario, { offer: 'one' })
    const [vb, vp] = [1 / 3, 3 / 4]
    const all = vb * 9 + vp * 4 + vb * vp
    near(inputs['conversations.base'].first, (vb * 9) / all)
    near(inputs['conversations.base'].total, (vb * 9 + vb * vp) / all)
    near(inputs['offers.one.charges[0].price'].first, (vp * 4) / all)
    near(inputs['offers.one.charges[0].price'].total, (vp * 4 + vb * vp) / all)
  })

  it("of Ishigami's function agree with published values", () => {
    // sin x + 7 sin² y + 0.1 z⁴ sin x on (−π, π): first 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437 (Ishigami and Homma, 1990).
    const n = 65_536
    let state = 123_456_789
    const uniform = () => {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      return ((state >>> 0) / 4_294_967_296 - 0.5) * 2 * Math.PI
    }
    const sample = () => Array.from({ length: 3 }, () => Float64Array.from({ length: n }, uniform))
    const f = (x: number, y: number, z: number) => sin(x) + 7 * sin(y) * sin(y) + 0.1 * z * z * z * z * sin(x)
    const [a, b] = [sample(), sample()]
    const of = (columns: readonly Float64Array[]) => columns[0].map((x, i) => 1e6 + f(x, columns[1][i], columns[2][i]))
    const trials = { starts: Array.from({ length: 65 }, (_, k) => (k * n) / 64), unseen: 0 }
    const y = of(a)
    const known = [
      [0.3139, 0.5576],
      [0.4424, 0.4424],
      [0, 0.2437],
    ]
    known.forEach(([first, total], k) => {
      near(estimateOf(explained(y, of(b.map((column, j) => (j === k ? a[j] : column))), trials)), first, 4.5, 1e-4)
      near(estimateOf(missing(y, of(a.map((column, j) => (j === k ? b[j] : column))), trials)), total, 4.5, 1e-4)
    })
  })

  it('are Shapley effects if inputs are correlated', async () => {
    const rho = 0.6
    const scenario = {
      ...month,
      offers: { two: priced('normal(2, 0.1)', 'normal(3, 0.2)') },
      correlations: [{ between: ['offers.two.charges[0].price', 'offers.two.charges[1].price'], rho }],
    }
    const { inputs, method, words } = await sensitivity(scenario, { offer: 'two' })
    expect(method).toBe('shapley')
    expect(words).toContain('Shapley')
    // A linear model of two normal inputs (Owen and Prieur, SIAM/ASA Journal on Uncertainty Quantification 5, 2017).
    const [v1, v2, c] = [0.01, 0.04, rho * 0.1 * 0.2]
    const all = v1 + v2 + 2 * c
    const first = (v1 * (1 - (rho * rho) / 2) + c + (v2 * rho * rho) / 2) / all
    const [a, b] = [inputs['offers.two.charges[0].price'], inputs['offers.two.charges[1].price']]
    near(a.shapley, first)
    near(b.shapley, 1 - first)
    expect((a.shapley?.value ?? 0) + (b.shapley?.value ?? 0)).toBeCloseTo(1, 9)
    expect(a.shapley?.se).toBeLessThan(0.02)
    expect(a.first).toBeUndefined()
  })

  it('separate ignorance from chance', async () => {
    const [cv, tau] = [0.2, Math.sqrt(log1p(0.01))]
    const scenario = { months: 1, conversations: { base: 'lognormal(1000, 100)', noise: { cv } }, offers: { one: priced(1) } }
    const { ignorance, chance, inputs } = await sensitivity(scenario, { offer: 'one' })
    const [known, all] = [exp(tau * tau) - 1, exp(tau * tau + log1p(cv * cv)) - 1]
    near(ignorance, known / all)
    near(chance, 1 - known / all)
    near(inputs['conversations.noise'].first, (cv * cv) / all)
    // Spearman's ρ of normal logarithms: 6/π asin(r/2).
    const r = tau / Math.sqrt(tau * tau + log1p(cv * cv))
    near(inputs['conversations.base'].rank, (6 / Math.PI) * Math.asin(r / 2))
  })

  it('say so if nothing is uncertain, and refuse an unknown offer', async () => {
    const scenario = { ...month, offers: { one: priced(1) } }
    expect(await sensitivity(scenario, { offer: 'one' })).toMatchObject({
      method: 'none',
      inputs: {},
      words: 'Nothing uncertain affects the cost of one: it is the same in every simulated year.',
    })
    await expect(sensitivity(scenario, { offer: 'two' })).rejects.toThrow('there is no offer "two": the offers are one')
  })
})

describe('the value of information', () => {
  /** E max(0, D) of a normal difference. */
  const gain = (mean: number, sd: number) => sd * normalDensity(mean / sd) + mean * normalCdf(mean / sd)

  it('of two offers with normal prices has a closed form', async () => {
    const scenario = { ...month, offers: { a: priced('normal(1, 0.1)'), b: priced('normal(1.02, 0.05)') } }
    const found = await valueOfInformation(scenario, {})
    expect(found.best).toBe('a')
    near(found.evpi, gain(-20, Math.sqrt(100 * 100 + 50 * 50)), 4.5, 0.01)
    near(found.evppi['offers.a.charges[0].price'], gain(-20, 100), 4.5, 0.05)
    near(found.evppi['offers.b.charges[0].price'], gain(-20, 50), 4.5, 0.05)
    expect(found.words).toMatch(/Find out offers\.a\.charges\[0\]\.price before you sign if that costs less than \$3\d\.\d\d\./)
    const both = ['offers.a.price', 'offers.b.price']
    const together = await valueOfInformation(scenario, { inputs: [both] })
    near(Object.values(together.evppi)[0], gain(-20, Math.sqrt(12_500)), 4.5, 0.05)
  })

  it.runIf(thorough)('does not grow with inputs that do not matter', async () => {
    const more = Array.from({ length: 4 }, (_, k) => [`x${k}`, priced('uniform(5, 6)')])
    const scenario = { ...month, offers: { a: priced('normal(1, 0.1)'), b: priced(1.02), ...Object.fromEntries(more) } }
    const inputs = ['offers.a.price', ...more.map(([name]) => `offers.${String(name)}.price`)]
    const { evppi } = await valueOfInformation(scenario, { inputs: [inputs, 'offers.a.price', inputs.slice(1)], trials: 16_384 })
    const [all, one, none] = Object.values(evppi)
    near(one, gain(-20, 100), 4.5, 0.05)
    near(all, gain(-20, 100), 4.5, 0.4)
    expect(none.value).toBeLessThan(0.2)
  })

  it('of a pilot is the value of its counts', async () => {
    const [alpha, beta, n] = [13, 7, 40]
    const scenario = {
      ...month,
      resolution: { rate: `beta(${alpha}, ${beta})` },
      offers: { solved: { charges: [{ meter: 'resolutions', price: 1 }] }, flat: { charges: [{ fee: 640 }] } },
    }
    // Beta-binomial: P(k), and the posterior mean (α + k) / (α + β + n).
    let chance = 1
    for (let i = 0; i < n; i++) chance *= (beta + i) / (alpha + beta + i)
    let value = 0
    for (let k = 0; k <= n; k++) {
      value += chance * Math.max(0, (1000 * (alpha + k)) / (alpha + beta + n) - 640)
      chance *= ((n - k) / (k + 1)) * ((alpha + k) / (beta + n - k - 1))
    }
    const prior = (1000 * alpha) / (alpha + beta)
    const exact = value - Math.max(0, prior - 640)
    const found = await pilot(scenario, { input: 'resolution.rate', sizes: [n, 4_000], cost: { fixed: 5, each: 0.01 } })
    // Without a pilot, flat is best. The gain is the amount by which solved costs less.
    near(found.sizes[0].evsi, exact, 4.5, 0.15)
    expect(found.sizes[0].net.value).toBeCloseTo(found.sizes[0].evsi.value - 5.4, 9)
    const { evpi, evppi } = await valueOfInformation(scenario, { inputs: ['resolution.rate'] })
    const knowing = evppi['resolution.rate']
    expect(knowing.value).toBeLessThanOrEqual(evpi.value)
    expect(found.sizes[1].evsi.value).toBeLessThanOrEqual(knowing.value + 3 * knowing.se)
    expect(found.sizes[0].evsi.value).toBeLessThan(found.sizes[1].evsi.value)
    expect(found.best).toBe([n, 4_000][found.sizes[1].net.value > found.sizes[0].net.value ? 1 : 0])
  })

  it.runIf(thorough)('of a pilot has a closed form if rate and count are nearly normal', async () => {
    const [middle, tau, n] = [0.65, 0.02, 2_000]
    const scenario = {
      ...month,
      resolution: { rate: `normal(${middle}, ${tau})` },
      offers: { solved: { charges: [{ meter: 'resolutions', price: 1 }] }, flat: { charges: [{ fee: 655 }] } },
    }
    const { sizes } = await pilot(scenario, { input: 'resolution.rate', sizes: [n] })
    // The posterior mean before the pilot: sd τ² / √(τ² + r (1 − r) / n).
    const sd = (1000 * tau * tau) / Math.sqrt(tau * tau + (middle * (1 - middle)) / n)
    near(sizes[0].evsi, gain(-5, sd), 4.5, 0.02 * gain(-5, sd))
  })

  it('is refused for unknown inputs, and for pilots that cannot count an input', async () => {
    const scenario = { ...month, offers: { a: priced('normal(1, 0.1)') } }
    await expect(valueOfInformation(scenario, { inputs: ['weather'] })).rejects.toThrow(
      'expected an input that is drawn once a trial (offers.a.charges[0].price), got "weather"',
    )
    await expect(pilot(scenario, { input: 'offers.a.price', sizes: [0] })).rejects.toThrow('sizes: expected whole numbers')
    await expect(pilot({ ...scenario, offers: { a: priced('uniform(2, 3)') } }, { input: 'offers.a.price' })).rejects.toThrow(
      'cv, sd: expected the noise of one observation',
    )
  })
})

describe('the worst trials', () => {
  it('agree with the distribution, month by month', async () => {
    const cv = 0.3
    const sigma = Math.sqrt(log1p(cv * cv))
    const scenario = { months: 1, conversations: { base: 1000, noise: { cv } }, offers: { one: priced(2) } }
    const found = await stress(scenario, { offer: 'one' })
    const worst = (1000 * normalCdf(sigma - normalQuantile(0.95))) / 0.05
    near(found.cost.worst, 2 * worst, 4.5, 0.1)
    near(found.months[0].conversations.worst, worst, 4.5, 0.1)
    near(found.months[0].conversations.usual, 1000, 4.5, 1e-3)
    expect(found.whatIfs).toEqual({})
  })

  it('come with named what-ifs on the same trials', async () => {
    const scenario = {
      ...month,
      conversations: { base: 1000, noise: { cv: 0.1 } },
      offers: { one: priced('uniform(1, 3)') },
      stress: { crisis: { 'conversations.base': '1.5k' }, dear: { 'offers.one.price': 3 } },
    }
    const { whatIfs } = await stress(scenario, { offer: 'one' })
    expect(Object.keys(whatIfs)).toEqual(['plan', 'crisis', 'dear'])
    expect(whatIfs.crisis.one.mean.value / whatIfs.plan.one.mean.value).toBeCloseTo(1.5, 9)
    near(whatIfs.dear.one.mean, 3000, 4.5, 1e-3)
    await expect(stress({ ...scenario, stress: { odd: { 'conversations.bass': 1 } } }, { offer: 'one' })).rejects.toThrow(
      /conversations\.bass/,
    )
  })
})

describe('on any plan', () => {
  const share = fc.integer({ min: 5, max: 40 }).map((alpha) => `beta(${alpha}, ${45 - alpha})`)
  const price = fc.double({ min: 0.2, max: 2, noNaN: true }).map((middle) => Number(middle.toFixed(3)))
  const scenarios = fc.record({
    rate: share,
    solved: price,
    asked: price,
    spread: fc.double({ min: 0.05, max: 0.5, noNaN: true }),
    cv: fc.double({ min: 0.01, max: 0.3, noNaN: true }),
  })

  it(
    'a pilot is worth no more than its input, the input no more than all inputs, and shares of the variance are shares',
    async () => {
      await fc.assert(
        fc.asyncProperty(scenarios, async ({ rate, solved, asked, spread, cv }) => {
          const scenario = {
            months: 2,
            conversations: { base: 1000, noise: { cv: Number(cv.toFixed(3)) } },
            resolution: { rate },
            offers: {
              solved: { charges: [{ meter: 'resolutions', price: solved }] },
              asked: priced(`uniform(${(asked * (1 - spread)).toFixed(3)}, ${(asked * (1 + spread)).toFixed(3)})`),
            },
          }
          const few = { trials: 8_192 }
          const { evpi, evppi } = await valueOfInformation(scenario, { ...few, inputs: ['resolution.rate'] })
          const known = evppi['resolution.rate']
          const { sizes } = await pilot(scenario, { ...few, input: 'resolution.rate', sizes: [100] })
          const [{ evsi }] = sizes
          expect(evsi.value).toBeGreaterThanOrEqual(0)
          expect(evsi.value).toBeLessThanOrEqual(known.value + 4.5 * (known.se + evsi.se) + 1e-9)
          expect(known.value).toBeLessThanOrEqual(evpi.value)
          const { inputs } = await sensitivity(scenario, { ...few, offer: 'solved', against: 'asked' })
          const all = Object.values(inputs)
          const sum = (of: (one: (typeof all)[number]) => Estimate | undefined) =>
            all.reduce((total, one) => total + (of(one)?.value ?? 0), 0)
          const errors = all.reduce((total, { first, total: whole }) => total + (first?.se ?? 0) + (whole?.se ?? 0), 0)
          expect(sum(({ first }) => first)).toBeLessThanOrEqual(1 + 4.5 * errors)
          for (const { first, total, rank } of all) {
            expect((first?.value ?? 0) - (total?.value ?? 0)).toBeLessThanOrEqual(4.5 * ((first?.se ?? 0) + (total?.se ?? 0)))
            expect(Math.abs(rank.value)).toBeLessThanOrEqual(1)
          }
        }),
        effort(1, 300, 5),
      )
    },
    patience,
  )
})
