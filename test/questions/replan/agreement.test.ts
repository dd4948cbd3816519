// Closed months are compared with what the plan allows: p has closed forms, is uniform for months that the plan itself draws, and a plan
// that excludes its closed months is refused.
import { describe, expect, it } from 'vitest'
import { givenFiles } from '../../../src/api/given.ts'
import { compile } from '../../../src/compile/compile.ts'
import { planTrials } from '../../../src/numerics/random/plan.ts'
import { reforecastOf } from '../../../src/questions/replan/reforecast.ts'
import { trackOf } from '../../../src/questions/replan/track.ts'
import { allAtOnce } from '../../../src/pace.ts'
import { readScenario } from '../../../src/scenario/read.ts'
import { resolve } from '../../../src/scenario/resolve/resolve.ts'
import { modelOf } from '../../../src/simulation/model.ts'
import { recording } from '../../../src/simulation/recorded.ts'
import { normalCdf } from '../../closed-forms/mathematics.ts'
import { rateNoise } from '../../closed-forms/rate-noise.ts'
import { slow, thorough } from '../../effort.ts'

const csv = (rows: readonly (readonly number[])[]) =>
  `month,conversations${rows[0].length > 1 ? ',resolutions' : ''}\n${rows.map((row, k) => `2027-0${k + 1},${row.join(',')}`).join('\n')}\n`
const found = (plan: object, rows: readonly (readonly number[])[], trials = 1_024) =>
  reforecastOf(plan, { actuals: 'c.csv', trials }, givenFiles({ 'c.csv': csv(rows) }))
const offers = { a: { charges: [{ meter: 'conversations', price: 1 }] } }

const cv = 0.1
const sigma = Math.sqrt(Math.log1p(cv * cv))
/** The volume whose score is z. */
const volumeAt = (z: number, base = 1_000) => base * Math.exp(sigma * z - (sigma * sigma) / 2)

describe('the agreement of closed months', () => {
  const fixed = { months: 6, conversations: { base: 1_000, noise: { cv } }, offers }

  it.each([0, 0.3, -1, 2, -3, 4.8])('of one month with score %d is two tails of the normal distribution', async (z) => {
    const { agreement } = await found(fixed, [[volumeAt(z)]])
    expect(agreement.p.value / (2 * normalCdf(-Math.abs(z)))).toBeCloseTo(1, 6)
    expect(agreement.p.se).toBeLessThan(1e-12)
  })

  it.each([0, 0.8, -0.6])('counts correlated noises together (rho %d)', async (rho) => {
    const [volume, rate] = [1.4, -1.1]
    const { shift, tau } = rateNoise(0.65, 0.02)
    const plan = {
      ...fixed,
      resolution: { rate: '65%', noise: { sd: '2pt' } },
      ...(rho !== 0 && { correlations: [{ between: ['conversations.noise', 'resolution.noise'], rho }] }),
    }
    const involved = volumeAt(volume)
    const odds = (0.65 / 0.35) * Math.exp(shift + tau * rate)
    const { agreement } = await found(plan, [[involved, (involved * odds) / (1 + odds)]])
    const square = (volume ** 2 + rate ** 2 - 2 * rho * volume * rate) / (1 - rho * rho)
    expect(agreement.p.value).toBeCloseTo(Math.exp(-square / 2), 6)
  })

  it('follows the autocorrelation: a level that stays is one surprise, not three', async () => {
    const plan = { ...fixed, conversations: { base: 1_000, noise: { cv, autocorrelation: 0.9 } } }
    const level = [volumeAt(2)]
    const { agreement } = await found(plan, [level, level, level])
    // The innovations are 2, and twice 2 (1 − 0.9) / √(1 − 0.9²).
    const x = (4 + 2 * (0.2 ** 2 / 0.19)) / 2
    const tail = 2 * normalCdf(-Math.sqrt(2 * x)) + 2 * Math.sqrt(x / Math.PI) * Math.exp(-x)
    expect(agreement.p.value).toBeCloseTo(tail, 6)
  })
})

describe('a plan that excludes its closed months', () => {
  // Three months at 90,000 where the plan has a base of 50,000 without a range: no trial differs from another in its weight, so the
  // effective number of trials was the number of trials.
  const plan = {
    conversations: { base: '50k', noise: { cv: '2%', autocorrelation: 0.5 } },
    offers: { a: { charges: [{ meter: 'conversations', price: '$1' }] } },
  }
  const rows = [[90_000], [90_000], [90_000]]

  it('is refused, with the month that disagrees most and the way out', async () => {
    await expect(found(plan, rows)).rejects.toThrow(
      /the plan excludes its closed months: fewer than 1 in 1,000,000 of its years are as far off \(p = 1e-311\)\. 2027-01 disagrees most: its conversations are 29 standard deviations above the plan\. Give conversations\.base a wider range/,
    )
  })

  it('is compared by track, without a reforecast', async () => {
    const { reforecast, verdict } = await trackOf(plan, { actuals: 'c.csv', trials: 1_024 }, givenFiles({ 'c.csv': csv(rows) }))
    expect(verdict.redo).toBe(true)
    expect(reforecast).toEqual({ none: expect.stringContaining('the plan excludes its closed months') })
  })

  it('is a reason to plan again, also if the sum so far and the sides of the months are as planned', async () => {
    const months = csv([[volumeAt(7)], [volumeAt(-7)]])
    const noisy = { ...plan, conversations: { base: 1_000, noise: { cv } } }
    const { verdict } = await trackOf(noisy, { actuals: 'c.csv', trials: 1_024 }, givenFiles({ 'c.csv': months }))
    expect(verdict.reasons).toContain('the plan excludes the closed months')
  })

  it('is accepted with a range that reaches the months, which the base then follows', async () => {
    const wide = { ...plan, conversations: { ...plan.conversations, base: '45k to 95k' } }
    const { agreement, inputs, notes } = await found(wide, rows, 65_536)
    expect(agreement.p.value).toBeGreaterThan(0.2)
    expect(inputs['conversations.base'].after.value / 90_000).toBeCloseTo(1, 1)
    expect(agreement.doubt).toBeUndefined()
    expect(notes.join()).not.toContain('may be wrong')
  })

  it('is doubted between 1% and 1 in a million, and names the later month or the rate if that is farther off', async () => {
    const noisy = { ...plan, conversations: { base: 1_000, noise: { cv } } }
    const asked = [[1_000], [volumeAt(-4)], [1_010]]
    const { agreement, notes } = await found(noisy, asked)
    expect(agreement.p.value).toBeLessThan(0.01)
    expect(agreement.doubt).toContain('2027-02 disagrees most: its conversations are 4.0 standard deviations below the plan')
    expect(notes).toContain(agreement.doubt)
    const tracked = await trackOf(noisy, { actuals: 'c.csv', trials: 1_024 }, givenFiles({ 'c.csv': csv(asked) }))
    expect(tracked.notes).toContain(agreement.doubt)
    const rated = { ...noisy, resolution: { rate: '65%', noise: { sd: '2pt' } } }
    const byRate = await found(rated, [
      [1_000, 650],
      [1_000, 560],
    ])
    expect(byRate.agreement.doubt).toMatch(
      /2027-02 disagrees most: its resolution rate is 4\.\d standard deviations below the plan/,
    )
  })
})

describe('months that the plan itself draws', () => {
  const SETS = slow ? 1_000 : 50

  /** The closed months of many years of a plan. */
  async function years(plan: object, closed: number): Promise<number[][][]> {
    const { scenario } = await resolve(readScenario(plan), givenFiles())
    const model = modelOf(compile(scenario, { measure: 'bill', pairs: 'none' }))
    const genuine = model.program.sharedRate ? model.usage.handled.resolved(0, 0) : []
    const { volume } = model.conversations
    const sample = planTrials(1_024, 'random')
    const nodes = Array.from({ length: closed }, (_, m) => [volume[m], ...genuine.slice(m, m + 1)])
    const columns = allAtOnce(recording(model, sample, 'years', nodes.flat(), sample.trials))
    const width = nodes[0].length
    return Array.from({ length: SETS }, (_, i) => nodes.map((own, m) => own.map((_node, k) => columns[m * width + k][i])))
  }
  const agreements = async (plan: object, closed: number, trials: number) => {
    const ps: number[] = []
    for (const rows of await years(plan, closed)) ps.push((await found(plan, rows, trials)).agreement.p.value)
    return ps.sort((a, b) => a - b)
  }
  /** No more than 1% of right plans are doubted, within three standard errors. */
  const doubted = (ps: readonly number[]) => ps.filter((p) => p < 0.01).length / SETS
  const MOST = 0.01 + 3 * Math.sqrt((0.01 * 0.99) / SETS)

  it.runIf(thorough)('have a uniform p if every driver is certain', async () => {
    const plan = {
      months: 6,
      conversations: { base: 1_000, noise: { cv, autocorrelation: 0.5 } },
      resolution: { rate: '65%', noise: { sd: '2pt', autocorrelation: 0.3 } },
      correlations: [{ between: ['conversations.noise', 'resolution.noise'], rho: -0.6 }],
      offers: { a: { charges: [{ meter: 'resolutions', price: 1 }] } },
    }
    const ps = await agreements(plan, 3, 1_024)
    const gap = ps.reduce((most, p, i) => Math.max(most, Math.abs(p - i / SETS), Math.abs(p - (i + 1) / SETS)), 0)
    // Kolmogorov and Smirnov's test at 1%.
    expect(gap).toBeLessThan(1.63 / Math.sqrt(SETS))
    expect(doubted(ps)).toBeLessThanOrEqual(MOST)
  })

  it.runIf(thorough)('have a p that errs toward the plan if drivers are uncertain', async () => {
    const plan = {
      months: 6,
      conversations: { base: '940 to 1060', growth: '-1% to 2%/month', noise: { cv, autocorrelation: 0.5 } },
      offers,
    }
    const ps = await agreements(plan, 3, 2_048)
    expect(doubted(ps)).toBeLessThanOrEqual(MOST)
    // Neither is p stuck in the middle.
    expect(ps[Math.floor(SETS / 10)]).toBeLessThan(0.35)
    expect(ps[Math.floor((9 * SETS) / 10)]).toBeGreaterThan(0.65)
  })
})
