// The calculator varies a plan to find the points at which the lead changes, and the prices to ask for.
import { expect, it } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { runScenario } from '../../src/api/run.ts'
import { askedPricesOf } from '../../src/page/calculator/prices.ts'
import { stripsOf, volumeLimits } from '../../src/page/calculator/strips.ts'
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
