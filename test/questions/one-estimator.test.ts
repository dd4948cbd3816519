// A percentile has one value and one error in the summary, as a budget, on the curve, and in `optimize` at the plan's own numbers.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { optimumOf as optimize } from '../../src/questions/negotiate/optimize.ts'
import { sweepRows } from '../../src/questions/negotiate/sweep.ts'
import { effort, patience } from '../effort.ts'
import { simulate } from '../simulate.ts'
import { reader } from './reader.ts'

const volume = { base: '45k to 60k', noise: { cv: '8%', autocorrelation: 0.5 } }

/** Contracts with steps, kinks or atoms in their cost, and smooth ones, each with a field and its number in the plan. */
const charges = fc.oneof(
  fc.record({ size: fc.integer({ min: 500, max: 60_000 }), price: fc.integer({ min: 1, max: 5_000 }) }).map(({ size, price }) => ({
    charge: { meter: 'tickets', package: size, price },
    field: 'price',
    now: price,
  })),
  fc.record({ edge: fc.integer({ min: 560_000, max: 760_000 }), fee: fc.integer({ min: 100, max: 500 }) }).map(({ edge, fee }) => ({
    charge: { meter: 'tickets', period: 'year', bundles: [{ to: edge, fee: 1_000 * fee }, { fee: 1_300 * fee }] },
    field: 'bundles[0].fee',
    now: 1_000 * fee,
  })),
  fc.record({ minimum: fc.integer({ min: 400, max: 700 }), price: fc.constantFrom(0.5, 0.8, 0.99) }).map(({ minimum, price }) => ({
    charge: { meter: 'tickets', price, minimum: `${minimum}k/year` },
    field: 'price',
    now: price,
  })),
  fc.constantFrom(0.3, 0.8).map((price) => ({ charge: { meter: 'tickets', price }, field: 'price', now: price })),
)

const cases = fc.record({
  charge: charges,
  method: fc.constantFrom('sobol' as const, 'random' as const, 'latin' as const),
  keepTrials: fc.boolean(),
  seed: fc.integer({ min: 1, max: 1_000 }),
  p: fc.constantFrom(5, 25, 50, 80, 90, 95),
})

const scenarioOf = (charge: object) => ({ months: 12, conversations: volume, offers: { a: { charges: [charge] } } })

describe('a percentile is the same number with the same error', () => {
  it(
    'in the summary, as a budget and on the rising curve',
    async () => {
      await fc.assert(
        fc.asyncProperty(cases, async ({ charge: { charge }, method, keepTrials, seed }) => {
          const result = await simulate(scenarioOf(charge), { trials: 2_000, seed, method, keepTrials })
          const curve = result.curve('a')
          for (const [key, stated] of Object.entries(result.summary.offers.a.bill.percentiles)) {
            const percent = Number(key.slice(1))
            expect(result.budget('a', percent / 100)).toEqual(stated)
            const { amount, se } = curve[percent - 1]
            expect({ amount, se }).toEqual({ amount: stated?.value, se: stated?.se })
          }
          expect(curve.every(({ amount }, k) => k === 0 || amount >= curve[k - 1].amount)).toBe(true)
          for (const { probability, amount, se } of curve)
            expect(result.budget('a', probability)).toMatchObject({ value: amount, se })
          const near = [0.7999, 0.8, 0.8001, 0.8999, 0.9].map((p) => result.budget('a', p).value)
          expect([...near].sort((a, b) => a - b)).toEqual(near)
          const month = result.summary.months[3]
          const { p80 } = result.summary.offers.a.bill.monthly[3].percentiles ?? {}
          expect(result.curve('a', month)[79]).toEqual({ probability: 0.8, amount: p80?.value, se: p80?.se })
        }),
        effort(3, 3_000, 60),
      )
    },
    patience,
  )

  it(
    'in optimize and in a sweep at the numbers of the plan',
    async () => {
      await fc.assert(
        fc.asyncProperty(cases, async ({ charge: { charge, field, now }, method, seed, p }) => {
          const scenario = scenarioOf(charge)
          const options = { trials: 2_048, seed, method }
          const { summary } = await simulate(scenario, { ...options, keepTrials: true })
          const stated = summary.offers.a.bill.percentiles[`p${p}` as 'p80']
          const path = `offers.a.charges[0].${field}`
          const { curve } = await optimize(
            scenario,
            { offer: 'a', minimize: `p${p}`, vary: { [path]: [now, 1.5 * now] }, ...options },
            reader,
          )
          const own = curve.find(({ values }) => values[path] === now)
          expect(own?.cost).toEqual({ value: stated?.value, se: stated?.se })
          // A sweep states percentiles of the trials, as a run without pre-integration does.
          const plain = await simulate(scenario, { ...options, keepTrials: true, preintegration: false })
          const { rows } = await sweepRows(scenario, { [path]: [now] }, reader, options)
          const { p80 } = plain.summary.offers.a.bill.percentiles
          expect(rows[0].tails.p80).toEqual({ value: p80?.value, se: p80?.se })
        }),
        effort(3, 1_000, 12),
      )
    },
    patience,
  )
})

describe('an edge of a step exactly at P80', () => {
  const edge = { meter: 'tickets', period: 'year', bundles: [{ to: 675_084, fee: 300_000 }, { fee: 400_000 }] }
  const seeds = Array.from({ length: effort(8, 100, 20).numRuns }, (_, k) => k + 1)
  it(
    'has an error of up to 71% (1/√2) of the step on either side',
    async () => {
      const found = []
      for (const seed of seeds) {
        const result = await simulate(scenarioOf(edge), { trials: 100_000, seed, monthly: false })
        const { p80 } = result.summary.offers.a.bill.percentiles
        expect(p80).toBeDefined()
        if (p80) found.push(p80)
      }
      expect(new Set(found.map(({ value }) => value))).toEqual(new Set([300_000, 400_000]))
      for (const { se } of found) {
        expect(se).toBeGreaterThan(15_000)
        expect(se).toBeLessThanOrEqual(100_000 * Math.SQRT1_2 + 1e-6)
      }
    },
    patience,
  )
  it('has no error far from the edge', async () => {
    const result = await simulate(scenarioOf(edge), { trials: 16_384, monthly: false })
    expect(result.budget('a', 0.6)).toEqual({ value: 300_000, se: 0 })
    expect(result.budget('a', 0.97)).toEqual({ value: 400_000, se: 0 })
  })
})
