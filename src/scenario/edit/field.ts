// Finds a numeric field of a written plan by its name, reads its number and replaces it.

import { type FieldRecord, isNumeric } from '../../contract/field.ts'
import { shown, UsageError } from '../../errors.ts'
import { isFields, valueAt } from '../../notation/fields.ts'
import { nearest } from '../../notation/near.ts'
import { isSetting, type FieldPlace, placeAt, scenarioPlaces } from '../places.ts'
import { uncertainInputs } from '../names.ts'
import type { ResolvedScenario } from '../resolved.ts'
import { type NumberNotation, notationOf, unstated } from './notation.ts'

type Key = string | number

export interface Field {
  /** Its canonical name, with the `id` of a charge that has one. */
  readonly path: string
  /** The name that it was asked by, which may be a shorter one. */
  readonly asked: string
  readonly offer?: string
  readonly keys: readonly Key[]
  readonly notation: NumberNotation
}

/** The record of the number at the keys. Settings of the run are not part of the plan. */
function numericAt(keys: readonly Key[], places: FieldPlace): FieldRecord | undefined {
  const field = isSetting(keys) ? undefined : placeAt(keys, places)?.field
  return field && isNumeric(field) ? field : undefined
}

const isText = (value: unknown): value is string => typeof value === 'string'

/** @throws UsageError for a path that does not lead to a number */
export function fieldAt(data: unknown, path: string, places: FieldPlace = scenarioPlaces()): Field {
  if (typeof path !== 'string' || !/^[\w-]+(\.[\w/-]+|\[\d+\])*$/.test(path))
    throw new UsageError(`expected the path of a number in the plan, such as resolution.rate, got ${shown(path)}`)
  const keys = [...path.matchAll(/[^.[\]]+|\[\d+\]/g)].map(([key]): Key => (key.startsWith('[') ? Number(key.slice(1, -1)) : key))
  const found = walk(data, longForm(data, keys, path), path, places)
  const { value } = found
  const name = nameOf(data, found.keys)
  const record = numericAt(found.keys, places)
  const own = [[...found.keys.slice(0, 2), 'currency'], ['currency']].map((at) => valueAt(data, at)).find(isText) ?? 'USD'
  const notation = record && (value === undefined ? unstated(record, own) : notationOf(value, record, own))
  if (!notation) {
    const inside = numbersIn(data, found.keys, places)
    const hint = inside.length > 0 ? `. Choose one of ${inside.slice(0, 6).join(', ')}` : ''
    throw new UsageError(`${name}: expected the path of a number, got ${shown(value)}${hint}`)
  }
  return { path: name, asked: path, keys: found.keys, notation, ...(keys[0] === 'offers' && { offer: String(keys[1]) }) }
}

export const withNumber = (data: unknown, { keys, notation }: Pick<Field, 'keys' | 'notation'>, value: number): unknown =>
  replaced(data, keys, notation.write(value))

/** Returns a copy with another value at the keys; undefined removes it. */
export function replaced(node: unknown, [key, ...rest]: readonly Key[], value: unknown): unknown {
  if (key === undefined) return value
  if (Array.isArray(node)) {
    const copy: unknown[] = [...node]
    copy[Number(key)] = replaced(copy[Number(key)], rest, value)
    return copy
  }
  const fields = isFields(node) ? node : {}
  const next = replaced(fields[key], rest, value)
  const copy: Record<string, unknown> = { ...fields, [key]: next }
  if (next === undefined) delete copy[key]
  return copy
}

/** The indexes of the correlations that an input takes part in. */
export function correlatedWith(scenario: ResolvedScenario, path: string): readonly number[] {
  const isInput = uncertainInputs(scenario).some(({ name }) => name === path)
  if (!isInput) return []
  return scenario.correlations.flatMap(({ between }, k) => (between.includes(path) ? [k] : []))
}

/** Expands `offers.ada.price`, which is short for the only price, and `offers.ada.offset`. */
function longForm(data: unknown, keys: readonly Key[], path: string): readonly Key[] {
  const [top, name, key] = keys
  if (top !== 'offers' || typeof name !== 'string' || typeof key !== 'string' || !isFields(data) || !isFields(data.offers))
    return keys
  const offer = Object.hasOwn(data.offers, name) ? data.offers[name] : undefined
  if (!isFields(offer))
    throw new UsageError(`${path}: there is no offer ${shown(name)}. The offers are ${Object.keys(data.offers).join(', ')}`)
  if (Object.hasOwn(offer, key)) return keys
  if (key === 'offset') return [top, name, 'resolution', 'offset']
  if (!Array.isArray(offer.charges)) return keys
  const having = offer.charges.flatMap((charge: unknown, k) => (isFields(charge) && Object.hasOwn(charge, key) ? [k] : []))
  if (having.length === 1) return [top, name, 'charges', having[0], ...keys.slice(2)]
  if (having.length < 2) return keys
  const choices = having.map((k) => nameOf(data, [top, name, 'charges', k, key])).join(' or ')
  throw new UsageError(`${path}: ${name} has ${having.length} charges with ${key}. Use ${choices}`)
}

/** Follows the keys, where a charge is found by its number or its `id`. */
function walk(
  data: unknown,
  keys: readonly Key[],
  path: string,
  places: FieldPlace,
): { readonly keys: Key[]; readonly value: unknown } {
  const taken: Key[] = []
  let node = data
  for (const key of keys) {
    const own =
      Array.isArray(node) && typeof key === 'string' ? node.findIndex((item: unknown) => isFields(item) && item.id === key) : key
    const known = Array.isArray(node)
      ? typeof own === 'number' && own >= 0 && own < node.length
      : isFields(node) && typeof own === 'string' && Object.hasOwn(node, own)
    if (!known && taken.length === keys.length - 1 && mayStand(node, taken, key, places))
      return { keys: [...taken, key], value: undefined }
    if (!known && inHistory(data, keys) && placeAt(keys, places)?.field) return { keys: [...keys], value: undefined }
    if (!known) throw new UsageError(`${path}: the plan has no such field${nearTo(data, path, places)}`)
    taken.push(own)
    node = (node as Record<Key, unknown>)[own]
  }
  return { keys: taken, value: node }
}

/** Whether the keys lead into a segment that the history of the plan may make. */
const inHistory = (data: unknown, [top]: readonly Key[]): boolean =>
  top === 'segments' && valueAt(data, ['conversations', 'history']) !== undefined

/** Whether a field exists in the format although the plan leaves it out, such as `months` or a discount. */
const mayStand = (node: unknown, taken: readonly Key[], key: Key, places: FieldPlace): boolean =>
  isFields(node) &&
  typeof key === 'string' &&
  placeAt(taken, places)?.keys.has(key) === true &&
  numericAt([...taken, key], places) !== undefined

function nearTo(data: unknown, path: string, places: FieldPlace): string {
  const known = numbersIn(data, [], places)
  const near = nearest(path, known)
  if (near !== undefined) return `, did you mean \`${near}\`?`
  const [top, name] = path.split('.')
  const close = known.filter((one) => one.startsWith(top === 'offers' ? `offers.${name}.` : `${top}.`))
  return close.length > 0 ? `. It has ${close.slice(0, 8).join(', ')}${close.length > 8 ? ' …' : ''}` : ''
}

function numbersIn(data: unknown, keys: readonly Key[], places: FieldPlace): string[] {
  const from = valueAt(data, keys)
  if (isSetting(keys) || placeAt(keys, places) === undefined || typeof from !== 'object' || from === null) return []
  return Object.entries(from).flatMap(([key, item]) => {
    const at = [...keys, Array.isArray(from) ? Number(key) : key]
    const record = numericAt(at, places)
    return record && notationOf(item, record) ? [nameOf(data, at)] : numbersIn(data, at, places)
  })
}

export function nameOf(data: unknown, keys: readonly Key[]): string {
  let node = data
  let name = ''
  keys.forEach((key, k) => {
    node = valueAt(node, [key])
    const id = keys[0] === 'offers' && k > 2 && keys[k - 1] === 'charges' && isFields(node) ? node.id : undefined
    if (typeof id === 'string') name += `.${id}`
    else name += typeof key === 'number' ? `[${key}]` : name === '' ? key : `.${key}`
  })
  return name
}
