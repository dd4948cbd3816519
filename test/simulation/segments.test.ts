// Properties of segments: one equals none, their order does not matter, and halves of one stream are that stream.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile/compile.ts'
import { planTrials } from '../../src/numerics/random/plan.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import type { Node } from '../../src/simulation/graph.ts'
import { modelOf } from '../../src/simulation/model.ts'
import { recorded } from '../../src/simulation/recorded.ts'
import type { Summary } from '../../src/summary/summary.ts'
import { effort, long, patience, slow, someOf, thorough } from '../effort.ts'
import { anySegmented } from '../oracle/any-segmented.ts'
import { anyContract } from '../oracle/contracts.ts'
import { anyScenario, type Written } from '../oracle/scenarios.ts'
import { everySegment } from '../oracle/segmented.ts'
import { shortened } from '../oracle/shortened.ts'
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

const short = (plan: Written): Written => (long ? plan : shortened(plan, 4))
const anyPlan: fc.Arbitrary<Written> = fc.oneof(anyScenario, anyContract).map(short)
const anySplit: fc.Arbitrary<Written> = anySegmented.map(short)

describe('segments', () => {
  it(
    'that are one with all of the volume have every shared figure of a plan without segments, to the last bit',
    async () => {
      const property = fc.asyncProperty(anyPlan, async (plan) => {
        expect(shared(await run({ ...plan, segments: { all: { share: '100%' } } }))).toEqual(shared(await run(plan)))
      })
      await fc.assert(property, effort(1, 500, 5))
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

  const reversed = (plan: Written) => ({ ...plan, segments: Object.fromEntries(Object.entries(plan.segments as object).reverse()) })

  it.each(someOf(Object.keys(everySegment).reverse(), 3))('in another order change nothing: %s', async (name) => {
    expect(await run(reversed(everySegment[name]))).toEqual(await run(everySegment[name]))
  })

  it.runIf(thorough)(
    'in another order change nothing in any plan',
    async () => {
      const property = fc.asyncProperty(anySplit, async (plan) => {
        expect(await run(reversed(plan), 64)).toEqual(await run(plan, 64))
      })
      await fc.assert(property, effort(1, 500, 6))
    },
    patience,
  )

  it('that are one, with drivers of its own, have the figures of a plan without segments within joint errors', async () => {
    const drivers = {
      conversations: { base: '40k to 60k', growth: '1%/month', noise: { cv: '10%', autocorrelation: 0.5 } },
      resolution: { rate: '60% to 70%', improvement: '1pt/month', noise: { sd: '3pt' } },
      human: { cost: '$5 to $7' },
    }
    const offers = { a: { charges: [{ meter: 'resolutions', commitment: '30k/month', price: 1, overage: 1.5 }] } }
    const [plain, own] = [await run({ ...drivers, offers }, 4_096), await run({ segments: { all: drivers }, offers }, 4_096)]
    const figures = ({ offers: { a } }: Summary) => [
      ...[a.bill, a.total].flatMap(({ mean, sd, percentiles, expectedShortfall }) => [
        ...[mean, sd, percentiles.p50, percentiles.p80, percentiles.p95, expectedShortfall.p95],
      ]),
      ...[a.resolutions?.mean, a.overage.any, a.overage.amount],
    ]
    figures(plain).forEach((one, k) => {
      const other = figures(own)[k]
      const gap = Math.abs((one?.value ?? Number.NaN) - (other?.value ?? Number.NaN))
      expect(gap).toBeLessThanOrEqual(5 * Math.hypot(one?.se ?? 0, other?.se ?? 0))
    })
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
      await fc.assert(property, effort(1, 500, 5))
    },
    patience,
  )

  it.each(someOf(Object.keys(everySegment).reverse(), 3))(
    'have costs, budgets and risks that add up to those of the offer: %s',
    async (name) => addsUp(await run(everySegment[name], 1_024)),
  )

  it(
    'have bills and totals that add up to those of the offer in every trial and month of any plan',
    async () => {
      const property = fc.asyncProperty(anySplit, async (plan) => {
        const { scenario } = await resolve(readScenario(plan), { read: () => Promise.reject(new Error('no files')) })
        const model = modelOf(compile(scenario, { measure: 'bill', pairs: 'none' }))
        const { graph, program } = model
        for (const offer of model.offers) {
          const parts = offer.segments()
          const pairs: (readonly [whole: Node, parts: Node])[] = [
            [offer.bill, graph.add(...parts.map(({ bill }) => bill))],
            [offer.total, graph.add(...parts.map(({ total }) => total))],
            ...Array.from({ length: program.months }, (_, m): [Node, Node] => [
              offer.billMonth(m),
              graph.add(...parts.map(({ months }) => months[m])),
            ]),
          ]
          const columns = recorded(model, planTrials(64, 'sobol'), 'splits', pairs.flat())
          pairs.forEach((_, k) => {
            const [whole, sum] = [columns[2 * k], columns[2 * k + 1]]
            const size = 1 + Math.max(...whole.map(Math.abs))
            whole.forEach((amount, trial) => expect(Math.abs(sum[trial] - amount)).toBeLessThanOrEqual(1e-9 * size))
          })
        }
      })
      await fc.assert(property, effort(5, 2_000, 20))
    },
    patience,
  )

  it.runIf(thorough)(
    'have figures that add up in the summary of any plan',
    async () => {
      const property = fc.asyncProperty(anySplit, async (plan) => addsUp(await run(plan, 1_024)))
      await fc.assert(property, effort(1, 300, 5))
    },
    patience,
  )
})

/** Means, months and budgets add up to the cent, and shares of the risk to 1. */
function addsUp({ offers, months }: Summary): void {
  for (const { bill, total, segments = {} } of Object.values(offers)) {
    const parts = Object.values(segments)
    const near = (of: (own: (typeof parts)[number]) => number | undefined, whole: number) => {
      const sum = parts.reduce((all, own) => all + (of(own) ?? Number.NaN), 0)
      expect(Math.abs(sum - whole)).toBeLessThanOrEqual(Math.max(0.005, 1e-12 * Math.abs(whole)))
    }
    near((own) => own.bill.mean.value, bill.mean.value)
    near((own) => own.total.mean.value, total.mean.value)
    months.forEach((_, m) => near((own) => own.bill.monthly[m].mean.value, bill.monthly[m].mean.value))
    const { p80 } = bill.percentiles
    if (p80) near((own) => own.budget.p80?.value, p80.value)
    const [{ risk }] = parts
    const one = (of: (own: (typeof parts)[number]) => number | undefined) =>
      expect(parts.reduce((all, own) => all + (of(own) ?? Number.NaN), 0)).toBeCloseTo(1, 9)
    if (risk.variance) one((own) => own.risk.variance?.value)
    if (risk.expectedShortfall) one((own) => own.risk.expectedShortfall?.p95?.value)
  }
}
