// The plan in words, for readers who have no YAML: what each contract charges, and every other figure that the plan states.
// It follows the plan as it is written, so that nothing that somebody states can be missing.
import { plainOf } from '../../contract/catalog/entry.ts'
import { catalog } from '../../contract/catalog/index.ts'
import { type Fields, isFields } from '../../notation/fields.ts'
import { type FieldPlace, placeAt, scenarioPlaces, stepTo } from '../../scenario/places.ts'

export interface StatedTerm {
  /** The offer and part, or the path of a figure outside offers. */
  readonly name: string
  readonly words: string
}

export interface StatedPlan {
  readonly charges: readonly StatedTerm[]
  readonly inputs: readonly StatedTerm[]
}

/** The name of an offer and what says how the run samples are no assumptions. */
const APART = new Set(['name', 'run', 'offers'])

export function statedPlan(data: unknown): StatedPlan {
  if (!isFields(data)) return { charges: [], inputs: [] }
  const offers = isFields(data.offers) ? Object.entries(data.offers) : []
  const inputs = Object.entries(data).filter(([key]) => !APART.has(key))
  return {
    charges: offers.flatMap(([name, offer]) => contractTerms(['offers', name], name, offer)),
    inputs: inputs.flatMap(([key, value]) => inputTerms([key], value, stepTo(scenarioPlaces(), key))),
  }
}

/** A row for each field of the registry. Fields of a group stand below each other. */
function inputTerms(path: readonly string[], value: unknown, place: FieldPlace | undefined): StatedTerm[] {
  const inner = place && (place.keys.size > 0 || place.each) && !place.field
  if (inner && isFields(value) && !isValue(value))
    return Object.entries(value).flatMap(([key, own]) => inputTerms([...path, key], own, stepTo(place, key)))
  return [{ name: nameOf(path, place), words: written(value, place) }]
}

const nameOf = (path: readonly string[], place: FieldPlace | undefined): string => {
  const label = place?.field?.label
  return label === undefined ? path.join('.') : `${label} (${path.join('.')})`
}

/** An offer's own terms, then one row for each charge. Each part of a switch is a contract of its own. */
function contractTerms(path: readonly string[], name: string, offer: unknown): StatedTerm[] {
  if (!isFields(offer)) return []
  const place = placeAt(path)
  const { charges: _, parts, title: __, ...own } = offer
  const terms = listed(own, place)
  return [
    ...(terms === '' ? [] : [{ name, words: terms }]),
    ...chargesOf(offer).map((charge) => ({ name, words: written(charge, placeAt([...path, 'charges', 0])) })),
    ...(isFields(parts)
      ? Object.entries(parts).flatMap(([part, contract]) => contractTerms([...path, 'parts', part], `${part} in ${name}`, contract))
      : []),
  ]
}

/** The charges of an offer: its own, or those of the catalog with what the plan changes. */
export function chargesOf(offer: Fields): readonly Fields[] {
  const entry = typeof offer.catalog === 'string' ? catalog.get(offer.catalog) : undefined
  const own = entry ? (plainOf(entry.offer) as { readonly charges: readonly Fields[] }).charges : offer.charges
  if (!Array.isArray(own)) return []
  const changes = entry && isFields(offer.charges) ? offer.charges : {}
  return own.map((charge: unknown): Fields => {
    const fields = isFields(charge) ? charge : {}
    const change = typeof fields.id === 'string' ? changes[fields.id] : undefined
    return isFields(change) ? { ...fields, ...change } : fields
  })
}

/** A value with its source, a distribution and an interval by percentiles are one value. */
const isValue = (value: Fields): boolean =>
  'value' in value || 'distribution' in value || Object.keys(value).some((key) => /^p\d/.test(key))

/** A value as the plan writes it, with the labels of the fields inside. */
function written(value: unknown, place: FieldPlace | undefined): string {
  if (Array.isArray(value)) return value.map((one: unknown) => written(one, place?.each ?? place)).join('; ')
  if (!isFields(value)) return String(value)
  if ('value' in value && 'source' in value && Object.keys(value).length === 2)
    return `${written(value.value, place)} (${String(value.source)})`
  return listed(value, place)
}

const listed = (fields: Fields, place: FieldPlace | undefined): string =>
  Object.entries(fields)
    .map(([key, value]) => {
      const inner = place && stepTo(place, key)
      return `${inner?.field?.label ?? key}: ${written(value, inner)}`
    })
    .join(', ')
