// Reads the numbers of the form out of a plan's text, and writes them back. All else in the text stays as it is, comments too.
import { CALENDAR_MONTHS } from '../../months.ts'
import { type FittedVolume, type Width, widthOf } from './spread.ts'
import { type Document, isCollection, isMap, isSeq, parseDocument } from 'yaml'

/** What the form shows. A value that the plan states in another way than the form's is absent: only the whole plan shows it. */
export interface Form {
  readonly name: string
  readonly currency: string
  /** The first month, such as 2027-01. */
  readonly start?: string
  readonly volume?: number
  /** The volume of a fitted history, which has a spread. */
  readonly fitted?: number
  /** What the plan states of it, in the plan's words. */
  readonly fit?: FittedVolume
  /** The factor on the volumes of a history or a list. 1 if the plan states none. */
  readonly level?: number
  /** By how much its spread is wider than that of the fit. */
  readonly width?: Width
  /** Whether the volume is stated for the whole plan, and not by segment only. */
  readonly whole: boolean
  /** Percent of the monthly noise. */
  readonly noise?: number
  /** Percent. */
  readonly rate?: readonly [low: number, high: number]
  /** Points a month. */
  readonly improvement?: number
  readonly ceiling?: number
  /** Money for a contact. */
  readonly contact?: number
  readonly measure: 'bill' | 'total'
  /** Whether people are on the payroll. Absent numbers are stated in another way. */
  readonly hasStaff: boolean
  readonly staff?: StaffForm
  readonly segments: readonly SegmentForm[]
  readonly offers: readonly OfferForm[]
}

export interface StaffForm {
  /** Money a month. */
  readonly pay?: number
  readonly minutes?: number
  /** A month. */
  readonly hours?: number
  readonly shortfall?: number
}

export interface SegmentForm {
  readonly name: string
  /** Percent of all conversations. */
  readonly share?: number
  readonly volume?: number
  readonly rate?: readonly [low: number, high: number]
}

export interface OfferForm {
  readonly name: string
  readonly catalog?: string
  readonly title: string
  /** The segments that it is for. All of them if absent. */
  readonly of?: readonly string[]
}

type Path = readonly (string | number)[]
/** A path and what stands there. Nothing stands at a path whose value is undefined. */
export type FieldChange = readonly [path: Path, value: unknown]

const MULTIPLES = { k: 1_000, m: 1_000_000 } as const

/** A plain number such as 50000, "50k", "50,000" or ".5". "0,70" is none: read with separators, it would be 70. */
export function countOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  const found = typeof value === 'string' ? /^\s*((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)\s*([km])?\s*$/i.exec(value) : null
  if (!found) return undefined
  const unit = found[2]?.toLowerCase()
  return Number(found[1].replaceAll(',', '')) * (unit === 'k' || unit === 'm' ? MULTIPLES[unit] : 1)
}

const matched = (pattern: RegExp, value: unknown): number | undefined => {
  const found = typeof value === 'string' ? pattern.exec(value) : null
  return found ? Number(found[1]) : undefined
}
export const percentOf = (value: unknown): number | undefined => matched(/^\s*(\d+(?:\.\d+)?)\s*%\s*$/, value)
/** Money with any sign of a currency before it, such as $0.99, "€1,200" or $30k. */
export const moneyOf = (value: unknown): number | undefined =>
  countOf(typeof value === 'string' ? value.replace(/^\s*\p{Sc}/u, '') : value)

/** "60%", "60% to 70%" or "60 to 70%", in percent. */
export function rateSpan(value: unknown): readonly [number, number] | undefined {
  const single = percentOf(value)
  if (single !== undefined) return [single, single]
  const found = typeof value === 'string' ? /^\s*(\d+(?:\.\d+)?)\s*%?\s+to\s+(\d+(?:\.\d+)?)\s*%\s*$/.exec(value) : null
  return found ? [Number(found[1]), Number(found[2])] : undefined
}

/** The same written. A plan refuses a range of one number. */
export const rateText = ([low, high]: readonly [low: number, high: number]): string =>
  low === high ? `${low}%` : `${low}% to ${high}%`

/** The name of the rate, which may rise from its first month on. */
export function rateName({ start }: Pick<Form, 'start'>): string {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(start ?? '') ?? []
  const name = CALENDAR_MONTHS[Number(month) - 1]
  return year === undefined || name === undefined ? 'Resolution rate at the start' : `Resolution rate in ${name} ${year}`
}

type At = (...path: Path) => unknown

/** The entries whose value is known. */
const knownIn = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>

const namesIn = (value: unknown): string[] => (isMap(value) ? value.items.map(({ key }) => String(key)) : [])

const perMonth = (value: unknown): number | undefined =>
  typeof value === 'string' ? (moneyOf(/^(.*)\/month\s*$/.exec(value)?.[1]) ?? undefined) : undefined

function segmentIn(at: At, name: string): SegmentForm {
  const own = (...path: Path) => at('segments', name, ...path)
  const rate = own('resolution', 'rate')
  return {
    name,
    ...knownIn({ share: percentOf(own('share')), volume: countOf(own('conversations', 'base')), rate: rateSpan(rate) }),
  } as SegmentForm
}

function offerIn(at: At, name: string): OfferForm {
  const [catalog, of] = [at('offers', name, 'catalog'), at('offers', name, 'of')]
  return {
    ...{ name, title: String(at('offers', name, 'title') ?? name) },
    ...(typeof catalog === 'string' && { catalog }),
    ...(isSeq(of) ? { of: of.items.map(String) } : typeof of === 'string' && { of: [of] }),
  }
}

function staffIn(at: At): StaffForm {
  const own = (key: string) => at('human', 'staff', key)
  return knownIn({
    pay: perMonth(own('pay')),
    minutes: countOf(own('minutes')),
    hours: perMonth(own('hours')),
    shortfall: moneyOf(own('shortfall')),
  }) as StaffForm
}

const hasHistory = (at: At): boolean => ['history', 'monthly'].some((key) => at('conversations', key) !== undefined)

export function formOf(text: string): Form {
  const document = parseDocument(text)
  const at: At = (...path) => (document.errors.length > 0 ? undefined : document.getIn(path))
  const start = at('start')
  const hasStaff = isMap(at('human', 'staff'))
  const fitted = matched(/^lognormal\((\d+(?:\.\d+)?),/, at('conversations', 'base'))
  const noise = percentOf(at('conversations', 'noise', 'cv'))
  const fit = { base: at('conversations', 'base'), growth: at('conversations', 'growth'), cv: noise }
  const stated = {
    start: typeof start === 'string' && /^\d{4}-\d{2}$/.test(start) ? start : undefined,
    volume: countOf(at('conversations', 'base')),
    fitted,
    ...(fitted !== undefined && { fit, width: widthOf(text, fit) }),
    level: hasHistory(at) ? countOf(at('conversations', 'level') ?? 1) : undefined,
    noise,
    rate: rateSpan(at('resolution', 'rate')),
    improvement: matched(/^\s*(\d+(?:\.\d+)?)\s*pt\/month\s*$/, at('resolution', 'improvement')),
    ceiling: percentOf(at('resolution', 'ceiling')),
    contact: moneyOf(at('human', 'cost')),
  }
  return {
    name: String(at('name') ?? 'Untitled plan'),
    currency: String(at('currency') ?? 'USD'),
    measure: at('run', 'measure') === 'total' ? 'total' : 'bill',
    hasStaff,
    whole: isMap(at('conversations')),
    ...(hasStaff && { staff: staffIn(at) }),
    ...knownIn(stated),
    segments: namesIn(at('segments')).map((name) => segmentIn(at, name)),
    offers: namesIn(at('offers')).map((name) => offerIn(at, name)),
  } as Form
}

/** Makes the maps that a path needs. */
function open(document: Document, path: Path): void {
  for (let k = 1; k < path.length; k++)
    if (!isCollection(document.getIn(path.slice(0, k), true))) document.setIn(path.slice(0, k), document.createNode({}))
}

export function changedPlan(text: string, changes: readonly FieldChange[]): string {
  const document = parseDocument(text)
  // A text that is no YAML is mended by hand first.
  if (document.errors.length > 0) return text
  for (const [path, value] of changes) {
    if (value === undefined) document.deleteIn(path)
    else {
      open(document, path)
      document.setIn(path, typeof value === 'object' ? document.createNode(value) : value)
    }
  }
  return document.toString({ lineWidth: 0 })
}

/** The first name that no offer has: quote, quote-2, … */
export function freeOfferName(wanted: string, { offers }: Form): string {
  const plain =
    wanted
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'quote'
  const base = /^[a-z]/.test(plain) ? plain : `offer-${plain}`
  const taken = new Set(offers.map(({ name }) => name))
  for (let k = 1; ; k++) {
    const name = k === 1 ? base : `${base}-${k}`
    if (!taken.has(name)) return name
  }
}

/** The plan of a first visit: three offers that cost nearly the same, with the sources of their figures. */
export const FIRST_PLAN = `# Three contracts for one year of support that cost nearly the same.
# Sources: Fin's price is that of the catalog. The other two are examples of quotes. Replace volumes, rates and quotes by your own.
name: Annual budget 2027
currency: USD
start: 2027-01
months: 12
conversations:
  base: 50000
  # Consumer complaints to the US CFPB in 2019: the seasons of a real series.
  seasonality: [0.819, 0.874, 1.013, 0.991, 1.032, 1.010, 1.085, 1.127, 1.020, 1.109, 0.980, 0.939]
  noise: { cv: 8%, autocorrelation: 0.5 }
  spikes: { probability: 4%, size: 1.2 to 1.8, months: 1 }
resolution:
  rate: 60% to 70%
  improvement: 1pt/month
  ceiling: 85%
  noise: { sd: 2pt, autocorrelation: 0.7 }
human: { cost: $6.00 }
offers:
  fin:
    title: Fin, $0.99 a resolution
    source: List price, Intercom, Nov 2026
    charges: [{ meter: resolutions, price: $0.99 }]
  per-conversation:
    title: Flat rate, $0.70 a conversation
    source: An example of a quote
    charges: [{ meter: conversations, price: $0.70 }]
  zendesk:
    title: Zendesk, 30,000 resolutions a month committed
    source: An example of a quote
    charges: [{ meter: resolutions, commitment: 30k/month, price: $0.88, overage: $1.40 }]
run: { trials: 100k, seed: fy2027 }
`
