// An entry of the catalog is an offer as an analyst would write it, each figure with where it stands.
import type { DefinitionName } from '../definitions/index.ts'

export interface Publication {
  readonly title: string
  readonly publisher: string
  /** When the figure was read, or from when on it holds. */
  readonly asOf: string
}

/** A figure with its source. `value` is written as in a scenario. */
export interface Cited {
  readonly value: string | number
  readonly from: Publication
  readonly note?: string
}
export const cited = (value: string | number, from: Publication, note?: string): Cited => ({
  value,
  from,
  ...(note !== undefined && { note }),
})

/** A vendor's page of prices. */
export const pricePage = (publisher: string, asOf = '2026-11'): Publication => ({ title: `${publisher} pricing`, publisher, asOf })

/** Some figures are nobody's: how many seats a buyer has, how much is committed. */
export const EXAMPLE: Publication = { title: 'an example: state your own', publisher: 'billcast', asOf: '2026-11' }

/** A resolution rate that somebody states. Shown, never used by itself. */
export interface StatedRate {
  readonly rate: string
  readonly by: 'vendor' | 'customer' | 'independent'
  readonly from: Publication
  readonly note?: string
}

/** What the vendor counts, with where it says so. */
export interface StatedDefinition {
  /** Of a resolution; of a conversation a window of hours. */
  readonly counts: DefinitionName | 'conversation'
  /** Hours of silence, or of the window. */
  readonly hours: number
  /** Days within which a return takes the resolution back; absent where the vendor names no end. */
  readonly days?: number
  readonly from: Publication
  readonly note?: string
}

export interface CatalogEntry {
  readonly title: string
  /** Absent where the vendor publishes none. */
  readonly definition?: StatedDefinition
  /** Keys of an offer; every charge has an `id`, by which a scenario overrides it. */
  readonly offer: { readonly charges: readonly Readonly<Record<string, unknown>>[]; readonly [term: string]: unknown }
  readonly rates?: readonly StatedRate[]
  readonly notes?: readonly string[]
}

export interface Vendor {
  readonly vendor: string
  /** Where it stands in lists: the most widely used first, people alone last. */
  readonly order: number
  readonly offers: Readonly<Record<string, CatalogEntry>>
}

const isCited = (node: object): node is Cited => 'from' in node && 'value' in node

/** The offer alone, as it would be written in a scenario. */
export function plainOf(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node
  if (Array.isArray(node)) return node.map(plainOf)
  if (isCited(node)) return node.value
  return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, plainOf(item)]))
}

export interface Citation extends Cited {
  readonly path: string
}

/** Every figure with its source, by its path in the offer. */
export function citationsOf(node: unknown, path = ''): Citation[] {
  if (typeof node !== 'object' || node === null) return []
  if (isCited(node)) return [{ ...node, path }]
  return Object.entries(node).flatMap(([key, item]) => {
    const id = Array.isArray(node) && typeof item === 'object' && item !== null && 'id' in item ? `.${item.id}` : `[${key}]`
    return citationsOf(item, Array.isArray(node) ? path + id : path === '' ? key : `${path}.${key}`)
  })
}

/** Figures outside any citation: there should be none but counts that define the charge. */
export function uncited(node: unknown, path = ''): string[] {
  if (typeof node === 'number' || (typeof node === 'string' && /\d/.test(node) && !/(^|\.)id$/.test(path))) return [path]
  if (typeof node !== 'object' || node === null || isCited(node)) return []
  return Object.entries(node).flatMap(([key, item]) => uncited(item, path === '' ? key : `${path}.${key}`))
}
