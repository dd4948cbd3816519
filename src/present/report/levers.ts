// The inputs that a reader may move: where each stands in the scenario, between which numbers it goes, and what is written there then.
import { plainOf } from '../../contract/catalog/entry.ts'
import { catalogue } from '../../contract/catalog/index.ts'
import { type NumberNotation, notationOf } from '../../scenario/edit/notation.ts'
import { parseUncertain } from '../../notation/uncertain.ts'
import type { ResolvedScenario } from '../../scenario/resolved.ts'

/** A place of a slider: what stands in the scenario there. */
export interface LeverStep {
  readonly text: string
  readonly written: unknown
}

export interface Lever {
  /** Its canonical name. */
  readonly path: string
  readonly label: string
  /** Where it stands in the scenario as written. */
  readonly keys: readonly (string | number)[]
  /** 0 … 100; the one in the middle is the scenario's own. */
  readonly steps: readonly LeverStep[]
}

const STEPS = 100

interface Range {
  readonly path: string
  readonly label: string
  readonly keys: Lever['keys']
  /** What stands there; a list of expected volumes is moved as a whole. */
  readonly written: unknown
  /** How it is written; undefined of a list. */
  readonly notation: NumberNotation | undefined
  /** What it is now (of a distribution its mean), and how far it goes. */
  readonly now: number
  readonly least: number
  readonly most: number
}

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

const MOST_LEVERS = 12

/** The levers of a scenario: volume, resolution, people, then each offer's price and commitment. */
export function leversOf(data: unknown, scenario: ResolvedScenario): readonly Lever[] {
  if (!isFields(data)) return []
  const { conversations, resolution, human, offers } = data
  const found: (Range | undefined)[] = []
  const add = (label: string, path: string, keys: Lever['keys'], written: unknown) =>
    found.push(leverAt(label, path, keys, written))
  const { monthly } = scenario.conversations
  if (monthly)
    found.push({
      path: 'conversations.monthly',
      label: 'Conversations, against the plan',
      keys: ['conversations', 'monthly'],
      written: monthly,
      notation: undefined,
      now: 1,
      least: 0.5,
      most: 1.5,
    })
  else if (isFields(conversations))
    add('Conversations a month', 'conversations.base', ['conversations', 'base'], conversations.base)
  if (isFields(resolution)) {
    add('Resolution rate', 'resolution.rate', ['resolution', 'rate'], resolution.rate)
    add('Improvement', 'resolution.improvement', ['resolution', 'improvement'], resolution.improvement)
  }
  if (isFields(human)) add('Cost of a contact with people', 'human.cost', ['human', 'cost'], human.cost)
  if (isFields(offers)) for (const [name, offer] of Object.entries(offers)) found.push(...ofOffer(name, offer))
  return found
    .filter((range) => range !== undefined)
    .slice(0, MOST_LEVERS)
    .map(leverOf)
}

/** The first price, and the first committed quantity, that are one number each. */
function ofOffer(name: string, offer: unknown): (Range | undefined)[] {
  if (!isFields(offer)) return []
  const entry = typeof offer.catalog === 'string' ? catalogue.get(offer.catalog) : undefined
  const own = entry ? (plainOf(entry.offer) as { readonly charges: readonly Fields[] }).charges : offer.charges
  if (!Array.isArray(own)) return []
  const overrides = entry && isFields(offer.charges) ? offer.charges : {}
  const charges = own.map((charge: unknown, k) => {
    const fields = isFields(charge) ? charge : {}
    const id = typeof fields.id === 'string' ? fields.id : undefined
    const stated = id !== undefined && isFields(overrides[id]) ? overrides[id] : {}
    // An offer of the catalogue is overridden by a charge's id, one that is written out by its place.
    return { fields: { ...fields, ...stated }, key: entry ? (id ?? k) : k, name: id === undefined ? `[${k}]` : `.${id}` }
  })
  return (['price', 'commitment'] as const).map((field) => {
    const charge = charges.find(({ fields }) => field in fields && 'meter' in fields)
    return (
      charge &&
      leverAt(
        field === 'price' ? `Price of ${name}` : `Commitment of ${name}`,
        `offers.${name}.charges${charge.name}.${field}`,
        ['offers', name, 'charges', charge.key, field],
        charge.fields[field],
      )
    )
  })
}

function leverAt(label: string, path: string, keys: Lever['keys'], stated: unknown): Range | undefined {
  const last = String(keys[keys.length - 1])
  const written = isFields(stated) && 'source' in stated && 'value' in stated ? stated.value : stated
  const notation = notationOf(written, last)
  if (!notation || !(notation.now > 0) || !Number.isFinite(notation.now)) return undefined
  const { now } = notation
  const share = last === 'rate'
  return {
    path,
    label,
    keys,
    written,
    notation,
    now,
    // A share, an improvement and a commitment may go to nothing; a price goes to its half or double.
    least: share ? Math.max(0.01, now - 0.25) : last === 'improvement' || last === 'commitment' ? 0 : now / 2,
    most: share ? Math.min(0.99, now + 0.25) : last === 'improvement' ? 3 * now : 2 * now,
  }
}

function leverOf(range: Range): Lever {
  const { path, label, keys, now, least, most } = range
  const steps = Array.from({ length: STEPS + 1 }, (_, k): LeverStep => {
    const t = (2 * k) / STEPS - 1
    const value = k === STEPS / 2 ? now : t < 0 ? now + t * (now - least) : now + t * (most - now)
    const written = k === STEPS / 2 ? range.written : writtenAt(range, value)
    return { text: textOf(written, value), written }
  })
  return { path, label, keys, steps }
}

/** For people. */
function textOf(written: unknown, value: number): string {
  if (Array.isArray(written)) return `${Math.round(100 * value)} %`
  return isFields(written) ? Object.values(written).join(' to ') : String(written)
}

const short = (value: number): number => Number(value.toPrecision(6))

/** What stands in the scenario when a lever is moved: a distribution moves as a whole where its notation lets it, else it becomes the number. */
function writtenAt({ written, notation, now }: Range, value: number): unknown {
  const factor = value / now
  if (Array.isArray(written)) return written.map((volume: number) => short(volume * factor))
  if (!notation) return short(value)
  if (!notation.uncertain) return notation.write(short(value))
  return moved(written, notation, value) ?? notation.write(short(value))
}

/** Distributions whose arguments are all amounts in the field's units. */
const SCALED = /^(uniform|triangular|pert|normal|lognormal|truncatedNormal|exponential)\(/

/** As the notation writes them: 45, .5, 1e3. */
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

const scaledText = (text: string, factor: number): string =>
  text.replace(NUMBER, (digits) => String(short(Number(digits) * factor)))

/** One end: amounts in proportion, shares by the same step of their log-odds, so that they stay between 0 and 1. */
function movedText(text: string, unit: NumberNotation['unit'], now: number, value: number): string | undefined {
  if (unit !== '%') return /^\D*\d/.test(text) ? scaledText(text, value / now) : undefined
  const share = readShare(text)
  if (share === undefined || !(share > 0 && share < 1)) return undefined
  const odds = (share / (1 - share)) * (value / (1 - value)) * ((1 - now) / now)
  return `${Number(((100 * odds) / (1 + odds)).toPrecision(4))}%`
}

function readShare(text: string): number | undefined {
  const read = parseUncertain(text.trim(), 'rate')
  return typeof read === 'number' ? read : undefined
}
