// The differences between two written plans, as the smallest parts that can be changed one by one.
import { isNumeric } from '../../contract/field.ts'
import { type Fields, isFields } from '../../notation/fields.ts'
import { placeAt } from '../places.ts'
import { nameOf, replaced } from './field.ts'
import { notationOf } from './notation.ts'

type Key = string | number

export interface ScenarioDifference {
  /** Its canonical name. */
  readonly path: string
  /** The values as written; undefined if a plan has none. */
  readonly from: unknown
  readonly to: unknown
  /** The changes that turn the first plan's input into the second's. */
  readonly parts: readonly { readonly keys: readonly Key[]; readonly to: unknown }[]
}

/** Keys that change no figure, or only its precision. */
const NO_INPUTS = new Set(['name', 'run'])

/** Whether a node is a single value to its author: a number in any notation, a distribution or a text. */
function isOne(node: unknown, keys: readonly Key[]): boolean {
  if (typeof node !== 'object' || node === null) return true
  const field = placeAt(keys)?.field
  return field !== undefined && isNumeric(field) && notationOf(node, field) !== undefined
}

/** Functions of charge rules by a number each, since JSON leaves them out. */
const functions = new WeakMap<object, number>()
let known = 0

function numbered(_: string, value: unknown): unknown {
  if (typeof value !== 'function') return value
  const number = functions.get(value) ?? known++
  functions.set(value, number)
  return `function ${number}`
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a, numbered) === JSON.stringify(b, numbered)

/** All inputs that differ, in the order of the second plan. Inputs that only the first one has come last. */
export function differencesBetween(from: unknown, to: unknown): ScenarioDifference[] {
  const found: ScenarioDifference[] = []
  const walk = (a: unknown, b: unknown, keys: readonly Key[]): void => {
    if (same(a, b)) return
    const key = keys[keys.length - 1] ?? ''
    const titles = keys[0] === 'offers' && keys.length === 3 && (key === 'title' || key === 'catalog')
    if ((keys.length === 1 && NO_INPUTS.has(String(key))) || titles) return
    if (isFields(a) && isFields(b) && !isOne(a, keys) && !isOne(b, keys) && !otherCharge(a, b, keys)) {
      for (const own of new Set([...Object.keys(b), ...Object.keys(a)])) walk(a[own], b[own], [...keys, own])
      return
    }
    if (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      (key === 'charges' || a.every((item, k) => !isOne(item, [...keys, k])))
    ) {
      b.forEach((item: unknown, k) => walk(a[k], item, [...keys, k]))
      return
    }
    const known = b === undefined ? from : to
    found.push({ path: nameOf(known, keys), from: a, to: b, parts: [{ keys, to: b }] })
  }
  walk(from, to, [])
  return found
}

/**
 * Whether two charges have different keys, or are different rules. They are exchanged as a whole, since a charge cannot mix a unit price and
 * tiers, nor the function of one rule with the version of another.
 */
const otherCharge = (a: Fields, b: Fields, keys: readonly Key[]): boolean =>
  keys[keys.length - 2] === 'charges' &&
  (!same(Object.keys(a).sort(), Object.keys(b).sort()) || ['rule', 'version', 'bill'].some((key) => !same(a[key], b[key])))

export const applied = (data: unknown, made: readonly ScenarioDifference[]): unknown =>
  made.flatMap(({ parts }) => parts).reduce((changed, { keys, to }) => replaced(changed, keys, to), data)

export function together(
  differing: readonly ScenarioDifference[],
  sectionOf: (difference: ScenarioDifference) => string,
): ScenarioDifference[] {
  const sections = new Map<string, ScenarioDifference[]>()
  for (const one of differing) sections.set(sectionOf(one), [...(sections.get(sectionOf(one)) ?? []), one])
  return [...sections].map(([path, all]) =>
    all.length === 1
      ? all[0]
      : { path, from: all.map((one) => one.from), to: all.map((one) => one.to), parts: all.flatMap(({ parts }) => parts) },
  )
}

/** The section of a difference: `conversations`, or one offer. */
export const sectionOf = ({ parts: [{ keys }] }: ScenarioDifference): string =>
  keys[0] === 'offers' && keys.length > 1 ? `offers.${keys[1]}` : String(keys[0])
