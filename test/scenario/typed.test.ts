// The TypeScript type of a plan follows from its schema, so the plans that compile here are those that the schema reads.
import { expectTypeOf, it } from 'vitest'
import type { ScenarioInput } from '../../src/scenario/schema.ts'

it('TypeScript checks a plan by the fields of the schema', () => {
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
  expectTypeOf<NonNullable<ScenarioInput['conversations']>>().toHaveProperty('involvement')
  expectTypeOf<{ conversations: { base: boolean }; offers: Record<string, never> }>().not.toExtend<ScenarioInput>()
  expectTypeOf<{ conversations: { base: string } }>().not.toExtend<ScenarioInput>()
  // @ts-expect-error: the schema has no such key
  const slip: ScenarioInput = { conversatons: { base: '50k' }, conversations: {}, offers: {} }
  expectTypeOf(slip).toExtend<ScenarioInput>()
})
