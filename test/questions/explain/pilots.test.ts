// The value of a pilot's information agrees with closed forms, for whatever the pilot observes.
import { describe, expect, it } from 'vitest'
import { normalCdf, normalDensity } from '../../../src/numerics/distributions/special/normal.ts'
import { log, log1p, pow } from '../../../src/numerics/kernel/math.ts'
import type { PilotOptions } from '../../../src/options/questions.ts'
import { countingResolved } from '../../../src/questions/explain/observation.ts'
import { pilotOf } from '../../../src/questions/explain/pilot.ts'
import { noFiles } from '../../../src/scenario/resolve/files.ts'

const trials = 8_192
const run = (scenario: object, options: PilotOptions) => pilotOf(scenario, { trials, ...options }, noFiles)
const priced = (price: number | string) => ({ charges: [{ meter: 'conversations', price }] })
const solved = { charges: [{ meter: 'resolutions', price: 1 }] }
const month = { months: 1, conversations: { base: 1000 } }

/** Compares each size with its exact value. */
async function compare(scenario: object, options: PilotOptions, exact: (n: number) => number, slack = 1e-9) {
  const found = await run(scenario, options)
  for (const { n, evsi } of found.sizes)
    expect(Math.abs(evsi.value - exact(n)), `n = ${n}: ${evsi.value} ± ${evsi.se} for ${exact(n)}`).toBeLessThanOrEqual(
      4.5 * evsi.se + slack,
    )
  const values = found.sizes.map(({ evsi }) => evsi.value)
  expect(values).toEqual([...values].sort((a, b) => a - b))
  expect(Math.max(...values)).toBeLessThanOrEqual(found.evppi.value)
  return found
}

/** P(k of n) */
function binomial(n: number, p: number): number[] {
  const found = [pow(1 - p, n)]
  for (let k = 0; k < n; k++) found.push((((found[k] * (n - k)) / (k + 1)) * p) / (1 - p))
  return found
}

/** E max(0, D) of a normal difference. */
const gain = (mean: number, sd: number) => sd * normalDensity(mean / sd) + mean * normalCdf(mean / sd)

describe('the value of a pilot', () => {
  const two = (more: object) => ({
    months: 1,
    conversations: { base: 100, ...more },
    resolution: { rate: 'discrete(40%: 1, 80%: 1)' },
    offers: { a: solved, b: { charges: [{ fee: 65 }] } },
  })
  /** You would sign a. Bayes' rule says after which counts b costs less. */
  const ofTwo = (n: number) => {
    const [low, high] = [binomial(n, 0.4), binomial(n, 0.8)]
    return low.reduce((sum, chance, k) => sum + Math.max(0, 0.5 * (15 * high[k] - 25 * chance)), 0)
  }
  const sizes = [1, 2, 5, 20, 50, 300]

  it('that counts a rate of two values is exact, rises with its size and stays below the value of the rate', async () => {
    const { evppi, unit } = await compare(two({}), { input: 'resolution.rate', sizes }, ofTwo)
    expect(evppi.value).toBeCloseTo(7.5, 9)
    expect(unit).toBe('conversations')
    await compare(two({ noise: { cv: 0.3 } }), { input: 'resolution.rate', sizes }, ofTwo)
  })

  it('that counts a beta rate is that of the beta-binomial distribution, with a small error', async () => {
    const [alpha, beta] = [13, 7]
    const scenario = {
      ...month,
      resolution: { rate: `beta(${alpha}, ${beta})` },
      offers: { solved, flat: { charges: [{ fee: 640 }] } },
    }
    const exact = (n: number) => {
      let [chance, value] = [1, 0]
      for (let i = 0; i < n; i++) chance *= (beta + i) / (alpha + beta + i)
      for (let k = 0; k <= n; k++) {
        value += chance * Math.max(0, (1000 * (alpha + k)) / (alpha + beta + n) - 640)
        chance *= ((n - k) / (k + 1)) * ((alpha + k) / (beta + n - k - 1))
      }
      return value - 10
    }
    const found = await compare(scenario, { input: 'resolution.rate', sizes: [2, 10, 40, 400, 2_000] }, exact)
    for (const { evsi } of found.sizes) expect(evsi.se).toBeLessThan(0.05)
  })

  it('that measures a price with a normal error has a closed form', async () => {
    const scenario = { ...month, offers: { a: priced('normal(1, 0.1)'), b: priced('normal(1.02, 0.05)') } }
    // The posterior mean before the pilot has the variance τ⁴ / (τ² + s² / n).
    const exact = (n: number) => gain(-20, 1000 * Math.sqrt(pow(0.1, 4) / (0.01 + 0.04 / n)))
    const { unit } = await compare(scenario, { input: 'offers.a.price', sd: 0.2, sizes: [1, 4, 16, 1_000] }, exact)
    expect(unit).toBe('observations')
  })

  it('that watches the volume for some months has the noise of the plan', async () => {
    const [fee, cv, autocorrelation] = [1040, 0.4, 0.5]
    const scenario = {
      months: 1,
      conversations: { base: 'lognormal(1000, 300)', noise: { cv, autocorrelation } },
      offers: { a: priced(1), b: { charges: [{ fee }] } },
    }
    /** The price of an option on a lognormal posterior mean. @param independent the independent months that n months are worth */
    const option = (independent: number) => {
      const [prior, noise] = [log1p(0.09), log1p(cv * cv)]
      const variance = (prior * prior) / (prior + noise / independent)
      const d = (log(1000 / fee) + variance / 2) / Math.sqrt(variance)
      return 1000 * normalCdf(d) - fee * normalCdf(d - Math.sqrt(variance))
    }
    const worth = (n: number) => 1 + (n - 1) / 3
    const { unit, words } = await compare(
      scenario,
      { input: 'conversations.base', sizes: [1, 3, 12, 60], cost: { each: 1 } },
      (n) => option(worth(n)),
    )
    expect(unit).toBe('months')
    expect(words).toMatch(/^Run a pilot of \d+ months: its information is worth \$\d+\.\d\d, or \$\d+\.\d\d after its cost\.$/)
    await compare(scenario, { input: 'conversations.base', cv, sizes: [1, 3] }, option)
  })

  it('has errors that are honest over seeds', async () => {
    const squares: number[] = []
    for (let seed = 0; seed < 16; seed++) {
      const [{ evsi }] = (await run(two({ noise: { cv: 0.3 } }), { input: 'resolution.rate', sizes: [2], trials: 4_096, seed }))
        .sizes
      squares.push(((evsi.value - ofTwo(2)) / evsi.se) ** 2)
    }
    const rms = Math.sqrt(squares.reduce((a, b) => a + b, 0) / squares.length)
    expect(rms).toBeGreaterThan(0.8)
    expect(rms).toBeLessThan(1.25)
  })

  it('needs the noise of an observation, unless the pilot can count the input or the plan states it', async () => {
    const scenario = { ...month, offers: { a: priced('uniform(0, 2)'), b: priced(1) } }
    const input = 'offers.a.price'
    await expect(run(scenario, { input })).rejects.toThrow('cv, sd: expected the noise of one observation')
    await expect(run(scenario, { input, cv: 0.1, sd: 0.1 })).rejects.toThrow('expected only one of them')
    const growing = { ...scenario, conversations: { base: 1000, growth: 'normal(0%, 1%)/month' } }
    await expect(run({ ...growing, months: 12 }, { input: 'conversations.growth', cv: 0.1 })).rejects.toThrow('state sd instead')
  })

  it('counts rates of 0 and 1 without error', () => {
    const { below, logLikelihood } = countingResolved.signal(10)
    expect([below(3)(0), below(3)(1), below(10)(0.5), below(-1)(0.5)]).toEqual([1, 0, 1, 0])
    expect([logLikelihood(0)(0), logLikelihood(1)(10), logLikelihood(0)(3)]).toEqual([0, 0, -Infinity])
    const all = binomial(10, 0.3)
    expect(below(3)(0.3)).toBeCloseTo(all[0] + all[1] + all[2] + all[3], 12)
  })
})
