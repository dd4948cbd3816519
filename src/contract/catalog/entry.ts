// An entry of the catalog is an offer as an analyst would write it, with a source for each figure.
import type { DefinitionName } from '../definitions/index.ts'

export interface Publication {
  readonly title: string
  readonly publisher: string
  /** When the figure was read, or when it took effect. */
  readonly asOf: string
  /** The address at which it was read. */
  readonly url?: string
}

/** A figure in the notation of a plan, with its source. */
export interface Cited {
  readonly value: string | number
  readonly from: Publication
  readonly note?: string
  /** What other sources say of the same figure. The catalog keeps them, and bills `value`. */
  readonly conflicts?: readonly Cited[]
}

/** A sentence that states a fact of a source. */
export interface CitedNote {
  readonly text: string
  readonly from: Publication
}

export type CatalogNote = string | CitedNote

/** A resolution rate that somebody states. The catalog shows it, and no plan uses it by default. */
export interface StatedRate {
  readonly rate: string
  readonly by: 'vendor' | 'customer' | 'independent'
  readonly from: Publication
  readonly note?: string
}

/** The unit that the vendor counts, with the source. */
export interface StatedDefinition {
  /** A definition of a resolution, or a conversation as a window of hours. */
  readonly counts: DefinitionName | 'conversation'
  /** Hours of silence, or of the window. */
  readonly hours: number
  /** Days within which a returning customer cancels the resolution; absent if the vendor names no limit. */
  readonly days?: number
  readonly from: Publication
  readonly note?: string
}

export interface CatalogEntry {
  readonly title: string
  /** Absent if the vendor publishes none. */
  readonly definition?: StatedDefinition
  /** The keys of an offer. Every charge has an `id`, by which a plan changes it. */
  readonly offer: { readonly charges: readonly Readonly<Record<string, unknown>>[]; readonly [term: string]: unknown }
  readonly rates?: readonly StatedRate[]
  readonly notes?: readonly CatalogNote[]
}

export interface Vendor {
  readonly vendor: string
  /** Position in lists, which start with the most widely used vendors. */
  readonly order: number
  readonly offers: Readonly<Record<string, CatalogEntry>>
}

/** What a vendor sells by quote: no price list says what it costs. */
export interface VendorQuote {
  readonly vendor: string
  readonly order: number
  /** The product that is sold by quote. */
  readonly title: string
  /** What the bill goes by. */
  readonly bills: { readonly value: string; readonly from: Publication; readonly note?: string }
  /** Figures that others report. A plan does not bill them, unless an offer of the vendor does. */
  readonly reported?: readonly ReportedFigure[]
  /** What to ask this vendor, besides what one asks every vendor. */
  readonly questions: readonly string[]
  readonly notes?: readonly CatalogNote[]
}

export interface ReportedFigure extends Cited {
  readonly what: string
}

const isCited = (node: object): node is Cited => 'from' in node && 'value' in node

export function plainOf(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node
  if (Array.isArray(node)) return node.map(plainOf)
  if (isCited(node)) return node.value
  return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, plainOf(item)]))
}

/** What states a source. */
export interface Sourced {
  readonly from: Publication
  readonly note?: string
}

export const sourceText = (stated: Sourced): string => `${stated.from.title}, ${publisherText(stated)}`

export const publisherText = ({ from, note }: Sourced): string =>
  `${from.publisher}, ${from.asOf}${note === undefined ? '' : `; ${note}`}`

export interface Citation extends Cited {
  readonly path: string
}

/** All figures with their sources and paths in the offer. */
export function citationsOf(node: unknown, path = ''): Citation[] {
  if (typeof node !== 'object' || node === null) return []
  if (isCited(node)) return [{ ...node, path }]
  return Object.entries(node).flatMap(([key, item]) => {
    const id = Array.isArray(node) && typeof item === 'object' && item !== null && 'id' in item ? `.${item.id}` : `[${key}]`
    return citationsOf(item, Array.isArray(node) ? path + id : path === '' ? key : `${path}.${key}`)
  })
}

export function uncited(node: unknown, path = ''): string[] {
  if (typeof node === 'number' || (typeof node === 'string' && /\d/.test(node) && !/(^|\.)id$/.test(path))) return [path]
  if (typeof node !== 'object' || node === null || isCited(node)) return []
  return Object.entries(node).flatMap(([key, item]) => uncited(item, path === '' ? key : `${path}.${key}`))
}
