// The tables of docs/scenario.md that list the fields of a scenario, read off its schema.
import { type FieldRecord, KINDS } from '../../src/contract/field.ts'
import { type FieldEntry, fieldEntries } from '../../src/scenario/places.ts'

/** What may stand in a field, in the words of its error. */
function holds({ expected, drawn, staged }: FieldRecord): string {
  const or = [...(drawn === 'never' ? [] : ['a distribution']), ...(staged ? ['stages'] : [])]
  const when = drawn === 'month' ? ', drawn each time' : ''
  return [expected, ...or].join(' · ') + when
}

/** A default as people write it. */
function defaultOf({ kind, default: value, otherwise = '' }: FieldRecord): string {
  if (value === undefined) return otherwise
  const share = typeof value === 'number' && KINDS[kind].reads.some((notation) => notation === 'rate')
  return `\`${share ? `${100 * value}%` : String(value)}\``
}

/** The fields below a prefix, each once: what stages and short forms repeat is left out. */
function rowsBelow(prefix: string, deeper: string, entries: readonly FieldEntry[]): string[][] {
  return entries
    .filter(({ pattern }) => pattern.startsWith(prefix) && (deeper === '' || !pattern.startsWith(deeper)))
    .map(({ pattern, field }) => [`\`${pattern.slice(prefix.length)}\``, holds(field), field.help, defaultOf(field)])
}

export const FIELD_HEAD = ['field', 'holds', 'meaning', 'default'] as const

export const fieldRows = {
  fields: (entries = fieldEntries()) => rowsBelow('', 'offers.', entries),
  offerFields: (entries = fieldEntries()) => rowsBelow('offers.*.', 'offers.*.charges.', entries),
  chargeFields: (entries = fieldEntries()) => rowsBelow('offers.*.charges.*.', '', entries),
}
