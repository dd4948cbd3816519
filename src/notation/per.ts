// Values with a period: 30k/month, $30k/year, 1pt/month, { value: …, per: month }.

import type { Uncertain } from '../numerics/distributions/distribution.ts'
import { ParameterError } from '../errors.ts'
import { type Kind, parseScalar } from './scalar.ts'
import { parseUncertain } from './uncertain.ts'

const PERIODS = ['month', 'quarter', 'year', 'once'] as const
export type Per = (typeof PERIODS)[number]

/** Splits off "/month". Both ends of a range may have it, as in "A/month to B/month". */
export function splitPer(raw: unknown): { readonly rest: unknown; readonly per?: Per } {
  if (typeof raw === 'object' && raw !== null) return splitObject(raw)
  if (typeof raw !== 'string') return { rest: raw }
  const text = raw.trim()
  const slash = text.lastIndexOf('/')
  // A slash inside brackets belongs to the name of a file.
  if (slash < 0 || slash < text.lastIndexOf(')')) return { rest: raw }
  const per = PERIODS.find((period) => period === text.slice(slash + 1).trim())
  if (!per) throw new ParameterError('', 'a period after the slash: /month, /quarter, /year or /once', raw)
  return { rest: text.slice(0, slash).replaceAll('\u00a0', ' ').replaceAll(`/${per} to `, ' to ').trim(), per }
}

function splitObject(raw: object): { readonly rest: unknown; readonly per?: Per } {
  if (!Object.hasOwn(raw, 'per') || !Object.hasOwn(raw, 'value')) return { rest: raw }
  const { value, per: stated, ...more } = raw as { value: unknown; per: unknown }
  const [stranger] = Object.keys(more)
  if (stranger !== undefined)
    throw new ParameterError(stranger, 'no other keys than `value` and `per`', (more as Record<string, unknown>)[stranger])
  const per = PERIODS.find((period) => period === stated)
  if (!per) throw new ParameterError('per', 'month, quarter, year or once', stated)
  return { rest: legible(value), per }
}

/** An object whose text contains its units, so that a field can distinguish percent from points. */
function legible(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.defineProperty({ ...value }, 'toString', { value: () => JSON.stringify(value) })
}

export function parseUncertainPer(raw: unknown, kind: Kind): { readonly value: Uncertain; readonly per?: Per } {
  const { rest, per } = splitPer(raw)
  const value = parseUncertain(rest, kind)
  return per ? { value, per } : { value }
}

/** A plain number and its period, which is money if it has a `$`. */
export function parseQuantityPer(raw: unknown): { readonly value: number; readonly money: boolean; readonly per?: Per } {
  const { rest, per } = splitPer(raw)
  const { value, unit } = parseScalar(rest, typeof rest === 'string' && rest.includes('$') ? 'money' : 'amount')
  const money = unit === '$'
  return per ? { value, money, per } : { value, money }
}
