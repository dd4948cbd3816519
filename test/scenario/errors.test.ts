import { describe, expect, it } from 'vitest'
import { ScenarioError } from '../../src/errors.ts'
import { resolve } from '../../src/program/resolve.ts'
import { readScenario } from '../../src/scenario/read.ts'

const reader = { read: () => Promise.reject(new Error('no file')) }
const good = {
  conversations: { base: '50k' },
  resolution: { rate: '65%' },
  offers: { fin: { charges: [{ meter: 'resolutions', price: '$0.99' }] } },
}
const problems = async (input: string | object): Promise<string> => {
  try {
    await resolve(readScenario(input), reader)
  } catch (error) {
    if (error instanceof ScenarioError) return error.message
    throw error
  }
  return ''
}
const zendesk = (charge: object) => ({ ...good, offers: { zendesk: { charges: [charge] } } })

describe('a scenario that cannot be run says where and why', () => {
  it.each([
    [{ ...good, conversations: { base: -5 } }, 'conversations.base: expected a number ≥ 0, got -5'],
    [{ ...good, conversations: { base: '1,200' } }, 'without thousands separators'],
    [{ ...good, resolution: { rate: 65 } }, 'did you mean 65%?'],
    [{ ...good, resolution: { rate: '120%' } }, 'resolution.rate: expected a share from 0% to 100%'],
    [
      { ...good, conversations: { base: '50k', noise: { cv: '8%', autocorrelation: 1 } } },
      'conversations.noise.autocorrelation: expected',
    ],
    [{ ...good, months: 241 }, 'months: expected a whole number of months from 1 to 240'],
    [{ ...good, conversations: { monthly: [1, 2, 3] } }, 'conversations.monthly: expected one volume a month (12), got 3'],
    [
      { ...good, conversations: { base: 1, monthly: new Array(12).fill(1) } },
      'conversations.base: expected nothing beside `monthly`',
    ],
    [
      { ...good, resolution: { rate: '65%', improvement: 0.01 } },
      'resolution.improvement: expected points or per cent a month or year',
    ],
    [{ ...good, resolution: { rate: '70% to 60%' } }, 'a range whose first end is below its second'],
    [{ ...good, conversatons: {} }, 'did you mean `conversations`?'],
    [
      zendesk({ meter: 'resolutions', commitment: '-5', price: 1, overage: 2 }),
      'offers.zendesk.charges[0].commitment: expected a quantity ≥ 0, got "-5"',
    ],
    [zendesk({ meter: 'resolutions', commitment: '30k/month', price: 1 }), 'offers.zendesk.charges[0].overage: expected'],
    [zendesk({ meter: 'resolutions', price: 1, overrage: 2 }), 'did you mean `overage`?'],
    [
      zendesk({ meter: 'resolutions' }),
      'expected a charge with a price, a commitment, a fee, seats, graduated or volume tiers, a package or bundles',
    ],
    [{ ...good, offers: { constructor: good.offers.fin } }, 'offers.constructor: expected a name'],
    [{ ...good, offers: { '2027': good.offers.fin } }, 'offers.2027: expected a name'],
    [
      { ...good, offers: { fin: { catalog: 'finn' } } },
      'offers.fin.catalog: expected the name of an offer in the catalogue, got "finn": did you mean `fin`?',
    ],
    [{ ...good, offers: {} }, 'offers: expected at least one offer'],
    [{ ...good, resolution: undefined }, 'resolution.rate: expected a rate'],
    [{ ...good, human: { cost: 'normal($6, $6)' } }, 'human.cost: expected an amount ≥ 0 in nearly all draws'],
    [{ ...good, conversations: { base: 'uniform(2, 1)' } }, 'conversations.base.max: expected a number above min (2), got 1'],
    [
      { ...good, correlations: [{ between: ['a', 'conversations.base'], rho: 0.5 }] },
      'correlations[0].between[0]: expected the name of an uncertain input',
    ],
    ['{"offers": {}, "offers": {}}', 'Map keys must be unique'],
    ['a: &a [1]\nb: [*a, *a', 'line'],
  ])('%j', async (input, message) => {
    expect(await problems(input)).toContain(message)
  })
  it('says all of it at once, with the line', async () => {
    const text =
      'conversations: { base: -1 }\nresolution: { rate: 700% }\noffers:\n  a: { charges: [{ meter: resolutions, price: -2 }] }\n'
    const lines = (await problems(text)).split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[2]).toMatch(/offers\.a\.charges\[0\]\.price: .*line 4/)
  })
  it('refuses an alias bomb within a second', async () => {
    const bomb = [
      'a0: &a0 [x, x, x, x, x, x, x, x, x]',
      ...Array.from({ length: 9 }, (_, k) => `a${k + 1}: &a${k + 1} [${new Array(9).fill(`*a${k}`).join(', ')}]`),
    ].join('\n')
    const started = performance.now()
    expect(await problems(bomb)).not.toBe('')
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})
