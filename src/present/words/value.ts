// Values of a plan as readers write them: "30k/month" is "30,000 a month", "60%" stays, "2027-03" is "Mar 2027".
import { type FieldRecord, KINDS } from '../../contract/field.ts'
import { tryRead } from '../../errors.ts'
import { monthWords, parseMonth } from '../../months.ts'
import { codeOf } from '../../notation/currency.ts'
import { type Fields, isFields } from '../../notation/fields.ts'
import { formatPrice, formatWhole } from '../../notation/money.ts'
import { formatNumber } from '../../notation/number.ts'
import { type Per, splitPer } from '../../notation/per.ts'
import { type Kind, parseScalar } from '../../notation/scalar.ts'
import { callOf } from '../../notation/uncertain.ts'

export interface ValueOptions {
  /** The currency of amounts with `$` or without a sign. */
  readonly currency: string
  /** What a quantity counts, such as "resolutions". */
  readonly noun?: string | undefined
}

/** A value as the plan writes it, in words. What no notation reads stays as it is. */
export function valueWords(value: unknown, field: Pick<FieldRecord, 'kind'> | undefined, options: ValueOptions): string {
  if (Array.isArray(value)) return listWords(value, field, options)
  if (isFields(value)) return objectWords(value, field, options)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const kinds = field ? KINDS[field.kind].reads : []
  if (field?.kind === 'month') return monthOf(value)
  if (field?.kind === 'text') return String(value)
  return (kinds.length > 0 ? tryRead(() => numberWords(value, kinds, options)) : undefined) ?? plain(value)
}

/** Numbers without a unit keep their digits and get separators. */
const plain = (value: unknown): string => (typeof value === 'number' ? formatNumber(value, 0, 9) : String(value))

const monthOf = (value: unknown): string =>
  typeof value === 'string' && parseMonth(value) !== undefined ? monthWords(value) : String(value)

/** A sourced value, one with its period, a distribution, or percentiles are one value. */
export const isOneValue = (value: Fields): boolean =>
  'value' in value || 'distribution' in value || 'experts' in value || Object.keys(value).some((key) => /^p\d/.test(key))

function listWords(list: readonly unknown[], field: Pick<FieldRecord, 'kind'> | undefined, options: ValueOptions): string {
  const stages = list.every((one): one is Fields => isFields(one) && 'value' in one) ? list : undefined
  if (!stages) return list.map((one) => valueWords(one, field, options)).join(', ')
  return stages
    .map(({ value, until }) => `${valueWords(value, field, options)}${until === undefined ? '' : ` until ${monthOf(until)}`}`)
    .join(', then ')
}

function objectWords(object: Fields, field: Pick<FieldRecord, 'kind'> | undefined, options: ValueOptions): string {
  const inner = (value: unknown) => valueWords(value, field, options)
  if (Array.isArray(object.experts)) return `all experts together: ${object.experts.map(expertWords).join('; ')}`
  if ('value' in object) return `${inner(object.value)}${perWords(object.per)}`
  if (typeof object.distribution === 'string') return distributionWords(object.distribution, object, inner)
  const percentiles = Object.entries(object).filter(([key]) => /^p\d/.test(key))
  if (percentiles.length === 2) {
    const [[first, low], [second, high]] = percentiles
    return `${inner(low)} to ${inner(high)} (${first.toUpperCase()} to ${second.toUpperCase()})`
  }
  if (percentiles.length > 0) return percentiles.map(([key, value]) => `${inner(value)} (${key.toUpperCase()})`).join(', ')
  return Object.entries(object)
    .map(([key, value]) => `${key} ${inner(value)}`)
    .join(', ')

  function expertWords(expert: unknown, k: number): string {
    if (!isFields(expert)) return String(expert)
    const { name = `expert ${k + 1}`, weight, source, ...own } = expert
    const origin = source === undefined ? '' : `, ${String(source)}`
    return `${String(name)} says ${inner(own)}${weight === undefined ? '' : ` (weight ${plain(weight)})`}${origin}`
  }
}

const PERIODS: Readonly<Record<Per, string>> = { month: ' a month', quarter: ' a quarter', year: ' a year', once: ' once' }

const perWords = (per: unknown): string =>
  typeof per === 'string' && Object.hasOwn(PERIODS, per) ? PERIODS[per as Per] : per === undefined ? '' : ` a ${String(per)}`

/** @throws ParameterError for text that is no number in this notation */
function numberWords(value: unknown, kinds: readonly Kind[], options: ValueOptions): string {
  const { rest, per } = splitPer(value)
  const text = typeof rest === 'string' ? rest.trim().replaceAll('\u00a0', ' ') : rest
  const isQuantity = kinds[0] === 'amount' && !/[%$€£¥]/.test(String(text))
  const noun = options.noun === undefined || !isQuantity ? '' : ` ${options.noun}`
  const inner = (one: unknown) => scalarWords(one, kinds, options)
  const call = typeof text === 'string' ? callOf(text) : undefined
  if (call) return `${distributionWords(call.distribution, call, inner)}${noun}${perWords(per)}`
  const ends = typeof text === 'string' && text.includes(' to ') ? text.split(' to ') : [text]
  return `${ends.map(inner).join(' to ')}${noun}${perWords(per)}`
}

function scalarWords(value: unknown, kinds: readonly Kind[], { currency }: ValueOptions): string {
  const sign = typeof value === 'string' ? /[€£¥]/.exec(value)?.[0] : undefined
  const text = typeof value === 'string' && sign !== undefined ? value.replace(sign, '$') : value
  const code = sign === undefined ? currency : (codeOf(sign, currency) ?? currency)
  const kind = kinds.find((one) => tryRead(() => parseScalar(text, one)) !== undefined)
  if (kind === undefined) return String(value)
  const { value: number, unit } = parseScalar(text, kind)
  if (unit === '$' || kind === 'money') return moneyWords(number, code)
  const hundredths = formatNumber(Number((100 * number).toPrecision(12)), 0, 9)
  if (unit === 'pt' || kind === 'points' || kind === 'shift')
    return `${hundredths} ${Math.abs(number) === 0.01 ? 'point' : 'points'}`
  if (unit === '%' || kind === 'rate' || kind === 'change') return `${hundredths}%`
  return formatNumber(number, 0, 9)
}

/** Prices keep their cents, and whole amounts need none. */
export const moneyWords = (amount: number, currency: string): string =>
  Number.isInteger(amount) && Math.abs(amount) >= 100 ? formatWhole(amount, currency) : formatPrice(amount, currency)

/** A distribution by its parameters: a range, a mode, a mean, or each by its name. */
function distributionWords(name: string, { distribution: _, ...spec }: Fields, inner: (value: unknown) => string): string {
  const { min, mode, max, mean, sd, ...others } = spec
  const rest = Object.entries(others)
  if (rest.length === 0 && min !== undefined && max !== undefined) {
    if (mean !== undefined) return `${inner(mean)} (standard deviation ${inner(sd)}, from ${inner(min)} to ${inner(max)})`
    return `${inner(min)} to ${inner(max)} (${mode === undefined ? 'any value as likely as another' : `most likely ${inner(mode)}`})`
  }
  if (rest.length === 0 && mean !== undefined)
    return `${inner(mean)} on average (${sd === undefined ? name : `standard deviation ${inner(sd)}`})`
  const { values, components = values, weights, file, column } = spec
  if (file !== undefined) return `any row of ${String(column)} in ${String(file)}`
  if (Array.isArray(components)) {
    const shares: readonly unknown[] = Array.isArray(weights) ? weights : []
    const each = components.map(
      (one, k) => `${callWords(one, inner)}${shares[k] === undefined ? '' : ` (weight ${String(shares[k])})`}`,
    )
    return `one of ${each.join(', ')}`
  }
  return `${name} with ${Object.entries(spec)
    .map(([key, value]) => `${key} ${inner(value)}`)
    .join(', ')}`
}

/** A part of a mixture may be a distribution itself. */
function callWords(value: unknown, inner: (value: unknown) => string): string {
  const call = isFields(value) ? value : typeof value === 'string' ? tryRead(() => callOf(value)) : undefined
  if (isFields(call) && typeof call.distribution === 'string') return distributionWords(call.distribution, call, inner)
  return inner(value)
}
