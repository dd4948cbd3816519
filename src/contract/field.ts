// What a field of a scenario is: one record beside its schema. Errors, the JSON Schema, names, ranges, sliders and the docs are made from it.
import type { z } from 'zod'
import { distributionOf, type Uncertain } from '../numerics/distributions/index.ts'
import { ParameterError } from '../errors.ts'
import type { Kind } from '../notation/scalar.ts'
import type { Per } from '../notation/per.ts'

/** The largest quantity or amount. */
export const MOST = 1e12

interface KindTraits {
  /** The notations that it is read in, in the order in which they are tried; none where it is no number. */
  readonly reads: readonly Kind[]
  /** What an error expects. */
  readonly noun: string
  readonly range: readonly [low: number, high: number]
  readonly example: string
}

const number = { reads: ['amount'], noun: 'a number', range: [0, MOST], example: '50k' } as const
const word = { reads: [], range: [-Infinity, Infinity] } as const

/** What a field holds. A rate of change (`change`, `shift`, `trend`) may have any sign; a share is a part of something. */
export const KINDS = {
  quantity: number,
  number: { ...number, example: '1.5' },
  count: { ...number, noun: 'a whole number', example: '12' },
  money: { reads: ['money'], noun: 'an amount', range: [0, MOST], example: '$0.99' },
  share: { reads: ['rate'], noun: 'a share', range: [0, 1], example: '65%' },
  points: { reads: ['points'], noun: 'points', range: [0, 1], example: '2pt' },
  shift: { reads: ['shift'], noun: 'points', range: [-1, 1], example: '-5pt' },
  change: { reads: ['change'], noun: 'a change', range: [-1, 10], example: '5%' },
  /** Points or a change in per cent: its unit decides what it means. */
  trend: { reads: ['shift', 'change'], noun: 'points or a change', range: [-1, 1], example: '1pt/month' },
  /** A quantity, or money with `$`. */
  bound: { reads: ['amount', 'money'], noun: 'a quantity or an amount', range: [0, MOST], example: '$30k/year' },
  month: { ...word, noun: 'a month', example: '2027-01' },
  text: { ...word, noun: 'text', example: 'text' },
  choice: { ...word, noun: 'a word', example: 'a word' },
  flag: { ...word, noun: 'true or false', example: 'true' },
  list: { ...word, noun: 'a list', example: '[1, 2]' },
} as const satisfies Readonly<Record<string, KindTraits>>

export type FieldKind = keyof typeof KINDS

/** How a report's slider moves a number: factors of what stands there; a share moves by 25 points. */
export interface Slider {
  readonly least: number
  readonly most: number
}

/** What holds where a field is left out, as it would be written. */
export type Default = string | number | boolean

export interface FieldOptions {
  /** What a report calls it. */
  readonly label: string
  /** What it means, with an example where that helps. */
  readonly help: string
  /** Both ends are allowed unless `excludes` names them. */
  readonly range?: readonly [low: number, high: number]
  readonly excludes?: readonly number[]
  /** What an error calls it, such as "a factor"; `expected` says the range too. */
  readonly noun?: string
  readonly expected?: string
  /** What holds where the field is left out. */
  readonly default?: Default
  /** Why or how it holds where no value says so, for the docs. */
  readonly otherwise?: string
  /** Whether stages in time may stand in its place. */
  readonly staged?: boolean
  /** When a distribution in its place is drawn; never: it takes a number only. */
  readonly drawn?: 'trial' | 'month' | 'never'
  /** The periods that may follow it. */
  readonly periods?: readonly Per[]
  readonly slider?: Slider
  /** Whether, and in which words, the report's assumptions state it although it need not be uncertain. */
  readonly stated?: true | ((value: never) => string)
}

export interface FieldRecord extends FieldOptions {
  readonly kind: FieldKind
  readonly range: readonly [low: number, high: number]
  readonly expected: string
  readonly staged: boolean
  readonly drawn: 'trial' | 'month' | 'never'
  readonly periods: readonly Per[]
}

/** The records of the fields, by their schemas. */
export const fields = new WeakMap<object, FieldRecord>()

/** What may stand in place of a schema that picks its own: the models of a charge. */
export const alternatives = new WeakMap<object, () => readonly z.ZodType[]>()

export const isNumeric = ({ kind }: FieldRecord): boolean => KINDS[kind].reads.length > 0

export function fieldOf(kind: FieldKind, options: FieldOptions): FieldRecord {
  const range = options.range ?? KINDS[kind].range
  const expected = options.expected ?? wordsFor(kind, range, options)
  return { kind, staged: false, drawn: 'never', periods: [], ...options, range, expected }
}

/** The largest numbers allowed are too far away for a message unless someone gets there. */
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
  if (high >= farOf(kind)) return open(low) ? `${name} above ${text(low)}` : `${name} ≥ ${text(low)}`
  return `${name} from ${open(low) ? 'more than ' : ''}${text(low)} to ${open(high) ? 'less than ' : ''}${text(high)}`
}

/** Beyond its range by more than this mass, a distribution is a mistake; less is clamped. */
const STRAY = 1e-6

type Ranged = Pick<FieldRecord, 'kind' | 'range' | 'excludes' | 'expected'>

/** @throws ParameterError where a value is out of its range; `shownAs` is what was written, where that says more */
export function inRange(value: Uncertain, { kind, range: [low, high], excludes = [], expected }: Ranged, shownAs?: unknown): void {
  if (typeof value === 'number') {
    const bound = high >= 1e6 && value > high ? `${expected} and at most ${high}` : expected
    const whole = kind !== 'count' || Number.isInteger(value)
    if (!(value >= low && value <= high && whole) || excludes.includes(value)) throw new ParameterError('', bound, shownAs ?? value)
    return
  }
  const drawn = distributionOf(value)
  if (drawn.quantile(STRAY, 1 - STRAY) < low || drawn.quantile(1 - STRAY, STRAY) > high)
    throw new ParameterError('', `${expected} in nearly all draws (truncatedNormal or pert keep to a range)`, shownAs ?? value)
}
