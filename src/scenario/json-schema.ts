// What zod cannot say in the JSON Schema: the forms of a value that is written in notation, and where a source may stand.

type Node = Record<string, unknown>

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

const text = { type: 'string' }
const value = { $ref: '#/$defs/value' }
const source = { $ref: '#/$defs/source' }

/** Definitions that every field may refer to. */
const DEFINITIONS: Node = {
  source: { ...text, minLength: 1, maxLength: 500, description: 'where the value comes from; the report prints it' },
  value: {
    anyOf: [
      { type: 'number' },
      {
        ...text,
        examples: ['50k', '65%', '$0.99', '$30k/year', '60% to 70%', 'pert(1, 1.5, 3.5)', 'empirical(tickets.csv, volume)'],
      },
      {
        type: 'object',
        properties: { value, source, per: { enum: ['month', 'quarter', 'year', 'once'] } },
        required: ['value'],
        additionalProperties: false,
        description: 'a value with where it comes from, or with the time that it is for',
      },
      {
        type: 'object',
        properties: { distribution: text, source },
        required: ['distribution'],
        description: 'a distribution with its parameters by name; empirical: values, or file and column',
      },
      {
        type: 'object',
        properties: { source },
        patternProperties: { '^p[1-9][0-9]?(\\.[0-9]{1,3})?$': { type: ['number', 'string'] } },
        additionalProperties: false,
        minProperties: 2,
        description: 'two to nine percentiles, such as { p10: 40k, p50: 50k, p90: 65k }',
      },
      {
        type: 'object',
        properties: {
          source,
          experts: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              properties: { source, name: text, weight: { type: ['number', 'string'] } },
              description: 'percentiles or any other value, with a weight and a name',
            },
          },
        },
        required: ['experts'],
        additionalProperties: false,
        description: 'what several people think, as a mixture by their weights',
      },
    ],
  },
}

/** Adds the forms of values and the places of sources; `charge` is what stands in a list of charges. */
export function completeJsonSchema(schema: Node, charge: Node): Node {
  const { $schema: _, ...charges } = charge
  return { ...complete(schema, [], charges), $defs: DEFINITIONS }
}

function complete(node: Node, path: readonly string[], charge: Node): Node {
  if (path[path.length - 1] === 'items' && path.slice(-3).includes('charges') && Object.keys(node).length === 0)
    return complete(charge, [...path, 'charge'], charge)
  const changed = Object.fromEntries(
    Object.entries(node).map(([key, item]) => {
      const inside = (child: unknown) => (isNode(child) ? complete(child, [...path, key], charge) : child)
      return [key, Array.isArray(item) ? item.map(inside) : inside(item)]
    }),
  )
  // A field that reads notation has a description and no type.
  const named = path[path.length - 2] === 'properties' || path[path.length - 1] === 'items' || path[path.length - 1] === 'anyOf'
  const untyped = !['type', 'anyOf', 'enum', 'const', '$ref', 'properties'].some((key) => Object.hasOwn(node, key))
  if (named && untyped && Object.hasOwn(node, 'description')) return { ...changed, ...value }
  const top = path.length === 0 || (path.length === 2 && path[1] === 'run')
  if (!top && isNode(changed.properties) && node.additionalProperties === false)
    return { ...changed, properties: { ...changed.properties, source } }
  return changed
}
