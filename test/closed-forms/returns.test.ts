// Customers who come back, in plans without uncertainty: every figure is worked out by hand or by a recursion of a few lines.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { OfferSummary } from '../../src/summary/summary.ts'
import { thorough } from '../effort.ts'
import { simulate } from '../simulate.ts'

const MONTHS = 12
const each = Array.from({ length: MONTHS }, (_, m) => m)
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
const perResolution = { charges: [{ meter: 'resolutions', price: '$0.99' }] }
const plan = { conversations: { base: '50k' }, resolution: { rate: '65%' }, human: { cost: '$6' } }

async function summaryOf(offer: object, more: object = {}): Promise<OfferSummary> {
  const { summary } = await simulate({ ...plan, ...more, offers: { one: offer } }, { trials: 64 })
  const { one } = summary.offers
  for (const cost of [one.bill, one.total]) {
    expect(cost.mean.se).toBe(0)
    near(cost.point, cost.mean.value)
    for (const month of cost.monthly) near(month.point, month.mean.value)
  }
  return one
}

const near = (found: number | undefined, wanted: number) =>
  expect(Math.abs((found ?? Number.NaN) - wanted), `${found}, exactly ${wanted}`).toBeLessThanOrEqual(
    1e-11 * Math.abs(wanted) + 1e-9,
  )
const means = (cost: OfferSummary['bill']) => cost.monthly.map(({ mean }) => mean.value)
function expectMonths(cost: OfferSummary['bill'], wanted: readonly number[]): void {
  for (const [m, value] of wanted.entries()) near(means(cost)[m], value)
}
const returning = (share: string, to: 'people' | 'ai', lag = 1, rate = '65%') => ({
  resolution: { rate, returns: { share, lag, to } },
})

describe('a plan with 50,000 conversations a month, of which the AI resolves 65%', () => {
  it('costs $1,646,100', async () => {
    const { total, beyondBill } = await summaryOf(perResolution)
    near(total.mean.value, 1_646_100)
    near(beyondBill.people?.value, 1_260_000)
  })
  it('costs less if the vendor credits what is re-opened, since those who come back cost nobody anything', async () => {
    const { total, beyondBill } = await summaryOf({ ...perResolution, counted: { reopened: { share: '50%', lag: 1 } } })
    near(total.mean.value, 1_469_137.5)
    near(beyondBill.people?.value, 1_260_000)
  })
  it('costs $6 more for each of the 16,250 who come back to people in each of 11 months', async () => {
    const { bill, total, resolutions, costPerResolution } = await summaryOf(perResolution, returning('50%', 'people'))
    near(bill.mean.value, 386_100)
    near(total.mean.value, 1_646_100 + 11 * 16_250 * 6)
    near(resolutions?.mean.value, 12 * 16_250)
    near(costPerResolution?.mean.value, 386_100 / 195_000)
  })
  it('costs that less the credits, if the vendor credits them', async () => {
    const credited = { ...perResolution, counted: { returned: 'credited' } }
    const { bill, total, billable } = await summaryOf(credited, returning('50%', 'people'))
    near(bill.mean.value, 386_100 - 11 * 16_250 * 0.99)
    near(total.mean.value, 1_646_100 + 11 * 16_250 * (6 - 0.99))
    near(billable?.mean.value, 390_000 - 11 * 16_250)
  })
  it('has the bits of a plan without returns if 0% come back', async () => {
    const [without, none] = [await summaryOf(perResolution), await summaryOf(perResolution, returning('0%', 'ai'))]
    expect(none).toEqual(without)
  })
})

describe('what comes back to people', () => {
  it.each([0, 1, 2])('costs people in the month of the return, with a lag of %i', async (lag) => {
    const { total } = await summaryOf(perResolution, returning('10%', 'people', lag))
    expectMonths(
      total,
      each.map((m) => 32_500 * 0.99 + 6 * (17_500 + (m < lag ? 0 : 3_250))),
    )
  })
  it('is counted for seats by the number of contacts of people', async () => {
    const seats = { charges: [{ seats: { perAgent: 1000 }, price: '$100/month' }] }
    const { bill } = await summaryOf(seats, returning('10%', 'people'))
    expectMonths(
      bill,
      each.map((m) => 100 * Math.ceil((17_500 + (m === 0 ? 0 : 3_250)) / 1000)),
    )
  })
  it('raises the cost of a contact by the uplift times the share that is genuinely resolved', async () => {
    const { total } = await summaryOf(
      { charges: [{ fee: '$1/month' }] },
      {
        ...returning('20%', 'people', 0),
        human: { cost: '$6', uplift: '50%' },
      },
    )
    // 52% are genuinely resolved, and people handle 48%.
    expectMonths(
      total,
      each.map(() => 1 + 50_000 * 0.48 * 6 * (1 + 0.5 * 0.52)),
    )
  })
  it('follows the share of the month that resolved it, in stages', async () => {
    const share = [{ until: '2027-02', value: '10%' }, { value: '20%' }]
    const { total } = await summaryOf(perResolution, { resolution: { rate: '65%', returns: { share, lag: 2, to: 'people' } } })
    expectMonths(
      total,
      each.map((m) => 32_500 * 0.99 + 6 * (17_500 + (m < 2 ? 0 : 32_500 * (m < 4 ? 0.1 : 0.2)))),
    )
  })
})

/** V + B conversations of the AI, of which R seem resolved, of which r come back as the next B. */
function recursion(rate: number, share: number, lag: number, involvement = 1): { involved: number[]; seeming: number[] } {
  const [involved, seeming]: number[][] = [[], []]
  for (const m of each) {
    involved.push(50_000 * involvement + (m < lag ? 0 : share * seeming[m - lag]))
    seeming.push(involved[m] * rate)
  }
  return { involved, seeming }
}

describe('what comes back to the AI', () => {
  it('is a geometric series of conversations', async () => {
    const { bill } = await summaryOf({ charges: [{ meter: 'conversations', price: 1 }] }, returning('10%', 'ai'))
    const q = 0.065
    expectMonths(
      bill,
      each.map((m) => (50_000 * (1 - q ** (m + 1))) / (1 - q)),
    )
  })
  it.each([1, 2, 3])('is resolved again, and people handle the rest, with a lag of %i', async (lag) => {
    const { involved, seeming } = recursion(0.65, 0.1, lag)
    const { bill, total, resolutions } = await summaryOf(perResolution, returning('10%', 'ai', lag))
    expectMonths(
      bill,
      each.map((m) => seeming[m] * 0.99),
    )
    expectMonths(
      total,
      each.map((m) => seeming[m] * 0.99 + 6 * (involved[m] - seeming[m])),
    )
    near(resolutions?.mean.value, 0.9 * sum(seeming))
  })
  it('goes to the AI whatever its involvement, and tickets and escalations include it', async () => {
    const { involved, seeming } = recursion(0.65, 0.1, 1, 0.4)
    const more = { ...returning('10%', 'ai'), conversations: { base: '50k', involvement: '40%' } }
    const charges = [
      { meter: 'tickets', price: 1 },
      { meter: 'escalations', price: 10 },
      { meter: 'actions', price: 100 },
    ]
    const { bill, total } = await summaryOf({ charges }, more)
    const bills = each.map((m) => 30_000 + involved[m] + 10 * (involved[m] - seeming[m]) + 100 * involved[m])
    expectMonths(bill, bills)
    expectMonths(
      total,
      each.map((m) => bills[m] + 6 * (30_000 + involved[m] - seeming[m])),
    )
  })
  it('changes neither the conversations of the plan, nor the rate, nor what the cost per conversation is divided by', async () => {
    const { summary } = await simulate({ ...plan, ...returning('10%', 'ai'), offers: { one: perResolution } }, { trials: 64 })
    near(summary.drivers.conversations.mean.value, 600_000)
    near(summary.drivers.rate?.mean.value, 0.65)
    const { bill, costPerConversation } = summary.offers.one
    near(costPerConversation?.mean.value, bill.mean.value / 600_000)
  })
  it('is credited at the price of the month in which it comes back', async () => {
    const { seeming } = recursion(0.65, 0.1, 1)
    const price = [{ until: '2027-06', value: 1 }, { value: 2 }]
    const credited = { counted: { resolved: '90%', returned: 'credited' }, charges: [{ meter: 'resolutions', price }] }
    const { bill } = await summaryOf(credited, returning('10%', 'ai'))
    expectMonths(
      bill,
      each.map((m) => (m < 6 ? 1 : 2) * 0.9 * (seeming[m] - (m === 0 ? 0 : 0.1 * seeming[m - 1]))),
    )
  })
  it('is handled by people once the offer has ended', async () => {
    const { seeming } = recursion(0.65, 0.1, 1)
    const { total } = await summaryOf({ ...perResolution, until: '2027-06' }, returning('10%', 'ai'))
    near(means(total)[6], 6 * (50_000 + 0.1 * seeming[5]))
    near(means(total)[7], 6 * 50_000)
  })
  it('is stopped by a limit as other conversations are', async () => {
    const limited = { charges: [{ meter: 'conversations', price: 1, limit: '51k/month' }] }
    const { bill, total } = await summaryOf(limited, returning('10%', 'ai'))
    // Without the limit the second month has 53,250 conversations, and every later one has more than 51,000.
    expectMonths(
      bill,
      each.map((m) => (m === 0 ? 50_000 : 51_000)),
    )
    const back = (m: number) => (m === 0 ? 0 : 0.065 * (m === 1 ? 50_000 : 51_000))
    expectMonths(
      total,
      each.map((m) => means(bill)[m] + 6 * (50_000 + back(m) - 0.65 * means(bill)[m])),
    )
  })
})

describe('credits', () => {
  it('are not below 0, and nothing is carried over', async () => {
    const falling = { ...returning('50%', 'people'), conversations: { monthly: [1000, 100, 0, 100, ...Array<number>(8).fill(0)] } }
    const { bill } = await summaryOf({ charges: [{ meter: 'resolutions', price: 1 }], counted: { returned: 'credited' } }, falling)
    expectMonths(bill, [650, 0, 0, 65])
  })
  it('leave a commitment as it is', async () => {
    const committed = { charges: [{ meter: 'resolutions', commitment: '40k/month', price: 1, overage: 2 }] }
    const { bill } = await summaryOf({ ...committed, counted: { returned: 'credited' } }, returning('10%', 'people'))
    near(bill.mean.value, 12 * 40_000)
  })
})

describe('terms that depend on the rate', () => {
  const guaranteed = (notAbove: string) => ({ ...perResolution, guarantee: { months: 3, notAbove, payment: '$9k' } })
  it('count those who come back as not resolved', async () => {
    // 65% less a tenth is 58.5%.
    const [at, below] = [
      await summaryOf(guaranteed('58.5%'), returning('10%', 'people')),
      await summaryOf(guaranteed('58.4%'), returning('10%', 'people')),
    ]
    near(below.bill.mean.value, 386_100)
    near(at.bill.mean.value, 386_100 - 9_000)
    const refunded = { ...perResolution, refund: { months: 3, below: '59%' } }
    near((await summaryOf(refunded, returning('10%', 'people'))).bill.mean.value, 386_100 - 3 * 32_500 * 0.99)
    near((await summaryOf(refunded)).bill.mean.value, 386_100)
  })
  it('weigh the months with what came back to the AI', async () => {
    const rate = [{ until: '2027-01', value: '60%' }, { value: '70%' }]
    // 50,000 at 60%, then 53,000 at 70%, of which 90% are genuine.
    const mean = (0.9 * (30_000 + 0.7 * 53_000)) / 103_000
    const more = { resolution: { rate, returns: { share: '10%', lag: 1, to: 'ai' } } }
    const paid = async (notAbove: number) => {
      const guarantee = { months: 2, notAbove, payment: '$9k' }
      return (await summaryOf({ charges: [{ fee: '$1k/month' }], guarantee }, more)).bill.mean.value < 12_000
    }
    expect([await paid(mean - 1e-9), await paid(mean + 1e-9)]).toEqual([false, true])
  })
})

describe('whole counts', () => {
  const offers = { billed: perResolution, credited: { ...perResolution, counted: { returned: 'credited' } } }
  it('come back as whole customers, whose mean and spread are those of Poisson counts', async () => {
    const small = { months: 2, counting: 'sampled', conversations: { base: 200 }, ...returning('30%', 'people') }
    const one = { charges: [{ fee: '$0/month' }] }
    const { summary } = await simulate(
      { ...small, human: { cost: '$1' }, offers: { one } },
      { trials: 65_536, method: 'random', seed: 'whole', keepTrials: true },
    )
    const { total } = summary.offers.one
    // The second month: Poisson with mean 200 · 0.35, and Poisson with mean 200 · 0.65 · 0.3 of the month before.
    expect(Math.abs(total.monthly[1].mean.value - 109)).toBeLessThan(5 * total.monthly[1].mean.se)
    // Both months: the first month's contacts are independent of those who come back from it.
    const sd = Math.sqrt(70 + 109)
    expect(Math.abs(total.sd.value - sd)).toBeLessThan(5 * total.sd.se)
    expect(total.percentiles.p50?.value).toSatisfy(Number.isInteger)
  })
  it('have the means of expected counts', async () => {
    const options = { trials: 4_096, seed: 'means' }
    const more = { ...plan, ...returning('10%', 'ai'), offers }
    const [whole, expected] = [await simulate({ ...more, counting: 'sampled' }, options), await simulate(more, options)]
    for (const name of ['billed', 'credited']) {
      const [found, wanted] = [whole.summary.offers[name].total, expected.summary.offers[name].total]
      expect(Math.abs(found.mean.value - wanted.mean.value)).toBeLessThan(5 * found.mean.se)
    }
  })
})

it.runIf(thorough)('the figures of an independent simulation are those of a run, within their errors', async () => {
  const read = (name: string): unknown => JSON.parse(readFileSync(`test/reference/world/${name}`, 'utf8'))
  const { expect: wanted } = read('returns.expect.json') as { expect: readonly { path: string; value: number; se: number }[] }
  const { summary } = await simulate(read('returns.json') as object, { trials: 131_072 })
  for (const { path, value, se } of wanted) {
    const keys = path.split('.').slice(0, -1)
    const own = keys.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], summary) as {
      value: number
      se: number
    }
    expect(Math.abs(own.value - value), path).toBeLessThan(5 * Math.hypot(se, own.se))
  }
})
