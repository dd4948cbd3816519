// Reads the numbers of the form out of a plan's text, and writes them back. All else in the text stays as it is, comments too.
import { type Document, isCollection, isMap, parseDocument } from 'yaml'

/** What the form shows. A value that the plan states in another way than the form's is absent: only the whole plan shows it. */
export interface Form {
  readonly name: string
  readonly currency: string
  /** The first month, such as 2027-01. */
  readonly start?: string
  readonly volume?: number
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
  readonly offers: readonly { readonly name: string; readonly catalog?: string; readonly title: string }[]
}

type Path = readonly (string | number)[]
/** A path and what stands there. Nothing stands at a path whose value is undefined. */
export type FieldChange = readonly [path: Path, value: unknown]

const MULTIPLES = { k: 1_000, m: 1_000_000 } as const

/** A plain number such as 50000, "50k" or "50,000". */
export function countOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  const found = typeof value === 'string' ? /^\s*(\d[\d,]*(?:\.\d+)?)\s*([km])?\s*$/i.exec(value) : null
  if (!found) return undefined
  const unit = found[2]?.toLowerCase()
  return Number(found[1].replaceAll(',', '')) * (unit === 'k' || unit === 'm' ? MULTIPLES[unit] : 1)
}

const matched = (pattern: RegExp, value: unknown): number | undefined => {
  const found = typeof value === 'string' ? pattern.exec(value) : null
  return found ? Number(found[1]) : undefined
}
const percentOf = (value: unknown): number | undefined => matched(/^\s*(\d+(?:\.\d+)?)\s*%\s*$/, value)
/** Money with any sign of a currency before it. */
export const moneyOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : matched(/^\s*\p{Sc}?\s*(\d+(?:\.\d+)?)\s*$/u, value)

function rateOf(value: unknown): readonly [number, number] | undefined {
  const single = percentOf(value)
  if (single !== undefined) return [single, single]
  const found = typeof value === 'string' ? /^\s*(\d+(?:\.\d+)?)\s*%?\s+to\s+(\d+(?:\.\d+)?)\s*%\s*$/.exec(value) : null
  return found ? [Number(found[1]), Number(found[2])] : undefined
}

export function formOf(text: string): Form {
  const document = parseDocument(text)
  const at = (...path: Path): unknown => (document.errors.length > 0 ? undefined : document.getIn(path))
  const offers = at('offers')
  const start = at('start')
  const stated = {
    start: typeof start === 'string' && /^\d{4}-\d{2}$/.test(start) ? start : undefined,
    volume: countOf(at('conversations', 'base')),
    noise: percentOf(at('conversations', 'noise', 'cv')),
    rate: rateOf(at('resolution', 'rate')),
    improvement: matched(/^\s*(\d+(?:\.\d+)?)\s*pt\/month\s*$/, at('resolution', 'improvement')),
    ceiling: percentOf(at('resolution', 'ceiling')),
    contact: moneyOf(at('human', 'cost')),
  }
  const known = Object.entries(stated).filter(([, value]) => value !== undefined)
  return {
    name: String(at('name') ?? 'Untitled plan'),
    currency: String(at('currency') ?? 'USD'),
    measure: at('run', 'measure') === 'total' ? 'total' : 'bill',
    ...(Object.fromEntries(known) as Partial<typeof stated>),
    offers: isMap(offers)
      ? offers.items.map(({ key }) => {
          const name = String(key)
          const catalog = at('offers', name, 'catalog')
          return { name, title: String(at('offers', name, 'title') ?? name), ...(typeof catalog === 'string' && { catalog }) }
        })
      : [],
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

/** What the four questions about a quote ask. */
export interface Quote {
  readonly vendor: string
  readonly meter: 'resolutions' | 'conversations'
  readonly price: number
  readonly commitment?: { readonly quantity: number; readonly per: 'month' | 'year'; readonly overage: number }
  readonly minimum?: number
  readonly seats?: { readonly count: number; readonly price: number }
}

export function offerOf({ vendor, meter, price, commitment, minimum, seats }: Quote): object {
  const usage = {
    meter,
    ...(commitment && { commitment: `${commitment.quantity}/${commitment.per}` }),
    price,
    ...(commitment && { overage: commitment.overage }),
    ...(minimum !== undefined && { minimum: `${minimum}/year` }),
  }
  return { title: vendor, charges: [usage, ...(seats ? [{ seats: seats.count, price: `${seats.price}/month` }] : [])] }
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
    charges: [{ meter: resolutions, price: $0.99 }]
  per-conversation:
    title: Flat rate, $0.70 a conversation
    charges: [{ meter: conversations, price: $0.70 }]
  zendesk:
    title: Zendesk, 30,000 resolutions a month committed
    charges: [{ meter: resolutions, commitment: 30k/month, price: $0.88, overage: $1.40 }]
run: { trials: 100k, seed: fy2027 }
`
