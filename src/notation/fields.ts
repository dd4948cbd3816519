// Objects of data, as YAML or JSON gives them.

export type Fields = Readonly<Record<string, unknown>>
export const isFields = (node: unknown): node is Fields => typeof node === 'object' && node !== null && !Array.isArray(node)

/** The value at a path of keys and places in lists; undefined if there is none. */
export const valueAt = (node: unknown, keys: readonly PropertyKey[]): unknown =>
  keys.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined),
    node,
  )

/** Writes a value as one line of YAML. */
export function inlineYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inlineYaml).join(', ')}]`
  if (isFields(value)) {
    const entries = Object.entries(value).map(([key, item]) => `${key}: ${inlineYaml(item)}`)
    return `{ ${entries.join(', ')} }`
  }
  return typeof value === 'string' && /[(,[\]{}:#"'\\]/.test(value) ? JSON.stringify(value) : String(value)
}
