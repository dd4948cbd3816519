// A contract in its plan. An offer alone has no start, horizon, currency, exchange rates or usage, so code that bills a vendor's
// invoices takes a `Contract`.
import type { StatedDefinition } from '../contract/catalog/entry.ts'
import { catalog } from '../contract/catalog/index.ts'
import { shown, unknownOffer, UsageError } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import { formatMonth } from '../months.ts'
import { codeOf } from '../notation/currency.ts'
import { type Fields, isFields } from '../notation/fields.ts'
import type { Scenario, ScenarioOffer } from '../scenario/plan.generated.ts'
import { noFiles } from '../scenario/resolve/files.ts'
import { readScenario, type WrittenScenario } from '../scenario/read.ts'
import { type Reader, resolve } from '../scenario/resolve/resolve.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import { parseText } from '../scenario/text.ts'
import { contractsOf, type OfferProgram, type Program, returnsToAi } from '../compile/program.ts'
import { beginOf } from '../contract/modifiers/dates.ts'
import { ownName, type ResolvedOffer } from '../contract/offer.ts'
import { billOffer, contractDrivers } from './contracts.ts'
import type { MonthlyDrivers } from './drivers.ts'
import { billingCurrency } from './billing-currency.ts'
import { certain } from './certain.ts'

/** An offer of a plan. */
export interface PlannedOffer {
  readonly scenario: string | Scenario
  readonly offer: string
}

/** The name of an offer in the catalog, an offer of a plan, or an offer as a plan writes it. */
export type OfferInput = string | PlannedOffer | ScenarioOffer

export interface Contract {
  readonly name: string
  readonly title: string
  /** The definition of a resolution by which it counts; absent if the catalog states none. */
  readonly stated?: StatedDefinition
  /** The catalog's name, if the contract is an offer of the catalog. */
  readonly catalog?: string
  readonly plan: WrittenScenario
  readonly reader: Reader
  /** Whether the plan states usage, which stands in for months that an invoice leaves out. */
  readonly planned: boolean
  /** The part of the offer that it is; absent if it is the whole offer. */
  readonly part?: string | undefined
}

/** The names of the parts of an offer as written. Empty if it has none. */
const partNames = (offer: unknown): string[] => (isFields(offer) && isFields(offer.parts) ? Object.keys(offer.parts) : [])

/** The names of an offer's parts. Empty if it has none, or is a part itself. */
export const partsIn = ({ plan, name, part }: Contract): string[] =>
  part === undefined ? partNames((plan.data as { readonly offers: Fields }).offers[name]) : []

/** The contract's name, as `--offer` states it: `switch.parts.new` for a part. */
export const pathOf = ({ name, part }: Pick<Contract, 'name' | 'part'>): string =>
  part === undefined ? name : `${name}.parts.${part}`

/** One of the parts of an offer, as a contract. */
export function contractOfPart(contract: Contract, part: string): Contract {
  const offer = (contract.plan.data as { readonly offers: Fields }).offers[contract.name] as Fields
  const { stated: _, catalog: __, ...whole } = contract
  return { ...whole, ...entitled((offer.parts as Fields)[part], part), part }
}

const isPlanned = (offer: OfferInput): offer is PlannedOffer =>
  typeof offer === 'object' && Object.hasOwn(offer, 'scenario') && Object.hasOwn(offer, 'offer')

/** @throws UsageError for an unknown offer, ScenarioError for a plan that cannot be read */
export function contractOf(offer: OfferInput, reader: Reader = noFiles): Contract {
  if (typeof offer !== 'string' && !isFields(offer))
    throw new UsageError(
      `offer: expected an offer of the catalog such as 'fin', an offer of a plan as { scenario, offer }, or an offer as a plan writes it, got ${shown(offer)}`,
    )
  if (isPlanned(offer)) return contractInPlan(offer, reader)
  if (typeof offer !== 'string') return alone('contract', offer, {}, reader)
  const entry = catalog.get(offer)
  if (!entry) throw new UsageError(`offer: expected an offer of the catalog (billcast offers lists them), got "${offer}"`)
  return { ...alone(offer, { catalog: offer }, {}, reader), catalog: offer }
}

/** A plan as written, before the catalog's offers are filled in. */
function writtenPlan(scenario: string | object): { readonly data: Fields; readonly offers: Fields } {
  const raw = typeof scenario === 'string' ? parseText(scenario).data : scenario
  const data = isFields(raw) ? raw : {}
  return { data, offers: isFields(data.offers) ? data.offers : {} }
}

/** The names of the offers of a plan, with those of their parts. */
export const offersOf = (scenario: string | object): string[] => [...partsByPath(writtenPlan(scenario).offers).keys()]

/** Each offer and part by its name, as in `switch.parts.new`. */
const partsByPath = (offers: Fields): ReadonlyMap<string, { readonly offer: string; readonly part?: string }> =>
  new Map(
    Object.entries(offers).flatMap(([name, offer]) => [
      [name, { offer: name }] as const,
      ...partNames(offer).map((part) => [pathOf({ name, part }), { offer: name, part }] as const),
    ]),
  )

function contractInPlan({ scenario, offer: name }: PlannedOffer, reader: Reader): Contract {
  const { data, offers } = writtenPlan(scenario)
  const paths = partsByPath(offers)
  const found = paths.get(name)
  if (!found) throw unknownOffer(name, [...paths.keys()])
  const { offer, part } = found
  // A fragment without volumes, such as a list of offers, states contracts only.
  const whole =
    !Object.hasOwn(data, 'conversations') && !Object.hasOwn(data, 'segments')
      ? alone(offer, offers[offer], data, reader)
      : { name: offer, ...entitled(offers[offer]), plan: readScenario(scenario), reader, planned: true }
  return part === undefined ? whole : contractOfPart(whole, part)
}

/** A contract without usage. Its months are those of the invoices, and its amounts are in its own currency. */
function alone(name: string, offer: unknown, context: Fields, reader: Reader): Contract {
  const currency = currencyAlone(offer)
  const plan = {
    ...(currency !== undefined && context.exchange === undefined && { currency }),
    ...context,
    conversations: { base: 0 },
    resolution: context.resolution ?? { rate: '50%' },
    offers: { [name]: offer },
  }
  return { name, ...entitled(offer), plan: readScenario(plan), reader, planned: false }
}

/** The currency of an offer: as it states it, or that of the only sign of its amounts. */
function currencyAlone(offer: unknown): unknown {
  if (isFields(offer) && offer.currency !== undefined) return offer.currency
  const [sign, other] = new Set(JSON.stringify(offer)?.match(/[$€£¥]/g) ?? [])
  return sign === undefined || other !== undefined ? undefined : codeOf(sign, 'USD')
}

function entitled(offer: unknown, otherwise = 'the contract'): Pick<Contract, 'title' | 'stated'> {
  const { title, catalog: named } = (isFields(offer) ? offer : {}) as { readonly title?: unknown; readonly catalog?: unknown }
  const entry = typeof named === 'string' ? catalog.get(named) : undefined
  return {
    title: typeof title === 'string' ? title : (entry?.title ?? otherwise),
    ...(entry?.definition && { stated: entry.definition }),
  }
}

/** A contract over the months of its plan and of the invoices, with every input at its mean. The offer is the only one. */
export interface PlacedContract {
  readonly scenario: ResolvedScenario
  /** The contract itself: the offer of the scenario, or a part of it. */
  readonly offer: ResolvedOffer
  /** The currency in which the vendor bills. */
  readonly currency: string
  /** The plan's first month, if the invoices begin before it: the contract is billed as if it began with them. */
  readonly moved?: number
}

const YEAR = 12

/**
 * @param change rewrites the offer's terms
 * @throws UsageError for too many months, ScenarioError for a plan that is not valid
 */
export async function placed(
  { name, plan, reader, planned, part }: Contract,
  [first, last]: readonly [number, number],
  change: (terms: Fields) => Fields = (terms) => terms,
): Promise<PlacedContract> {
  const data = plan.data as Fields
  const offers = data.offers as Readonly<Record<string, Fields>>
  const stated = planned || data.start !== undefined
  const { scenario } = await resolve(
    {
      ...plan,
      data: {
        ...data,
        ...(!stated && { start: formatMonth(first) }),
        offers: { ...offers, [name]: part === undefined ? change(offers[name]) : changedPart(offers[name], part, change) },
      },
    },
    reader,
  )
  const start = Math.min(scenario.start, first)
  // Without a plan, a contract runs for whole years, so that a yearly term is not cut off at the last invoice.
  const years = Math.min(LIMITS.months, Math.ceil((last + 1 - start) / YEAR) * YEAR)
  const horizon = planned || data.months !== undefined ? scenario.months : years
  const months = Math.max(scenario.start + horizon, last + 1) - start
  if (months > LIMITS.months) throw new UsageError(`invoices: expected at most ${LIMITS.months} months, got ${months}`)
  const moved = over(certain(scenario), start, months)
  const offer = moved.offers.filter((candidate) => candidate.name === name)
  const own = { ...moved, offers: offer }
  const contract = offer[0].parts?.find((one) => ownName(one.name) === part) ?? offer[0]
  return {
    scenario: own,
    offer: contract,
    currency: billingCurrency({ ...own, offers: [contract] }),
    ...(start < scenario.start && { moved: scenario.start }),
  }
}

/** The first and the last month of each part of a contract's offer. */
export async function datesOfParts({
  name,
  plan,
  reader,
}: Contract): Promise<readonly { readonly first: number; readonly last: number }[]> {
  const { scenario } = await resolve(plan, reader)
  const { parts = [] } = scenario.offers.find((offer) => offer.name === name) ?? {}
  return parts.map((part) => ({ first: beginOf(part) ?? Number.NEGATIVE_INFINITY, last: part.until ?? Number.POSITIVE_INFINITY }))
}

function changedPart(offer: Fields, part: string, change: (terms: Fields) => Fields): Fields {
  const parts = offer.parts as Readonly<Record<string, Fields>>
  return { ...offer, parts: { ...parts, [part]: change(parts[part]) } }
}

/** A contract as compiled, and the usage that the plan expects of it. */
export interface PlannedContract {
  readonly offer: OfferProgram
  /** By segment. */
  readonly drivers: readonly MonthlyDrivers[]
}

/** @param program of a placed contract */
export function plannedIn(program: Program, { name }: ResolvedOffer): PlannedContract {
  const [whole] = program.offers
  const k = Math.max(
    0,
    contractsOf(whole).findIndex((own) => own.name === name),
  )
  const drivers = returnsToAi(whole) ? billOffer(program, whole)[k].drivers : contractDrivers(program, whole)[k]
  return { offer: contractsOf(whole)[k], drivers }
}

/** The same plan over other months, of which those outside it repeat the volumes of the same months of a neighboring year. */
function over(scenario: ResolvedScenario, start: number, months: number): ResolvedScenario {
  const { conversations, actuals, segments, ...rest } = scenario
  const shift = scenario.start - start
  const repeated = <T extends { readonly monthly?: readonly number[] }>(volumes: T): T =>
    volumes.monthly === undefined ? volumes : { ...volumes, monthly: repeatedYears(volumes.monthly, shift, months) }
  return {
    ...rest,
    start,
    months,
    ...(actuals && shift === 0 && { actuals }),
    conversations: repeated(conversations),
    ...(segments && { segments: segments.map((own) => ({ ...own, conversations: repeated(own.conversations) })) }),
  }
}

/** @param shift the months before the known ones */
function repeatedYears(known: readonly number[], shift: number, months: number): number[] {
  return Array.from({ length: months }, (_, at) => {
    const m = at - shift
    const places = [...known.keys()].filter((k) => (k - m) % YEAR === 0)
    const nearest = places.sort((a, b) => Math.abs(a - m) - Math.abs(b - m))[0]
    return known[nearest ?? Math.min(Math.max(m, 0), known.length - 1)]
  })
}
