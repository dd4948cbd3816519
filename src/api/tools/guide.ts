// The fields that a plan may have below a path, from its JSON Schema.
import { shown, UsageError } from '../../errors.ts'
import { isFields } from '../../notation/fields.ts'
import { meantWords } from '../../notation/near.ts'
import { scenarioJsonSchema } from '../../scenario/json-schema.ts'

export interface PlanField {
  readonly name: string
  readonly help: string
}

type Node = Readonly<Record<string, unknown>>

/** The name under which the guide lists the entries of an object that the user names, such as offers. */
const ANY = '<name>'
const ITEM = '[0]'

/** @param path such as `offers.fin.charges[0]`; the whole plan if it is empty @throws UsageError if a plan has no such field */
export function fieldsAt(path: string): readonly PlanField[] {
  const steps = path.match(/\[\d+\]|[^.[\]]+/g) ?? []
  const root = scenarioJsonSchema() as Node
  const found = steps.reduce<readonly Node[]>((nodes, step) => below(nodes, step, path), [root])
  const fields = new Map(found.flatMap((node) => childrenOf(node)).map(({ name, node }) => [name, helpOf(node)]))
  return [...fields].map(([name, help]) => ({ name, help }))
}

function below(nodes: readonly Node[], step: string, path: string): readonly Node[] {
  const children = nodes.flatMap(childrenOf)
  const item = step.startsWith('[')
  const named = children.filter(({ name }) => name === (item ? ITEM : step))
  const found = named.length > 0 ? named : children.filter(({ name }) => !item && name === ANY)
  if (found.length > 0) return found.map(({ node }) => node)
  const names = [...new Set(children.map(({ name }) => name))]
  throw new UsageError(
    `path: expected one of ${names.join(', ') || 'nothing further'}${meantWords(step, names)} in ${shown(path)}, got ${shown(step)}`,
  )
}

function childrenOf(node: Node): readonly { readonly name: string; readonly node: Node }[] {
  const { properties, additionalProperties, items } = node
  return [
    ...(isFields(properties) ? Object.entries(properties) : [])
      .filter((entry): entry is [string, Node] => isFields(entry[1]))
      .map(([name, own]) => ({ name, node: own })),
    ...(isFields(additionalProperties) && Object.keys(additionalProperties).length > 0
      ? [{ name: ANY, node: additionalProperties }]
      : []),
    ...(isFields(items) ? [{ name: ITEM, node: items }] : []),
    ...[node.anyOf, node.oneOf, node.allOf].flatMap((list) =>
      Array.isArray(list) ? list.filter(isFields).flatMap(childrenOf) : [],
    ),
  ]
}

/** A field that may be written in several ways is described by the first. */
function helpOf(node: Node): string {
  if (typeof node.description === 'string') return node.description
  const ways = [node.anyOf, node.oneOf].flatMap((list) => (Array.isArray(list) ? list.filter(isFields) : []))
  const described = ways.map(helpOf).find((help) => help !== '')
  return described ?? (typeof node.title === 'string' ? node.title : '')
}
