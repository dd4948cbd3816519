// The TypeScript type of a scenario is read off its schema: what compiles here is what the schema reads.
import { expectTypeOf, it } from 'vitest'
import type { ScenarioInput } from '../../src/scenario/schema.ts'

it('a plan in TypeScript is checked by the fields of the schema', () => {
  const held = {
    conversations: { base: '50k', noise: { cv: '8%', source: 'last year' } },
    resolution: { rate: '65%', improvement: '1pt/month', approach: 'saturating' },
    correlations: [{ between: ['resolution.rate', 'conversations.base'], rho: 0.4 }],
    offers: {
      catalogd: { catalog: 'fin', charges: { outcomes: { price: '$0.89' } } },
      plain: {
        charges: [
          { meter: 'tickets', graduated: [{ to: 3, price: 5 }, { price: 3 }] },
          { seats: 4, price: '$3/month' },
        ],
      },
    },
  }
  expectTypeOf(held).toExtend<ScenarioInput>()
  expectTypeOf<ScenarioInput['conversations']>().toHaveProperty('involvement')
  expectTypeOf<{ conversations: { base: boolean }; offers: Record<string, never> }>().not.toExtend<ScenarioInput>()
  expectTypeOf<{ offers: Record<string, never> }>().not.toExtend<ScenarioInput>()
  // @ts-expect-error: a key that the schema does not know
  const slip: ScenarioInput = { conversatons: { base: '50k' }, conversations: {}, offers: {} }
  expectTypeOf(slip).toExtend<ScenarioInput>()
})
