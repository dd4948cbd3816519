// The JSON Schema (2020-12) of a plan, for editors. It adds to zod's own schema: the label and help of each field, the forms of values
// in notation, sources beside any value, and offers of the catalog.
import * as z from 'zod'
import { alternatives, type FieldRecord, fields } from '../contract/field.ts'
import { offer, part } from '../contract/schema.ts'
import { runSchema, scenarioSchema } from './schema.ts'

type Node = Record<string, unknown>

const text = { type: 'string' }
const numberOrText = { type: ['number', 'string'] }
const value = { $ref: '#/$defs/value' }
const source = { $ref: '#/$defs/source' }
const object = (description: string, properties: Node, more: Node = {}): Node => ({
  type: 'object',
  properties,
  ...more,
  description,
})

const EXPERT = object('percentiles or any other value, with a weight and a name', { source, name: text, weight: numberOrText })

const DEFINITIONS: Node = {
  source: { ...text, minLength: 1, maxLength: 500, description: 'the origin of the value, which the report prints' },
  value: {
    anyOf: [
      { type: 'number' },
      {
        ...text,
        examples: ['50k', '65%', '$0.99', '$30k/year', '60% to 70%', 'pert(1, 1.5, 3.5)', 'empirical(tickets.csv, volume)'],
      },
      object(
        'a value with its source or its period',
        { value, source, per: { enum: ['month', 'quarter', 'year', 'once'] } },
        { required: ['value'], additionalProperties: false },
      ),
      object(
        'a distribution with its parameters by name; `empirical` takes values, or file and column',
        { distribution: text, source },
        { required: ['distribution'] },
      ),
      object(
        'two to nine percentiles, such as { p10: 40k, p50: 50k, p90: 65k }',
        { source },
        { patternProperties: { '^p[1-9][0-9]?(\\.[0-9]{1,3})?$': numberOrText }, additionalProperties: false, minProperties: 2 },
      ),
      object(
        'the estimates of several people, combined into a mixture by their weights',
        { source, experts: { type: 'array', minItems: 1, items: EXPERT } },
        { required: ['experts'], additionalProperties: false },
      ),
    ],
  },
}

/** @param schema the schema of a plan, or one with more fields */
export function scenarioJsonSchema(schema: z.ZodType = scenarioSchema): object {
  return { ...jsonOf(schema, schema), $defs: DEFINITIONS }
}

function jsonOf(schema: z.ZodType, root: z.ZodType): Node {
  return z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const field = fields.get(zodSchema)
      if (field) Object.assign(jsonSchema, described(field, jsonSchema))
      const of = alternatives.get(zodSchema)
      if (of) jsonSchema.anyOf = of().map((model) => withoutDialect(jsonOf(model, root)))
      const sourced =
        zodSchema._zod.def.type === 'object' && (zodSchema as unknown) !== root && (zodSchema as unknown) !== runSchema
      if (sourced && jsonSchema.additionalProperties === false) jsonSchema.properties = { ...jsonSchema.properties, source }
      if ((zodSchema as unknown) === offer || (zodSchema as unknown) === part) fromCatalog(jsonSchema)
    },
  })
}

/** The label and help of a field. A field that reads notation has no JSON type of its own. */
const described = ({ label, help }: FieldRecord, written: Node): Node => ({
  title: label,
  description: help,
  ...(Object.keys(written).length === 0 && value),
})

const withoutDialect = ({ $schema: _, ...schema }: Node): Node => schema

/** An offer of the catalog needs no charges, and may change them by their ids. */
function fromCatalog(schema: z.core.JSONSchema.BaseSchema): void {
  delete schema.required
  const charges = schema.properties?.charges
  const changes = { type: 'object', description: 'changes to the charges of an offer of the catalog, by their id' } as const
  schema.properties = { ...schema.properties, charges: { anyOf: [typeof charges === 'object' ? charges : {}, changes] } }
}
