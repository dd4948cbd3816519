// An object of data, as YAML or JSON gives it.

export type Fields = Readonly<Record<string, unknown>>
export const isFields = (node: unknown): node is Fields => typeof node === 'object' && node !== null && !Array.isArray(node)
