// The notation of one field, kept while its number changes: `30k/month` stays a month's, `€0.89` stays in euros.
import { distributionOf } from '../../numerics/distributions/index.ts'
import { ParameterError, shown, UsageError } from '../../errors.ts'
import { splitPer } from '../../notation/per.ts'
import { type Kind, parseScalar } from '../../notation/scalar.ts'
import { parseUncertain } from '../../notation/uncertain.ts'

export interface NumberNotation {
  /** What stands there; the mean where it is a distribution; NaN where nothing is known. */
  readonly now: number
  /** Whether a distribution stands there. */
  readonly uncertain: boolean
  readonly unit: '' | '%' | 'pt' | 'money'
  readonly symbol: string
  /** The period that follows, such as `/month`. */
  readonly per: string
  readonly write: (value: number) => unknown
  /** A number as people write it, with or without the field's units. */
  readonly read: (text: string) => number
}

type Fields = Readonly<Record<string, unknown>>

const KINDS: readonly Kind[] = ['amount', 'money', 'rate', 'points', 'change']

/** The notation of a value, where it is a number or a distribution of one. `key` is the last of its path. */
export function notationOf(raw: unknown, key: string): NumberNotation | undefined {
  if (typeof raw === 'number') return built(raw, String(raw), '', key, (value) => value)
  if (typeof raw === 'string') return ofText(raw, key)
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined
  const fields = raw as Fields
  // In a list it is a stage, whose number goes by `value`.
  const stage = /^\d+$/.test(key)
  if (stage && 'value' in fields) return undefined
  if ('value' in fields && Object.keys(fields).every((own) => own === 'value' || own === 'per' || own === 'source')) {
    const inner = notationOf(fields.value, key)
    // Beside `value` the period stands by itself.
    const per = typeof fields.per === 'string' ? `/${fields.per}` : ''
    return (
      inner && {
        ...inner,
        per: inner.per || per,
        read: readerOf(inner.unit, inner.symbol, inner.per || per),
        write: (value) => ({ ...fields, value: inner.write(value) }),
      }
    )
  }
  const percentiles = Object.keys(fields).every((own) => /^p\d\d?$/.test(own)) && Object.keys(fields).length === 2
  if (typeof fields.distribution !== 'string' && !percentiles) return undefined
  return ofText(raw, key)
}

/** Of a field that the scenario leaves out: a number as it is. */
export const unstated: NumberNotation = {
  now: Number.NaN,
  uncertain: false,
  unit: '',
  symbol: '',
  per: '',
  write: (value) => value,
  read: readerOf('', '', ''),
}

function ofText(raw: unknown, key: string): NumberNotation | undefined {
  try {
    const { rest, per } = splitPer(raw)
    const text = typeof rest === 'string' ? rest : (JSON.stringify(rest) ?? '')
    const suffix = per === undefined ? '' : `/${per}`
    return built(rest, text, suffix, key, undefined)
  } catch (error) {
    if (error instanceof ParameterError) return undefined
    throw error
  }
}

function built(
  rest: unknown,
  text: string,
  per: string,
  key: string,
  plain: ((value: number) => unknown) | undefined,
): NumberNotation | undefined {
  const now = meanOf(rest)
  if (!now) return undefined
  const symbol = /[$€£¥]/.exec(text)?.[0] ?? ''
  const unit = symbol !== '' ? 'money' : text.includes('pt') ? 'pt' : text.includes('%') ? '%' : ''
  const write = plain ?? ((value: number) => written(value, unit, symbol, per, key === 'improvement'))
  return { ...now, unit, symbol, per, write, read: readerOf(unit, symbol, per) }
}

function written(value: number, unit: NumberNotation['unit'], symbol: string, per: string, unitMatters: boolean): unknown {
  if (unitMatters && (unit === '%' || unit === 'pt')) return `${100 * value}${unit}${per}`
  if (symbol !== '') return `${value < 0 ? '-' : ''}${symbol}${Math.abs(value)}${per}`
  return per === '' ? value : `${value}${per}`
}

/** The number, or the mean of the distribution, in whichever units it reads. */
function meanOf(raw: unknown): { readonly now: number; readonly uncertain: boolean } | undefined {
  const inDollars: unknown =
    typeof raw === 'string'
      ? raw.replace(/[€£¥]/g, '$')
      : typeof raw === 'object'
        ? JSON.parse(JSON.stringify(raw).replace(/[€£¥]/g, '$'))
        : raw
  for (const kind of KINDS) {
    try {
      const read = parseUncertain(inDollars, kind)
      return typeof read === 'number' ? { now: read, uncertain: false } : { now: distributionOf(read).mean, uncertain: true }
    } catch (error) {
      if (!(error instanceof ParameterError)) throw error
    }
  }
  // A column of a file is a number all the same; where it lies is not known here.
  return typeof inDollars === 'string' && /^empirical\(/.test(inDollars) ? { now: Number.NaN, uncertain: true } : undefined
}

/** Reads `50%`, `$1.2`, `30k`, `30k/month` for a field in such units. */
function readerOf(unit: NumberNotation['unit'], symbol: string, per: string) {
  return (text: string): number => {
    const trimmed = text.trim()
    const bare = per !== '' && trimmed.endsWith(per) ? trimmed.slice(0, -per.length) : trimmed
    const example = unit === 'money' ? `${symbol}1.20` : unit === '' ? '30k' : `5${unit}`
    const share = unit === '%' || unit === 'pt'
    const kinds: readonly Kind[] = share ? ['rate'] : unit === 'money' ? ['money'] : ['amount', 'money', 'rate']
    const own = symbol === '' ? bare : bare.replace(symbol, '$')
    for (const kind of kinds) {
      try {
        return parseScalar(own, kind).value
      } catch (error) {
        if (!(error instanceof ParameterError)) throw error
      }
    }
    throw new UsageError(`expected a number such as ${example}, in the units of the field, got ${shown(text)}`)
  }
}
