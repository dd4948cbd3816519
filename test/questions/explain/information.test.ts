// The value of information agrees with exact values where inputs or costs jump.
import { describe, expect, it } from 'vitest'
import { cutAtJumps } from '../../../src/questions/explain/smooth.ts'
import { distributionOf } from '../../../src/numerics/distributions/index.ts'
import { worth } from '../../../src/questions/explain/decided.ts'
import { allAtOnce } from '../../../src/pace.ts'
import { informationOf } from '../../../src/questions/explain/information.ts'
import type { Estimate } from '../../../src/summary/summary.ts'
import { noFiles } from '../../../src/scenario/resolve/files.ts'
import { slow, thorough } from '../../effort.ts'

const priced = (price: number | string) => ({ charges: [{ meter: 'conversations', price }] })
const trials = 16_384
const near = ({ value, se }: Estimate, exact: number, errors = 4.5) =>
  expect(Math.abs(value - exact), `${value} ± ${se} for ${exact}`).toBeLessThanOrEqual(errors * se + 1e-9)
/** A price of $3 with the probability p, otherwise $1, against a rival at $1.05 + 2p, which is dearer on average. */
const rare = (p: number) => ({
  months: 1,
  conversations: { base: 'normal(1000, 100)' },
  offers: { a: priced(`discrete($1: ${1 - p}, $3: ${p})`), b: priced(1.05 + 2 * p) },
})
const price = 'offers.a.charges[0].price'

describe('the value of knowing an input with jumps', () => {
  it.each([
    [0.2, 310],
    [0.01, 19.3],
    [0.001, 1.948],
  ])('is exact for a price that is high with the probability %f', async (p, exact) => {
    const { evpi, evppi } = await informationOf(rare(p), { trials: 65_536 }, noFiles)
    // You sign the rival in the share p of trials, and save $3 minus its price for each of 1,000 conversations.
    expect(exact).toBeCloseTo(1000 * p * (1.95 - 2 * p), 9)
    near(evppi[price], exact)
    expect(evppi[price].se).toBeLessThan(0.02 * exact)
    near(evpi, exact)
    near(evppi['conversations.base'], 0)
  })

  it('is that of perfect information if the inputs are all that is uncertain', async () => {
    const { evpi, evppi } = await informationOf(rare(0.01), { trials, inputs: [[price, 'conversations.base']] }, noFiles)
    expect(Object.values(evppi)).toEqual([evpi])
  })

  it('is exact for a rate of two values, alone and beside noise', async () => {
    const two = (more: object) => ({
      months: 1,
      conversations: { base: 100, ...more },
      resolution: { rate: 'discrete(40%: 1, 80%: 1)' },
      offers: { a: { charges: [{ meter: 'resolutions', price: 1 }] }, b: { charges: [{ fee: 65 }] } },
    })
    // You would sign a. At 80% it costs $15 more than b.
    const alone = await informationOf(two({}), { trials }, noFiles)
    expect(alone.evppi['resolution.rate'].value).toBeCloseTo(7.5, 12)
    const beside = await informationOf(two({ noise: { cv: 0.3 } }), { trials }, noFiles)
    near(beside.evppi['resolution.rate'], 7.5)
    expect(beside.evppi['resolution.rate'].se).toBeLessThan(0.02)
    expect(beside.evpi.value).toBeGreaterThan(8)
  })

  it('is exact for a mixture of one value and a range', async () => {
    const scenario = { ...rare(0.1), offers: { a: priced('mixture($1: 0.7, uniform($2, $3): 0.3)'), b: priced(1.5) } }
    const { evppi } = await informationOf(scenario, { trials, inputs: [price] }, noFiles)
    near(evppi[price], 0.3 * 1000)
    expect(evppi[price].se).toBeLessThan(0.3)
  })

  it('is exact for a rate of two values together with a volume', async () => {
    const scenario = {
      months: 1,
      conversations: { base: 'uniform(500, 1500)', noise: { cv: 0.2 } },
      resolution: { rate: 'discrete(50%: 1, 70%: 1)' },
      offers: { a: { charges: [{ meter: 'resolutions', price: 1 }] }, b: { charges: [{ fee: 610 }] } },
    }
    const { evppi } = await informationOf(scenario, { trials, inputs: [['conversations.base', 'resolution.rate']] }, noFiles)
    /** E max(0, r V − 610) of a uniform V. */
    const above = (r: number) => (r * (1500 - 610 / r) * (1500 - 610 / r)) / 2000
    near(Object.values(evppi)[0], (above(0.5) + above(0.7)) / 2)
  })

  it('has an error that covers a jump of the cost between two classes of the regression', async () => {
    const scenario = {
      months: 1,
      conversations: { base: 'uniform(500, 1500)' },
      offers: {
        a: {
          charges: [
            {
              meter: 'conversations',
              bundles: [
                { to: 1017, fee: 900 },
                { to: 2000, fee: 1200 },
              ],
            },
          ],
        },
        b: { charges: [{ fee: 'normal(1044.9, 10)' }] },
      },
    }
    const { evppi } = await informationOf(scenario, { trials, inputs: ['conversations.base'] }, noFiles)
    // a is $144.90 cheaper below 1,017 conversations and $155.10 dearer above. You would sign b, whose mean is $0.03 lower than a's.
    const mean = 0.517 * 900 + 0.483 * 1200
    near(evppi['conversations.base'], 0.517 * 144.9 - Math.max(0, 1044.9 - mean), 2)
    expect(evppi['conversations.base'].se).toBeLessThan(1)
  })

  it.runIf(thorough)('has honest errors beside another input with a rare value', async () => {
    const scenario = {
      months: 1,
      conversations: { base: 'uniform(500, 1500)' },
      offers: { a: priced('discrete($1: 0.999, $11: 0.001)'), b: { charges: [{ fee: 1000 }] } },
    }
    // You would sign b, since a costs $1,010 on average. Of V conversations, a costs $1.01 V.
    const below = 1000 / 1.01 - 500
    const exact = (1.01 * below * below) / 2000
    for (const seed of slow ? ['a', 'b', 'c', 'd'] : ['a', 'b']) {
      const { evppi } = await informationOf(scenario, { trials: 65_536, seed, inputs: ['conversations.base'] }, noFiles)
      near(evppi['conversations.base'], exact, 3)
      expect(evppi['conversations.base'].se).toBeLessThan(0.2)
    }
  })

  it('has honest errors over seeds', async () => {
    const squares: number[] = []
    for (let seed = 0; seed < (slow ? 24 : 10); seed++) {
      const { evppi } = await informationOf(rare(0.01), { trials: 8_192, seed, inputs: [price] }, noFiles)
      squares.push(((evppi[price].value - 19.3) / evppi[price].se) ** 2)
    }
    const rms = Math.sqrt(squares.reduce((a, b) => a + b, 0) / squares.length)
    expect(rms).toBeGreaterThan(0.8)
    expect(rms).toBeLessThan(1.25)
  })
})

describe('the loss by a misfit of predictions', () => {
  it('allows for errors of two predictions that depend on each other', () => {
    // Root mean squares of 2 and 3, and the same expected gain. If the errors are opposite, the difference has 5: Scarf's bound is 5 / 2.
    const columns = [0, 1].map(() => new Float64Array(4))
    const cells = { of: new Uint16Array(4), count: 1, joined: false, varying: () => [] }
    const prediction = { cells, gains: columns, expected: columns, misfit: [Float64Array.of(4), Float64Array.of(9)] }
    const trials = { starts: [0, 2, 4], cells }
    const found = allAtOnce(worth(prediction, { costs: columns, best: 0, trials, unseen: [undefined, undefined], loss: 0 }))
    expect(found).toEqual({ value: 0, se: 2.5, loss: 2.5 })
  })
})

describe('an input is cut at its jumps', () => {
  const cut = (spec: Parameters<typeof distributionOf>[0]) => cutAtJumps(distributionOf(spec))

  it('into one flat piece for each of its values', () => {
    expect(cut({ distribution: 'discrete', values: [1, 2, 5], weights: [1, 2, 1] })).toEqual([
      { from: 0, to: 0.25, flat: true },
      { from: 0.25, to: 0.75, flat: true },
      { from: 0.75, to: 1, flat: true },
    ])
  })

  it('into flat and sloping pieces, if it is a mixture of both', () => {
    const range = { distribution: 'uniform', min: 2, max: 3 }
    expect(cut({ distribution: 'mixture', components: [1, range], weights: [1, 3] })).toEqual([
      { from: 0, to: 0.25, flat: true },
      { from: 0.25, to: 1, flat: false },
    ])
  })

  it('not at all, if it is smooth or has very many values', () => {
    const whole = [{ from: 0, to: 1, flat: false }]
    expect(cut({ distribution: 'normal', mean: 1, sd: 1 })).toEqual(whole)
    expect(cut({ distribution: 'empirical', values: Array.from({ length: 500 }, (_, k) => k) })).toEqual(whole)
  })
})
