// Closed months of an offer with parts: their resolutions are those of the parts that were live.
import { describe, expect, it } from 'vitest'
import { givenFiles } from '../../../src/api/given.ts'
import { type Reforecast, reforecastOf } from '../../../src/questions/replan/reforecast.ts'
import { trackOf } from '../../../src/questions/replan/track.ts'
import { normalMean } from '../../closed-forms/mathematics.ts'
import { rateNoise } from '../../closed-forms/rate-noise.ts'
import { thorough } from '../../effort.ts'
import { normalNumbers } from './normal-numbers.ts'

const found = (plan: object, csv: string, trials = 65_536): Promise<Reforecast> =>
  reforecastOf({ actuals: 'c.csv', ...plan }, { trials }, givenFiles({ 'c.csv': csv }))
const near = ({ value, se }: { value: number; se: number }, exact: number, own = 0, errors = 4.5) =>
  expect(Math.abs(value - exact), `${value} ± ${se} for ${exact} ± ${own}`).toBeLessThanOrEqual(
    errors * Math.hypot(se, own) + 1e-9 * Math.abs(exact),
  )
const resolutions = { charges: [{ meter: 'resolutions', price: 1 }] }
const logit = (p: number) => Math.log(p / (1 - p))
const logistic = (x: number) => 1 / (1 + Math.exp(-x))
const Z95 = 1.6448536269514722
const csvOf = (header: string, rows: readonly (readonly (string | number)[])[]) =>
  `${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`
const TOTALS = 'month,conversations,resolutions'
const BY_PART = 'month,part,conversations,resolutions'

describe('one part', () => {
  const plan = {
    months: 5,
    conversations: { base: '900 to 1100', growth: '1%/month', noise: { cv: '8%', autocorrelation: 0.5 }, last: 980 },
    resolution: { rate: '60% to 70%', noise: { sd: '3pt', autocorrelation: 0.8 } },
    correlations: [{ between: ['conversations.noise', 'resolution.noise'], rho: 0.4 }],
  }
  const rows = [
    ['2027-01', 1_080, 700],
    ['2027-02', 1_020, 690],
  ]
  const offer = { charges: [{ meter: 'resolutions', price: '$1', commitment: '2k/quarter', overage: '1 to 2' }] }

  it('that is the whole offer has its figures to the last bit', async () => {
    const [whole, parted] = [
      await found({ ...plan, offers: { a: offer } }, csvOf(TOTALS, rows), 8_192),
      await found({ ...plan, offers: { a: { parts: { p: offer } } } }, csvOf(TOTALS, rows), 8_192),
    ]
    expect({ ...parted.offers, inputs: 0 }).toEqual({ ...whole.offers, inputs: 0 })
    expect(parted.effective).toBe(whole.effective)
  })

  it('states its resolutions in rows of its own to the same effect', async () => {
    const offers = { a: { parts: { p: offer, q: { ...offer, from: '2027-06' } } } }
    const [totals, split] = [
      await found({ ...plan, offers }, csvOf(TOTALS, rows), 8_192),
      await found(
        { ...plan, offers },
        csvOf(
          BY_PART,
          rows.map(([month, ...counts]) => [month, 'p', ...counts]),
        ),
        8_192,
      ),
    ]
    expect(split.offers).toEqual(totals.offers)
    expect(split.notes.join()).toContain('part = part; 2 months of 2 parts')
  })

  it('after another one on the same terms is the offer without parts', async () => {
    const linear = { charges: [{ meter: 'resolutions', price: '$1.20' }] }
    const [whole, parted] = [
      await found({ ...plan, offers: { a: linear } }, csvOf(TOTALS, rows), 8_192),
      await found(
        { ...plan, offers: { a: { parts: { p: { ...linear, until: '2027-01' }, q: { ...linear, from: '2027-02' } } } } },
        csvOf(TOTALS, rows),
        8_192,
      ),
    ]
    expect(parted.offers.a.horizon.mean.value).toBeCloseTo(whole.offers.a.horizon.mean.value, 8)
    expect(parted.offers.a.closed.value).toBeCloseTo(1.2 * 1_390, 8)
  })
})

describe('parts with rates of their own', () => {
  const [sd, phi, cv] = [0.03, 0.6, 0.05]
  const plan = {
    months: 3,
    conversations: { base: 1_000, noise: { cv, autocorrelation: 0 } },
    resolution: { rate: '50%', noise: { sd, autocorrelation: phi } },
  }
  const [old, fresh] = [
    { ...resolutions, resolution: { rate: '45%' } },
    { ...resolutions, resolution: { rate: '62%' } },
  ]
  /** The mean rate of the month after one with this score of the noise. */
  const next = (rate: number, score: number, { shift, tau } = rateNoise(0.5, sd)): number =>
    normalMean((z) => logistic(logit(rate) + shift + tau * (phi * score + Math.sqrt(1 - phi * phi) * z)), 0.1)
  // The noise that parts share has the strength that it has at the plan's own rate.
  const at = (rate: number, score: number, { shift, tau } = rateNoise(0.5, sd)): number =>
    logistic(logit(rate) + shift + tau * score)
  /** The score with which parts that share the noise resolve this share together. */
  const solvedScore = (share: number, wanted: number): number => {
    let [low, high] = [-12, 12]
    for (let k = 0; k < 60; k++) {
      const middle = (low + high) / 2
      if ((1 - share) * at(0.45, middle) + share * at(0.62, middle) < wanted) low = middle
      else high = middle
    }
    return (low + high) / 2
  }

  it('share the noise that the resolutions of all determine', async () => {
    const csv = csvOf(TOTALS, [
      ['2027-01', 1_040, 460],
      ['2027-02', 990, 515],
    ])
    // The first month is that of the old part alone. Both answer in the second one, and the new one takes all of the third.
    const parts = { old, new: { ...fresh, from: '2027-02' } }
    const traffic = { new: [{ until: '2027-02', value: '30%' }, { value: '100%' }] }
    const { offers, agreement } = await found({ ...plan, offers: { a: { parts, traffic } } }, csv)
    near(offers.a.closed, 975)
    near(offers.a.remaining.mean, 1_000 * next(0.62, solvedScore(0.3, 515 / 990)))
    expect(agreement.p.value).toBeGreaterThan(0.01)
  })

  it('each learn from their own rows', async () => {
    const noise = { sd, autocorrelation: phi }
    const csv = csvOf(BY_PART, [
      ['2027-01', 'old', 1_040, 460],
      ['2027-02', 'old', 990, 320],
      ['2027-02', 'new', 990, 195],
    ])
    const parts = {
      old: { ...old, resolution: { rate: '45%', noise } },
      new: { ...fresh, from: '2027-02', resolution: { rate: '62%', noise } },
    }
    const { offers } = await found({ ...plan, offers: { a: { parts, traffic: { new: '30%' } } } }, csv)
    const score = (rate: number, share: number) => {
      const { shift, tau } = rateNoise(rate, sd)
      return (logit(share) - logit(rate) - shift) / tau
    }
    near(offers.a.closed, 975)
    near(
      offers.a.remaining.mean,
      1_000 *
        (0.7 * next(0.45, score(0.45, 320 / 693), rateNoise(0.45, sd)) +
          0.3 * next(0.62, score(0.62, 195 / 297), rateNoise(0.62, sd))),
    )
  })

  it('resolve nothing in the shadow, so that the rest belongs to the others', async () => {
    const csv = csvOf(TOTALS, [['2027-01', 1_040, 480]])
    const offer = {
      parts: { old, new: fresh },
      traffic: { new: [{ until: '2027-01', value: '40%' }, { value: '100%' }] },
      shadow: { new: '2027-01' },
    }
    const { offers } = await found({ ...plan, offers: { a: offer } }, csv)
    const { shift, tau } = rateNoise(0.5, sd)
    const score = (logit(480 / 1_040) - logit(0.45) - shift) / tau
    // The month is billed for 480 resolutions of the old part, and for those of the new one in its shadow.
    near(offers.a.closed, 480 + 0.4 * 1_040 * at(0.62, score))
    near(
      { ...offers.a.remaining.mean, value: offers.a.months[0].mean.value, se: offers.a.months[0].mean.se },
      1_000 * next(0.62, score),
    )
  })

  it('are those of the offer that the plan names, or of the only one with parts', async () => {
    const csv = csvOf(TOTALS, [['2027-01', 1_040, 460]])
    const offers = { stay: old, a: { parts: { old } } }
    const named = await found({ ...plan, actuals: { file: 'c.csv', offer: 'a' }, offers }, csv, 8_192)
    const only = await found({ ...plan, offers }, csv, 8_192)
    expect(only.offers).toEqual(named.offers)
    expect(only.notes.join()).toContain('those of a, the only offer with parts')
  })

  it('track against what the plan expected of the parts', async () => {
    const csv = csvOf(TOTALS, [['2027-01', 1_040, 460]])
    const { yearToDate } = await trackOf(
      { ...plan, offers: { a: { parts: { old, new: fresh }, traffic: { new: '30%' } } } },
      { actuals: 'c.csv', trials: 8_192 },
      givenFiles({ 'c.csv': csv }),
    )
    expect(yearToDate.resolutions?.planned).toBeCloseTo(1_000 * (0.7 * 0.45 + 0.3 * 0.62), 0)
    expect(yearToDate.resolutions?.actual).toBe(460)
  })
})

describe.runIf(thorough)('rejection sampling', () => {
  const [sd, phi, years, closed] = [0.04, 0.5, 1_500_000, 0.545]
  const range = (middle: number, spread: number) => ({
    low: logistic(logit(middle) - Z95 * spread),
    high: logistic(logit(middle) + Z95 * spread),
  })
  const uncertain = ({ low, high }: { low: number; high: number }) => `${100 * low}% to ${100 * high}%`
  const [share, fresh] = [
    { middle: 0.3, spread: 0.5 },
    { middle: 0.62, spread: 0.3 },
  ]

  /** The mean share that both parts resolve in the second month, over the years whose first month is close to the closed one. */
  function rejected(own: boolean) {
    const normal = normalNumbers(11)
    const strengths = own ? [rateNoise(0.45, sd), rateNoise(meanOf(fresh), sd)] : [rateNoise(0.5, sd), rateNoise(0.5, sd)]
    const rest = Math.sqrt(1 - phi * phi)
    let [kept, sum, squares] = [0, 0, 0]
    for (let year = 0; year < years; year++) {
      const part = logistic(logit(share.middle) + share.spread * normal())
      const rates = [0.45, logistic(logit(fresh.middle) + fresh.spread * normal())]
      const both = (scores: readonly number[]) => {
        const [a, b] = rates.map((rate, k) => logistic(logit(rate) + strengths[k].shift + strengths[k].tau * scores[own ? k : 0]))
        return (1 - part) * a + part * b
      }
      const first = [normal(), normal()]
      if (Math.abs(Math.log(both(first) / closed)) > 0.01) continue
      const next = both(first.map((z) => phi * z + rest * normal()))
      kept++
      sum += next
      squares += next * next
    }
    expect(kept).toBeGreaterThan(5_000)
    const value = sum / kept
    return { value, se: Math.sqrt((squares / kept - value * value) / kept) }
  }

  const meanOf = ({ middle, spread }: typeof fresh) => normalMean((z) => logistic(logit(middle) + spread * z), 0.1)

  it.each([
    ['share', false],
    ['have of their own', true],
  ])('agrees for parts whose noise they %s, with an uncertain share of traffic', async (_, own) => {
    const expected = rejected(own)
    const noise = { sd, autocorrelation: phi }
    const part = (rate: string) => ({ ...resolutions, resolution: { rate, ...(own && { noise }) } })
    const plan = {
      months: 2,
      conversations: { base: 1_000, noise: { cv: 0.03 } },
      resolution: { rate: '50%', noise },
      offers: {
        a: {
          parts: { old: part('45%'), new: part(uncertain(range(fresh.middle, fresh.spread))) },
          traffic: { new: uncertain(range(share.middle, share.spread)) },
        },
      },
    }
    const { offers } = await found(plan, csvOf(TOTALS, [['2027-01', 1_000, 1_000 * closed]]))
    expect(offers.a.closed.value).toBeCloseTo(1_000 * closed, 5)
    near(offers.a.remaining.mean, 1_000 * expected.value, 1_000 * expected.se)
  })
})

describe('a term', () => {
  const plan = {
    months: 4,
    conversations: { base: 1_000, noise: { cv: 1e-6 } },
    resolution: { rate: '60%', noise: { sd: 1e-6 } },
  }
  const rows = [
    ['2027-01', 1_000.001, 600.001],
    ['2027-02', 999.999, 599.999],
  ]

  it('that began before the plan keeps the usage of its period so far and of the closed months', async () => {
    // The quarter of December to February has 300 of December, and 1,200 of the closed months. March to May ends after the plan.
    const charges = [{ meter: 'resolutions', period: 'quarter', commitment: '1k/quarter', price: 1, overage: 3 }]
    const term = { start: '2026-12', months: 12, toDate: { resolutions: 300 } }
    const { offers } = await found({ ...plan, offers: { a: { term, charges } } }, csvOf(TOTALS, rows), 1_024)
    const whole = { closed: offers.a.closed.value, months: offers.a.months.map(({ mean }) => mean.value) }
    // A commitment is billed by the month: a third of 1,000 each. 1,500 exceed it by 500.
    expect(whole.closed).toBeCloseTo((2 * 1_000) / 3 + 3 * 500, 1)
    expect(whole.months[0]).toBeCloseTo(1_000 / 3, 1)
    // March and April have 1,200 together.
    expect(whole.months[1]).toBeCloseTo(1_000 / 3 + 3 * 200, 1)
  })

  it('of a part goes on from its closed months', async () => {
    const bundle = [{ meter: 'resolutions', period: 'year', graduated: [{ to: '1k', price: 2 }, { price: 1 }] }]
    const old = { ...resolutions, until: '2027-01' }
    const offers = { a: { parts: { old, new: { from: '2027-02', term: { start: '2027-02' }, charges: bundle } } } }
    const result = await found({ ...plan, offers }, csvOf(TOTALS, rows), 1_024)
    expect(result.offers.a.closed.value).toBeCloseTo(600 + 2 * 600, 1)
    expect(result.offers.a.months[0].mean.value).toBeCloseTo(2 * 400 + 200, 1)
    expect(result.offers.a.months[1].mean.value).toBeCloseTo(600, 1)
  })
})

describe('closed months that parts cannot have', () => {
  const parts = {
    old: { ...resolutions, until: '2027-01', resolution: { rate: '45%', noise: { sd: '3pt' } } },
    new: { ...resolutions, from: '2027-02', resolution: { rate: '60%', noise: { sd: '3pt' } } },
  }
  const plan = {
    months: 4,
    conversations: { base: 1_000, noise: { cv: '5%' } },
    resolution: { rate: '50%' },
    offers: { a: { parts } },
  }

  it.each([
    [
      plan,
      csvOf(BY_PART, [['2027-01', 'older', 1_000, 450]]),
      'actuals: expected one of the parts (old, new) in line 2, column "part" of "c.csv", got "older"',
    ],
    [
      plan,
      csvOf(BY_PART, [
        ['2027-01', 'old', 1_000, 450],
        ['2027-01', 'old', 1_000, 450],
      ]),
      'actuals: expected one row per month and part in "c.csv", got a second one for old in 2027-01 in line 3',
    ],
    [
      plan,
      csvOf(BY_PART, [
        ['2027-01', 'old', 900, 450],
        ['2027-01', 'new', 100, 0],
      ]),
      'actuals: expected in each row of 2027-01 the conversations of the whole month, of all parts and people, got 900 and 100 in line 3 of "c.csv"',
    ],
    [
      plan,
      csvOf(BY_PART, [
        ['2027-01', 'old', 1_000, 400],
        ['2027-01', 'new', 1_000, 50],
      ]),
      'actuals: expected 0 resolutions of new in 2027-01, since no AI of the offer resolves conversations there, got 50',
    ],
    [plan, csvOf(BY_PART, [['2027-01', 'new', 1_000, 0]]), 'actuals: expected more than 0 resolutions of old in 2027-01, got 0'],
    [
      { ...plan, offers: { a: { parts: { ...parts, old: { ...parts.old, resolution: { rate: '45%' } } } } } },
      csvOf(TOTALS, [['2027-01', 1_000, 450]]),
      'resolution.noise: expected noise such as { sd: 2pt }, got none: without noise, actual rates would contradict the plan',
    ],
  ])('are refused', async (given, csv, message) => {
    await expect(found(given, csv, 1_024)).rejects.toThrow(message)
  })
})
