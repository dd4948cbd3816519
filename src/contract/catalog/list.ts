// The catalog as lists: all of it, or what a word finds.
import { UsageError, visible } from '../../errors.ts'
import { nearest } from '../../notation/near.ts'
import {
  type CatalogEntry,
  type CatalogNote,
  type Citation,
  citationsOf,
  plainOf,
  type StatedDefinition,
  type StatedRate,
  type Vendor,
  type VendorQuote,
} from './entry.ts'
import { EVERY_VENDOR, explainOffer, explainQuote, quoteLines } from './explain.ts'
import { catalog, quotes, vendors } from './index.ts'

/** Every offer, then every vendor that sells by quote, with what to ask. */
export const listOffers = (): string => listed(vendors, quotes)

/**
 * The offer of that name. If there is none, the offers whose vendor, name or title holds the words.
 * @returns undefined if nothing is found
 */
export function findOffers(words: string): string | undefined {
  const explained = explainOffer(words)
  if (explained !== undefined) return explained
  const { offered, asked } = soughtIn(words)
  const names = offered.flatMap(({ offers }) => Object.keys(offers))
  if (names.length === 1 && asked.length === 0) return explainOffer(names[0])
  if (names.length === 0 && asked.length === 1) return explainQuote(asked[0])
  return names.length + asked.length === 0 ? undefined : listed(offered, asked)
}

interface Sought {
  readonly offered: readonly Vendor[]
  readonly asked: readonly VendorQuote[]
}

/** What holds the words in its vendor, name or title. */
function soughtIn(words: string): Sought {
  const sought = plain(words)
  if (sought === '') return { offered: [], asked: [] }
  const holds = (...texts: readonly string[]): boolean => texts.some((text) => plain(text).includes(sought))
  return {
    offered: vendors.flatMap(({ vendor, order, offers }) => {
      const found = Object.entries(offers).filter(([name, { title }]) => holds(vendor, name, title))
      return found.length === 0 ? [] : [{ vendor, order, offers: Object.fromEntries(found) }]
    }),
    asked: quotes.filter(({ vendor, title }) => holds(vendor, title)),
  }
}

/** An offer of the catalog as data. */
export interface CatalogOffer {
  /** The name by which a plan takes it: `catalog: fin`. */
  readonly name: string
  readonly vendor: string
  readonly title: string
  /** The keys of the offer, as a plan would write them. */
  readonly offer: Readonly<Record<string, unknown>>
  /** The unit that the vendor counts. Absent if the vendor publishes none. */
  readonly definition?: StatedDefinition
  /** Resolution rates that somebody states. No plan uses them by itself. */
  readonly rates: readonly StatedRate[]
  readonly notes: readonly CatalogNote[]
  /** Every figure with its source, by its path in the offer. */
  readonly sources: readonly Citation[]
}

/** The offers of the catalog, and the vendors whose prices are not published. */
export interface CatalogList {
  readonly offers: readonly CatalogOffer[]
  readonly byQuote: readonly VendorQuote[]
}

/** @param words a name of an offer, or words of its vendor, name or title; by default the whole catalog */
export function catalogList(words?: string): CatalogList {
  const named = words === undefined ? undefined : catalog.get(words)
  if (words !== undefined && named) return { offers: [offerData(words, named.vendor, named)], byQuote: [] }
  const { offered, asked }: Sought = words === undefined ? { offered: vendors, asked: quotes } : soughtIn(words)
  return {
    offers: offered.flatMap(({ vendor, offers }) => Object.entries(offers).map(([name, entry]) => offerData(name, vendor, entry))),
    byQuote: asked,
  }
}

const offerData = (
  name: string,
  vendor: string,
  { title, offer, definition, rates = [], notes = [] }: CatalogEntry,
): CatalogOffer => ({
  ...{ name, vendor, title, rates, notes },
  offer: plainOf(offer) as CatalogOffer['offer'],
  ...(definition && { definition }),
  sources: citationsOf(offer),
})

/** The error for a name or words that the catalog does not know. */
export function noSuchOffer(name: string): UsageError {
  const near = nearest(name, [...catalog.keys(), ...new Set([...vendors, ...quotes].map(({ vendor }) => vendor))])
  return new UsageError(`the catalog has no offer "${visible(name)}".${near === undefined ? '' : ` Did you mean ${near}?`}`)
}

/** Case and hyphens do not matter. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim()

function listed(offered: readonly Vendor[], asked: readonly VendorQuote[]): string {
  const width = Math.max(...[...catalog.keys()].map((name) => name.length))
  return [
    ...offered.flatMap(({ vendor, offers }) => [
      vendor,
      ...Object.entries(offers).map(([name, { title }]) => `  ${name.padEnd(width)}  ${title}`),
      '',
    ]),
    ...(asked.length === 0
      ? []
      : [BY_QUOTE, '', ...asked.flatMap((quote) => [...quoteLines(quote), '']), 'Ask every vendor', ...EVERY_VENDOR, '']),
  ].join('\n')
}

const BY_QUOTE = 'By quote: these prices are not published. What others report is no offer.'
