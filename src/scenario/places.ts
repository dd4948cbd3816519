// Where the fields of a scenario stand: the registry of paths, read off the schema, which is the one list of them.
import type { z } from 'zod'
import { alternatives, type FieldRecord, fields } from '../contract/field.ts'
import { scenarioSchema } from './schema.ts'

export interface FieldPlace {
  /** The field that may stand here. */
  readonly field?: FieldRecord
  /** The places of its keys, in the order of the schema. */
  readonly keys: ReadonlyMap<string, FieldPlace>
  /** The place of every entry of a list, or of an object with free names. */
  readonly each?: FieldPlace
}

const NOTHING: FieldPlace = { keys: new Map() }

/** The places of a schema. */
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
      return { keys: new Map(Object.entries(def.shape).map(([key, inner]) => [key, placesOf(inner)])) }
    case 'record':
      return { keys: new Map(), each: placesOf(def.valueType) }
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

/** What may stand in one place by either; a field that both have is the first's. */
function both(a: FieldPlace, b: FieldPlace): FieldPlace {
  const keys = new Map(a.keys)
  for (const [key, place] of b.keys) {
    const known = keys.get(key)
    keys.set(key, known ? both(known, place) : place)
  }
  const field = a.field ?? b.field
  const each = a.each && b.each ? both(a.each, b.each) : (a.each ?? b.each)
  return { keys, ...(field && { field }), ...(each && { each }) }
}

let root: FieldPlace | undefined

/** The places of a scenario. */
export function scenarioPlaces(): FieldPlace {
  root ??= placesOf(scenarioSchema)
  return root
}

/** The place that keys lead to. */
export const placeAt = (keys: readonly PropertyKey[], from: FieldPlace = scenarioPlaces()): FieldPlace | undefined =>
  keys.reduce<FieldPlace | undefined>((place, key) => (place ? stepTo(place, key) : undefined), from)

export const stepTo = (place: FieldPlace, key: PropertyKey): FieldPlace | undefined => place.keys.get(String(key)) ?? place.each

/** The keys that may stand at a path. */
export const keysAt = (path: readonly PropertyKey[]): string[] =>
  [...(placeAt(path)?.keys.keys() ?? [])].filter((key) => key !== 'source')

export interface FieldEntry {
  /** `offers.*.charges.*.price`: a star is any name or number. */
  readonly pattern: string
  readonly field: FieldRecord
}

/** All fields, in the order of the schema. The stages of a field are told by its flag. */
export function fieldEntries(place: FieldPlace = scenarioPlaces(), pattern = ''): FieldEntry[] {
  const { field, keys, each } = place
  const join = (key: string) => (pattern === '' ? key : `${pattern}.${key}`)
  return [
    ...(field ? [{ pattern, field }] : []),
    ...[...keys].flatMap(([key, inner]) => fieldEntries(inner, join(key))),
    ...(each && !field ? fieldEntries(each, join('*')) : []),
  ]
}

/** Figures of `run` say how a result is made, not what it is of. */
export const isSetting = (keys: readonly PropertyKey[]): boolean => keys[0] === 'run'
