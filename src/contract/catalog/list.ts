// The catalog as lists: all of it, or what a word finds.
import { nearest } from '../../notation/near.ts'
import type { Vendor, VendorQuote } from './entry.ts'
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
  const sought = plain(words)
  if (sought === '') return undefined
  const holds = (...texts: readonly string[]): boolean => texts.some((text) => plain(text).includes(sought))
  const offered = vendors.flatMap(({ vendor, order, offers }) => {
    const found = Object.entries(offers).filter(([name, { title }]) => holds(vendor, name, title))
    return found.length === 0 ? [] : [{ vendor, order, offers: Object.fromEntries(found) }]
  })
  const asked = quotes.filter(({ vendor, title }) => holds(vendor, title))
  const names = offered.flatMap(({ offers }) => Object.keys(offers))
  if (names.length === 1 && asked.length === 0) return explainOffer(names[0])
  if (names.length === 0 && asked.length === 1) return explainQuote(asked[0])
  return names.length + asked.length === 0 ? undefined : listed(offered, asked)
}

/** The name of an offer or vendor that is spelled most alike. */
export const nearestOffer = (name: string): string | undefined =>
  nearest(name, [...catalog.keys(), ...new Set([...vendors, ...quotes].map(({ vendor }) => vendor))])

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
