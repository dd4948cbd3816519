// The plan in words, for readers who have no YAML: what each contract charges, and every other figure that the plan states.
// It follows the plan as it is written, so that nothing that somebody states can be missing.
import { type CatalogEntry, citationsOf, plainOf } from '../../contract/catalog/entry.ts'
import { catalog } from '../../contract/catalog/index.ts'
import { typicalBills } from '../../invoice/typical-bills.ts'
import { formatMonth, monthWords, parseMonth } from '../../months.ts'
import { type Fields, isFields } from '../../notation/fields.ts'
import { formatNumber } from '../../notation/number.ts'
import { capital } from '../../questions/compare/verdict-words.ts'
import { type FieldPlace, placeAt, scenarioPlaces, stepTo } from '../../scenario/places.ts'
import type { ResolvedScenario } from '../../scenario/resolved.ts'
import { chargeWords } from './charge.ts'
import { coverageWords } from './coverage.ts'
import { notIncluded } from './not-included.ts'
import { isGroup, keyWords, leafWords, phrasesOf, sourcesIn } from './phrases.ts'
import { type ValueOptions, valueWords } from './value.ts'

export interface StatedTerm {
  /** What it is: a contract by its title, or an input. */
  readonly name: string
  /** Sentences, one a line. */
  readonly words: string
  /** Where it comes from. Absent if the plan names no origin. */
  readonly source?: string
}

export interface StatedContract extends StatedTerm {
  /** The offer's name, or `switch.parts.new` for a part. Absent in a folder of an earlier version. */
  readonly offer?: string
  /** What it bills in the month of `StatedPlan.month`, at each of its rates. Money. */
  readonly bills?: readonly number[]
}

export interface StatedPlan {
  readonly charges: readonly StatedContract[]
  readonly inputs: readonly StatedTerm[]
  /** Which contracts bill only some of the plan's months. Absent if all bill the same ones. */
  readonly coverage?: string
  /** What the figures leave out. Absent if the plan was only read as it is written. */
  readonly notIncluded?: string
  /** The month that `bills` are for. Absent if the plan was only read as it is written. */
  readonly month?: TypicalMonth
}

export interface TypicalMonth {
  readonly conversations: number
  /** The first and the last month of the plan with the share resolved in it; only the first if both have the same. */
  readonly months: readonly { readonly month: string; readonly rate?: number }[]
}

/** The name of an offer and what says how the run samples are no assumptions. */
const APART: ReadonlySet<string> = new Set(['name', 'run', 'offers'])

/**
 * @param data the plan as it is written
 * @param scenario the same plan as it is resolved, for its bills and for volumes that stand in a file
 */
export function statedPlan(data: unknown, scenario?: ResolvedScenario): StatedPlan {
  if (!isFields(data)) return { charges: [], inputs: [] }
  const currency = typeof data.currency === 'string' ? data.currency : 'USD'
  const offers = isFields(data.offers) ? Object.entries(data.offers) : []
  const inputs = Object.entries(data).filter(([key]) => !APART.has(key))
  const typical = scenario && typicalBills(scenario)
  const coverage = scenario && coverageWords(scenario)
  const charges = offers.flatMap(([name, offer]) => contractTerms(['offers', name], undefined, offer, currency))
  return {
    charges: charges.map((contract) => {
      const bills = typical?.bills.get(contract.offer ?? '')
      return bills ? { ...contract, bills } : contract
    }),
    inputs: inputs.flatMap(([key, value]) =>
      inputTerms([key], value, { place: stepTo(scenarioPlaces(), key), options: { currency }, scenario, offers: data.offers }),
    ),
    ...(scenario && { notIncluded: notIncluded(scenario), ...(coverage !== undefined && { coverage }) }),
    ...(typical && {
      month: {
        conversations: typical.conversations,
        months: typical.months.map(({ month, rate }) => ({
          month: formatMonth((scenario?.start ?? 0) + month),
          ...(rate !== undefined && { rate }),
        })),
      },
    }),
  }
}

interface Place {
  readonly place: FieldPlace | undefined
  readonly options: ValueOptions
  readonly scenario: ResolvedScenario | undefined
  readonly offers: unknown
}

/** A row for each group of fields: its values, then the groups inside. */
function inputTerms(path: readonly string[], value: unknown, at: Place): StatedTerm[] {
  const { place, options } = at
  if (!isGroup(value, place)) return [termOf(path, [leafRow(value, at)], value, at)]
  const entries = Object.entries(value).filter(([key]) => key !== 'source')
  const inside = ([key, own]: (typeof entries)[number]) => isGroup(own, place && stepTo(place, key))
  const groups = entries.filter(inside)
  const direct = Object.fromEntries(entries.filter((entry) => !inside(entry)))
  const own = Object.keys(direct).length > 0 ? phrasesOf(direct, place, options) : []
  const origin = typeof value.source === 'string' ? { ...direct, source: value.source } : direct
  const more = path.join('.') === 'conversations' ? courseOf(at.scenario) : []
  return [
    ...(own.length > 0 ? [termOf(path, [...own, ...more], origin, at)] : []),
    ...groups.flatMap(([key, inner]) => inputTerms([...path, key], inner, { ...at, place: place && stepTo(place, key) })),
  ]
}

function termOf(path: readonly string[], phrases: readonly string[], value: unknown, { offers }: Place): StatedTerm {
  const sources = [...sourcesIn(value), ...(path.join('.') === 'resolution' ? statedRates(offers) : [])]
  return { name: headingOf(path), words: capital(phrases.join(', ')), ...(sources.length > 0 && { source: sources.join('. ') }) }
}

/** A single value needs no label: its row has it. */
function leafRow(value: unknown, { place, options }: Place): string {
  if (Array.isArray(value) && value.some((one) => isFields(one) && !('value' in one)))
    return value.map((one: unknown) => (isFields(one) ? phrasesOf(one, place?.each, options).join(', ') : String(one))).join('; ')
  return place?.field?.words ? leafWords(value, place, options) : valueWords(value, place?.field, options)
}

/** Names of groups for readers. Any other group is named by its key, and one of a segment also by that. */
const HEADINGS: Readonly<Record<string, string>> = {
  'conversations.noise': 'Volume off plan',
  'conversations.bootstrap': 'Volume off plan',
  resolution: 'Resolution rate',
  'resolution.noise': 'Rate off plan',
  'resolution.returns': 'Customers who come back',
  human: 'People',
  'human.staff': 'People on the payroll',
  'human.staff.hire': 'Hiring',
  exchange: 'Exchange rates',
  actuals: 'Closed months',
  copula: 'Joint extremes',
}

/** The name of a group that has one of its own. */
export const groupHeading = (keys: readonly string[]): string | undefined => HEADINGS[keys.join('.')]

function headingOf(path: readonly string[]): string {
  const [first, segment, ...rest] = path
  const ofSegment = first === 'segments' && rest.length > 0
  const keys = ofSegment ? rest : path
  const known = groupHeading(keys)
  const field = placeAt(path)?.field
  const own = known ?? (field && keys.length === 1 ? field.label : capital(named(keys)))
  return ofSegment ? `${own} of ${segment}` : own
}

const named = (keys: readonly string[]): string =>
  keys[0] === 'conversations' || keys[0] === 'human' ? keyWords(keys[keys.length - 1]) : keys.map(keyWords).join(', ')

/** Volumes that stand in a list or a file, as readers grasp them. */
function courseOf(scenario: ResolvedScenario | undefined): string[] {
  const volumes = scenario?.conversations.monthly
  if (!scenario || volumes === undefined || volumes.length < 2) return []
  const [least, most] = [Math.min(...volumes), Math.max(...volumes)]
  const monthOf = (volume: number) => monthWords(formatMonth(scenario.start + volumes.indexOf(volume)))
  const shown = (volume: number) => formatNumber(Number(volume.toPrecision(3)), 0, 0)
  const all = volumes.reduce((a, b) => a + b, 0)
  const range =
    least < most ? `${shown(least)} (${monthOf(least)}) to ${shown(most)} (${monthOf(most)}) a month` : `${shown(least)} a month`
  return [`${range}, ${shown(all)} over the plan`]
}

/** What others report of the rates of offers from the catalog. */
function statedRates(offers: unknown): string[] {
  if (!isFields(offers)) return []
  const entries = Object.values(offers).flatMap((offer) => entryOf(offer) ?? [])
  return [...new Set(entries)].flatMap(({ title, rates = [] }) => {
    const said = rates.map(({ rate, by }) => `${WHO[by]} ${rate}`)
    return said.length > 0 ? [`For ${title}, ${said.join(', ')} (catalog)`] : []
  })
}

const WHO = { vendor: 'the vendor reports', customer: 'a customer reports', independent: 'a third party reports' } as const

const entryOf = (offer: unknown): CatalogEntry | undefined =>
  isFields(offer) && typeof offer.catalog === 'string' ? catalog.get(offer.catalog) : undefined

/** What stands in other columns or rows of a contract. */
const NOT_TERMS: ReadonlySet<string> = new Set(['charges', 'parts', 'title', 'source', 'catalog'])

/** One row for each contract. Each part of a switch is a contract of its own. */
function contractTerms(path: readonly string[], whole: string | undefined, offer: unknown, planned: string): StatedContract[] {
  if (!isFields(offer)) return []
  const place = placeAt(path)
  const entry = entryOf(offer)
  const terms: Fields = { ...(entry && (plainOf(entry.offer) as Fields)), ...offer }
  const currency = typeof terms.currency === 'string' ? terms.currency : planned
  const name = titleOf(offer, entry, path[path.length - 1])
  const sentences = [
    ...chargesOf(offer).map((charge) => chargeWords(charge, placeAt([...path, 'charges', 0]), { currency })),
    phrasesOf(terms, place, { currency }, NOT_TERMS).join(', '),
  ].filter((words) => words !== '')
  const source = originOf(offer, entry)
  const contract: StatedContract = {
    name: whole === undefined ? name : `${name} in ${whole}`,
    offer: path.slice(1).join('.'),
    words: sentences.map((words) => `${capital(words)}.`).join('\n'),
    ...(source !== '' && { source }),
  }
  const parts = isFields(offer.parts) ? Object.entries(offer.parts) : []
  return [
    ...(sentences.length > 0 ? [contract] : []),
    ...parts.flatMap(([part, own]) => contractTerms([...path, 'parts', part], name, own, currency)),
  ]
}

/** Tables shorten a title at its first comma. */
const titleOf = ({ title }: Fields, entry: CatalogEntry | undefined, name: string): string =>
  (typeof title === 'string' ? title : (entry?.title ?? name)).split(',')[0]

/** What the plan names as the origin of a contract, then the publications of the catalog. */
function originOf(offer: Fields, entry: CatalogEntry | undefined): string {
  const own = sourcesIn({ ...offer, parts: undefined })
  if (!entry) return own.join('. ')
  const changed = isFields(offer.charges) ? Object.keys(offer.charges) : []
  const publishers = [...new Set(citationsOf(entry.offer).map(({ from }) => `${from.publisher}, ${readOn(from.asOf)}`))]
  return [
    ...own,
    ...(changed.length > 0 ? [`Changed in the plan: ${changed.join(', ')}`] : []),
    ...(publishers.length > 0 ? [`Catalog: ${publishers.join('; ')}`] : []),
  ].join('. ')
}

/** When a publication was read, such as "Nov 2026". */
const readOn = (date: string): string => (parseMonth(date) === undefined ? date : monthWords(date))

/** The charges of an offer: its own, or those of the catalog with what the plan changes. */
export function chargesOf(offer: Fields): readonly Fields[] {
  const entry = entryOf(offer)
  const own = entry ? (plainOf(entry.offer) as { readonly charges: readonly Fields[] }).charges : offer.charges
  if (!Array.isArray(own)) return []
  const changes = entry && isFields(offer.charges) ? offer.charges : {}
  return own.map((charge: unknown): Fields => {
    const fields = isFields(charge) ? charge : {}
    const change = typeof fields.id === 'string' ? changes[fields.id] : undefined
    return isFields(change) ? { ...fields, ...change } : fields
  })
}
