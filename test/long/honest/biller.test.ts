// The independent biller agrees with the oracle, a second independent implementation, on trials of random plans, and with values by hand.
import { describe, expect, it } from 'vitest'
import { readScenario } from '../../../src/scenario/read.ts'
import { resolve } from '../../../src/scenario/resolve/resolve.ts'
import { simulateSlowly } from '../../oracle/oracle.ts'
import { casesAsked } from './asked.ts'
import { Biller } from './biller.ts'
import { coordinateOf, type Law, valueAt } from './laws.ts'
import { inputsOf, type Plan, type Staff } from './plans.ts'
import { LAYERS } from './totals.ts'
import { writtenPlan } from './written.ts'
import { caseOf, COUNT } from './cases.ts'

const reader = { read: () => Promise.reject(new Error('these plans read no files')) }

/** A place of a law between its ends, for a share of its range. */
function drawnAt(law: Law, share: number): number {
  if (law.kind === 'discrete') return law.atoms[Math.floor(share * law.atoms.length)][0]
  const { low, high } = coordinateOf(law)
  const [from, to] = low < 0 ? [-3, 3] : high > 1 ? [0, 7] : [low, high]
  return valueAt(law, from + (to - from) * share)
}

const share = (trial: number, k: number): number => ((trial + 1) * Math.sqrt(2 + 3 * k)) % 1

async function compare(plan: Plan, trials: number): Promise<void> {
  const { scenario } = await resolve(readScenario(writtenPlan(plan)), reader)
  const inputs = inputsOf(plan)
  const biller = new Biller(plan)
  for (let trial = 0; trial < trials; trial++) {
    const values = new Map(inputs.map(({ law }, k) => [law, drawnAt(law, share(trial, k))]))
    const monthly = (at: (m: number) => number) => Array.from({ length: plan.months }, (_, m) => at(m))
    const scores = monthly((m) => 4 * share(trial, 20 + m) - 2)
    const spikes = monthly((m) => (m % 3 === trial % 3 ? 1 + share(trial, 40 + m) : 1))
    const setbacks = monthly((m) => (m % 4 === trial % 4 ? 0.2 * share(trial, 60 + m) : 0))
    const columns = new Map(inputs.map(({ name, law }) => [name, Float64Array.of(values.get(law) ?? 0)]))
    const segments = plan.segments ?? []
    const ownScores = segments.map((_, s) => monthly((m) => 4 * share(trial, 80 + 12 * s + m) - 2))
    const own = segments.map(({ name }, s) => [`segments.${name}.conversations.noise`, ownScores[s]] as const)
    const shared = { 'conversations.noise': scores, 'conversations.spikes': spikes, 'resolution.setbacks': setbacks }
    const series = { ...shared, ...Object.fromEntries(own) }
    for (const [name, all] of Object.entries(series)) all.forEach((x, m) => columns.set(`${name}[${m}]`, Float64Array.of(x)))
    const [oracle] = simulateSlowly(scenario, { trials: 1, columns })
    const drawn = {
      value: (law: Law) => values.get(law) ?? 0,
      volumeScores: scores,
      rateScores: scores,
      ownScores,
      spikes,
      setbacks,
    }
    const year = biller.year(drawn)
    plan.offers.forEach(({ name }, k) => {
      const { totals: own, people, splitPeople } = year.offers[k]
      const other = oracle.offers.get(name)
      if (!other) throw new Error(`no offer ${name}`)
      const { months } = other
      const sum = (read: (month: (typeof months)[number]) => number) => months.reduce((a, month) => a + read(month), 0)
      const close = (x: number, y: number) => expect(Math.abs(x - y)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(y)))
      own.bills.forEach((bill, m) => close(bill, other.months[m].bill))
      people.forEach((cost, m) => close(cost, other.months[m].people))
      segments.forEach((_, s) => {
        const bill = own.split[s].reduce((a, b) => a + b, 0)
        close(bill, other.segments[s].bill)
        close(bill + splitPeople[s], other.segments[s].total)
      })
      close(own.resolutions, other.resolutions)
      close(own.billable, other.billable)
      close(
        own.overQuantity,
        sum(({ overage }) => overage.quantity),
      )
      close(
        own.overAmount,
        sum(({ overage }) => overage.amount),
      )
      close(
        own.unused,
        sum(({ unused }) => unused),
      )
      expect([...own.over]).toEqual(other.months.map(({ overage }) => (overage.flag ? 1 : 0)))
      LAYERS.forEach((layer, place) =>
        close(
          own.layers[place],
          sum(({ layers }) => layers[layer] ?? 0),
        ),
      )
    })
  }
}

it('every input has a law of its own, by which its draws are known', () => {
  for (let number = 0; number < COUNT; number++) {
    const laws = inputsOf(caseOf(number).plan).map(({ law }) => law)
    expect(new Set(laws).size, `case ${number}`).toBe(laws.length)
  }
})

it('the biller agrees with the oracle on random plans', async () => {
  for (const number of casesAsked(COUNT)) {
    const { plan } = caseOf(number)
    // The oracle knows neither sampled counts nor this law of the rate's noise.
    const { rateNoise: _noise, sampled: _sampled, ...rest } = plan
    await compare(rest, 5).catch((error) => {
      throw new Error(`case ${number}`, { cause: error })
    })
  }
})

/** The first offer's year, in a plan without noise. */
function yearOf(plan: Omit<Plan, 'growth' | 'improvement' | 'ceiling' | 'budget' | 'measure'>) {
  const calm = Array<number>(plan.months).fill(0)
  const whole: Plan = { ...plan, growth: 0, improvement: 0, ceiling: 1, budget: 1, measure: 'bill' }
  return new Biller(whole).year({ value: () => NaN, volumeScores: calm, rateScores: calm }).offers[0]
}

function expectNear(found: ArrayLike<number>, right: readonly number[]): void {
  expect(found.length).toBe(right.length)
  right.forEach((amount, m) => expect(Math.abs(found[m] - amount), `month ${m}`).toBeLessThan(1e-9))
}

describe('by hand', () => {
  it('heads leave, are released and hired', () => {
    // 5,000 contacts of six minutes need five heads of 100 hours.
    const staff: Staff = {
      ...{ pay: 1000, minutes: 6, hours: 100, shrinkage: 0, occupancy: 1, start: 10, attrition: 0.1, shortfall: 3 },
      hire: { lag: 1, ramp: 1, cost: 1000 },
      release: { most: 2, notice: 1, cost: 500 },
    }
    const { people, crew } = yearOf({ months: 4, base: 10_000, rate: 0.5, staff, offers: [{ name: 'ada', charges: [] }] })
    expectNear(crew.heads, [9, 8.1, 5.29, 5])
    expectNear(crew.need, [5, 5, 5, 5])
    expectNear(people, [9000, 8100, 5290 + 2 * 500, 5000 + 529 + 0.29 * 500 + 3 * 5000 * 0.0529])
    expectNear([crew.hires, crew.releases, crew.shortfall], [0.529, 2.29, 264.5])
  })

  it('a vendor takes over, while some customers come back to the AI', () => {
    const { totals, people } = yearOf({
      ...{ months: 3, base: 1000, rate: 0.6, human: 2, returns: { share: 0.1, lag: 1, to: 'ai' } },
      offers: [
        {
          ...{ name: 'ada', charges: [] },
          parts: [
            { name: 'old', until: 1, charges: [{ model: 'unit', meter: 'conversations', price: 1 }] },
            {
              ...{ name: 'new', from: 1, rate: 0.8, traffic: [{ until: 1, value: 0.25 }, { value: 1 }] },
              counted: { resolved: 1, unresolved: 0, returned: 'credited' },
              charges: [{ model: 'unit', meter: 'resolutions', price: 1 }],
            },
          ],
        },
      ],
    })
    // 60 and 68.9 come back. The new vendor credits a tenth of 212.
    expectNear(totals.bills, [1000, 795 + 212, 855.12 - 21.2])
    expectNear(people, [2 * 400, 2 * 371, 2 * 213.78])
    expectNear([totals.resolutions], [0.9 * (600 + 477 + 212 + 855.12)])
  })

  it('a year that began before the plan is capped at the price of its last month', () => {
    const { totals } = yearOf({
      ...{ months: 3, base: 1000, rate: 0.5 },
      offers: [
        {
          name: 'ada',
          charges: [{ model: 'unit', meter: 'resolutions', price: 1, maximum: { amount: 5200, per: 'year' }, escalator: 0.1 }],
          term: { start: -10, toDate: { meter: 'resolutions', quantity: 4800 } },
          renewals: [{ month: 1, change: 0.2, cap: 0.1 }],
        },
      ],
    })
    expectNear(totals.bills, [500, 5720 - 5300, 500 * 1.1 * 1.1])
  })
})
