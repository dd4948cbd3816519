// The inputs that readers can change with a slider: their place in the scenario, their range, and the text to write at each step.
import { isFields, valueAt } from '../../notation/fields.ts'
import type { FieldRecord } from '../../contract/field.ts'
import { type NumberNotation, notationOf } from '../../scenario/edit/notation.ts'
import { parseUncertain } from '../../notation/uncertain.ts'
import { fieldEntries, type FieldPlace, placeAt, scenarioPlaces } from '../../scenario/places.ts'
import type { ResolvedScenario } from '../../scenario/resolved.ts'
import { statesRule } from '../../contract/offer.ts'
import { inSentence } from '../../questions/compare/verdict-words.ts'
import { shortTitles } from '../../questions/compare/verdict.ts'
import { chargesOf } from '../words/plan.ts'
import { valueWords } from '../words/value.ts'

/** A position of a slider and the value that the scenario has there. */
export interface LeverStep {
  readonly text: string
  /** The number in the field's own unit, such as 65 for a rate of 60% to 70%. */
  readonly value: number
  readonly written: unknown
}

export interface Lever {
  /** The field's name. */
  readonly path: string
  readonly label: string
  /** Its place in the scenario as written. */
  readonly keys: readonly (string | number)[]
  /** What follows the number, such as "%". */
  readonly unit: string
  /** Round values from the least to the most, and the scenario's own value among them. */
  readonly steps: readonly LeverStep[]
  /** The step of the scenario's own value. */
  readonly start: number
}

/** A slider has at least this many steps. */
const FEWEST_STEPS = 50
const MOST_LEVERS = 12

interface Range {
  readonly path: string
  readonly label: string
  readonly keys: Lever['keys']
  /** The value as written. A list of monthly volumes moves as a whole. */
  readonly written: unknown
  /** Undefined for a list. */
  readonly notation: NumberNotation | undefined
  /** The field, by which a value is put into words. Undefined for a list. */
  readonly field?: FieldRecord
  /** The value, or the mean of a distribution, and the range of the slider. */
  readonly now: number
  readonly least: number
  readonly most: number
}

/**
 * The levers of a scenario, in the order of its schema: volume, resolution, people, those of segments, then each offer's price and
 * commitment. Those of segments have the places that the others leave.
 */
export function leversOf(
  data: unknown,
  scenario: ResolvedScenario,
  titles: Readonly<Record<string, string>> = {},
  places: FieldPlace = scenarioPlaces(),
): readonly Lever[] {
  // A page cannot hold the function of a rule.
  if (!isFields(data) || statesRule(scenario)) return []
  const shared = fieldEntries(places).filter(({ pattern, field }) => field.slider && !pattern.includes('*'))
  // The volumes of a history move with its level, be it one of segments.
  const drawn = isFields(data.conversations) && data.conversations.history !== undefined && drawsFutures(scenario)
  const drivers = shared.map(({ pattern, field }) => {
    const keys = pattern.split('.')
    if (field.kind === 'list') return drawn ? undefined : listAt(field, keys, valueAt(scenario, keys))
    const written = valueAt(data, keys) ?? (drawn && pattern === 'conversations.level' ? 1 : undefined)
    return leverAt(field, field.label, pattern, keys, written)
  })
  const written = isFields(data.offers) ? Object.entries(data.offers) : []
  const short = shortTitles(
    written.map(([name]) => name),
    titles,
  )
  const offers = written.flatMap(([name, offer]) => ofOffer(name, inSentence(short[name]), offer))
  const currency = typeof data.currency === 'string' ? data.currency : 'USD'
  const [own, contracts] = [stated(drivers), stated(offers)]
  const left = Math.max(0, MOST_LEVERS - own.length - contracts.length)
  const ofSegments = left === 0 ? [] : stated(segmentRanges(data.segments, scenario, places)).slice(0, left)
  return [...own, ...ofSegments, ...contracts].slice(0, MOST_LEVERS).map((range) => leverOf(range, currency))
}

const drawsFutures = ({ conversations, segments = [] }: ResolvedScenario): boolean =>
  conversations.history !== undefined || segments.some((segment) => segment.conversations.history !== undefined)

const stated = (ranges: readonly (Range | undefined)[]): Range[] => ranges.filter((range) => range !== undefined)

const SEGMENT = 'segments.*.'

/** The fields that segments state, in the order of the plan. */
function segmentRanges(segments: unknown, scenario: ResolvedScenario, places: FieldPlace): (Range | undefined)[] {
  if (!isFields(segments)) return []
  const fields = fieldEntries(places).filter(({ pattern, field }) => field.slider && pattern.startsWith(SEGMENT))
  return Object.entries(segments).flatMap(([name, segment]) => {
    const resolved = scenario.segments?.find((one) => one.name === name)
    const drawn = resolved?.conversations.history !== undefined
    const own = isFields(segment) && isFields(segment.conversations) ? segment.conversations : {}
    return fields.map(({ pattern, field }) => {
      const rest = pattern.slice(SEGMENT.length).split('.')
      if (rest.includes('*')) return undefined
      const [keys, label] = [['segments', name, ...rest], `${field.label} of ${name}`]
      if (field.kind === 'list') return drawn ? undefined : listAt({ ...field, label }, keys, valueAt(resolved, rest))
      // A history that the segment states moves with the segment's level, one of the plan with that of the plan.
      const unstated = drawn && own.history !== undefined && rest.join('.') === 'conversations.level' ? 1 : undefined
      return leverAt(field, label, keys.join('.'), keys, valueAt(segment, rest) ?? unstated)
    })
  })
}

function listAt({ label, slider }: FieldRecord, keys: Lever['keys'], written: unknown): Range | undefined {
  if (!slider || !Array.isArray(written)) return undefined
  return { path: keys.join('.'), label, keys, written, notation: undefined, now: 1, ...slider }
}

/** The fields of an offer's contract, or of the contracts of its parts. */
function ofOffer(name: string, title: string, offer: unknown): (Range | undefined)[] {
  if (!isFields(offer) || !isFields(offer.parts)) return ofContract(['offers', name], title, offer)
  return Object.entries(offer.parts).flatMap(([part, contract]) =>
    ofContract(['offers', name, 'parts', part], `${part} in ${title}`, contract),
  )
}

/** For each field with a slider, the first charge that has the field. */
function ofContract(path: readonly string[], title: string, offer: unknown): (Range | undefined)[] {
  if (!isFields(offer)) return []
  const ofCatalog = typeof offer.catalog === 'string'
  const charges = chargesOf(offer).map((fields, k) => {
    const id = typeof fields.id === 'string' ? fields.id : undefined
    // A plan overrides charges of the catalog by id, and states other charges in a list.
    return { fields, key: ofCatalog ? (id ?? k) : k, name: id === undefined ? `[${k}]` : `.${id}` }
  })
  return [...(placeAt([...path, 'charges', 0])?.keys ?? [])].map(([key, { field }]) => {
    const charge = field?.slider && charges.find(({ fields }) => key in fields && 'meter' in fields)
    if (!field || !charge) return undefined
    const keys = [...path, 'charges', charge.key, key]
    const place = `${path.join('.')}.charges${charge.name}.${key}`
    return leverAt(field, `${field.label} of ${title}`, place, keys, charge.fields[key])
  })
}

/** A share can move by 25 points either way, everything else between two multiples of its value. */
function leverAt(field: FieldRecord, label: string, path: string, keys: Lever['keys'], stated: unknown): Range | undefined {
  const written = isFields(stated) && 'source' in stated && 'value' in stated ? stated.value : stated
  const notation = notationOf(written, field)
  if (!notation || !field.slider || !(notation.now > 0) || !Number.isFinite(notation.now)) return undefined
  const { now } = notation
  const share = field.kind === 'share'
  const least = share ? Math.max(0.01, now - 0.25) : field.slider.least * now
  const most = share ? Math.min(0.99, now + 0.25) : field.slider.most * now
  return { path, label, keys, written, notation, field, now, least, most }
}

function leverOf(range: Range, currency: string): Lever {
  const { path, label, keys, now, notation } = range
  const unit = notation ? (notation.unit === 'money' ? notation.symbol : notation.unit) : '%'
  // Shares, trends in percent and volumes compared to the plan show hundredths as 1.
  const scale = unit === '%' || unit === 'pt' ? 100 : 1
  const { values, step } = positionsOf(range)
  const steps = values.map((value): LeverStep => {
    const written = value === now ? range.written : writtenAt(range, value)
    const digits = value === now ? step / 10 : step
    return {
      text: textOf(written, value, range.field, currency),
      value: clean(scale * digits * Math.round(value / digits)),
      written,
    }
  })
  return { path, label, keys, unit, steps, start: values.indexOf(now) }
}

/** Multiples of a round step, and the present value in the place of one that lies close to it. */
function positionsOf({ now, least, most }: Range): { readonly values: readonly number[]; readonly step: number } {
  const step = roundBelow((most - least) / FEWEST_STEPS)
  const [first, last] = [Math.ceil(least / step - 1e-9), Math.floor(most / step + 1e-9)]
  const round = Array.from({ length: last - first + 1 }, (_, k) => clean((first + k) * step))
  const values = [...round.filter((value) => Math.abs(value - now) > 0.3 * step), now].sort((a, b) => a - b)
  return { values, step }
}

/** The next of 1 and 5 times a power of ten below a number. */
function roundBelow(most: number): number {
  const power = Number(`1e${most.toExponential().split('e')[1]}`)
  return most >= 5 * power ? 5 * power : power
}

/** Without the last digits that arithmetic leaves. */
const clean = (value: number): number => Number(value.toPrecision(12))

/** The value as the table of assumptions states it. A list moves as a whole, in percent of the plan. */
const textOf = (written: unknown, value: number, field: FieldRecord | undefined, currency: string): string =>
  Array.isArray(written) ? `${Math.round(100 * value)}%` : valueWords(written, field, { currency })

const short = (value: number): number => Number(value.toPrecision(6))

/** The value to write for a slider's position. A distribution moves as a whole if its notation allows it, and else becomes a number. */
function writtenAt({ written, notation, now }: Range, value: number): unknown {
  const factor = value / now
  if (Array.isArray(written)) return written.map((volume: number) => short(volume * factor))
  if (!notation) return short(value)
  if (!notation.uncertain) return notation.write(short(value))
  return moved(written, notation, value) ?? notation.write(short(value))
}

/** Distributions whose arguments are all in the field's units. */
const SCALED = /^(uniform|triangular|pert|normal|lognormal|truncatedNormal|exponential)\(/

/** Numbers such as 45, .5 and 1e3. */
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/g

function moved(written: unknown, { now, unit }: NumberNotation, value: number): unknown {
  if (isFields(written) && !('distribution' in written)) {
    const entries = Object.entries(written).map(([key, own]) => [key, movedText(String(own), unit, now, value)] as const)
    return entries.every(([, own]) => own !== undefined) ? Object.fromEntries(entries) : undefined
  }
  if (typeof written !== 'string') return undefined
  if (SCALED.test(written)) return scaledText(written, value / now)
  const ends = / to /.test(written) ? written.split(' to ') : []
  if (ends.length !== 2) return undefined
  const [low, high] = ends.map((end) => movedText(end, unit, now, value))
  return low !== undefined && high !== undefined ? `${low} to ${high}` : undefined
}

/** Ends of ranges keep four digits. */
const scaledText = (text: string, factor: number): string =>
  text.replace(NUMBER, (digits) => String(Number((Number(digits) * factor).toPrecision(4))))

/** One end of a range. Amounts move in proportion, and shares by the same step of log-odds, so that they stay between 0 and 1. */
function movedText(text: string, unit: NumberNotation['unit'], now: number, value: number): string | undefined {
  if (unit !== '%') return /^\D*\d/.test(text) ? scaledText(text, value / now) : undefined
  const share = parseUncertain(text.trim(), 'rate')
  if (typeof share !== 'number' || !(share > 0 && share < 1)) return undefined
  const odds = (share / (1 - share)) * (value / (1 - value)) * ((1 - now) / now)
  return `${Number(((100 * odds) / (1 + odds)).toPrecision(3))}%`
}
