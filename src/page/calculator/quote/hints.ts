// Shows the list prices of a quote's vendor, and the prices that others report, from the catalog.
import { type ComponentChild, h } from 'preact'
import type { CatalogOffer } from '../../../contract/catalog/list.ts'
import type { ReportedPrices } from '../protocol.ts'
import type { Store } from '../store.ts'

/** Shorter names find too much. */
const SHORTEST = 3
const MOST_OFFERS = 3

interface Hint {
  readonly words: string
  readonly source: string
  readonly address?: string
}

const isAbout = (typed: string, ...names: readonly string[]): boolean =>
  names.some((name) => name.toLowerCase().includes(typed) || typed.includes(name.toLowerCase()))

/** @param typed what stands in the field of the vendor */
export function hintsOf(typed: string, catalog: readonly CatalogOffer[], reported: readonly ReportedPrices[]): readonly Hint[] {
  const sought = typed.trim().toLowerCase()
  if (sought.length < SHORTEST) return []
  const offers = catalog.filter(({ vendor, title }) => isAbout(sought, vendor, title)).slice(0, MOST_OFFERS)
  const listed = offers.flatMap(({ title, sources }) => {
    const prices = sources.filter(({ path }) => /(^|\.)(price|overage|fee)$/.test(path))
    return prices.length === 0 ? [] : [{ words: `${title}: ${prices.map(({ value }) => value).join(', ')}`, from: prices[0].from }]
  })
  const others = reported
    .filter(({ vendor }) => isAbout(sought, vendor))
    .flatMap(({ figures }) => figures.map(({ what, value, from }) => ({ words: `Reported for ${what}: ${value}`, from })))
  return [...listed, ...others].map(({ words, from }) => ({
    ...{ words, source: `${from.title}, ${from.asOf}` },
    ...(from.url !== undefined && { address: from.url }),
  }))
}

export function VendorHints({ store, vendor }: { readonly store: Store; readonly vendor: string }): ComponentChild {
  const { catalog, reported } = store.state
  const hints = hintsOf(vendor, catalog, reported)
  return (
    hints.length > 0 &&
    h(
      'ul',
      { class: 'notes' },
      hints.map(({ words, source, address }) =>
        h(
          'li',
          {},
          `${words} (`,
          address === undefined ? source : h('a', { href: address, target: '_blank', rel: 'noreferrer' }, source),
          ')',
        ),
      ),
    )
  )
}
