// Schema fields that read notation: text or number in, plain values out, and one clear error each.
import { z } from 'zod'
import { distributionOf, type Uncertain } from '../numerics/distributions/index.ts'
import { ParameterError, shown } from '../errors.ts'
import { formatMonth, parseMonth } from '../months.ts'
import { parseQuantityPer, parseUncertainPer, splitPer } from '../notation/per.ts'
import { type Kind, parseScalar } from '../notation/scalar.ts'
import { parseUncertain } from '../notation/uncertain.ts'
import { type Money, readMoney } from './money.ts'
import type { Period } from './operation.ts'

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

/** @throws ParameterError where a value is out of its range; `shownAs` is what was written, where that says more */
export function inRange(value: Uncertain, low: number, high: number, what: string, shownAs: unknown = value): void {
  if (typeof value === 'number') {
    // The largest numbers allowed are too far away to be named unless someone gets there.
    const bound = high >= 1e6 && value > high ? `${what} and at most ${high}` : what
    if (!(value >= low && value <= high)) throw new ParameterError('', bound, shownAs)
    return
  }
  const law = distributionOf(value)
  if (law.quantile(STRAY, 1 - STRAY) < low || law.quantile(1 - STRAY, STRAY) > high) {
    throw new ParameterError('', `${what} in nearly all draws (truncatedNormal or pert keep to a range)`, shownAs)
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

const readAmount = (raw: unknown) =>
  readMoney(bare(raw), (plain) => {
    const value = parseUncertain(plain, 'money')
    inRange(value, 0, MOST, 'an amount ≥ 0')
    return value
  })
export const money = notation((raw): Money => {
  const { read, symbol } = readAmount(raw)
  return { value: read, currency: symbol }
}, 'an amount such as $0.99, or a distribution of it')

export const month = notation((raw) => {
  const parsed = typeof raw === 'string' ? parseMonth(raw) : undefined
  if (parsed === undefined) throw new ParameterError('', 'a month such as 2027-01', raw)
  return parsed
}, 'a month such as 2027-01')

/** One value, or stages in time order: each up to and including its month, the last to the end. */
export type Staged<T> = T | Stages<T>
export type Stages<T> = readonly { readonly until?: number; readonly value: T }[]

export const isStaged = <T>(value: Staged<T>): value is Stages<T> => Array.isArray(value)

/** The stage that holds in a month. */
export function stageAt<T>(stages: Stages<T>, month: number): T {
  const last = stages[stages.length - 1]
  return (stages.find(({ until }) => until === undefined || month <= until) ?? last).value
}

export function staged<T>(field: z.ZodType<T>): z.ZodType<Staged<T>> {
  const stages = z
    .array(z.strictObject({ until: month.optional(), value: field }))
    .min(1)
    .superRefine((all, context) => {
      all.forEach(({ until }, k) => {
        const before = all[k - 1]?.until
        const say = (expected: string) =>
          context.addIssue({
            code: 'custom',
            path: [k, 'until'],
            message: `expected ${expected}, got ${until === undefined ? 'nothing' : formatMonth(until)}`,
          })
        if (k === all.length - 1) {
          if (until !== undefined) say('no month at the last stage, which holds to the end')
        } else if (until === undefined) say('a month at every stage but the last')
        else if (before !== undefined && !(until > before)) say(`a month after ${formatMonth(before)}, where the stage before ends`)
      })
    })
  return z.union([stages, field]) as unknown as z.ZodType<Staged<T>>
}
export const amount = uncertain('amount', 0, MOST, 'a number ≥ 0')

/** A plain share, not a distribution. */
export const plainShare = notation((raw) => {
  const { value } = parseScalar(bare(raw), 'rate')
  if (!(value >= 0 && value <= 1)) throw new ParameterError('', 'a share from 0% to 100%', raw)
  return value
}, 'a share from 0% to 100%')

export const plainNumber = (low: number, high: number, what: string, whole = false) =>
  notation((raw) => {
    if (raw === undefined) throw new ParameterError('', what, raw)
    const { value } = parseScalar(bare(raw), 'amount')
    if (!(value >= low && value <= high && (!whole || Number.isInteger(value)))) throw new ParameterError('', what, raw)
    return value
  }, what)

export interface MoneyPer {
  readonly value: Money
  readonly per?: Period | 'once'
}
export const moneyPer = notation((raw): MoneyPer => {
  const { read, symbol } = readMoney(bare(raw), (plain) => {
    const parsed = parseUncertainPer(plain, 'money')
    inRange(parsed.value, 0, MOST, 'an amount ≥ 0')
    return parsed
  })
  return { ...read, value: { value: read.value, currency: symbol } }
}, 'an amount such as $49/month, $30k/year or $20k/once')

/** Stages of an amount a period, told as one period and its stages. */
export const stagedMoneyPer = staged(moneyPer).transform((read, context): { value: Staged<Money>; per?: Period | 'once' } => {
  if (!isStaged(read)) return read
  const { per } = read[0].value
  read.forEach(({ value }, k) => {
    if (value.per !== per)
      context.addIssue({
        code: 'custom',
        path: [k, 'value'],
        message: `expected an amount a ${per ?? 'month'}, as in the first stage`,
      })
  })
  const value = read.map((stage) => ({ ...stage, value: stage.value.value }))
  return per === undefined ? { value } : { value, per }
})

/** A quantity and the period it is for; without one, that of the charge. */
export interface QuantityPer {
  readonly quantity: number
  readonly per?: Period
}
export const periodic = notation((raw): QuantityPer => {
  const { value, money, per } = parseQuantityPer(bare(raw))
  if (money || !(value >= 0 && value <= MOST)) throw new ParameterError('', 'a quantity ≥ 0', raw)
  if (per === 'once') throw new ParameterError('', 'a period of month, quarter or year', raw)
  return per ? { quantity: value, per } : { quantity: value }
}, 'a quantity such as 30k/month')

/** Money, or a quantity, and the period it is for. */
export type BoundPer = QuantityPer | { readonly money: Money; readonly per?: Period }
export const isMoneyBound = (bound: { readonly per?: Period | undefined }): bound is { money: Money; per?: Period } =>
  'money' in bound

/** `$30k/year` is money, and so is a distribution; what a bare number is, the field says. */
export const boundPer = (bareIsMoney: boolean, example: string) =>
  notation((raw): BoundPer => {
    const { rest, per } = splitPer(bare(raw))
    if (per === 'once') throw new ParameterError('', 'a period of month, quarter or year', raw)
    const plain = typeof rest === 'number' || (typeof rest === 'string' && !/[$€£¥(]| to /.test(rest))
    const period = per ? { per } : {}
    if (!plain || bareIsMoney) {
      const { read, symbol } = readAmount(rest)
      return { money: { value: read, currency: symbol }, ...period }
    }
    const { value } = parseScalar(rest, 'amount')
    if (!(value >= 0 && value <= MOST)) throw new ParameterError('', 'a quantity ≥ 0, or money with $', raw)
    return { quantity: value, ...period }
  }, example)
