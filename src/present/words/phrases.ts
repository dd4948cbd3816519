// Phrases for what a plan states, by the words of each field. A field without words has its label.
import { isVisible } from '../../errors.ts'
import { type Fields, isFields } from '../../notation/fields.ts'
import { type FieldPlace, stepTo } from '../../scenario/places.ts'
import { isOneValue, type ValueOptions, valueWords } from './value.ts'

/** Whether a value has fields of its own, with phrases of their own. */
export const isGroup = (value: unknown, place: FieldPlace | undefined): value is Fields =>
  isFields(value) && !isOneValue(value) && (place === undefined || place.keys.size > 0 || place.each !== undefined)

const isObjects = (value: unknown): value is readonly Fields[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => isFields(one) && !('value' in one))

/** Phrases for all keys of an object but those in `apart`, in the order of the plan. */
export function phrasesOf(
  fields: Fields,
  place: FieldPlace | undefined,
  options: ValueOptions,
  apart: ReadonlySet<string> = new Set(),
): string[] {
  return Object.entries(fields)
    .filter(([key]) => key !== 'source' && !apart.has(key))
    .map(([key, value]) => phraseOf(key, value, place && stepTo(place, key), options, place?.keys.has(key) === false))
}

/** @param free whether the key is a name that the plan chose, which stands before its phrase */
function phraseOf(key: string, value: unknown, place: FieldPlace | undefined, options: ValueOptions, free: boolean): string {
  if (isObjects(value)) {
    const all = value.map((one) => phrasesOf(one, place?.each ?? place, options).join(', '))
    return `${keyWords(key)} (${all.join('; ')})`
  }
  if (isGroup(value, place) && PLAIN.has(key)) return phrasesOf(value, place, options).join(', ')
  if (isGroup(value, place)) return `${free ? key : keyWords(key)} (${phrasesOf(value, place, options).join(', ')})`
  const words = leafWords(value, place, options)
  return free ? `${key}: ${words}` : words
}

/** Groups whose phrases need no name before them. */
const PLAIN: ReadonlySet<string> = new Set(['included', 'counted', 'term'])

/** Groups by the name that readers know. */
const NAMES: Readonly<Record<string, string>> = { resolution: 'own resolution rate', toDate: 'so far in its period' }

/** A value by the words of its field, or with its label. */
export function leafWords(value: unknown, place: FieldPlace | undefined, options: ValueOptions): string {
  const field = place?.field
  const text = valueWords(value, field, options)
  if (field?.words) return field.words(text)
  return field ? `${lowered(field.label)} ${text}` : text
}

/** "toDate" as "to date". */
export const keyWords = (key: string): string =>
  NAMES[key] ?? key.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)

/** A label in the middle of a sentence. */
const lowered = (label: string): string => (/^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label)

/** The origins that a plan states for a value and for what is in it, each once. */
export function sourcesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(sourcesIn))]
  if (!isFields(value)) return []
  const own = typeof value.source === 'string' && isVisible(value.source) ? [value.source] : []
  return [...new Set([...own, ...Object.entries(value).flatMap(([key, inner]) => (key === 'source' ? [] : sourcesIn(inner)))])]
}
