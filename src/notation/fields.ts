// An object of data, as YAML or JSON gives it.

export type Fields = Readonly<Record<string, unknown>>
export const isFields = (node: unknown): node is Fields => typeof node === 'object' && node !== null && !Array.isArray(node)

/** The value at a path of keys; undefined if there is none. */
export const valueAt = (node: unknown, keys: readonly (string | number)[]): unknown =>
  keys.reduce<unknown>((inner, key) => (isFields(inner) ? inner[key] : undefined), node)
