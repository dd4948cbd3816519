// The record of a scenario field. Errors, the JSON Schema, names, ranges, sliders and the docs are made from it.
import type * as z from 'zod'
import { ParameterError } from '../errors.ts'
import { formatNumber } from '../notation/number.ts'
import type { Per } from '../notation/per.ts'
import type { Kind } from '../notation/scalar.ts'
import { distributionOf, type Uncertain } from '../numerics/distributions/index.ts'

export const MOST = 1e12

interface KindTraits {
  /** The notations to try, in this order; empty for a field that is not a number. */
  readonly reads: readonly Kind[]
  /** How an error names a value of this kind. */
  readonly noun: string
  readonly range: readonly [low: number, high: number]
  readonly example: string
}

const number = { reads: ['amount'], noun: 'a number', range: [0, MOST], example: '50k' } as const
const word = { reads: [], range: [-Infinity, Infinity] } as const

/** The kinds of fields. A rate of change (`change`, `shift`, `trend`) may have any sign; a share is a part of a whole. */
export const KINDS = {
  quantity: number,
  number: { ...number, example: '1.5' },
  count: { ...number, noun: 'a whole number', example: '12' },
  money: { reads: ['money'], noun: 'an amount', range: [0, MOST], example: '$0.99' },
  share: { reads: ['rate'], noun: 'a share', range: [0, 1], example: '65%' },
  points: { reads: ['points'], noun: 'points', range: [0, 1], example: '2pt' },
  shift: { reads: ['shift'], noun: 'points', range: [-1, 1], example: '-5pt' },
  change: { reads: ['change'], noun: 'a change', range: [-1, 10], example: '5%' },
  /** Points or a percentage change: the unit decides. */
  trend: { reads: ['shift', 'change'], noun: 'points or a change', range: [-1, 1], example: '1pt/month' },
  bound: { reads: ['amount', 'money'], noun: 'a quantity or an amount', range: [0, MOST], example: '$30k/year' },
  month: { ...word, noun: 'a month', example: '2027-01' },
  text: { ...word, noun: 'text', example: 'text' },
  choice: { ...word, noun: 'a word', example: 'a word' },
  flag: { ...word, noun: 'true or false', example: 'true' },
  list: { ...word, noun: 'a list', example: '[1, 2]' },
} as const satisfies Readonly<Record<string, KindTraits>>

export type FieldKind = keyof typeof KINDS

/** The range of a slider in the report, as factors of the value in the plan. A share moves by 25 points instead. */
export interface Slider {
  readonly least: number
  readonly most: number
}

/** The value of a field that is left out, in the notation of a plan. */
export type Default = string | number | boolean

export interface FieldOptions {
  readonly label: string
  readonly help: string
  /** Both ends are allowed unless `excludes` names them. */
  readonly range?: readonly [low: number, high: number]
  readonly excludes?: readonly number[]
  readonly noun?: string
  /** The full description in errors, instead of one made of noun and range. */
  readonly expected?: string
  readonly default?: Default
  /** The default in words, for the docs, if it is not a single value. */
  readonly otherwise?: string
  readonly staged?: boolean
  /** When a distribution is drawn; `never` means that only a number is allowed. */
  readonly drawn?: 'trial' | 'month' | 'never'
  readonly periods?: readonly Per[]
  readonly slider?: Slider
  /** Whether, and in which words, the report lists it among its assumptions even if it is not uncertain. */
  readonly stated?: true | ((value: never) => string)
  /** The value in a sentence, such as "never above 85%". Without it, tables of a plan write label and value. */
  readonly words?: (value: string) => string
}

type Filled = Required<Pick<FieldOptions, 'range' | 'expected' | 'staged' | 'drawn' | 'periods'>>
export type FieldRecord = FieldOptions & Filled & { readonly kind: FieldKind }

export const fields = new WeakMap<object, FieldRecord>()

/** The alternatives of a schema that chooses among several by itself, as a charge chooses its model. */
export const alternatives = new WeakMap<object, () => readonly z.ZodType[]>()

export const isNumeric = ({ kind }: FieldRecord): boolean => KINDS[kind].reads.length > 0

export function fieldOf(kind: FieldKind, options: FieldOptions): FieldRecord {
  const range = options.range ?? KINDS[kind].range
  const expected = options.expected ?? wordsFor(kind, range, options)
  return { kind, staged: false, drawn: 'never', periods: [], ...options, range, expected }
}

/** Upper bounds from here on are only mentioned when exceeded. */
const FAR: Readonly<Partial<Record<FieldKind, number>>> = { share: 100, change: 10 }
const farOf = (kind: FieldKind): number => FAR[kind] ?? 1e6

function wordsFor(kind: FieldKind, [low, high]: readonly [number, number], { noun, excludes = [] }: FieldOptions): string {
  const name = noun ?? KINDS[kind].noun
  if (kind === 'month') return `${name} such as ${KINDS[kind].example}`
  if (KINDS[kind].reads.length === 0) return name
  const [reads] = KINDS[kind].reads
  const unit = reads === 'rate' || reads === 'change' ? '%' : reads === 'points' || reads === 'shift' ? 'pt' : ''
  const text = (value: number) => `${unit === '' ? value : 100 * value}${unit}`
  const open = (end: number) => excludes.includes(end)
  if (high >= farOf(kind)) return open(low) ? `${name} above ${text(low)}` : `${name} of ${text(low)} or more`
  return `${name} from ${open(low) ? 'more than ' : ''}${text(low)} to ${open(high) ? 'less than ' : ''}${text(high)}`
}

/** A distribution with more probability than this outside its range is refused; with less, draws are clamped. */
export const STRAY = 1e-6

type Ranged = Pick<FieldRecord, 'kind' | 'range' | 'excludes' | 'expected'>

/** @param shownAs the value as written, if an error should show that. @throws ParameterError for a value out of range */
export function inRange(value: Uncertain, { kind, range: [low, high], excludes = [], expected }: Ranged, shownAs?: unknown): void {
  const bounded = (above: boolean) => (above && high >= 1e6 ? `${expected} and at most ${formatNumber(high)}` : expected)
  if (typeof value === 'number') {
    const whole = kind !== 'count' || Number.isInteger(value)
    if (!(value >= low && value <= high && whole) || excludes.includes(value))
      throw new ParameterError('', bounded(value > high), shownAs ?? value)
    return
  }
  const drawn = distributionOf(value)
  const above = drawn.quantile(1 - STRAY, STRAY) > high
  if (drawn.quantile(STRAY, 1 - STRAY) < low || above) {
    const wanted = `${bounded(above)} in nearly all trials (truncatedNormal or pert stay within a range)`
    throw new ParameterError('', wanted, shownAs ?? value)
  }
}
