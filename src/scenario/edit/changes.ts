// What differs between two scenarios as they are written: the least parts that can be changed one by one.
import { isNumeric } from '../../contract/field.ts'
import { placeAt } from '../places.ts'
import { nameOf, replaced } from './field.ts'
import { notationOf } from './notation.ts'

type Key = string | number
type Fields = Readonly<Record<string, unknown>>
const isFields = (node: unknown): node is Fields => typeof node === 'object' && node !== null && !Array.isArray(node)

/** One input that differs; `keys` lead to it in both scenarios. */
export interface ScenarioDifference {
  /** Its canonical name. */
  readonly path: string
  /** As written; undefined where it is not there. */
  readonly from: unknown
  readonly to: unknown
  /** What to change, the second scenario's into the first. */
  readonly parts: readonly { readonly keys: readonly Key[]; readonly to: unknown }[]
}

/** What changes no figure, or how figures are made. */
const NO_INPUTS = new Set(['name', 'run'])

/** A value that is one for those who write it: a number in any notation, a distribution, a text. */
function isOne(node: unknown, keys: readonly Key[]): boolean {
  if (typeof node !== 'object' || node === null) return true
  const field = placeAt(keys)?.field
  return field !== undefined && isNumeric(field) && notationOf(node, field) !== undefined
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** All inputs that differ, in the order of the second scenario; those that it leaves out come last. */
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

/** A charge of another kind replaces the whole charge: a unit price and tiers do not go together. */
const otherCharge = (a: Fields, b: Fields, keys: readonly Key[]): boolean =>
  keys[keys.length - 2] === 'charges' && !same(Object.keys(a).sort(), Object.keys(b).sort())

/** The first scenario's data with some of the differencesBetween made. */
export const applied = (data: unknown, made: readonly ScenarioDifference[]): unknown =>
  made.flatMap(({ parts }) => parts).reduce((changed, { keys, to }) => replaced(changed, keys, to), data)

/** Differences that only hold together, as one. */
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

/** The part of a scenario in which a difference lies: `conversations`, or one offer. */
export const sectionOf = ({ parts: [{ keys }] }: ScenarioDifference): string =>
  keys[0] === 'offers' && keys.length > 1 ? `offers.${keys[1]}` : String(keys[0])
