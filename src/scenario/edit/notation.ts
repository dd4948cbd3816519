// The notation of one field, which stays the same while its number changes: `30k/month` keeps its period, `€0.89` its currency.
import { type FieldRecord, KINDS } from '../../contract/field.ts'
import { distributionOf } from '../../numerics/distributions/index.ts'
import { shown, tryRead, UsageError } from '../../errors.ts'
import { currencyOf } from '../../notation/currency.ts'
import type { Fields } from '../../notation/fields.ts'
import { splitPer } from '../../notation/per.ts'
import { type Kind, parseScalar } from '../../notation/scalar.ts'
import { parseUncertain } from '../../notation/uncertain.ts'

export interface NumberNotation {
  /** The present number; the mean of a distribution; NaN if neither is known. */
  readonly now: number
  readonly uncertain: boolean
  readonly unit: '' | '%' | 'pt' | 'money'
  readonly symbol: string
  /** The period that follows, such as `/month`. */
  readonly per: string
  readonly write: (value: number) => unknown
  /** Reads a number with or without the field's units. */
  readonly read: (text: string) => number
}

/**
 * Returns undefined if the value is neither a number nor a distribution.
 * @param own the currency of amounts without a sign
 */
export function notationOf(raw: unknown, field: FieldRecord, own = 'USD'): NumberNotation | undefined {
  if (typeof raw === 'number') return built(raw, { text: String(raw), per: '', own }, field, (value) => value)
  if (typeof raw === 'string') return ofText(raw, field, own)
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined
  const parts = raw as Fields
  if (!('value' in parts && Object.keys(parts).every((own) => own === 'value' || own === 'per' || own === 'source')))
    return ofText(raw, field, own)
  const inner = notationOf(parts.value, field, own)
  if (!inner) return undefined
  // Beside `value`, the period is a key of its own.
  const per = inner.per || (typeof parts.per === 'string' ? `/${parts.per}` : '')
  const write = (value: number) => ({ ...parts, value: inner.write(value) })
  return { ...inner, per, read: readerOf(field, { ...inner, per, own }), write }
}

/** The notation of a field that the plan leaves out: a plain number. */
export const unstated = (field: FieldRecord, own: string): NumberNotation => ({
  now: Number.NaN,
  uncertain: false,
  unit: '',
  symbol: '',
  per: '',
  write: (value) => value,
  read: readerOf(field, { unit: '', symbol: '', per: '', own }),
})

const ofText = (raw: unknown, field: FieldRecord, own: string): NumberNotation | undefined =>
  tryRead(() => {
    const { rest, per } = splitPer(raw)
    const text = typeof rest === 'string' ? rest : (JSON.stringify(rest) ?? '')
    return built(rest, { text, per: per === undefined ? '' : `/${per}`, own }, field, undefined)
  })

function built(
  rest: unknown,
  { text, per, own }: { readonly text: string; readonly per: string; readonly own: string },
  field: FieldRecord,
  plain: ((value: number) => unknown) | undefined,
): NumberNotation | undefined {
  const now = meanOf(rest, field)
  if (!now) return undefined
  const symbol = /[$€£¥]/.exec(text)?.[0] ?? ''
  const unit = symbol !== '' ? 'money' : text.includes('pt') ? 'pt' : text.includes('%') ? '%' : ''
  const write = plain ?? ((value: number) => written(value, unit, symbol, per, field))
  return { ...now, unit, symbol, per, write, read: readerOf(field, { unit, symbol, per, own }) }
}

function written(value: number, unit: NumberNotation['unit'], symbol: string, per: string, { kind }: FieldRecord): unknown {
  if (kind === 'trend' && (unit === '%' || unit === 'pt')) return `${Number((100 * value).toPrecision(12))}${unit}${per}`
  if (symbol !== '') return `${value < 0 ? '-' : ''}${symbol}${Math.abs(value)}${per}`
  return per === '' ? value : `${value}${per}`
}

/** The result of the first notation that can read a text. */
function inNotations<T>(notations: readonly Kind[], read: (notation: Kind) => T): T | undefined {
  for (const notation of notations) {
    const found = tryRead(() => read(notation))
    if (found !== undefined) return found
  }
  return undefined
}

function meanOf(raw: unknown, { kind }: FieldRecord): { readonly now: number; readonly uncertain: boolean } | undefined {
  const inDollars: unknown =
    typeof raw === 'string'
      ? raw.replace(/[€£¥]/g, '$')
      : typeof raw === 'object'
        ? JSON.parse(JSON.stringify(raw).replace(/[€£¥]/g, '$'))
        : raw
  const found = inNotations(KINDS[kind].reads, (notation) => {
    const read = parseUncertain(inDollars, notation)
    return typeof read === 'number' ? { now: read, uncertain: false } : { now: distributionOf(read).mean, uncertain: true }
  })
  if (found) return found
  // The column of a file is a distribution too, but the file is not read here, so its mean is not known.
  return typeof inDollars === 'string' && /^empirical\(/.test(inDollars) ? { now: Number.NaN, uncertain: true } : undefined
}

/** Reads `50%`, `$1.2`, `30k`, `30k/month` for a field in such units. */
type Units = Pick<NumberNotation, 'unit' | 'symbol' | 'per'> & { readonly own: string }
function readerOf({ kind }: FieldRecord, { unit, symbol, per, own: currency }: Units) {
  return (text: string): number => {
    const trimmed = text.trim()
    const bare = per !== '' && trimmed.endsWith(per) ? trimmed.slice(0, -per.length) : trimmed
    const own = bare.replace(/[$€£¥]/, (sign) => {
      const code = currencyOf(symbol, undefined, currency)
      if (currencyOf(sign, undefined, currency) === code) return '$'
      throw new UsageError(`expected an amount in ${code}, the currency of the field, got ${shown(text)}`)
    })
    const read = inNotations(notationsFor(kind, unit), (notation) => parseScalar(own, notation).value)
    if (read !== undefined) return read
    const example = unit === 'money' ? `${symbol}1.20` : unit === '' ? '30k' : `5${unit}`
    throw new UsageError(`expected a number in the unit of the field, such as ${example}, got ${shown(text)}`)
  }
}

/** A trend in points stays in points. */
const notationsFor = (kind: FieldRecord['kind'], unit: NumberNotation['unit']): readonly Kind[] =>
  kind !== 'trend' || unit === '' ? KINDS[kind].reads : [unit === 'pt' ? 'shift' : 'change']
