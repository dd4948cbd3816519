// The paths of all fields of a plan, derived from the schema.
import type * as z from 'zod'
import { alternatives, type FieldRecord, fields } from '../contract/field.ts'
import { scenarioSchema } from './schema.ts'

export interface FieldPlace {
  readonly field?: FieldRecord
  /** In the order of the schema. */
  readonly keys: ReadonlyMap<string, FieldPlace>
  /** The place of each entry of a list, or of an object with free names. */
  readonly each?: FieldPlace
  /** The names of the entries, if only these are allowed. */
  readonly names?: readonly string[]
}

const NOTHING: FieldPlace = { keys: new Map() }

export function placesOf(schema: z.core.$ZodType): FieldPlace {
  const field = fields.get(schema)
  const inside = insideOf(schema)
  return field ? { ...inside, field } : inside
}

function insideOf(schema: z.core.$ZodType): FieldPlace {
  const of = alternatives.get(schema)
  if (of) return merged(of())
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'optional':
    case 'prefault':
      return placesOf(def.innerType)
    case 'object':
      return {
        keys: new Map(Object.entries(def.shape).map(([key, inner]) => [key, placesOf(inner)])),
        ...(def.catchall && def.catchall._zod.def.type !== 'never' && { each: placesOf(def.catchall) }),
      }
    case 'record': {
      const names = (def.keyType as z.core.$ZodTypes)._zod.def
      return { keys: new Map(), each: placesOf(def.valueType), ...(names.type === 'enum' && { names: Object.keys(names.entries) }) }
    }
    case 'array':
      return { keys: new Map(), each: placesOf(def.element) }
    case 'tuple':
      return { keys: new Map(), each: merged(def.items) }
    case 'union':
      return merged(def.options)
    case 'pipe':
      return placesOf(def.in)
    default:
      return NOTHING
  }
}

const merged = (schemas: readonly z.core.$ZodType[]): FieldPlace => schemas.map(placesOf).reduce(both, NOTHING)

/** Merges two places. If both have a field, the first wins. */
function both(a: FieldPlace, b: FieldPlace): FieldPlace {
  const keys = new Map(a.keys)
  for (const [key, place] of b.keys) {
    const known = keys.get(key)
    keys.set(key, known ? both(known, place) : place)
  }
  const field = a.field ?? b.field
  const each = a.each && b.each ? both(a.each, b.each) : (a.each ?? b.each)
  const names = a.names ?? b.names
  return { keys, ...(field && { field }), ...(each && { each }), ...(names && { names }) }
}

let root: FieldPlace | undefined

export function scenarioPlaces(): FieldPlace {
  root ??= placesOf(scenarioSchema)
  return root
}

export const placeAt = (keys: readonly PropertyKey[], from: FieldPlace = scenarioPlaces()): FieldPlace | undefined =>
  keys.reduce<FieldPlace | undefined>((place, key) => (place ? stepTo(place, key) : undefined), from)

export const stepTo = (place: FieldPlace, key: PropertyKey): FieldPlace | undefined => place.keys.get(String(key)) ?? place.each

export function keysAt(path: readonly PropertyKey[], from: FieldPlace = scenarioPlaces()): string[] {
  const place = placeAt(path, from)
  return [...(place?.keys.keys() ?? []), ...(place?.names ?? [])].filter((key) => key !== 'source')
}

export interface FieldEntry {
  /** Such as `offers.*.charges.*.price`, where a star is any name or number. */
  readonly pattern: string
  readonly field: FieldRecord
}

/** All fields, in the order of the schema. Stages have no entries of their own. */
export function fieldEntries(place: FieldPlace = scenarioPlaces(), pattern = ''): FieldEntry[] {
  const { field, keys, each } = place
  const join = (key: string) => (pattern === '' ? key : `${pattern}.${key}`)
  return [
    ...(field ? [{ pattern, field }] : []),
    ...[...keys].flatMap(([key, inner]) => fieldEntries(inner, join(key))),
    ...(each && !field ? fieldEntries(each, join('*')) : []),
  ]
}

/** Settings of `run` change how a result is computed, not the plan itself. */
export const isSetting = (keys: readonly PropertyKey[]): boolean => keys[0] === 'run'
