// Schema fields that read notation: text or number in, plain values out, and one clear error each.
import { z } from 'zod'
import { distributionOf, type Uncertain } from '../distributions/index.ts'
import { ParameterError, shown } from '../errors.ts'
import { parseQuantityPer, parseUncertainPer } from '../notation/per.ts'
import { type Kind, parseScalar } from '../notation/scalar.ts'
import { parseUncertain } from '../notation/uncertain.ts'

/** Turns a reader that throws ParameterError into a schema. The error's own parameter becomes part of the path. */
export function notation<T>(read: (raw: unknown) => T, description: string): z.ZodType<T> {
  return z
    .unknown()
    .transform((raw, context): T => {
      try {
        return read(raw)
      } catch (error) {
        if (!(error instanceof ParameterError)) throw error
        const path = error.parameter === '' ? [] : [error.parameter]
        context.issues.push({ code: 'custom', input: raw, path, message: `expected ${error.expected}, got ${shown(error.value)}` })
        return z.NEVER
      }
    })
    .meta({ description }) as unknown as z.ZodType<T>
}

/** Beyond its range by more than this mass, a distribution is a mistake; less is clamped. */
const STRAY = 1e-6

function inRange(value: Uncertain, low: number, high: number, what: string): void {
  if (typeof value === 'number') {
    if (!(value >= low && value <= high)) throw new ParameterError('', what, value)
    return
  }
  const law = distributionOf(value)
  if (law.quantile(STRAY, 1 - STRAY) < low || law.quantile(1 - STRAY, STRAY) > high) {
    throw new ParameterError('', `${what} in nearly all draws (truncatedNormal or pert keep to a range)`, value)
  }
}

/** `{ value, source }` beside any value: the source is for people. */
const bare = (raw: unknown): unknown =>
  typeof raw === 'object' &&
  raw !== null &&
  Object.hasOwn(raw, 'value') &&
  Object.keys(raw).every((key) => key === 'value' || key === 'source')
    ? (raw as { value: unknown }).value
    : raw

const MOST = 1e12

export const uncertain = (kind: Kind, low: number, high: number, what: string) =>
  notation((raw) => {
    const value = parseUncertain(bare(raw), kind)
    inRange(value, low, high, what)
    return value
  }, what)

export const share = uncertain('rate', 0, 1, 'a share from 0% to 100%')
export const money = uncertain('money', 0, MOST, 'an amount ≥ 0')
export const amount = uncertain('amount', 0, MOST, 'a number ≥ 0')

/** A plain share, not a distribution. */
export const plainShare = notation((raw) => {
  const { value } = parseScalar(bare(raw), 'rate')
  if (!(value >= 0 && value <= 1)) throw new ParameterError('', 'a share from 0% to 100%', raw)
  return value
}, 'a share from 0% to 100%')

export const plainNumber = (low: number, high: number, what: string, whole = false) =>
  notation((raw) => {
    const { value } = parseScalar(bare(raw), 'amount')
    if (!(value >= low && value <= high && (!whole || Number.isInteger(value)))) throw new ParameterError('', what, raw)
    return value
  }, what)

export type MoneyPer = { readonly value: Uncertain; readonly per?: 'month' | 'quarter' | 'year' | 'once' }
export const moneyPer = notation((raw): MoneyPer => {
  const read = parseUncertainPer(bare(raw), 'money')
  inRange(read.value, 0, MOST, 'an amount ≥ 0')
  return read
}, 'an amount such as $49/month, $30k/year or $20k/once')

export const quantityPer = notation((raw) => {
  const read = parseQuantityPer(bare(raw))
  if (read.money) throw new ParameterError('', 'a quantity such as 30k/month, without $', raw)
  if (!(read.value >= 0 && read.value <= MOST)) throw new ParameterError('', 'a quantity ≥ 0', raw)
  return read
}, 'a quantity such as 30k/month')
