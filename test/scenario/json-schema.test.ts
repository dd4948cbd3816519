import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { scenarioJsonSchema } from '../../src/scenario/json-schema.ts'

const valid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(scenarioJsonSchema())
const base = { conversations: { base: '50k' }, offers: { a: { charges: [{ meter: 'tickets', price: 1 }] } } }
const charge = (written: object) => ({ ...base, offers: { a: { charges: [written] } } })

describe('the JSON Schema', () => {
  it('accepts the example', () => {
    expect(valid(parse(readFileSync('examples/annual-budget.yaml', 'utf8')))).toBe(true)
  })
  it.each([
    { base: 50_000 },
    { base: { value: '45k to 60k', source: 'ticket export, 2026' } },
    { base: { p10: '40k', p90: '65k', source: 'three guesses' } },
    { base: { distribution: 'empirical', file: 'tickets.csv', column: 'volume' } },
    { base: '50k', noise: { cv: '8%', source: 'last year' } },
    { base: '50k', growth: { value: { distribution: 'normal', mean: '1%', sd: '1%' }, per: 'month' } },
    { base: '50k', involvement: [{ until: '2027-03', value: '40%', source: 'roll-out plan' }, { value: '85%' }] },
  ])('accepts %j', (conversations) => {
    valid({ ...base, conversations })
    expect(valid.errors).toBe(null)
  })
  it.each([
    { ...base, conversatons: {} },
    { ...base, source: 'of what?' },
    { ...base, run: { source: 'of what?' } },
    { ...base, conversations: { base: true } },
    { ...base, conversations: { base: { value: 1, note: 'x' } } },
    { ...base, conversations: { base: { value: 1, source: 2 } } },
    charge({ meter: 'resolutions of chat', price: 1 }),
    charge({ meter: 'resolutions', price: 1, overrage: 2 }),
    charge({ meter: 'resolutions', commitment: '30k/month', price: 1 }),
  ])('refuses %j', (scenario) => {
    expect(valid(scenario)).toBe(false)
  })
})
