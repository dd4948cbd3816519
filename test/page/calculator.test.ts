// What the calculator reads out of a plan, writes into it, and finds around it. test/browser/calculator.test.ts opens the page itself.
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { givenFiles } from '../../src/api/given.ts'
import { runScenario } from '../../src/api/run.ts'
import { withFittedDrivers } from '../../src/page/calculator/fitted-plan.ts'
import { changedPlan, FIRST_PLAN, formOf, freeOfferName, offerOf } from '../../src/page/calculator/plan.ts'
import { askedPricesOf } from '../../src/page/calculator/prices.ts'
import { linkOf, planOfLink } from '../../src/page/calculator/share.ts'
import { stripsOf } from '../../src/page/calculator/strips.ts'
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

describe('the form of a plan', () => {
  it('has the numbers that the plan states plainly, and leaves out the others', () => {
    expect(formOf(FIRST_PLAN)).toEqual({
      ...{ name: 'Annual budget 2027', currency: 'USD', start: '2027-01', volume: 50_000, noise: 8, rate: [60, 70] },
      ...{ improvement: 1, ceiling: 85, contact: 6, measure: 'bill' },
      offers: [
        { name: 'fin', title: 'Fin, $0.99 a resolution' },
        { name: 'per-conversation', title: 'Flat rate, $0.70 a conversation' },
        { name: 'zendesk', title: 'Zendesk, 30,000 resolutions a month committed' },
      ],
    })
    const { volume, rate } = formOf(
      'conversations: { base: lognormal(50k, 60k) }\nresolution: { rate: [{ until: 2027-03, value: 50% }] }',
    )
    expect([volume, rate]).toEqual([undefined, undefined])
  })

  it('changes single fields, and keeps comments and all else', () => {
    const text = FIRST_PLAN.replace('rate: 60% to 70%', 'rate: 60% to 70% # our pilot')
    // Only spaces inside of brackets may change.
    const plain = (yaml: string) => yaml.replace(/(?<=\[) | (?=\])/g, '')
    expect(plain(changedPlan(text, [[['resolution', 'rate'], '55% to 75%']]))).toBe(text.replace('60% to 70%', '55% to 75%'))
    expect(changedPlan('{ not: [yaml', [[['name'], 'x']])).toBe('{ not: [yaml')
  })

  it('writes the answers to the four questions as an offer', () => {
    const [commitment, seats] = [{ quantity: 30_000, per: 'month', overage: 1.4 } as const, { count: 20, price: 115 }]
    expect(offerOf({ vendor: 'Zendesk', meter: 'resolutions', price: 0.88, commitment, minimum: 30_000, seats })).toEqual({
      title: 'Zendesk',
      charges: [
        { meter: 'resolutions', commitment: '30000/month', price: 0.88, overage: 1.4, minimum: '30000/year' },
        { seats: 20, price: '115/month' },
      ],
    })
    expect(freeOfferName('Fin!', formOf(FIRST_PLAN))).toBe('fin-2')
    expect(freeOfferName('360 Support', formOf(FIRST_PLAN))).toBe('offer-360-support')
  })
})

describe('drivers that were fitted to a history', () => {
  const fitted = `# fitted to 36 months of past.csv
start: 2027-01
months: 24
conversations:
  # 52,745 ± 3.2%
  base: "lognormal(52771, 1674)"
  growth: "normal(2%, 7%)/year"
correlations:
  - { between: [conversations.base, conversations.growth], rho: -0.4 }
offers: { agentforce: { catalog: agentforce-conversations } }
`
  it('take the place of the volume with their comments, and leave the rate, the offers and the length of the plan', () => {
    const rated =
      'correlations: [{ between: [resolution.rate, resolution.improvement], rho: 0.2 }, { between: [conversations.noise, resolution.noise], rho: 0.3 }]'
    const found = withFittedDrivers(FIRST_PLAN + rated, fitted)
    const [before, after] = [FIRST_PLAN, found].map((text) => parse(text) as Record<string, unknown>)
    expect(after).toEqual({
      ...before,
      conversations: { base: 'lognormal(52771, 1674)', growth: 'normal(2%, 7%)/year' },
      // One that joined the noise of the earlier volume is gone.
      correlations: [
        { between: ['resolution.rate', 'resolution.improvement'], rho: 0.2 },
        { between: ['conversations.base', 'conversations.growth'], rho: -0.4 },
      ],
    })
    expect(found).toContain('# 52,745 ± 3.2%')
  })

  it('replace the whole volume by segments, and segments by the whole', () => {
    const segments = 'segments: { chat: { conversations: { base: 1000 } } }\n'
    expect(parse(withFittedDrivers(FIRST_PLAN, segments))).not.toHaveProperty('conversations')
    expect(parse(withFittedDrivers(segments, fitted))).not.toHaveProperty('segments')
    expect(withFittedDrivers('{ not: [yaml', fitted)).toBe('{ not: [yaml')
  })
})

it('a link holds the plan, and another fragment holds none', async () => {
  const link = await linkOf(FIRST_PLAN, 'https://example.com/calculator.html#old')
  expect(link).toMatch(/^https:\/\/example\.com\/calculator\.html#plan=[\w-]+$/)
  expect(await planOfLink(new URL(link).hash)).toBe(FIRST_PLAN)
  expect(await planOfLink('#plan=abc')).toBeUndefined()
  expect(await planOfLink('#other')).toBeUndefined()
})

it('the lead changes at the rate at which a price by conversation equals one by resolution, to a piece of the strip', async () => {
  const offers = `  a: { charges: [{ meter: resolutions, price: 1.00 }] }\n  b: { charges: [{ meter: conversations, price: 0.63 }] }`
  const [{ parts }, volume] = await stripsOf(plan(offers), reader, never)
  const change = parts.findIndex(({ color }) => color === 1)
  // 0.63 of a conversation's price is the rate at which both cost the same. A piece is 0.3 points wide.
  expect(Math.abs(parts[change].from - 63)).toBeLessThanOrEqual(0.3)
  expect(parts.slice(0, change).every(({ color }) => color === 0)).toBe(true)
  // The volume changes both in proportion.
  expect(new Set(volume.parts.map(({ color }) => color)).size).toBe(1)
})

it('the prices to ask for are those of the answer', async () => {
  const offers = `  a: { charges: [{ meter: resolutions, price: 1.00 }] }\n  b: { charges: [{ meter: resolutions, price: 0.90 }] }`
  const finished = await runScenario(plan(offers), { trials: 2_048 }, { executor: () => inlineExecutor, reader })
  expect(await askedPricesOf(finished, () => Promise.resolve(), never)).toEqual([
    { offer: 'a', unit: 'a resolution', quoted: '$1.00', level: '$0.90', clear: '$0.89' },
    { offer: 'b', unit: 'a resolution', quoted: '$0.90', level: 'has the lowest', clear: 'is clear' },
  ])
  expect(await askedPricesOf(finished, () => Promise.resolve(), AbortSignal.abort())).toEqual([])
})
