// A field that this test adds to the schema appears everywhere that fields are listed or read.
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import { isNumeric, KINDS } from '../../src/contract/field.ts'
import { uncertainShare } from '../../src/contract/fields.ts'
import { assumptionsOf } from '../../src/present/report/assumptions.ts'
import { leversOf } from '../../src/present/report/levers.ts'
import { fieldAt, withNumber } from '../../src/scenario/edit/field.ts'
import { differencesBetween } from '../../src/scenario/edit/changes.ts'
import { scenarioJsonSchema } from '../../src/scenario/json-schema.ts'
import { mapInputs } from '../../src/scenario/names.ts'
import { fieldEntries, placeAt, placesOf } from '../../src/scenario/places.ts'
import type { ResolvedScenario } from '../../src/scenario/resolved.ts'
import { conversations, scenarioSchema } from '../../src/scenario/schema.ts'
import { fieldRows } from '../docs/field-tables.ts'

const schema = scenarioSchema.extend({
  conversations: conversations.extend({
    loyalty: uncertainShare({
      label: 'Loyalty',
      help: 'share of customers who come back, such as 80%',
      staged: true,
      default: '90%',
      slider: { least: 0.5, most: 2 },
      stated: true,
    }),
  }),
})
const places = placesOf(schema)
const offers = { a: { charges: [{ meter: 'tickets', price: 1 }] } }
const plan = (loyalty: unknown) => ({ conversations: { base: '50k', loyalty }, offers })
const uncertain = { distribution: 'betaMean', mean: 0.8, sd: 0.05 }

describe('a new field of the schema', () => {
  it('is read in its notation, with its default and its stages', () => {
    expect(schema.parse(plan('80%')).conversations.loyalty).toBe(0.8)
    expect(schema.parse({ conversations: { base: 1 }, offers }).conversations.loyalty).toBe(0.9)
    expect(schema.parse(plan([{ until: '2027-03', value: '70%' }, { value: '75% to 85%' }])).conversations.loyalty).toMatchObject([
      { value: 0.7 },
      { value: { distribution: 'logitNormal' } },
    ])
  })
  it('has its own error message', () => {
    const { error } = schema.safeParse(plan('120%'))
    expect(error?.issues[0]?.message ?? '').toBe('Invalid input')
    expect(JSON.stringify(error?.issues)).toContain('expected a share from 0% to 100%, got \\"120%\\"')
  })
  it('has its place, kind and range in the registry', () => {
    const entry = fieldEntries(places).find(({ pattern }) => pattern === 'conversations.loyalty')
    expect(entry?.field).toMatchObject({ kind: 'share', range: [0, 1], drawn: 'trial', staged: true, label: 'Loyalty' })
  })
  it('is in the JSON Schema with its title, description and default', () => {
    const json = scenarioJsonSchema(schema)
    const accepts = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(json)
    expect(accepts(plan('80%'))).toBe(true)
    expect(accepts(plan([{ value: '80%' }]))).toBe(true)
    expect(accepts(plan(true))).toBe(false)
    expect(JSON.stringify(json)).toContain('"title":"Loyalty","description":"share of customers who come back, such as 80%"')
  })
  it('gives its inputs their names and range', () => {
    const found: unknown[] = []
    const visit = (name: string, _: unknown, { range }: { range: readonly number[] }) => found.push([name, range])
    mapInputs({ conversations: { loyalty: uncertain } }, visit, places)
    mapInputs({ conversations: { loyalty: [{ until: 3, value: 0.5 }, { value: uncertain }] } }, visit, places)
    expect(found).toEqual([
      ['conversations.loyalty', [0, 1]],
      ['conversations.loyalty[1].value', [0, 1]],
    ])
  })
  it('can be swept and edited, whether the plan states it or not', () => {
    const field = fieldAt(plan('75% to 85%'), 'conversations.loyalty', places)
    expect(field.notation.now).toBeCloseTo(0.803, 3)
    expect(field.notation.read('70%')).toBe(0.7)
    expect(withNumber(plan('80%'), field, 0.7)).toMatchObject({ conversations: { loyalty: 0.7 } })
    expect(fieldAt({ conversations: { base: 1 }, offers }, 'conversations.loyalty', places).notation.now).toBeNaN()
    expect(differencesBetween(plan('80%'), plan('70%')).map(({ path }) => path)).toEqual(['conversations.loyalty'])
  })
  it('has a slider and an entry in the assumptions', () => {
    const scenario = { conversations: { base: 50_000, loyalty: uncertain }, offers: [] } as unknown as ResolvedScenario
    const lever = leversOf(plan('80%'), scenario, {}, places).find(({ path }) => path === 'conversations.loyalty')
    expect(lever).toMatchObject({ label: 'Loyalty' })
    expect(lever?.steps.at(-1)?.text).toBe('99%')
    expect(assumptionsOf(scenario, places)).toContainEqual({
      name: 'conversations.loyalty',
      value: expect.stringContaining('betaMean, mean 80%'),
    })
  })
  it('is in the table of the documentation', () => {
    expect(fieldRows.fields(fieldEntries(places))).toContainEqual([
      '`conversations.loyalty`',
      'a share from 0% to 100% · a distribution · stages',
      'share of customers who come back, such as 80%',
      '`90%`',
    ])
  })
  it('has its TypeScript type', () => {
    type Loyalty = NonNullable<z.input<typeof schema>['conversations']>['loyalty']
    expectTypeOf<'80%'>().toExtend<Loyalty>()
    expectTypeOf<boolean>().not.toExtend<Loyalty>()
  })
})

describe('the registry', () => {
  const entries = fieldEntries()
  it.each(entries)('$pattern has a label, help, and a range that fits its kind', ({ field }) => {
    expect(field.label).toMatch(/^[A-Z]/)
    expect(field.help).toMatch(/\w/)
    expect(field.range[0]).toBeLessThan(field.range[1])
    if (isNumeric(field) && typeof field.default === 'number') {
      expect(field.default).toBeGreaterThanOrEqual(field.range[0])
      expect(field.default).toBeLessThanOrEqual(field.range[1])
    }
    if (field.drawn !== 'never') expect(KINDS[field.kind].reads.length).toBeGreaterThan(0)
  })
  it('limits every uncertain share to 0 to 1, except shares by which something grows', () => {
    const shares = entries.filter(({ field }) => field.kind === 'share' && field.drawn !== 'never')
    expect(shares.filter(({ field }) => field.range[0] !== 0 || field.range[1] !== 1).map(({ pattern }) => pattern)).toEqual([
      'human.uplift',
      'segments.*.human.uplift',
    ])
  })
  it('finds the fields of every charge', () => {
    for (const key of ['price', 'commitment', 'overage', 'fee', 'seats', 'package', 'discount', 'escalator', 'minimum'])
      expect(placeAt(['offers', 'any', 'charges', 0, key])?.field, key).toBeDefined()
  })
  it.each([
    ['conversations.growth', 'change'],
    ['resolution.improvement', 'trend'],
    ['offers.*.offset', 'shift'],
    ['offers.*.resolution.offset', 'shift'],
    ['offers.*.charges.*.escalator', 'change'],
    ['offers.*.renewal.change', 'change'],
    ['resolution.rate', 'share'],
    ['resolution.ceiling', 'share'],
    ['conversations.involvement', 'share'],
    ['offers.*.charges.*.discount', 'share'],
    ['offers.*.counted.reopened', 'share'],
  ])('has %s as a %s', (pattern, kind) => {
    expect(entries.find((entry) => entry.pattern === pattern)?.field.kind).toBe(kind)
  })
})

it('a distribution in a place without a field is an error', () => {
  expect(() => mapInputs({ conversations: { unheard: uncertain } }, () => 0)).toThrow(
    'conversations.unheard has a distribution, but the schema has no field there',
  )
})
