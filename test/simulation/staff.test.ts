// People on the payroll: small years worked out by hand, closed forms, and a case that an independent simulation answered.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { pow } from '../../src/numerics/kernel/math.ts'
import type { Estimate } from '../../src/summary/summary.ts'
import { reforecastOf } from '../../src/questions/replan/reforecast.ts'
import { simulate } from '../simulate.ts'

/** An hour of work for each contact and an hour a head, so that the need is the number of contacts. */
const hourly = {
  pay: '$100/month',
  minutes: 60,
  hours: '1/month',
  start: 10,
  attrition: '10%/month',
  shortfall: '$3',
}
const year = (staff: object) => ({
  start: '2027-01',
  months: 8,
  conversations: { monthly: [10, 10, 14, 14, 8, 8, 6, 6] },
  resolution: { rate: 0 },
  human: { staff: { ...hourly, ...staff } },
  offers: { none: { charges: [{ fee: 0 }] } },
})

async function peopleIn(scenario: object) {
  const result = await simulate(scenario, { trials: 32, measure: 'total' })
  const [[name, offer]] = Object.entries(result.summary.offers)
  const { people, total } = offer
  if (!people) throw new Error('the plan has nobody on the payroll')
  expect(total.point).toBeCloseTo(total.mean.value, 6)
  const savings = result.savings(name)
  return {
    heads: people.heads.monthly.map(({ mean }) => mean.value),
    need: people.need.monthly.map(({ mean }) => mean.value),
    ...{ hires: people.hires.mean.value, releases: people.releases.mean.value, shortfall: people.shortfall.mean.value },
    cost: offer.beyondBill.people?.value,
    monthly: total.monthly.map(({ mean }) => mean.value),
    savings: savings.savings.mean.value,
    alone: savings.withoutAi.mean.value,
  }
}
const close = (found: readonly number[], wanted: readonly number[]) =>
  found.forEach((value, k) => expect(value, `month ${k}`).toBeCloseTo(wanted[k], 8))

describe('a small year', () => {
  it('goes through the steps with a lag of 2, a ramp of 1 and a notice of 2', async () => {
    const found = await peopleIn(
      year({ hire: { lag: 2, ramp: 1, cost: '$10' }, release: { most: '2/month', notice: 2, cost: '$20' } }),
    )
    // 90% stay each month. Hires of 2.71, 1.2439, 4.892441 and 1.73956379 are decided in January to April. May releases the most, 2, who
    // leave in August. Those that June and July release leave after the year.
    close(found.need, [10, 10, 14, 14, 8, 8, 6, 6])
    close(found.heads, [9, 8.1, 10, 10.2439, 14.111951, 14.44031969, 12.996287721, 9.6966589489])
    expect(found.hires).toBeCloseTo(2.71 + 1.2439 + 4.892441 + 1.73956379, 8)
    expect(found.releases).toBeCloseTo(2, 8)
    // Nobody is there for 1 − 9 / 10 of January's contacts, and arrivals do half as much in their first month.
    expect(found.shortfall).toBeCloseTo(1 + 1.9 + (14 - 8.645) + (14 - 9.62195), 8)
    expect(found.cost).toBeCloseTo(100 * 88.5891173599 + 10 * 10.58590479 + 20 * 2 + 3 * 12.63305, 6)
    expect(found.monthly[7]).toBeCloseTo(969.66589489 + 40, 6)
    expect(found.monthly[2]).toBeCloseTo(1000 + 27.1 + 3 * 5.355, 6)
    // The offer resolves nothing, so people cost the same without it.
    expect(found.savings).toBeCloseTo(0, 6)
    expect(found.alone).toBeCloseTo(found.cost ?? 0, 6)
  })

  it('follows the need at once with a lag of 0 and immediate releases, at a cost', async () => {
    const found = await peopleIn(year({ hire: { ramp: 1, cost: '$10' }, release: { immediate: true, cost: '$20' } }))
    close(found.heads, [10, 10, 14, 14, 8, 8, 6, 6])
    expect(found.hires).toBeCloseTo(1 + 1 + 5 + 1.4 + 0.8 + 0.6, 8)
    expect(found.releases).toBeCloseTo(4.6 + 1.2, 8)
    expect(found.shortfall).toBeCloseTo(0.5 + 0.5 + 2.5 + 0.7 + 0.4 + 0.3, 8)
    expect(found.cost).toBeCloseTo(7600 + 98 + 116 + 14.7, 6)
    expect(found.monthly[4]).toBeCloseTo(800 + 20 * 4.6, 6)
  })

  it('only shrinks by attrition if nobody is released', async () => {
    const found = await peopleIn(year({ attrition: 0, start: 14 }))
    close(found.heads, [14, 14, 14, 14, 14, 14, 14, 14])
    expect(found).toMatchObject({ hires: 0, releases: 0, shortfall: 0 })
  })

  it('never has fewer heads than 0, and needs nobody where there is no work', async () => {
    const empty = { ...year({ release: { notice: 1, cost: '$20' } }), conversations: { monthly: [4, 0, 0, 0, 0, 0, 0, 0] } }
    const found = await peopleIn(empty)
    // January starts with 9 and releases 5, and February releases the other 8.1 − 5. Attrition takes 0.9 · 8.1 − 5 = 2.29 to 2.061.
    close(found.heads, [9, 8.1, 2.29, 0, 0, 0, 0, 0])
    expect(found.releases).toBeCloseTo(5 + 0.9 * 2.29, 8)
    expect(found.shortfall).toBe(0)
  })

  it('raises the pay at the anniversary, and takes the month of a yearly attrition', async () => {
    const found = await peopleIn({
      ...year({ attrition: '40%/year', pay: { value: '$1200/year', escalator: '4%/year' } }),
      ...{ months: 13, conversations: { base: 0 } },
    })
    found.heads.forEach((heads, m) => expect(heads).toBeCloseTo(10 * pow(0.6, (m + 1) / 12), 9))
    expect(found.monthly[11]).toBeCloseTo(100 * 10 * 0.6, 7)
    expect(found.monthly[12]).toBeCloseTo(104 * 10 * pow(0.6, 13 / 12), 7)
  })
})

describe('closed months', () => {
  it('run through the steps from the heads before the plan, with the contacts that came', async () => {
    const staff = { ...hourly, hire: { lag: 2, ramp: 1, cost: '$10' }, release: { most: '2/month', notice: 2, cost: '$20' } }
    const plan = { ...year({}), conversations: { base: '9 to 12', noise: { cv: '30%' } }, human: { staff }, actuals: 'closed.csv' }
    const rows = [10, 10, 14, 14, 8, 8, 6].map((count, m) => `2027-0${m + 1},${count}`)
    const text = ['month,conversations', ...rows].join('\n')
    const reader = { read: () => Promise.resolve(new TextEncoder().encode(text)) }
    const { offers } = await reforecastOf(plan, { trials: 1024, measure: 'total' }, reader)
    // The months of the small year above, without August.
    const paid = 100 * (88.5891173599 - 9.6966589489) + 10 * 10.58590479 + 3 * 12.63305
    expect(offers.none.closed.value).toBeCloseTo(paid, 6)
    // In August 9.7 heads are paid and two leave, whatever comes.
    expect(offers.none.remaining.mean.value).toBeGreaterThanOrEqual(969.66589489 + 40 - 1e-6)
  })
})

const work = {
  months: 12,
  conversations: { base: '30k to 60k', growth: '2%/month', noise: { cv: '8%', autocorrelation: 0.5 } },
  resolution: { rate: '40% to 70%' },
  offers: { ai: { charges: [{ meter: 'resolutions', price: '$0.99' }] } },
}

describe('people on the payroll', () => {
  it('cost as much as contacts do if heads follow the need at once and for nothing', async () => {
    const staff = {
      ...{ pay: '$5200/month', minutes: 9, hours: '160/month', shrinkage: '30%', occupancy: '85%', shortfall: '$7' },
      release: { immediate: true },
    }
    const cost = (5200 * 9) / 60 / (160 * 0.7 * 0.85)
    const run = async (human: object) => simulate({ ...work, human }, { trials: 2048, measure: 'total', preintegration: false })
    const [heads, contacts] = [await run({ staff, uplift: '20%' }), await run({ cost, uplift: '20%' })]
    const [one, other] = [heads.summary.offers.ai, contacts.summary.offers.ai]
    expect(one.total.mean.value / other.total.mean.value).toBeCloseTo(1, 12)
    expect(one.total.point / other.total.point).toBeCloseTo(1, 12)
    expect((one.total.percentiles.p80?.value ?? 0) / (other.total.percentiles.p80?.value ?? 1)).toBeCloseTo(1, 12)
    expect(one.people?.shortfall.mean.value).toBe(0)
    expect(heads.savings('ai').savings.mean.value / contacts.savings('ai').savings.mean.value).toBeCloseTo(1, 10)
    expect(heads.savings('ai').hoursFreed?.mean.value).toBeGreaterThan(0)
  })

  it('cost about twice as much if heads only leave by attrition of 3% a month', async () => {
    const staff = { pay: '$5k/month', minutes: 10, hours: '160/month', attrition: '3%/month', shortfall: '$7' }
    const plan = (release: object) => ({
      ...work,
      conversations: { base: '96k' },
      resolution: { rate: '60%' },
      human: { staff: { ...staff, ...release } },
    })
    const [slow, fast] = [await peopleIn(plan({})), await peopleIn(plan({ release: { immediate: true } }))]
    // 96,000 contacts of 10 minutes are 100 heads, of whom the AI leaves work for 40.
    expect(fast.cost).toBeCloseTo(12 * 40 * 5000, 4)
    expect(slow.cost).toBeCloseTo((100 * 0.97 * (1 - pow(0.97, 12)) * 5000) / 0.03, 4)
    expect((slow.cost ?? 0) / (fast.cost ?? 1)).toBeCloseTo(2.062, 3)
  })

  it('start at the need of the first month without the AI', async () => {
    const staff = { pay: '$5k/month', minutes: 10, hours: '160/month', hire: { lag: 1 }, shortfall: '$7' }
    const { heads } = await peopleIn({ ...work, conversations: { base: '96k' }, resolution: { rate: '60%' }, human: { staff } })
    expect(heads[0]).toBeCloseTo(100, 9)
  })

  it('go on for 240 months', async () => {
    const staff = { ...hourly, minutes: 1, hire: { lag: 3, ramp: 3 }, release: { notice: 3, most: '1/month' } }
    const long = { ...work, months: 240, human: { staff } }
    const { summary } = await simulate(long, { trials: 32, method: 'random', measure: 'total' })
    expect(summary.offers.ai.people?.heads.monthly).toHaveLength(240)
  })
})

describe('a plan of 24 months with people on the payroll', () => {
  const wanted = JSON.parse(readFileSync('test/reference/world/staff.expect.json', 'utf8')) as {
    expect: { path: string; value: number; se: number }[]
  }
  const valueAt = (from: unknown, path: string) =>
    path
      .split(/[.[\]]+/)
      .filter((key) => key !== '')
      .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], from)

  it('has the figures of an independent simulation within five joint errors', async () => {
    const plan = readFileSync('test/reference/world/staff.json', 'utf8')
    const { summary } = await simulate(plan, { trials: 16_384, measure: 'total' })
    for (const { path, value, se } of wanted.expect) {
      const found = valueAt(summary, path.replace(/\.value$/, '')) as Estimate
      expect(Math.abs(found.value - value), `${path}: ${found.value} ± ${found.se}`).toBeLessThan(5 * Math.hypot(found.se, se))
    }
  })
})
