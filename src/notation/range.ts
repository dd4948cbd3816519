// The two ends of "A to B". A scale or unit at one end only may hold for both: 45 to 60k.
import { ParameterError } from '../errors.ts'
import { type Kind, parseScalar, type Scalar } from './scalar.ts'

const BETWEEN = ' to '

/** @returns the ends as written, or undefined if the text is no range */
export function readRange(text: string, kind: Kind): readonly [low: Scalar, high: Scalar] | undefined {
  const middle = text.indexOf(BETWEEN)
  if (middle < 0) return undefined
  const ends = [text.slice(0, middle).trim(), text.slice(middle + BETWEEN.length).trim()] as const
  const [low, high] = ends.map((end) => parseScalar(end, kind))
  refuseTwoReadings(ends, [low, high], text, kind)
  return [low, high]
}

const suffixOf = (end: string): string => /[A-Za-z%]+$/.exec(end)?.[0] ?? ''

/**
 * `45 to 60k` may mean 45k to 60k or 45 to 60000, and `0.5 to 60%` may mean 0.5% or 50%. `500 to 1k` has only one reading, since 500k
 * is above 1k.
 */
function refuseTwoReadings(ends: readonly [string, string], scalars: readonly [Scalar, Scalar], text: string, kind: Kind): void {
  const suffixes = [suffixOf(ends[0]), suffixOf(ends[1])]
  const bare = suffixes.indexOf('')
  const suffix = suffixes[1 - bare]
  if (bare < 0 || suffix === '' || scalars[bare].value === 0) return
  const both = ends.map((end, k) => (k === bare ? `${end}${suffix}` : end))
  const [low, high] = both.map((end) => valueIn(end, kind))
  if (!(low < high)) return
  const shared = both.join(BETWEEN)
  if (!(scalars[0].value < scalars[1].value))
    throw new ParameterError('', `a range whose first end is below its second end (did you mean "${shared}"?)`, text)
  const sign = scalars.some(({ unit }) => unit === '$') ? '$' : ''
  const apart = ends.map((end, k) => plain(end, scalars[k].value, suffix, k === bare, sign)).join(BETWEEN)
  const wanted = isUnit(suffix) ? 'a unit at both ends' : 'a scale at both ends or at neither'
  throw new ParameterError('', `${wanted}, as in "${shared}" or "${apart}"`, text)
}

const isUnit = (suffix: string): boolean => suffix === '%' || suffix === 'pt'

/** The value of an end that nobody wrote, or NaN if the field has no such value. */
function valueIn(end: string, kind: Kind): number {
  try {
    return parseScalar(end, kind).value
  } catch (error) {
    if (error instanceof ParameterError) return Number.NaN
    throw error
  }
}

/** An end as it reads by itself: 60k as 60000, and 0.5 beside a percentage as 50%. */
function plain(end: string, value: number, suffix: string, bare: boolean, sign: string): string {
  if (isUnit(suffix)) return bare ? `${Number((100 * value).toPrecision(12))}${suffix}` : end
  return `${sign}${value}`
}
