// The TypeScript types of a plan are made from its schema, so the plans that compile here are those that the reader reads.
import { readFileSync } from 'node:fs'
import type { Scenario, ScenarioOffer, simulate } from 'billcast'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { scenarioSchema } from '../../src/scenario/schema.ts'

const TYPES = readFileSync('src/scenario/plan.generated.ts', 'utf8')

/** The keys of an interface in the generated types, each with its comment. */
const keysOf = (name: string): ReadonlyMap<string, string> => {
  const [, body = ''] = new RegExp(`^export interface ${name} \\{\\n([\\s\\S]*?)^\\}`, 'm').exec(TYPES) ?? []
  return new Map(
    [...body.matchAll(/(?: {2}\/\*\* (.*) \*\/\n)? {2}readonly (\w+)\??:/g)].map(([, words, key]) => [key, words ?? '']),
  )
}

describe('the type of a plan', () => {
  it('has every field of the schema, each with its help', () => {
    expect([...keysOf('Scenario').keys()]).toEqual(Object.keys(scenarioSchema.shape))
    expect(keysOf('ScenarioResolution').get('rate')).toBe("Share of the AI's conversations that it resolves, such as 60% to 70%.")
    expect(keysOf('Scenario').get('months')).toBe('Number of months. Default: 12.')
  })

  it('is what every function takes, besides text', () => {
    expectTypeOf<Parameters<typeof simulate>[0]>().toEqualTypeOf<string | Scenario>()
  })

  it('holds plans whose notation is plain strings', () => {
    const held = {
      conversations: { base: '50k', noise: { cv: '8%', source: 'last year' } },
      resolution: { rate: [{ until: '2027-06', value: '40% to 50%' }, { value: '60% to 70%' }], approach: 'saturating' },
      human: { cost: { value: '$6.00', source: 'finance' }, cashable: 0.4 },
      correlations: [{ between: ['resolution.rate', 'conversations.base'], rho: 0.4 }],
      exchange: { EUR: { distribution: 'normal', mean: 1.08, sd: 0.02 } },
      run: { method: 'sobol', seed: 7 },
      offers: {
        changed: { catalog: 'fin', charges: { outcomes: { price: '$0.89' } } },
        plain: {
          charges: [
            { meter: 'tickets', graduated: [{ to: 3, price: 5 }, { price: { p10: 2, p50: 3, p90: 5 } }] },
            { seats: 4, price: '$3/month' },
          ],
        },
        both: {
          parts: { old: { catalog: 'fin' }, new: { charges: [{ fee: '$900/month' }] } },
          traffic: { new: [{ until: '2027-05', value: '10%' }, { value: 1 }] },
        },
      },
    }
    expectTypeOf(held).toExtend<Scenario>()
  })

  it('holds plans of an interface of their own', () => {
    interface Offer {
      title?: string
      charges: { meter: string; price: number | string }[]
    }
    interface Plan {
      months: number
      conversations: { base: string }
      resolution?: { rate: string }
      offers: Record<string, Offer>
    }
    expectTypeOf<Plan>().toExtend<Scenario>()
    expectTypeOf<Offer>().toExtend<ScenarioOffer>()
  })

  it('refuses unknown keys, wrong kinds of values, and a plan without offers', () => {
    // @ts-expect-error: the schema has no such key
    const slip = { conversatons: { base: '50k' }, offers: {} } satisfies Scenario
    // @ts-expect-error: nor has a charge
    const charge = { offers: { a: { charges: [{ meter: 'resolutions', prise: 1 }] } } } satisfies Scenario
    // @ts-expect-error: nor has a distribution
    const drawn = { conversations: { base: { distribution: 'pert', min: 1, mod: 2, max: 3 } }, offers: {} } satisfies Scenario
    expect([slip, charge, drawn].map((plan) => Object.keys(plan).length)).toEqual([2, 1, 2])
    expectTypeOf<{ conversations: { base: boolean }; offers: Record<string, never> }>().not.toExtend<Scenario>()
    expectTypeOf<{ conversations: { base: string } }>().not.toExtend<Scenario>()
  })

  it('names no library', () => {
    expect(TYPES).not.toMatch(/zod/)
    expect(TYPES.match(/^import .*/gm)).toEqual(["import type { RuleBill, RuleExplanation } from '../contract/rule.ts'"])
  })
})
