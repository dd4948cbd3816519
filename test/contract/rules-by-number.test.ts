// The twenty-five rules for doubtful cases in their order, each with a figure worked out by hand. rules.test.ts has more cases.
import { expect, it } from 'vitest'
import { ScenarioError } from '../../src/errors.ts'
import { exp, log } from '../../src/numerics/kernel/math.ts'
import { simulate } from '../simulate.ts'
import { billed, layer, months, one } from './billed.ts'
import { thorough } from '../effort.ts'

const meter = 'conversations'
const near = (found: readonly number[], expected: readonly number[]) => {
  expect(found.length).toBe(expected.length)
  found.forEach((amount, k) => expect(amount).toBeCloseTo(expected[k], 8))
}
const few = { trials: 64 }
const priced = (price: number | string, more: object = {}) => ({ charges: [{ meter, price, ...more }] })
const problems = async (scenario: object): Promise<string> => {
  try {
    await simulate(scenario, few)
  } catch (error) {
    if (error instanceof ScenarioError) return error.message
    throw error
  }
  return ''
}

it('rule 1: a period that is cut off counts pro rata, its true-up falls in its last month, and a note says so', async () => {
  // The horizon holds two months of a quarter with a minimum of $300, so $200 are due. 10 and 20 are used, so 170 are missing.
  const { months: bills, warnings } = await billed(one({ meter, price: 1, minimum: '$300/quarter' }), [10, 20])
  near(bills, [10, 190])
  expect(warnings.join()).toContain('2027-01 to 2027-02 is an incomplete quarter, which counts as 2 of 3 months')
})

it('rule 2: fees are monthly; a yearly fee is paid in equal parts or upfront, and a one-time fee in the first month', async () => {
  near((await billed({ charges: [{ fee: 100 }] }, months(3, 1))).months, [100, 100, 100])
  near((await billed({ charges: [{ fee: '$1200/year' }] }, months(3, 1))).months, [100, 100, 100])
  near((await billed({ charges: [{ fee: '$1200/year', paid: 'upfront' }] }, months(13, 1))).months, [1200, ...months(11, 0), 100])
  near((await billed({ charges: [{ fee: '$500/once', from: '2027-02' }] }, months(3, 1))).months, [0, 500, 0])
  const uncertain = {
    months: 12,
    conversations: { base: 1 },
    offers: { a: { charges: [{ fee: 'uniform(1000, 2000)', per: 'year' }] } },
  }
  expect((await simulate(uncertain, { trials: 4096 })).summary.offers.a.bill.mean.value).toBeCloseTo(1500, 0)
})

it('rule 3: an escalator raises prices at each anniversary, then the discount applies, then the renewal', async () => {
  const charge = { meter, price: 1, escalator: '10%/year', discount: '20%' }
  const { months: bills } = await billed(one(charge, { renewal: { month: 13, change: '50%' } }), months(14, 100))
  // 100 · 0.8; then 110 · 0.8; from month 13 times 1.5.
  near(bills, [...months(12, 80), 88, 132])
})

it('rule 4: a limit stops usage exactly at its quantity, and scales all meters alike', async () => {
  const charges = [
    { meter: 'resolutions', price: 1, limit: '60/month' },
    { meter, price: 0.1 },
  ]
  // 100 conversations, 80 resolved: the factor is 0.75, 60 · $1 + 75 · $0.10.
  near((await billed({ charges }, [100], { resolution: { rate: 0.8 } })).months, [67.5])
})

it('rule 5: a refund is due strictly below its threshold, a guarantee at the threshold too', async () => {
  const at = (rate: number, terms: object) =>
    billed(one({ meter: 'resolutions', price: 1 }, terms), months(3, 100), { resolution: { rate } })
  const refund = { refund: { months: 3, below: '60%' } }
  expect((await at(0.6, refund)).total).toBeCloseTo(180, 9)
  expect((await at(0.59, refund)).total).toBeCloseTo(0, 9)
  const guarantee = { guarantee: { months: 3, notAbove: '60%', payment: 50 } }
  expect((await at(0.6, guarantee)).total).toBeCloseTo(180 - 50, 9)
  expect((await at(0.61, guarantee)).total).toBeCloseTo(183, 9)
})

it('rule 6: a credit after the end of the plan does not count', async () => {
  const terms = { counted: { reopened: { share: '10%', lag: 1 } } }
  // The third month's credit would come in the fourth.
  near((await billed(one({ meter: 'resolutions', price: 1 }, terms), [100, 200, 300])).months, [100, 190, 280])
})

it('rule 7: overage is usage beyond a commitment or an included quantity, and only commitments have unused units', async () => {
  const scenario = {
    months: 2,
    conversations: { monthly: [150, 80] },
    offers: {
      committed: { charges: [{ meter, commitment: '100/month', price: 1, overage: 2, discount: '50%' }] },
      included: { charges: [{ meter, included: '100/month', price: 3 }] },
    },
  }
  const { committed, included } = (await simulate(scenario, few)).summary.offers
  const values = ({ overage }: typeof committed) =>
    [overage.any, overage.monthsMean, overage.quantity, overage.amount, overage.unused].map(({ value }) => value)
  near(values(committed), [1, 1, 50, 50, 20])
  near(values(included), [1, 1, 50, 150, 0])
  near(
    committed.overage.months.map(({ value }) => value),
    [1, 0],
  )
})

it('rule 8: the point estimate has every driver at its mean, and no noise or events', async () => {
  const scenario = {
    months: 1,
    conversations: { base: 'uniform(800, 1000)', noise: { cv: 0.3 }, spikes: { probability: '50%', size: 3 } },
    resolution: { rate: 'uniform(0.5, 0.7)', setbacks: { probability: '50%', size: '20pt', months: 2 } },
    offers: { a: { charges: [{ meter: 'resolutions', price: 1 }] } },
  }
  expect((await simulate(scenario, few)).summary.offers.a.bill.point).toBeCloseTo(900 * 0.6, 9)
})

it('rule 9: without noise, rate and volume equal their trends to the last bit', async () => {
  const scenario = {
    months: 3,
    conversations: { monthly: [100, 100, 100] },
    resolution: { rate: '65%', improvement: '1pt/month' },
    offers: { a: { charges: [{ meter: 'resolutions', price: 1 }] } },
  }
  const { monthly } = (await simulate(scenario, few)).summary.drivers.rate ?? { monthly: [] }
  expect(monthly.map(({ mean }) => mean.value)).toEqual([0.65, 0.65 + 0.01, 0.65 + 0.02])
})

it('rule 10: "A to B" is lognormal, logit-normal or normal, depending on the field', async () => {
  const p95 = async (base: string, field: (value: string) => object) =>
    (await simulate({ months: 1, ...field(base) }, { trials: 65_536 })).summary.offers.a.bill.percentiles
  const volume = await p95('400 to 900', (base) => ({ conversations: { base }, offers: { a: priced(1) } }))
  // The interval contains 90% of the trials, and the median is the geometric mean of its ends.
  expect(volume.p5?.value).toBeCloseTo(400, 0)
  expect(volume.p50?.value).toBeCloseTo(Math.sqrt(400 * 900), 2)
  expect(volume.p95?.value).toBeCloseTo(900, 2)
  const rate = await p95('60% to 80%', (value) => ({
    conversations: { base: 1000 },
    resolution: { rate: value },
    offers: { a: { charges: [{ meter: 'resolutions', price: 1 }] } },
  }))
  const logit = (log(0.6 / 0.4) + log(0.8 / 0.2)) / 2
  expect(rate.p50?.value).toBeCloseTo(1000 / (1 + exp(-logit)), 2)
  for (const [base, words] of [
    ['0 to 5', /uniform|pert/],
    ['900 to 400', /expected/],
  ] as const)
    expect(await problems({ conversations: { base }, offers: { a: priced(1) } })).toMatch(words)
})

it("rule 11: parameters are the distribution's own mean and sd, in the value's units", async () => {
  const meanOf = async (price: string) =>
    (await simulate({ months: 1, conversations: { base: 1000 }, offers: { a: priced(price) } }, { trials: 65_536 })).summary.offers
      .a.bill
  const lognormal = await meanOf('lognormal($2.00, $0.50)')
  expect(Math.abs(lognormal.mean.value - 2000)).toBeLessThan(5 * lognormal.mean.se + 0.01)
  expect(Math.abs(lognormal.sd.value - 500)).toBeLessThan(5 * lognormal.sd.se + 0.1)
  // PERT with λ = 4: (1 + 4 · 2 + 5) / 6.
  expect((await meanOf('pert(1, 2, 5)')).mean.value).toBeCloseTo((1000 * 14) / 6, 0)
})

it('rule 12: impossible draws are refused if they are more frequent than one in a million, and clamped otherwise', async () => {
  const words = await problems({ conversations: { base: 1 }, offers: { a: priced('normal(1, 0.5)') } })
  expect(words).toBe(
    'offers.a.charges[0].price: expected an amount of 0 or more in nearly all trials (truncatedNormal or pert stay within a range), got "normal(1, 0.5)"',
  )
  expect(await problems({ conversations: { base: 1 }, offers: { a: priced('normal(1, 0.2)') } })).toBe('')
})

it('rule 13: ratios divide the mean of the bill by the mean of a quantity', async () => {
  const scenario = {
    months: 2,
    conversations: { monthly: [100, 300] },
    resolution: { rate: 0.5 },
    human: { cost: 6 },
    offers: { a: { charges: [{ meter: 'resolutions', price: 1 }, { fee: 100 }] } },
  }
  const { costPerConversation, costPerResolution } = (await simulate(scenario, few)).summary.offers.a
  // 200 resolved of 400: $200 + $200.
  expect(costPerConversation?.mean.value).toBeCloseTo(1, 12)
  expect(costPerResolution?.mean.value).toBeCloseTo(2, 12)
})

it('rule 14: offers that tie share the chance of being cheapest, and a tie counts for neither of them', async () => {
  const scenario = { months: 1, conversations: { base: '900 to 1100' }, offers: { a: priced(1), twin: priced(1), dear: priced(2) } }
  const { cheapest, cheaper } = (await simulate(scenario, { trials: 4096 })).summary.comparison
  expect([cheapest.a.value, cheapest.twin.value, cheapest.dear.value]).toEqual([0.5, 0.5, 0])
  expect([cheaper?.a.twin.value, cheaper?.twin.a.value, cheaper?.a.dear.value]).toEqual([0, 0, 1])
})

it('rule 15: thresholds have a slack for rounding: 55% of 3,000 are 33 packages of 50', async () => {
  const offer = one({ meter: 'resolutions', package: 50, price: 10 })
  expect((await billed(offer, [3000], { resolution: { rate: '55%' } })).total).toBe(330)
})

it('rule 16: `random` runs the stated number of trials; the other methods round up to replicates of powers of two, at least 32', async () => {
  const run = async (trials: number, method: 'random' | 'sobol' | 'latin') =>
    (await simulate({ months: 1, conversations: { base: '1 to 2' }, offers: { a: priced(1) } }, { trials, method })).summary.trials
  expect(await run(1000, 'random')).toBe(1000)
  expect(await run(5, 'random')).toBe(32)
  // ⌈1000 / 16⌉ = 63 replicates of 16.
  expect(await run(1000, 'sobol')).toBe(1008)
  expect(await run(5, 'latin')).toBe(32)
  const certain = await simulate({ months: 1, conversations: { base: 7 }, offers: { a: priced(1) } }, few)
  expect(certain.summary.offers.a.bill.mean).toEqual({ value: 7, se: 0 })
  expect(certain.warnings.join()).toMatch(/uncertain/)
})

it.runIf(thorough)(
  'rule 17: dimensions beyond the direction numbers are drawn at random, and the mean is still right',
  async () => {
    // 1,100 uncertain prices need more than 1,024 coordinates. Their sum has the sum of their means.
    const charges = Array.from({ length: 100 }, () => ({ meter, price: 'uniform(0, 2)' }))
    const offers = Object.fromEntries(Array.from({ length: 11 }, (_, k) => [`o${k}`, { charges }]))
    const { summary } = await simulate(
      { months: 1, conversations: { base: 1 }, offers },
      { trials: 512, keepTrials: false, preintegration: false },
    )
    for (const { bill } of Object.values(summary.offers))
      expect(Math.abs(bill.mean.value - 100)).toBeLessThan(4.5 * bill.mean.se + 0.01)
  },
)

it('rule 18: amounts are rounded only for people: to the cent, half away from zero', async () => {
  const { lines, total } = await billed(one({ meter, price: 0.005 }), [1])
  expect(total).toBe(0.005)
  expect(lines[0].amount).toBe(0.005)
  const { formatAmount } = await import('../../src/notation/money.ts')
  expect([formatAmount(0.005), formatAmount(-0.005), formatAmount(1.005)]).toEqual(['$0.01', '-$0.01', '$1.01'])
})

it('rule 19: names are paths with the ids of charges, and `offers.a.price` is short for the only price', async () => {
  const offers = { a: { charges: [{ id: 'use', meter, price: 'uniform(1, 2)' }] }, b: priced('uniform(1, 2)') }
  const pair = (x: string, y: string) => ({ conversations: { base: 1 }, offers, correlations: [{ between: [x, y], rho: 0.5 }] })
  expect(await problems(pair('offers.a.charges.use.price', 'offers.b.charges[0].price'))).toBe('')
  expect(await problems(pair('offers.a.charges[0].price', 'offers.b.price'))).toBe('')
  expect(await problems(pair('offers.a.charges.usage.price', 'offers.b.price'))).toContain('offers.a.charges.use.price')
  for (const name of ['constructor', '9lives', 'a b'])
    expect(await problems({ conversations: { base: 1 }, offers: { [name]: priced(1) } })).not.toBe('')
})

it('rule 20: an error states the limit that a plan exceeds', async () => {
  const base = { conversations: { base: 1 }, offers: { a: priced(1) } }
  expect(await problems({ ...base, months: 241 })).toContain('months: expected a whole number of months from 1 to 240')
  expect(await problems({ ...base, conversations: { base: 2e12 } })).toContain('at most 1,000,000,000,000')
  expect(await problems({ ...base, offers: { a: { charges: Array.from({ length: 101 }, () => ({ fee: 1 })) } } })).toContain('100')
})

it("rule 21: a bundle's fee is due at 0, a tier's fee above its lower bound, and the last tier has no upper bound", async () => {
  const tiers = one({
    meter,
    graduated: [
      { to: 10, price: 1 },
      { to: 20, price: 0.5, fee: 7 },
    ],
  })
  near((await billed(tiers, [0, 10, 11, 40])).months, [0, 10, 10 + 0.5 + 7, 10 + 15 + 7])
  const bundles = one({
    meter,
    bundles: [
      { to: 10, fee: 5 },
      { to: 100, fee: 30 },
    ],
  })
  near((await billed(bundles, [0, 10, 11, 500])).months, [5, 5, 30, 30])
})

it('rule 22: the field decides whether a plain number is an amount or a quantity', async () => {
  near((await billed(one({ meter, price: 1, minimum: 50 }), [10])).months, [50])
  near((await billed(one({ meter, price: 2, minimum: 50 }), [10])).months, [100])
  near((await billed(one({ meter, price: 2, minimum: '$50' }), [10])).months, [50])
  near((await billed(one({ meter, price: 2, maximum: 50 }), [100])).months, [50])
  near((await billed(one({ meter, price: 2, included: 5 }), [10])).months, [10])
})

it('rule 23: the maximum caps the running sum, then the minimum fills it up; the minimum of an offer is a commitment', async () => {
  const bounded = one({ meter, price: 1, period: 'quarter', maximum: '$150/quarter', minimum: '$120/quarter' })
  near((await billed(bounded, [100, 100, 100])).months, [100, 50, 0])
  near((await billed(bounded, [10, 10, 10])).months, [10, 10, 100])
  const offer = await billed(one({ meter, price: 1 }, { minimum: '$100/month' }), [30])
  near([offer.total, layer(offer, 'commitment')], [100, 70])
  expect(
    await problems({ conversations: { base: 1 }, offers: { a: one({ meter, commitment: 10, price: 1, overage: 2, minimum: 5 }) } }),
  ).toContain('minimum')
})

it('rule 24: included units are used within their own period, and the remaining units add up in that of the charge', async () => {
  const charge = { meter, included: '50/month', period: 'quarter', graduated: [{ to: 100, price: 1 }, { price: 0.5 }] }
  // 50, 0 and 100 units are not included: 150 in the quarter, of which 100 cost $1.
  near((await billed(one(charge), [100, 20, 150])).months, [50, 0, 75])
})

it('rule 25: a distribution is drawn where a field allows one, and refused elsewhere', async () => {
  const scenario = (more: object) => ({
    conversations: { base: 1000 },
    resolution: { rate: 0.5 },
    offers: { a: priced(1) },
    ...more,
  })
  for (const more of [
    { conversations: { base: '900 to 1100', growth: 'normal(1%, 0.5%)/month', involvement: 'uniform(0.8, 0.9)' } },
    { resolution: { rate: '40% to 60%', improvement: 'uniform(0pt, 1pt)/month', ceiling: 'uniform(0.8, 0.9)' } },
    { human: { cost: '5 to 7', uplift: 'uniform(0, 0.1)' } },
    { offers: { a: priced(1, { minimum: 'uniform($10, $20)' }) } },
  ])
    expect(await problems(scenario(more))).toBe('')
  for (const more of [
    { conversations: { base: 1, noise: { cv: 'uniform(0.1, 0.2)' } } },
    { conversations: { base: 1, noise: { cv: 0.1, autocorrelation: 'uniform(0, 0.5)' } } },
    { months: 'uniform(6, 12)' },
    { offers: { a: one({ meter, commitment: 'uniform(10, 20)', price: 1, overage: 2 }) } },
  ])
    expect(await problems(scenario(more))).toContain('expected')
})
