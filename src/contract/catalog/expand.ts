// Replaces `catalog: NAME` in a plan by the entry's offer, changed by the keys that stand beside it.
import { type Located, shown } from '../../errors.ts'
import { type Fields, isFields } from '../../notation/fields.ts'
import { nearest } from '../../notation/near.ts'
import { namingModels } from '../charges/index.ts'
import { plainOf } from './entry.ts'
import { catalog } from './index.ts'

export function unknownCatalogOffer(name: unknown): string {
  const near = typeof name === 'string' ? nearest(name, [...catalog.keys()]) : undefined
  const hint = near === undefined ? '. `billcast offers` lists them' : `, did you mean \`${near}\`?`
  return `expected the name of an offer in the catalog, got ${shown(name)}${hint}`
}

/** Reports only mistakes in references to the catalog. The schema finds all others. */
export function expandCatalog(data: unknown): { readonly data: unknown; readonly problems: readonly Located[] } {
  if (!isFields(data) || !isFields(data.offers)) return { data, problems: [] }
  const problems: Located[] = []
  const expand = (offer: unknown, path: readonly string[]): unknown => {
    if (!isFields(offer)) return offer
    if (isFields(offer.parts)) return { ...offer, parts: expandAll(offer.parts, [...path, 'parts']) }
    if (!Object.hasOwn(offer, 'catalog')) return offer
    const entry = typeof offer.catalog === 'string' ? catalog.get(offer.catalog) : undefined
    if (!entry) {
      problems.push({ path: [...path, 'catalog'], message: unknownCatalogOffer(offer.catalog) })
      return offer
    }
    const { catalog: _, charges: changed, ...stated } = offer
    const { charges, ...terms } = plainOf(entry.offer) as { readonly charges: readonly Fields[] }
    return { title: entry.title, ...terms, ...stated, charges: mergeCharges(charges, changed, path, problems) }
  }
  const expandAll = (offers: Fields, path: readonly string[]) =>
    Object.fromEntries(Object.entries(offers).map(([name, offer]) => [name, expand(offer, [...path, name])]))
  return { data: { ...data, offers: expandAll(data.offers, ['offers']) }, problems }
}

/** A charge with the `id` of a known one changes it, field by field; others are added; `ID: null` in an object removes one. */
function mergeCharges(known: readonly Fields[], changed: unknown, path: readonly string[], problems: Located[]): unknown {
  if (changed === undefined) return known
  const changes = Array.isArray(changed)
    ? changed.map((charge): readonly [unknown, unknown] => [isFields(charge) ? charge.id : undefined, charge])
    : isFields(changed)
      ? Object.entries(changed)
      : undefined
  if (!changes) return changed
  const ids = known.map(({ id }) => id)
  if (!Array.isArray(changed)) {
    for (const [id] of changes) {
      if (ids.includes(id)) continue
      const message = `expected the id of one of its charges (${ids.join(', ')}). To add a charge, write \`charges\` as a list`
      problems.push({ path: [...path, 'charges', String(id)], message })
    }
  }
  const merged = known.flatMap((charge): unknown[] => {
    const change = changes.find(([id]) => id === charge.id)?.[1]
    if (change === null) return []
    if (!isFields(change)) return [charge]
    // A change to another model replaces the charge, since a charge cannot have both a unit price and tiers.
    const other = namingModels.some(({ key }) => Object.hasOwn(change, key) && !Object.hasOwn(charge, key))
    const { meter, credits, id, layer } = charge
    const kept = other
      ? Object.fromEntries(Object.entries({ id, meter, credits, layer }).filter(([, value]) => value !== undefined))
      : charge
    return [{ ...kept, ...change }]
  })
  const added = Array.isArray(changed)
    ? changed.filter((charge) => !isFields(charge) || charge.id === undefined || !ids.includes(charge.id))
    : []
  return [...merged, ...added]
}
