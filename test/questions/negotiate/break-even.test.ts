// Break-even agrees with closed forms: exact ones to the last digits, sampled ones within their standard errors.
import { describe, expect, it } from 'vitest'
import { breakEvenOf as breakEven } from '../../../src/questions/negotiate/break-even.ts'
import { effort, long, patience, thorough } from '../../effort.ts'
import { committed, excess, lognormalUse, reader, rootOf, uncommitted, use } from '../reader.ts'

const fin = { charges: [{ id: 'usage', meter: 'resolutions', price: '$0.99' }] }
const flat = { charges: [{ meter: 'conversations', price: '$0.80' }] }
const noisy = { base: '45k to 60k', noise: { cv: '8%', autocorrelation: 0.5 } }
const of = (scenario: object, path: string, offers: readonly [string, string], options = {}) =>
  breakEven(scenario, path, offers, reader, { trials: 4096, ...options })

describe('a break-even that is the same in every trial is exact', () => {
  it('for a price per resolution against one per conversation: rate = p_c / p_r', async () => {
    const found = await of({ conversations: noisy, resolution: { rate: '60% to 70%' }, offers: { fin, flat } }, 'resolution.rate', [
      'fin',
      'flat',
    ])
    expect(found.exact).toBe(true)
    expect(found.se).toBe(0)
    expect(found.value).toBeCloseTo(0.8 / 0.99, 12)
  })
  it('for a vendor with its own count of resolutions', async () => {
    const counted = { ...fin, counted: { resolved: '90%', unresolved: '20%', reopened: '5%' } }
    const found = await of({ conversations: noisy, resolution: { rate: '65%' }, offers: { counted, flat } }, 'resolution.rate', [
      'flat',
      'counted',
    ])
    // 0.99 (0.9 x + 0.2 (1 − x)) 0.95 = 0.8
    expect(found).toMatchObject({ value: expect.closeTo((0.8 / 0.99 / 0.95 - 0.2) / 0.7, 12) as number, se: 0, exact: true })
  })
  it('for the price of either offer', async () => {
    const scenario = { conversations: noisy, resolution: { rate: '65%' }, offers: { fin, flat } }
    expect((await of(scenario, 'offers.fin.price', ['fin', 'flat'])).value).toBeCloseTo(0.8 / 0.65, 12)
    expect((await of(scenario, 'offers.flat.charges[0].price', ['fin', 'flat'])).value).toBeCloseTo(0.99 * 0.65, 12)
  })
  it('for a commitment at $1.50 with overage at $2.00, which pays off from 75% use', async () => {
    const scenario = { conversations: { base: 50_000 }, resolution: { rate: '65%' }, offers: { committed, uncommitted } }
    const base = await of(scenario, 'conversations.base', ['committed', 'uncommitted'])
    expect(base).toMatchObject({ value: expect.closeTo((0.75 * 30_000) / 0.65, 7) as number, se: 0, exact: true })
    const quantity = await of(scenario, 'offers.committed.commitment', ['committed', 'uncommitted'], {
      bounds: ['30k', '60k/month'],
    })
    expect(quantity).toMatchObject({ value: expect.closeTo((0.65 * 50_000) / 0.75, 7) as number, se: 0, exact: true })
  })
  it('for any field, such as the cost of people', async () => {
    const scenario = {
      conversations: noisy,
      resolution: { rate: '65%' },
      human: { cost: '$6.00' },
      offers: { fin, none: { resolution: { rate: 0 }, charges: [{ fee: '$0' }] } },
      run: { measure: 'total' },
    }
    expect((await of(scenario, 'human.cost', ['fin', 'none'])).value).toBeCloseTo(0.99, 12)
  })
})

describe('a sampled break-even is right within its standard errors', () => {
  // Mean 0.6, median 0.9 − √(0.5 · 0.4 / 2)
  const scenario = {
    months: 1,
    conversations: { base: '45k to 60k' },
    resolution: { rate: 'triangular(40%, 50%, 90%)' },
    offers: { fin, flat },
  }
  it('for the price at which mean costs are equal', async () => {
    const { value, se, exact } = await of(scenario, 'offers.flat.price', ['fin', 'flat'], { trials: 65_536 })
    expect(exact).toBe(false)
    expect(se).toBeGreaterThan(0)
    expect(se).toBeLessThan(1e-5)
    expect(Math.abs(value - 0.99 * 0.6)).toBeLessThan(4 * se)
  })
  it.runIf(thorough)('for the price at which each offer is cheaper in half of the trials', async () => {
    const { value, se } = await of(scenario, 'offers.flat.price', ['fin', 'flat'], { trials: 65_536, statistic: 'odds' })
    expect(se).toBeLessThan(2e-4)
    expect(Math.abs(value - 0.99 * (0.9 - Math.sqrt(0.1)))).toBeLessThan(4 * se)
  })
  it('for a commitment against none, with lognormal use', async () => {
    const offers = { committed, uncommitted }
    const { value, se } = await of(
      { ...lognormalUse, offers },
      'offers.committed.charges[0].commitment',
      ['committed', 'uncommitted'],
      {
        trials: 65_536,
        bounds: [30_000, 60_000],
      },
    )
    const mean = use.median * Math.exp((use.sd * use.sd) / 2)
    const exact = rootOf((c) => 1.5 * c + 2 * excess(c) - 2 * mean, 30_000, 60_000)
    expect(se).toBeLessThan(2)
    expect(Math.abs(value - exact)).toBeLessThan(4 * se)
  })
  it.runIf(thorough).each(long ? (['sobol', 'latin', 'random'] as const) : (['sobol'] as const))(
    'and its standard error agrees with its variation from seed to seed (%s)',
    async (method) => {
      const seeds = effort(8, 300, 16).numRuns
      let squares = 0
      for (let seed = 1; seed <= seeds; seed++) {
        const { value, se } = await of(scenario, 'offers.flat.price', ['fin', 'flat'], { trials: 1024, seed, method })
        squares += (((value - 0.99 * 0.6) / se) * ((value - 0.99 * 0.6) / se)) / seeds
      }
      expect(Math.sqrt(squares)).toBeGreaterThan(long ? 0.88 : 0.5)
      expect(Math.sqrt(squares)).toBeLessThan(long ? 1.15 : 1.6)
    },
    patience,
  )
})

describe('a question without an answer', () => {
  const scenario = { conversations: noisy, resolution: { rate: '65%' }, offers: { fin, flat } }
  it.each([
    [
      'resolution.rate',
      ['fin', 'flat'],
      { bounds: ['10%', '20%'] },
      'no crossing was found between 0.1 and 0.2 at 17 points. fin is ahead at all of them. Try other bounds',
    ],
    [
      'resolution.rate',
      ['fin', 'flat'],
      { bounds: ['20%', '10%'] },
      'expected a lower bound and then a higher one, got 0.2 and 0.1',
    ],
    ['resolution.rate', ['fin', 'flat'], { bounds: [0.5, 1.5] }, 'resolution.rate cannot be 1.5: expected a share'],
    ['resolution.rate', ['fin', 'fin'], {}, 'expected two different offers'],
    ['resolution.rate', ['fin', 'no'], {}, 'there is no offer "no": the offers are fin, flat'],
    ['conversations.base', ['fin', 'flat'], {}, 'fin is ahead at all of them'],
    ['resolution.rate', ['fin', 'flat'], { statistic: 'mode' }, 'statistic: expected mean or odds'],
    ['resolution.rate', ['fin', 'flat'], { trials: 0 }, 'trials: expected a whole number'],
  ] as const)('is refused: %s of %s with %o', async (path, offers, options, message) => {
    await expect(of(scenario, path, offers, options)).rejects.toThrow(message)
  })
  it('is refused: costs that are always the same', async () => {
    await expect(of({ ...scenario, offers: { a: fin, b: fin } }, 'resolution.rate', ['a', 'b'])).rejects.toThrow(
      'there is no single answer',
    )
  })
})

describe('an input that a variant makes certain', () => {
  it('leaves its correlations', async () => {
    const correlations = [{ between: ['conversations.base', 'resolution.rate'], rho: 0.5 }]
    const scenario = { conversations: noisy, resolution: { rate: '60% to 70%' }, correlations, offers: { fin, flat } }
    expect((await of(scenario, 'resolution.rate', ['fin', 'flat'])).value).toBeCloseTo(0.8 / 0.99, 12)
  })
})
