// The names of uncertain inputs: their paths in the plan as written, with the `id` of a charge that has one.

import type { FieldRecord } from '../contract/field.ts'
import { contractsIn, ownName } from '../contract/offer.ts'
import { type DistributionSpec, isSpec } from '../numerics/distributions/index.ts'
import { type FieldPlace, scenarioPlaces, stepTo } from './places.ts'
import type { ResolvedScenario } from './resolved.ts'

export interface InputSpec {
  readonly name: string
  readonly spec: DistributionSpec
  readonly field: FieldRecord
}

type Visit = (name: string, spec: DistributionSpec, field: FieldRecord) => unknown

/** Copies a scenario and replaces every distribution that is drawn once a trial by the result of `visit`. */
export const mapInputs = (scenario: unknown, visit: Visit, places: FieldPlace = scenarioPlaces()): unknown =>
  mapPlace(scenario, visit, places, '')

const isLeaf = (node: unknown): boolean => typeof node !== 'object' || node === null || ArrayBuffer.isView(node)

function mapPlace(node: unknown, visit: Visit, place: FieldPlace | undefined, name: string): unknown {
  if (place?.field && !isByName(node, place) && !hasSeveral(node, place)) return mapField(node, visit, place.field, name)
  if (isLeaf(node)) return node
  if (isSpec(node)) throw new Error(`${name} has a distribution, but the schema has no field there`)
  const inner = (key: PropertyKey) => place && stepTo(place, key)
  if (Array.isArray(node)) return node.map((item, k) => mapPlace(item, visit, inner(k), name + label(name, item, k)))
  const join = (key: string) => (name === '' ? key : `${name}.${key}`)
  return Object.fromEntries(
    Object.entries(node as object).map(([key, item]) => [key, mapPlace(item, visit, inner(key), join(key))]),
  )
}

/** Whether a field has a value for each of several names instead of a single one, as traffic has for segments. */
const isByName = (node: unknown, { each }: FieldPlace): boolean =>
  each?.field !== undefined && !isLeaf(node) && !isSpec(node) && !Array.isArray(node)

/** Whether an object stands in place of a field and has several values that may be drawn, as pay with its escalator. */
const hasSeveral = (node: unknown, { keys }: FieldPlace): boolean =>
  !isLeaf(node) &&
  Object.keys(node as object).every((key) => keys.has(key)) &&
  [...keys.values()].filter(({ field }) => field?.drawn === 'trial').length > 1

/** A value with its period or currency is a single input; each stage is an input of its own. */
function mapField(node: unknown, visit: Visit, field: FieldRecord, name: string): unknown {
  if (isLeaf(node)) return node
  if (isSpec(node)) return field.drawn === 'trial' ? visit(name, node, field) : node
  if (Array.isArray(node)) return node.map((item, k) => mapField(item, visit, field, `${name}[${k}].value`))
  return Object.fromEntries(Object.entries(node as object).map(([key, item]) => [key, mapField(item, visit, field, name)]))
}

const NAMED_LISTS = /^(offers|segments|offers\.[^.]+(\.parts|(\.parts\.[^.]+)?\.segments))$/

/** The name of an entry: an offer's name, a charge's `id`, or else its index. */
function label(list: string, item: { readonly id?: string; readonly name?: string }, k: number): string {
  if (NAMED_LISTS.test(list)) return `.${ownName(item.name ?? '')}`
  return list.endsWith('.charges') && item.id !== undefined ? `.${item.id}` : `[${k}]`
}

export function uncertainInputs(scenario: ResolvedScenario, places: FieldPlace = scenarioPlaces()): InputSpec[] {
  const found: InputSpec[] = []
  mapInputs(scenario, (name, spec, field) => found.push({ name, spec, field }), places)
  return found
}

/** The monthly noises by name, with their autocorrelations. */
export const noisesOf = ({ conversations, resolution, segments = [], offers }: ResolvedScenario): ReadonlyMap<string, number> =>
  new Map(
    [
      ['conversations.noise', conversations.history ? { autocorrelation: 0 } : conversations.noise] as const,
      ...segments.map(
        ({ name, conversations: own }) =>
          [`segments.${name}.conversations.noise`, own.history ? { autocorrelation: 0 } : own.noise] as const,
      ),
      ['resolution.noise', resolution?.noise] as const,
      ...segments.map((own) => [`segments.${own.name}.resolution.noise`, own.resolution?.noise] as const),
      ...offers
        .flatMap(contractsIn)
        .flatMap((offer) => [
          [`offers.${offer.name}.resolution.noise`, offer.resolution?.noise] as const,
          ...(offer.segments ?? []).map(
            (own) => [`offers.${offer.name}.segments.${own.name}.resolution.noise`, own.resolution?.noise] as const,
          ),
        ]),
    ].flatMap(([name, noise]) => (noise ? [[name, noise.autocorrelation]] : [])),
  )

/** The canonical form of a name. `offers.ada.price` is short for the only price, and an index may replace an `id`. */
export function canonicalName(scenario: ResolvedScenario, name: string): string | undefined {
  if (name.endsWith('.noise')) return noisesOf(scenario).has(name) ? name : undefined
  const names = uncertainInputs(scenario).map((input) => input.name)
  if (names.includes(name)) return name
  const parts = /^offers\.([^.]+(?:\.parts\.[^.]+)?)\.(.+)$/.exec(name)
  if (!parts) return undefined
  const [, offerName, rest] = parts
  const offer = [...scenario.offers, ...scenario.offers.flatMap(contractsIn)].find((candidate) => candidate.name === offerName)
  if (!offer) return undefined
  if (rest === 'offset' || rest === 'resolution.offset')
    return names.find((known) => known === `offers.${offerName}.resolution.offset`)
  if (rest === 'price') {
    const prices = names.filter((known) => known.startsWith(`offers.${offerName}.charges`) && known.endsWith('.price'))
    return prices.length === 1 ? prices[0] : undefined
  }
  const byIndex = /^charges\[(\d+)\]\.(.+)$/.exec(rest)
  const id = byIndex ? offer.charges[Number(byIndex[1])]?.id : undefined
  const named = byIndex && id !== undefined ? `offers.${offerName}.charges.${id}.${byIndex[2]}` : undefined
  return named !== undefined && names.includes(named) ? named : undefined
}
