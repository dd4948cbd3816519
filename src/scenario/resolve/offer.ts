// Resolves an offer: one offset, one currency, and charges without contradictions.
import type { ResolvedCharge } from '../../contract/charges/index.ts'
import { offerMisfits } from '../../contract/checks.ts'
import { mapStages } from '../../contract/stages.ts'
import type { Money } from '../../contract/money.ts'
import type { CountedShares, OfferSegment, ResolvedOffer } from '../../contract/offer.ts'
import { membersOf } from '../../contract/segments.ts'
import type { RawOffer, RawPart } from '../../contract/schema.ts'
import { type Problem, pathText, shown } from '../../errors.ts'
import type { RawScenario } from '../schema.ts'
import { repeatedNames } from '../table-columns.ts'
import { checkStages, inCurrencies, ownMoney } from './currencies.ts'
import { defined } from './defined.ts'
import { checkMonths, monthsWithin } from './offer-months.ts'
import { resolveQuantities } from './quantities.ts'

export function resolveOffer(name: string, raw: RawOffer, scenario: RawScenario, problems: Problem[]): ResolvedOffer {
  const { parts, traffic, shadow, charges = [], ...terms } = raw
  const whole = resolveContract(name, { ...terms, charges }, scenario, problems)
  if (!parts) return whole
  return defined<ResolvedOffer>({
    ...whole,
    parts: Object.entries(parts).map(([own, part]) => {
      const dated = { ...part, ...monthsWithin(part, raw), of: part.of ?? raw.of }
      checkWithin(`${name}.parts.${own}`, part, raw, scenario, problems)
      return { ...resolveContract(`${name}.parts.${own}`, dated, scenario, problems), title: part.title ?? own }
    }),
    traffic: traffic as ResolvedOffer['traffic'],
    shadow,
  })
}

function resolveContract(name: string, raw: RawPart, scenario: RawScenario, problems: Problem[]): ResolvedOffer {
  const settle = <T>(terms: T, path: string): T => inCurrencies(terms, `offers.${name}.${path}`, raw.currency, scenario, problems)
  checkIds(name, raw, problems)
  checkMonths(name, raw, scenario.start, problems)
  const charges: ResolvedCharge[] = settle(raw.charges, 'charges')
  charges.forEach((charge, k) => checkStages(charge, `offers.${name}.charges[${k}]`, problems))
  for (const { path, message } of offerMisfits(charges)) problems.push({ path: pathText(['offers', name, ...path]), message })
  if (raw.paid !== undefined && raw.minimum === undefined)
    problems.push({ path: `offers.${name}.paid`, message: 'remove this key, or add `minimum`: it states how the minimum is paid' })
  const { source: _source, offset: _offset, paid: _paid, catalog: _catalog, ...rest } = raw
  return defined<ResolvedOffer>({
    ...rest,
    name,
    title: raw.title ?? name,
    currency: raw.currency === scenario.currency ? undefined : raw.currency,
    resolution: ownResolution(name, raw, problems),
    counted: countedOf(raw.counted),
    quantities: resolveQuantities(raw.quantities, ['offers', name, 'quantities'], problems),
    segments: raw.segments && segmentsOf(raw.segments),
    charges,
    term: raw.term && defined<NonNullable<ResolvedOffer['term']>>(settle(raw.term, 'term')),
    minimum: raw.minimum && { ...settle(raw.minimum, 'minimum'), upfront: raw.paid === 'upfront' },
    refund: raw.refund && defined<NonNullable<ResolvedOffer['refund']>>(settle(raw.refund, 'refund')),
    guarantee: settle(raw.guarantee, 'guarantee'),
    running: runningOf(name, raw, scenario, problems),
  })
}

/** Refuses a part that is for segments beyond those of its offer. */
function checkWithin(name: string, { of }: RawPart, { of: whole }: RawOffer, { segments }: RawScenario, problems: Problem[]): void {
  const names = Object.keys(segments ?? {})
  const served = membersOf(whole, names)
  const beyond = of === undefined ? undefined : membersOf(of, names).find((s) => !served.includes(s))
  if (beyond === undefined) return
  const known = served.map((s) => names[s]).join(', ')
  problems.push({ path: `offers.${name}.of`, message: `expected segments of the offer (${known}), got ${shown(names[beyond])}` })
}

function ownResolution(name: string, raw: RawPart, problems: Problem[]): ResolvedOffer['resolution'] {
  if (raw.offset !== undefined && raw.resolution?.offset !== undefined) {
    problems.push({ path: `offers.${name}.offset`, message: 'remove `offset` here or in `resolution`: both state the same offset' })
  }
  const offset = raw.resolution?.offset ?? raw.offset
  return raw.resolution || offset !== undefined
    ? (defined({ ...raw.resolution, offset }) as ResolvedOffer['resolution'])
    : undefined
}

/** In the order of their names, as the segments of the plan. */
function segmentsOf(raw: NonNullable<RawPart['segments']>): OfferSegment[] {
  const found = Object.entries(raw).map(([name, { resolution, involvement, counted }]) => {
    const shares = counted && countedOf({ reopened: 0, ...counted } as RawPart['counted'])
    // Shares that are left out are those of the offer.
    const own = shares && Object.fromEntries(Object.entries(shares).filter(([key]) => Object.hasOwn(counted ?? {}, key)))
    return defined<OfferSegment>({
      name,
      involvement,
      counted: own,
      resolution: resolution && (defined(resolution as never) as never),
    })
  })
  return found.sort((a, b) => (a.name < b.name ? -1 : 1))
}

function countedOf({ reopened, returned, ...shares }: RawPart['counted']): CountedShares {
  const stated = typeof reopened === 'object' && 'share' in reopened && 'lag' in reopened
  return {
    ...shares,
    ...(returned !== undefined && { returned }),
    reopened: stated ? (reopened as CountedShares['reopened']) : { share: reopened as CountedShares['reopened']['share'], lag: 0 },
  }
}

function checkIds(name: string, { charges }: RawPart, problems: Problem[]): void {
  const named = charges.flatMap(({ id }, k) => (id === undefined ? [] : [{ id, k }]))
  for (const [place, earlier] of repeatedNames(named.map(({ id }) => id))) {
    const { id, k } = named[place]
    problems.push({
      path: `offers.${name}.charges[${k}].id`,
      message: `expected a different id for each charge, got ${id === earlier ? `${shown(id)} again` : `${shown(id)}, which differs from ${shown(earlier)} only in case`}`,
    })
  }
}

function runningOf(name: string, { running }: RawPart, { currency }: RawScenario, problems: Problem[]): ResolvedOffer['running'] {
  const path = `offers.${name}.running`
  if (running?.per === 'once' || running?.per === 'quarter')
    problems.push({ path, message: 'expected a cost per month or year, such as $4k/month' })
  const own = (value: Money) => ownMoney(value, path, currency, problems)
  return running && { value: mapStages(running.value, own), per: running.per === 'year' ? 'year' : 'month' }
}
