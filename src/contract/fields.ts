// Schema fields that read notation: text or a number in, a plain value or one clear error out. Each registers its record.
import * as z from 'zod'
import type { Uncertain } from '../numerics/distributions/index.ts'
import { isVisible, ParameterError, shown } from '../errors.ts'
import { parseMonth } from '../months.ts'
import { type Per, parseQuantityPer, parseUncertainPer, splitPer } from '../notation/per.ts'
import { parseScalar } from '../notation/scalar.ts'
import { parseUncertain } from '../notation/uncertain.ts'
import {
  type Default,
  type FieldKind,
  type FieldRecord,
  type FieldOptions,
  fieldOf,
  fields,
  inRange,
  KINDS,
  MOST,
} from './field.ts'
import { type Money, readMoney } from './money.ts'
import type { Period } from './operation.ts'
import { staged } from './staged-field.ts'
import { isStaged, mapStages, type Staged, type Stages } from './stages.ts'

export { atMonth, byMonth, isStaged, mapStages, type Staged, type Stages, stageAt, stagesIn } from './stages.ts'

/** A value as written: a number, a text, or an object such as `{ value, source }` or `{ p10, p90 }`. */
export type WrittenValue = number | string | object

type Read<T, O> = z.ZodType<O extends { readonly staged: true } ? Staged<T> : T, WrittenValue>
/** The schema of a field: with a default it may be left out. */
type Made<T, O> = O extends { readonly default: Default } ? z.ZodPrefault<Read<T, O>> : Read<T, O>

/** Turns a reader that throws ParameterError into a schema. The parameter that the error names becomes part of the path. */
function reading<T>(read: (raw: unknown) => T): z.ZodType<T, WrittenValue> {
  return z.unknown().transform((raw, context): T => {
    try {
      return read(raw)
    } catch (error) {
      if (!(error instanceof ParameterError)) throw error
      const path = error.parameter === '' ? [] : [error.parameter]
      context.issues.push({ code: 'custom', input: raw, path, message: `expected ${error.expected}, got ${shown(error.value)}` })
      return z.NEVER
    }
  }) as unknown as z.ZodType<T, WrittenValue>
}

export function field<T, const O extends FieldOptions>(
  kind: FieldKind,
  options: O,
  read: (raw: unknown, field: FieldRecord) => T,
): Made<T, O> {
  const about = fieldOf(kind, options)
  const own = reading((raw) => read(raw, about))
  fields.set(own, about)
  const value = options.staged === true ? staged<T>(own, untilMonth) : own
  return (options.default === undefined ? value : value.prefault(options.default as never)) as unknown as Made<T, O>
}

type WithDefault<S extends z.ZodType, O> = O extends { readonly default: Default } ? z.ZodPrefault<S> : S

/** Registers the record of a field that a plain zod schema reads: text, a choice, a list. */
export function known<S extends z.ZodType, const O extends FieldOptions>(
  schema: S,
  kind: FieldKind,
  options: O,
): WithDefault<S, O> {
  fields.set(schema, fieldOf(kind, options))
  return (options.default === undefined ? schema : schema.prefault(options.default as never)) as unknown as WithDefault<S, O>
}

const bare = (raw: unknown): unknown =>
  typeof raw === 'object' &&
  raw !== null &&
  Object.hasOwn(raw, 'value') &&
  Object.keys(raw).every((key) => key === 'value' || key === 'source')
    ? (raw as { value: unknown }).value
    : raw

const notationFor = (kind: FieldKind) => KINDS[kind].reads[0] ?? 'amount'

/** What an error shows of a value: a number as it stands in the plan. Where a distribution stands is found later, by its path. */
const asWritten = (value: Uncertain, written: unknown): unknown => (typeof value === 'number' ? written : undefined)

/** A number or a distribution, drawn once a trial unless the options say otherwise. */
const uncertain =
  (kind: FieldKind) =>
  <const O extends FieldOptions>(options: O) =>
    field(kind, { drawn: 'trial', ...options } as O, (raw, about): Uncertain => {
      const written = bare(raw)
      const value = parseUncertain(written, notationFor(kind))
      inRange(value, about, asWritten(value, written))
      return value
    })

/** A number that may not be uncertain, since it shapes a distribution, a calendar or a contract. */
const plain =
  (kind: FieldKind) =>
  <const O extends FieldOptions>(options: O) =>
    field(kind, options, (raw, about): number => {
      if (raw === undefined) throw new ParameterError('', about.expected, raw)
      const { value } = parseScalar(bare(raw), notationFor(kind))
      inRange(value, about, raw)
      return value
    })

export const uncertainQuantity = uncertain('quantity')
export const factor = uncertain('number')
export const uncertainShare = uncertain('share')
export const points = uncertain('points')
export const shift = uncertain('shift')
export const change = uncertain('change')

export const plainNumber = plain('number')
export const plainQuantity = plain('quantity')
export const plainShare = plain('share')
export const plainPoints = plain('points')
export const plainChange = plain('change')
export const countField = plain('count')

const AMOUNT = fieldOf('money', { label: '', help: '' })

const readAmount = (raw: unknown, about: FieldRecord = AMOUNT) =>
  readMoney(bare(raw), (text) => {
    const value = parseUncertain(text, 'money')
    inRange(value, about, asWritten(value, text))
    return value
  })

export const money = <const O extends FieldOptions>(options: O) =>
  field('money', { drawn: 'trial', ...options } as O, (raw, about): Money => {
    const { read, symbol } = readAmount(raw, about)
    return { value: read, currency: symbol }
  })

/** An amount that may not be uncertain. */
export const plainMoney = <const O extends FieldOptions>(options: O) =>
  field('money', options, (raw, about): Money => {
    const { read, symbol } = readAmount(raw, about)
    if (typeof read !== 'number') throw new ParameterError('', `${about.expected} that is certain, such as $180k`, raw)
    return { value: read, currency: symbol }
  })

export const month = <const O extends FieldOptions>(options: O) =>
  field('month', options, (raw, { expected }): number => {
    const parsed = typeof raw === 'string' ? parseMonth(raw) : undefined
    if (parsed === undefined) throw new ParameterError('', expected, raw)
    return parsed
  })

const untilMonth: z.ZodType<number, WrittenValue> = month({
  label: 'Until',
  help: 'last month of the stage; the last stage has none',
})

export const changePer = <const O extends FieldOptions>(options: O) =>
  field(
    'change',
    { drawn: 'trial', periods: ['month', 'year'], ...options } as O,
    (raw, about): { readonly value: Uncertain; readonly per: 'month' | 'year' } => {
      const { value, per } = parseUncertainPer(raw, 'change')
      if (per !== 'month' && per !== 'year') throw new ParameterError('', 'a change per month or year, such as 1%/month', raw)
      inRange(value, about, raw)
      return { value, per }
    },
  )

/** A rate of time: a value for each month or each year. A bare number is for a month. */
export interface ValuePer {
  readonly value: Uncertain
  readonly per: 'month' | 'year'
}

const PER_MONTH: readonly Per[] = ['month', 'year']

const uncertainPer =
  (kind: 'quantity' | 'share') =>
  <const O extends FieldOptions>(options: O) =>
    field(kind, { drawn: 'trial', periods: PER_MONTH, ...options } as O, (raw, about): ValuePer => {
      const { value, per = 'month' } = parseUncertainPer(bare(raw), notationFor(kind))
      if (per !== 'month' && per !== 'year') throw new ParameterError('', about.expected, raw)
      inRange(value, about, asWritten(value, raw))
      return { value, per }
    })

export const uncertainQuantityPer = uncertainPer('quantity')
export const uncertainSharePer = uncertainPer('share')

/** A plain share or change per year, where `/year` may be left out. */
export const yearly = <const O extends FieldOptions>(kind: 'share' | 'change', wanted: string, options: O) =>
  field(kind, { periods: ['year'], ...options } as O, (raw, about): number => {
    const { rest, per = 'year' } = splitPer(raw)
    if (per !== 'year') throw new ParameterError('', wanted, raw)
    const { value } = parseScalar(rest, notationFor(kind))
    inRange(value, about, raw)
    return value
  })

/** A change per year that may be uncertain, where `/year` may be left out. */
export const uncertainYearly = <const O extends FieldOptions>(wanted: string, options: O) =>
  field('change', { drawn: 'trial', periods: ['year'], ...options } as O, (raw, about): Uncertain => {
    const { value, per = 'year' } = parseUncertainPer(raw, 'change')
    if (per !== 'year') throw new ParameterError('', wanted, raw)
    inRange(value, about, asWritten(value, raw))
    return value
  })

export interface MoneyPer {
  readonly value: Money
  readonly per?: Period | 'once'
}

const PERIODS: readonly Per[] = ['month', 'quarter', 'year']

export const moneyPer = <const O extends FieldOptions>(options: O) =>
  field('money', { drawn: 'trial', periods: [...PERIODS, 'once'], ...options } as O, (raw, about): MoneyPer => {
    const { read, symbol } = readMoney(bare(raw), (text) => {
      const parsed = parseUncertainPer(text, 'money')
      inRange(parsed.value, about, asWritten(parsed.value, text))
      return parsed
    })
    return { ...read, value: { value: read.value, currency: symbol } }
  })

/** Stages of an amount per period, all with the same period. */
export const stagedMoneyPer = (options: FieldOptions) =>
  moneyPer({ ...options, staged: true }).transform((read, context): { value: Staged<Money>; per?: Period | 'once' } => {
    if (!isStaged(read)) return read
    const { per } = read[0].value
    read.forEach(({ value }, k) => {
      if (value.per !== per)
        context.addIssue({
          code: 'custom',
          path: [k, 'value'],
          message: `expected an amount per ${per ?? 'month'}, as in the first stage`,
        })
    })
    const value = read.map((stage) => ({ ...stage, value: stage.value.value }))
    return per === undefined ? { value } : { value, per }
  })

/** A quantity and its period; without one, that of the charge. */
export interface QuantityPer {
  readonly quantity: number
  readonly per?: Period
}
export const quantityPer = <const O extends FieldOptions>(options: O) =>
  field('quantity', { periods: PERIODS, ...options } as O, (raw): QuantityPer => {
    const { value, money: isMoney, per } = parseQuantityPer(bare(raw))
    if (isMoney || !(value >= 0 && value <= MOST)) throw new ParameterError('', 'a quantity of 0 or more, such as 30k/month', raw)
    return { quantity: value, ...periodOf(per, raw) }
  })

function periodOf(per: Per | undefined, raw: unknown): { readonly per?: Period } {
  if (per === 'once') throw new ParameterError('', 'a period of month, quarter or year', raw)
  return per ? { per } : {}
}

type OneBound = QuantityPer | { readonly money: Money; readonly per?: Period }
/** A quantity in stages, all for the same period. */
export interface StagedQuantityPer {
  readonly quantity: Staged<number>
  readonly per?: Period
}
export type BoundPer = StagedQuantityPer | { readonly money: Staged<Money>; readonly per?: Period }
export const isMoneyBound = (bound: { readonly per?: Period | undefined }): bound is { money: Staged<Money>; per?: Period } =>
  'money' in bound

/** Reads a bound: `$30k/year` and any distribution are money; `bareIsMoney` decides about a plain number. */
export function readBound(raw: unknown, bareIsMoney: boolean): OneBound {
  const { rest, per } = splitPer(bare(raw))
  const period = periodOf(per, raw)
  const isPlain = typeof rest === 'number' || (typeof rest === 'string' && !/[$€£¥(]|\sto\s/.test(rest))
  if (!isPlain || bareIsMoney) {
    const { read, symbol } = readAmount(rest)
    return { money: { value: read, currency: symbol }, ...period }
  }
  const { value } = parseScalar(rest, 'amount')
  if (!(value >= 0 && value <= MOST)) throw new ParameterError('', 'a quantity of 0 or more, or an amount such as $30k/year', raw)
  return { quantity: value, ...period }
}

export const boundPer = (bareIsMoney: boolean, options: FieldOptions) =>
  field(bareIsMoney ? 'money' : 'bound', { ...options, drawn: 'trial', periods: PERIODS, staged: true }, (raw) =>
    readBound(raw, bareIsMoney),
  ).transform(joinBounds)

export const stagedQuantityPer = (options: FieldOptions) =>
  quantityPer({ ...options, staged: true }).transform((read, context) => joinBounds(read, context) as StagedQuantityPer)

/** Stages of a bound as a bound in stages: all of the same period, and all amounts or all quantities. */
export function joinBounds(read: Staged<OneBound>, context: z.core.$RefinementCtx): BoundPer {
  if (!isStaged(read)) return read
  const [{ value: first }] = read
  const money = isMoneyBound(first)
  read.forEach(({ value }, k) => {
    const say = (expected: string) =>
      context.addIssue({ code: 'custom', path: [k, 'value'], message: `expected ${expected}, as in the first stage` })
    if (isMoneyBound(value) !== money) say(money ? 'an amount of money' : 'a quantity')
    else if (value.per !== first.per) say(first.per ? `a number per ${first.per}` : 'a number without a period')
  })
  const per = first.per && { per: first.per }
  return money
    ? { money: mapStages(read as Stages<{ readonly money: Money }>, (value) => value.money), ...per }
    : { quantity: mapStages(read as Stages<QuantityPer>, (value) => value.quantity), ...per }
}

export const choice = <const V extends readonly string[], const O extends FieldOptions>(values: V, options: O) =>
  known(z.enum(values), 'choice', { expected: values.join(', '), ...options })

export const flag = <const O extends FieldOptions>(options: O) => known(z.boolean(), 'flag', options)

export const textField = <const O extends FieldOptions>(options: O) => known(z.string(), 'text', options)

const VISIBLE = 'expected text without control characters and hidden marks'

export const title = <const O extends FieldOptions>(options: O) =>
  known(z.string().min(1).max(200).refine(isVisible, VISIBLE), 'text', options)
