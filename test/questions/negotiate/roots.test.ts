// Every number at which two offers change places is found: known answers, and random contracts against a fine grid of point estimates.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pointEstimates } from '../../../src/invoice/point.ts'
import { breakEvenOf } from '../../../src/questions/negotiate/break-even.ts'
import { fairPriceOf } from '../../../src/questions/negotiate/fair-price.ts'
import type { Root } from '../../../src/questions/negotiate/search.ts'
import { readScenario } from '../../../src/scenario/read.ts'
import { resolve } from '../../../src/scenario/resolve/resolve.ts'
import { effort } from '../../effort.ts'
import { reader } from '../reader.ts'

const TRIALS = { trials: 64 }
const between = (scenario: object | string, offers: readonly [string, string], options = {}) =>
  breakEvenOf(scenario, 'conversations.base', offers, reader, { ...TRIALS, ...options })

// Both plans were found by trying reports of faults in other root finders. A commitment of 40k resolutions is 61,538 conversations.
const commit = { charges: [{ meter: 'resolutions', commitment: '40k/month', price: '$0.90', overage: '$1.50' }] }
const unit = { charges: [{ meter: 'resolutions', price: '$0.99' }] }
const drawdown = { conversations: { base: '100k' }, resolution: { rate: '65%' }, offers: { commit, unit } }
const tiers = [{ to: '40k', price: '$1.00' }, { to: '46k', price: '$0.10' }, { price: '$1.50' }]
const graduated = {
  conversations: { base: '50k' },
  offers: {
    g: { charges: [{ meter: 'conversations', graduated: tiers }] },
    w: { charges: [{ meter: 'conversations', price: '$0.95' }] },
  },
}

describe('break-even finds every root, the nearest to the plan first', () => {
  it('of a commitment that is cheaper only around its full use', async () => {
    const { value, exact, roots, searched } = await between(drawdown, ['commit', 'unit'])
    // 0.9 · 40k = 0.99 · 0.65 x, and 36k + 1.5 (0.65 x − 40k) = 0.99 · 0.65 x
    expect(value).toBeCloseTo(24_000 / (0.51 * 0.65), 6)
    expect(exact).toBe(true)
    expect(roots).toEqual([
      { value, se: 0, exact: true, kind: 'crossing', below: 'commit', above: 'unit' },
      { value: expect.closeTo(36_000 / (0.99 * 0.65), 6), se: 0, exact: true, kind: 'crossing', below: 'unit', above: 'commit' },
    ])
    expect(searched).toMatchObject({ from: 0, to: 4096 * 100_000, proven: true })
  })
  it('of graduated tiers, of which one is nearly free', async () => {
    const { roots } = await between(graduated, ['g', 'w'])
    // 40k + 600 + 1.5 (x − 46k) = 0.95 x, and 40k + 0.1 (x − 40k) = 0.95 x
    expect(roots.map(({ value }) => value)).toEqual([expect.closeTo(28_400 / 0.55, 6), expect.closeTo(36_000 / 0.85, 6)])
  })
  it('of months with different volumes, whose thresholds lie at different numbers', async () => {
    const plan = { ...drawdown, months: 6, conversations: { base: '100k', growth: '4%/month' } }
    const { roots, searched } = await between(plan, ['commit', 'unit'])
    expect(roots.map(({ below }) => below)).toEqual(['commit', 'unit'])
    expect(searched.proven).toBe(true)
  })
  it('of an uncertain volume, between two numbers of one sign', async () => {
    const plan = { ...drawdown, conversations: { base: '70k to 130k', noise: { cv: '2%' } } }
    const { roots, searched } = await between(plan, ['commit', 'unit'], { trials: 4096 })
    expect(roots.map(({ value }) => value)).toEqual([expect.closeTo(72_398.19, 0), expect.closeTo(55_944.06, 0)])
    for (const { se } of roots) expect(se).toBeGreaterThan(0)
    expect(searched.proven).toBe(false)
  })
  it('of an annual allowance and a yearly minimum', async () => {
    const offers = {
      a: { charges: [{ meter: 'conversations', price: '$1.00', included: '60k/year', minimum: '$300k/year' }] },
      b: { charges: [{ meter: 'conversations', price: '$0.92' }] },
    }
    // max(12 x − 60k, 300k) = 0.92 · 12 x
    const { roots } = await between({ conversations: { base: '50k' }, offers }, ['a', 'b'])
    expect(roots.map(({ value }) => value)).toEqual([expect.closeTo(60_000 / 0.96, 6), expect.closeTo(300_000 / 11.04, 6)])
  })
  it('of a limit, beyond which people cost as much again', async () => {
    const plan = {
      conversations: { base: '50k' },
      human: { cost: '$2' },
      offers: {
        a: { charges: [{ meter: 'resolutions', price: '$1.00', limit: '20k/month' }] },
        b: { charges: [{ meter: 'resolutions', price: '$1.30' }] },
      },
      resolution: { rate: '50%' },
      run: { measure: 'total' },
    }
    // Beyond 40k conversations, a leaves x/2 − 20k more of them to people: 20k + 2 (x/2 − 20k) = 1.3 x/2
    const { roots } = await between(plan, ['a', 'b'])
    expect(roots.map(({ value, below }) => [value, below])).toEqual([[expect.closeTo(20_000 / 0.35, 4), 'a']])
  })
})

describe('what is no plain crossing has a name', () => {
  const flat = (fee: string) => ({ charges: [{ fee }] })
  it('a jump across 0 states the costs on both sides', async () => {
    const volume = { charges: [{ meter: 'conversations', volume: [{ to: '40k', price: '$1.00' }, { price: '$0.50' }] }] }
    const { value, exact, roots } = await between(
      { months: 1, conversations: { base: '42k' }, offers: { volume, flat: flat('$30k/month') } },
      ['volume', 'flat'],
    )
    expect(value).toBeCloseTo(40_000, 3)
    expect(exact).toBe(false)
    expect(roots.map(({ kind, value: at }) => [kind, Math.round(at)])).toEqual([
      ['jump', 40_000],
      ['crossing', 30_000],
      ['crossing', 60_000],
    ])
    const cost = (amount: number) => expect.closeTo(amount, 0) as number
    expect(roots[0]).toMatchObject({
      below: 'flat',
      above: 'volume',
      costs: { below: { volume: cost(40_000), flat: cost(30_000) }, above: { volume: cost(20_000), flat: cost(30_000) } },
    })
  })
  it('packages cross a price per unit once each, and jump back', async () => {
    const offers = {
      packed: { charges: [{ meter: 'conversations', package: '1k', price: '$1000' }] },
      unit: { charges: [{ meter: 'conversations', price: '$1.30' }] },
    }
    const { roots } = await between({ months: 1, conversations: { base: '2k' }, offers }, ['packed', 'unit'], {
      bounds: [100, 9000],
    })
    const at = (kind: Root['kind']) =>
      roots
        .filter((root) => root.kind === kind)
        .map(({ value }) => Math.round(value))
        .sort((a, b) => a - b)
    // 1000 n = 1.3 x for x in (1000 (n − 1), 1000 n], which jumps above it again while 1000 (n + 1) > 1300 n
    expect(at('crossing')).toEqual([769, 1538, 2308, 3077])
    expect(at('jump')).toEqual([1000, 2000, 3000])
  })
  it('offers that only touch keep their order', async () => {
    const offers = {
      // Both cost $46,000 at 46k, where the third tier of g begins.
      g: { charges: [{ meter: 'conversations', graduated: [{ to: '46k', price: '$1.00' }, { price: '$1.50' }] }] },
      h: {
        charges: [{ meter: 'conversations', graduated: [{ to: '46k', price: '$0.80' }, { price: '$1.70' }] }, { fee: '$9200' }],
      },
    }
    const { roots } = await between({ months: 1, conversations: { base: '40k' }, offers }, ['g', 'h'])
    expect(roots).toEqual([{ value: expect.closeTo(46_000, 6), se: 0, exact: true, kind: 'touch', below: 'g', above: 'g' }])
  })
  it('offers that are equal over a range share it', async () => {
    const plan = { ...graduated, offers: { g: graduated.offers.g, one: { charges: [{ meter: 'conversations', price: '$1.00' }] } } }
    const { roots } = await between(plan, ['g', 'one'])
    expect(roots[1]).toMatchObject({ kind: 'equal', value: 0, to: expect.closeTo(40_000, 6), exact: true, above: 'g' })
    expect(roots[0]).toMatchObject({ kind: 'crossing', value: expect.closeTo(28_400 / 0.5, 6), below: 'g', above: 'one' })
  })
})

describe('a search says how far it looked', () => {
  it('and that nothing lies between its numbers, if the contracts prove it', async () => {
    await expect(between(drawdown, ['commit', 'unit'], { bounds: ['80k', '200k'] })).rejects.toThrow(
      'there is no number from 80000 to 200000 at which commit and unit cost the same on average, because unit is ahead everywhere',
    )
  })
  it('and how many numbers it tried, if nothing proves it', async () => {
    const plan = { ...drawdown, conversations: { base: '90k to 110k' } }
    await expect(between(plan, ['commit', 'unit'], { bounds: ['80k', '200k'] })).rejects.toThrow(
      /no crossing was found between 80000 and 200000 at \d+ points\. unit is ahead at all of them\./,
    )
  })
})

describe('a fair price finds every root', () => {
  it('of a price in the second of two tiers that a commitment shares', async () => {
    const { value, roots } = await fairPriceOf(
      drawdown,
      'offers.commit.charges[0].commitment',
      { against: 'unit', ...TRIALS },
      reader,
    )
    // 0.99 · 65k = 0.9 c + 1.5 (65k − c) for c below 65k, and 0.9 c for c above
    expect(roots.map((root) => root.value)).toEqual([expect.closeTo(33_150 / 0.6, 5), expect.closeTo(64_350 / 0.9, 5)])
    expect(roots[0].value).toBe(value)
  })
  it('says who is ahead if prices decide who is the cheapest', async () => {
    await expect(
      fairPriceOf(
        {
          conversations: { base: '45k to 60k' },
          resolution: { rate: '65%' },
          offers: { unit, flat: { charges: [{ fee: '$1k' }] } },
        },
        'offers.flat.fee',
        { against: 'unit', statistic: 'cheapest', bounds: ['$1k', '$2k'], ...TRIALS },
        reader,
      ),
    ).rejects.toThrow('flat is ahead at all of them')
  })
})

/** Charges that are piecewise linear in the volume, with thresholds on its way. */
const money = fc.integer({ min: 20, max: 300 }).map((cents) => cents / 100)
const quantity = fc.integer({ min: 2, max: 90 }).map((thousands) => 1000 * thousands)
const per = fc.constantFrom('month', 'quarter', 'year')
const tiered = (key: 'graduated' | 'volume') =>
  fc
    .tuple(fc.uniqueArray(quantity, { minLength: 1, maxLength: 3 }), fc.array(money, { minLength: 4, maxLength: 4 }))
    .map(([tops, prices]) => {
      const sorted = [...tops].sort((a, b) => a - b)
      return { meter: 'conversations', [key]: [...sorted.map((to, k) => ({ to, price: prices[k] })), { price: prices[3] }] }
    })
const committed = fc.record({
  meter: fc.constant('conversations'),
  commitment: fc.tuple(quantity, per).map(([q, p]) => `${q}/${p}`),
  price: money,
  overage: money,
})
const unitary = fc.record({
  meter: fc.constant('conversations'),
  price: money,
  included: fc.option(
    fc.tuple(quantity, per).map(([q, p]) => `${q}/${p}`),
    { nil: undefined },
  ),
  maximum: fc.option(
    fc.tuple(quantity, per).map(([q, p]) => `$${q}/${p}`),
    { nil: undefined },
  ),
})
const least = fc
  .tuple(money, quantity, per)
  .map(([price, floor, p]) => ({ meter: 'conversations', price, minimum: `$${floor}/${p}` }))
const packed = fc
  .tuple(money, fc.integer({ min: 10, max: 40 }))
  .map(([price, thousands]) => ({ meter: 'conversations', package: 1000 * thousands, price: Math.round(1000 * thousands * price) }))
const fee = quantity.map((amount) => ({ fee: `$${amount}/month` }))
const charge = fc.oneof(tiered('graduated'), tiered('volume'), committed, unitary, least, packed)
const offer = fc
  .tuple(charge, fc.option(fee, { nil: undefined }))
  .map(([first, second]) => ({ charges: second ? [first, second] : [first] }))
const pair = fc.record({
  a: offer,
  b: offer,
  months: fc.integer({ min: 1, max: 4 }),
  growth: fc.constantFrom('0%/month', '7%/month', '-20%/month'),
})

/** The gap of two point estimates, by the invoice's own arithmetic at one volume after the other. */
async function gapsOf(plan: object): Promise<(base: number) => number> {
  const { scenario } = await resolve(readScenario(plan), reader)
  return (base) => {
    const [a, b] = pointEstimates({ ...scenario, conversations: { ...scenario.conversations, base } })
    // The two offers are rounded to different last digits.
    return Math.abs(a.bill - b.bill) <= 1e-9 * Math.abs(a.bill) ? 0 : a.bill - b.bill
  }
}

const [LOW, HIGH, CELLS] = [500, 120_000, 300]

describe('random pairs of contracts', () => {
  it('have a root wherever a fine grid of point estimates changes its sign, and no other', async () => {
    await fc.assert(
      fc.asyncProperty(pair, async ({ a, b, months, growth }) => {
        const plan = JSON.parse(JSON.stringify({ months, conversations: { base: 50_000, growth }, offers: { a, b } })) as object
        const gap = await gapsOf(plan)
        // No threshold lies on a grid of odd steps.
        const grid = Array.from({ length: CELLS + 1 }, (_, k) => LOW + ((HIGH - LOW) * k) / CELLS)
        const signs = grid.map((base) => Math.sign(gap(base)))
        const roots = await between(plan, ['a', 'b'], { trials: 16, bounds: [LOW, HIGH] }).then(
          (found) => found.roots,
          (error: Error) => {
            if (!/ahead everywhere|ahead at all|no single answer/.test(error.message)) throw error
            return []
          },
        )
        const changes = roots.filter(({ kind, below, above }) => kind !== 'equal' && below !== above)
        for (const { value, kind } of roots) {
          if (kind === 'equal') continue
          const [below, above] = [gap(value * (1 - 1e-6)), gap(value * (1 + 1e-6))]
          if (kind === 'touch') expect(below * above, `no touch at ${value}`).toBeGreaterThanOrEqual(0)
          else expect(below * above, `no root at ${value}`).toBeLessThanOrEqual(0)
        }
        for (let k = 0; k < CELLS; k++) {
          if (signs[k] * signs[k + 1] === 0) continue
          const inside = changes.filter(({ value }) => value > grid[k] && value < grid[k + 1]).length
          const equal = roots.some(({ kind, value, to = value }) => kind === 'equal' && value < grid[k + 1] && to > grid[k])
          if (!equal) expect(inside % 2, `between ${grid[k]} and ${grid[k + 1]}`).toBe(signs[k] === signs[k + 1] ? 0 : 1)
        }
      }),
      effort(1, 5000, 25),
    )
  }, 1_800_000)
})
