// Lists the keys and values that the JSON Schema allows at a place in a plan.
import type { PlaceStep } from './place.ts'

export interface SchemaNode {
  readonly $ref?: string
  readonly title?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly additionalProperties?: SchemaNode | boolean
  readonly items?: SchemaNode
  readonly prefixItems?: readonly SchemaNode[]
  readonly anyOf?: readonly SchemaNode[]
  readonly oneOf?: readonly SchemaNode[]
  readonly allOf?: readonly SchemaNode[]
  readonly $defs?: Readonly<Record<string, SchemaNode>>
}

export interface SchemaOption {
  readonly label: string
  readonly help: string
}

/** A node and all that it may be instead. */
function alternativesOf(node: SchemaNode, root: SchemaNode): readonly SchemaNode[] {
  const { $ref, anyOf = [], oneOf = [], allOf = [] } = node
  const target = $ref?.startsWith('#/$defs/') ? root.$defs?.[$ref.slice('#/$defs/'.length)] : undefined
  return [node, ...[...(target ? [target] : []), ...anyOf, ...oneOf, ...allOf].flatMap((each) => alternativesOf(each, root))]
}

function inside(node: SchemaNode, step: PlaceStep): readonly SchemaNode[] {
  if (step === 0) return [...(node.items ? [node.items] : []), ...(node.prefixItems ?? [])]
  const { properties = {}, additionalProperties } = node
  if (Object.hasOwn(properties, step)) return [properties[step]]
  return typeof additionalProperties === 'object' ? [additionalProperties] : []
}

const nodesAt = (root: SchemaNode, path: readonly PlaceStep[]): readonly SchemaNode[] =>
  path.reduce<readonly SchemaNode[]>(
    (nodes, step) => nodes.flatMap((node) => inside(node, step)).flatMap((node) => alternativesOf(node, root)),
    alternativesOf(root, root),
  )

const helpOf = (node: SchemaNode, root: SchemaNode): string =>
  alternativesOf(node, root).find(({ description }) => description !== undefined)?.description ?? ''

/** The keys that may stand at a path, each once. */
export function schemaKeys(root: SchemaNode, path: readonly PlaceStep[]): readonly SchemaOption[] {
  const found = new Map<string, string>()
  for (const { properties = {} } of nodesAt(root, path))
    for (const [label, node] of Object.entries(properties)) if (!found.get(label)) found.set(label, helpOf(node, root))
  return [...found].map(([label, help]) => ({ label, help }))
}

/** The words that a value may be, where only some are allowed. */
export function schemaWords(root: SchemaNode, path: readonly PlaceStep[]): readonly SchemaOption[] {
  const nodes = nodesAt(root, path)
  const words = nodes.flatMap((node) => [
    ...(node.enum ?? []),
    ...(node.const === undefined ? [] : [node.const]),
    ...(node.type === 'boolean' ? [true, false] : []),
  ])
  const help = nodes.find(({ description }) => description !== undefined)?.description ?? ''
  return [...new Set(words.map(String))].map((label) => ({ label, help }))
}
