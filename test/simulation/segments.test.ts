// Properties of segments: one equals none, their order does not matter, and halves of one stream are that stream.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Summary } from '../../src/summary/summary.ts'
import { effort, long, patience, slow } from '../effort.ts'
import { anyContract } from '../oracle/contracts.ts'
import { anyScenario, type Written } from '../oracle/scenarios.ts'
import { everySegment } from '../oracle/segmented.ts'
import { simulate } from '../simulate.ts'

/** From 1,024 trials on, figures are integrated as well. */
const TRIALS = long || slow ? 1_024 : 64
const run = async (plan: object, trials = TRIALS): Promise<Summary> => (await simulate(plan, { trials, seed: 'segments' })).summary

/** A summary without the figures by segment. */
function shared(summary: Summary): object {
  const { segments: _streams, ...drivers } = summary.drivers
  const offers = Object.entries(summary.offers).map(([name, { segments: _costs, ...offer }]) => [name, offer])
  return { ...summary, drivers, offers: Object.fromEntries(offers) }
}

const anyPlan: fc.Arbitrary<Written> = fc.oneof(anyScenario, anyContract)

describe('segments', () => {
  it(
    'that are one with all of the volume have every shared figure of a plan without segments, to the last bit',
    async () => {
      const property = fc.asyncProperty(anyPlan, async (plan) => {
        expect(shared(await run({ ...plan, segments: { all: { share: '100%' } } }))).toEqual(shared(await run(plan)))
      })
      await fc.assert(property, effort(3, 500, 8))
    },
    patience,
  )

  it('that are one draw the same whole conversations', async () => {
    const plan = {
      months: 2,
      counting: 'sampled',
      conversations: { base: 900, noise: { cv: '8%' }, involvement: '80%' },
      resolution: { rate: '60%' },
      offers: { a: { charges: [{ meter: 'resolutions', price: 1 }] } },
    }
    expect(shared(await run({ ...plan, segments: { all: { share: 1 } } }))).toEqual(shared(await run(plan)))
  })

  it.each(Object.keys(everySegment))('in another order change nothing: %s', async (name) => {
    const plan = everySegment[name]
    const reversed = Object.fromEntries(Object.entries(plan.segments as object).reverse())
    expect(await run({ ...plan, segments: reversed })).toEqual(await run(plan))
  })

  it(
    'that are halves of one stream have its costs',
    async () => {
      const property = fc.asyncProperty(anyPlan, async (plan) => {
        const whole = await run(plan, 64)
        const halves = await run({ ...plan, segments: { a: { share: '50%' }, b: { share: '50%' } } }, 64)
        for (const [name, { bill, total }] of Object.entries(whole.offers)) {
          const other = halves.offers[name]
          // A bill near 0 may be the difference of large amounts.
          const size = 1 + Math.max(...[bill, total].flatMap(({ min, max }) => [Math.abs(min), Math.abs(max)]))
          for (const key of ['min', 'max'] as const) {
            expect(Math.abs(other.bill[key] - bill[key])).toBeLessThanOrEqual(1e-9 * size)
            expect(Math.abs(other.total[key] - total[key])).toBeLessThanOrEqual(1e-9 * size)
          }
          expect(Math.abs(other.bill.mean.value - bill.mean.value)).toBeLessThanOrEqual(1e-9 * size)
        }
      })
      await fc.assert(property, effort(3, 500, 10))
    },
    patience,
  )

  it.each(Object.keys(everySegment))('have costs and budgets that add up to those of the offer: %s', async (name) => {
    const { offers } = await run(everySegment[name])
    for (const { bill, total, segments = {} } of Object.values(offers)) {
      const sum = (of: (name: string) => number | undefined) =>
        Object.keys(segments).reduce((all, own) => all + (of(own) ?? Number.NaN), 0)
      expect(sum((own) => segments[own].bill.mean.value)).toBeCloseTo(bill.mean.value, 6)
      expect(sum((own) => segments[own].total.mean.value)).toBeCloseTo(total.mean.value, 6)
      if (bill.percentiles.p80) expect(sum((own) => segments[own].budget.p80?.value)).toBeCloseTo(bill.percentiles.p80.value, 4)
    }
  })
})
