// The heaviness of a cost's tail by the plan itself: which moments are finite.
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile/compile.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { measuredOf } from '../../src/simulation/measured.ts'
import { modelOf } from '../../src/simulation/model.ts'
import { reader } from '../questions/reader.ts'

const plan = (conversations: object, charge: object = { price: 1 }, more: object = {}) => ({
  months: 2,
  conversations,
  offers: { a: { charges: [{ meter: 'conversations', ...charge }] } },
  ...more,
})

async function heavinessOf(scenario: object): Promise<number> {
  const { scenario: read } = await resolve(readScenario(scenario), reader)
  return measuredOf(modelOf(compile(read, { measure: 'bill', pairs: 'auto' }))).offers[0].bill.heaviness
}

describe('the heaviness of a cost', () => {
  it.each([
    ['no input has a heavy tail', plan({ base: 'lognormal(1000, 5000)' }), 0],
    ['of the volume', plan({ base: 'pareto(3, 1000)' }), 1 / 3],
    ["of Student's t", plan({ base: 'studentT(5, 1000, 10)' }), 1 / 5],
    ['of the heaviest part of a mixture', plan({ base: 'mixture(pareto(3, 10): 1, pareto(4, 10): 1)' }), 1 / 3],
    ['of the size of a spike', plan({ base: 1000, spikes: { probability: 0.1, size: 'pareto(4, 1)', months: 1 } }), 1 / 4],
    ['of the heavier of two independent factors', plan({ base: 'pareto(3, 1000)' }, { price: 'pareto(5, 0.1)' }), 1 / 3],
    [
      'of both factors together if they are correlated',
      plan(
        { base: 'pareto(3, 1000)' },
        { price: 'pareto(6, 0.1)' },
        {
          correlations: [{ between: ['conversations.base', 'offers.a.charges[0].price'], rho: 0.9 }],
        },
      ),
      1 / 2,
    ],
    ['beyond an included quantity', plan({ base: 'pareto(3, 1000)' }, { price: 1, included: '5k/month' }), 1 / 3],
  ])('is that %s', async (_, scenario, heaviness) => {
    expect(await heavinessOf(scenario)).toBeCloseTo(heaviness, 12)
  })

  it('of a bounded bill is 0, whatever the volume', async () => {
    const fixed = { months: 2, conversations: { base: 'pareto(3, 1000)' }, offers: { a: { charges: [{ fee: '$10k/month' }] } } }
    expect(await heavinessOf(fixed)).toBe(0)
  })
})
