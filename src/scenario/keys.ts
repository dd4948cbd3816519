// The keys that may stand at a path, from the JSON Schema: needed only to word an error.
import { scenarioJsonSchema } from './schema.ts'

type Node = Readonly<Record<string, unknown>>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
const nodes = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [])

let schema: object | undefined

export function keysAt(path: readonly PropertyKey[]): string[] {
  schema ??= scenarioJsonSchema()
  let here = nodes(schema)
  for (const key of path) {
    here = here.flatMap(branches).flatMap((node) => {
      if (typeof key === 'number') return [...nodes(node.items), ...nodes(node.prefixItems)]
      const own = isNode(node.properties) && Object.hasOwn(node.properties, key) ? node.properties[String(key)] : undefined
      return nodes(own ?? node.additionalProperties)
    })
  }
  const keys = here.flatMap(branches).flatMap((node) => (isNode(node.properties) ? Object.keys(node.properties) : []))
  return [...new Set(keys)].filter((key) => key !== 'source')
}

const branches = (node: Node): Node[] => (node.anyOf ? nodes(node.anyOf).flatMap(branches) : [node])
