// The calculator varies a plan to find the points at which the lead changes, and the prices to ask for.
import { expect, it } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { runScenario } from '../../src/api/run.ts'
import { askedPricesOf } from '../../src/page/calculator/prices.ts'
import { formOf } from '../../src/page/calculator/plan.ts'
import { stripsOf, volumeLimits } from '../../src/page/calculator/strips.ts'
import { volumePlaceOf } from '../../src/page/calculator/volume-place.ts'
import { inlineExecutor } from '../../src/run/executor.ts'

const never = new AbortController().signal
const reader = givenFiles({})
/** Certain but for the volume, so that bills are proportional to prices. */
const plan = (offers: string) => `conversations: { base: 50000, noise: { cv: 8% } }
resolution: { rate: 60% to 70% }
months: 12
offers:
${offers}
`

it('the lead changes at the rate at which a price by conversation equals one by resolution, to a piece of the strip', async () => {
  const offers = `  a: { charges: [{ meter: resolutions, price: 1.00 }] }\n  b: { charges: [{ meter: conversations, price: 0.63 }] }`
  const [{ parts }, volume] = await stripsOf(plan(offers), reader, never)
  const change = parts.findIndex(({ place }) => place === 1)
  // 0.63 of a conversation's price is the rate at which both cost the same. A piece is 0.3 points wide.
  expect(Math.abs(parts[change].from - 63)).toBeLessThanOrEqual(0.3)
  expect(parts.slice(0, change).every(({ place }) => place === 0)).toBe(true)
  // The volume changes both in proportion.
  expect(new Set(volume.parts.map(({ place }) => place)).size).toBe(1)
})

it('the prices to ask for are those of the answer', async () => {
  const offers = `  a: { charges: [{ meter: resolutions, price: 1.00 }] }\n  b: { charges: [{ meter: resolutions, price: 0.90 }] }`
  const finished = await runScenario(plan(offers), { trials: 2_048 }, { executor: () => inlineExecutor, reader })
  expect(await askedPricesOf(finished, never)).toEqual([
    { offer: 'a', unit: 'a resolution', quoted: '$1.00', level: '$0.90', clear: '$0.89' },
    { offer: 'b', unit: 'a resolution', quoted: '$0.90', level: 'has the lowest', clear: 'is clear' },
  ])
  expect(await askedPricesOf(finished, AbortSignal.abort())).toEqual([])
})

it('the limits of the volume are round, widen where the plan comes near them, and start anew far beyond them', () => {
  expect(volumeLimits(50_000)).toEqual([25_000, 75_000])
  expect(volumeLimits(51_234)).toEqual([25_000, 77_000])
  const before = [25_000, 75_000] as const
  expect(volumeLimits(52_000, before)).toEqual(before)
  expect(volumeLimits(72_000, before)).toEqual([25_000, 108_000])
  expect(volumeLimits(26_000, before)).toEqual([13_000, 75_000])
  expect(volumeLimits(400_000, before)).toEqual([200_000, 600_000])
  expect(volumeLimits(3)).toEqual([1, 5])
})

it('the strip of the rate widens for a rate beyond what vendors state', async () => {
  const offers = `  a: { charges: [{ meter: resolutions, price: 1.00 }] }\n  b: { charges: [{ meter: conversations, price: 0.63 }] }`
  const limits = async (rate: string) => {
    const [{ low, high }] = await stripsOf(plan(offers).replace('60% to 70%', rate), reader, never)
    return [low, high]
  }
  expect(await limits('60% to 70%')).toEqual([30, 90])
  expect(await limits('12% to 18%')).toEqual([1, 90])
  expect(await limits('88% to 96%')).toEqual([30, 99])
})

/** A price for each resolution against a flat fee: both cost the same at one volume. */
const AGAINST_FEE = `  a: { charges: [{ meter: resolutions, price: 1.00 }] }
  b: { charges: [{ fee: 26k/month }] }`

it('the strip of a fitted volume moves its level, and keeps its spread', async () => {
  const fitted = plan(AGAINST_FEE).replace('base: 50000', 'base: "lognormal(50000, 4000)"')
  const strips = await stripsOf(fitted.replace('60% to 70%', '65%'), reader, never)
  const [, { key, low, high, parts }] = strips
  expect([key, low, high]).toEqual(['volume', 25_000, 75_000])
  const change = parts.find(({ place }) => place === 1)
  // 26,000 / 0.65 = 40,000 conversations. A piece is 250 wide.
  expect(Math.abs((change?.from ?? 0) - 40_000)).toBeLessThanOrEqual(250)
  const form = formOf(fitted)
  const [path, value] = volumePlaceOf(form)?.change(45_000) ?? []
  expect([path, value]).toEqual([['conversations', 'base'], 'lognormal(45000, 3600)'])
})

it('a volume by month has a strip of a factor on all months, and one that is a range has none', async () => {
  const monthly = plan(AGAINST_FEE)
    .replace('base: 50000', 'monthly: [40000, 60000]')
    .replace('months: 12', 'months: 2')
    .replace('60% to 70%', '65%')
  const [, { key, low, high, parts }] = await stripsOf(monthly, reader, never)
  expect([key, low, high]).toEqual(['level', 0.5, 1.5])
  // The average is 50,000, so a level of 80% is 40,000.
  expect(Math.abs((parts.find(({ place }) => place === 1)?.from ?? 0) - 0.8)).toBeLessThanOrEqual(0.01)
  expect(volumePlaceOf(formOf(monthly))?.change(0.9)).toEqual([['conversations', 'level'], 0.9])
  expect(formOf(monthly.replace('monthly:', 'level: 1.2, monthly:')).level).toBe(1.2)
  const range = plan(AGAINST_FEE).replace('base: 50000', 'base: 40k to 60k')
  expect((await stripsOf(range, reader, never)).map((strip) => strip.key)).toEqual(['rate'])
})
