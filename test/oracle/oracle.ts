// The oracle is a slow, obvious simulator of one trial at a time, written from the model's definitions and not from the engine. It computes
// every offer's cost in every month from the drawn values.
import { type StatedCharge, statedCharges } from './stated-charge.ts'
import type { Quantity, ResolvedOffer } from '../../src/contract/offer.ts'
import type { Layer } from '../../src/contract/operation.ts'
import type { ResolvedScenario } from '../../src/scenario/resolved.ts'
import { certain } from '../../src/invoice/certain.ts'
import { billOf, type ChargeBill, type Meters, quantityOf } from './charges.ts'
import { conversationsOf, involvementOf, lastOf, monthsOf, resolutionOf } from './drivers.ts'
import { noneComeBack, type Returning, returningOf, shifted } from './returning.ts'
import { type Draws, drawsOf, type SampledInputs } from './inputs.ts'
import { type Factors, factorsOf } from './limits.ts'
import { boundOf, converted, type Purse, renewed } from './money.ts'
import { peopleCosts } from './people.ts'
import { monthsOfAll, type Span, spansOf } from './periods.ts'
import { goneOf, YEAR } from './terms.ts'

export type { SampledInputs } from './inputs.ts'

export interface OracleMonth {
  readonly bill: number
  readonly total: number
  readonly people: number
  readonly running: number
  /** Genuine resolutions, and those that the vendor bills. */
  readonly resolutions: number
  readonly billable: number
  readonly overage: { readonly quantity: number; readonly amount: number; readonly flag: boolean }
  readonly unused: number
  readonly layers: Partial<Record<Layer, number>>
}

export interface OracleOffer {
  readonly months: readonly OracleMonth[]
  /** Share of each month in which the AI works, by segment. It is 1 if no limit stops it. */
  readonly factors: Factors
  /** By segment. */
  readonly segments: readonly { readonly bill: number; readonly total: number }[]
  /** Genuine resolutions by segment and month. */
  readonly genuine: readonly (readonly number[])[]
  /** What it takes off people by segment and month, less what comes back to them. */
  readonly freed: readonly (readonly number[])[]
  /** What comes back to the AI by segment and month. */
  readonly back: readonly (readonly number[])[]
  /** Sums over the horizon. */
  readonly bill: number
  readonly total: number
  readonly resolutions: number
  readonly billable: number
}

export interface OracleTrial {
  readonly conversations: readonly number[]
  readonly involved: readonly number[]
  /** Conversations by segment and month. */
  readonly segments: readonly (readonly number[])[]
  readonly offers: ReadonlyMap<string, OracleOffer>
}

/** All trials of the sampled inputs. */
export function simulateSlowly(scenario: ResolvedScenario, inputs: SampledInputs): OracleTrial[] {
  if (scenario.counting !== 'expected') throw new Error('the oracle counts expected quantities')
  return Array.from({ length: inputs.trials }, (_, trial) => simulateTrial(scenario, drawsOf(inputs, trial)))
}

function simulateTrial(scenario: ResolvedScenario, draws: Draws): OracleTrial {
  const volumes = conversationsOf(scenario, draws)
  const involved = volumes.map((volume, s) => {
    const share = involvementOf(scenario, s, draws)
    return volume.map((count, m) => count * share[m])
  })
  const offers = new Map(scenario.offers.map((offer) => [offer.name, simulateOffer(scenario, offer, volumes, draws)]))
  return { conversations: added(volumes), involved: added(involved), segments: volumes, offers }
}

/** Sums of several streams, month by month. */
const added = (streams: readonly (readonly number[])[]): number[] => streams[0].map((_, m) => sum(streams.map((own) => own[m])))

/** The places of the segments that a charge or an offer is for. */
function placesOf(
  { segments }: ResolvedScenario,
  of: string | readonly string[] | undefined,
  within?: readonly number[],
): number[] {
  if (!segments) return [0]
  const wanted = of === undefined ? undefined : [of].flat()
  const places = segments.flatMap(({ name }, s) =>
    wanted === undefined || wanted.some((one) => name === one || name.startsWith(`${one}/`)) ? [s] : [],
  )
  return within ? places.filter((s) => within.includes(s)) : places
}

/** What the AI does in one segment with one offer. */
interface Stream {
  readonly volume: readonly number[]
  readonly involved: readonly number[]
  readonly rate: readonly number[]
  /** The number of each quantity in a month, and what it is counted for. */
  readonly quantities: readonly { readonly name: string; readonly per: Quantity['per']; readonly each: readonly number[] }[]
  readonly counts: (involved: readonly number[]) => number[]
  readonly returning: Returning
}

/** @param back what comes back to the AI, which goes to it whatever its involvement */
function streamOf(
  scenario: ResolvedScenario,
  offer: ResolvedOffer,
  s: number,
  first: readonly number[],
  draws: Draws,
  back: readonly number[] = first.map(() => 0),
): Stream {
  const { conversations, segments, start } = scenario
  const served = placesOf(scenario, offer.of).includes(s)
  const share = involvementOf(scenario, s, draws, offer)
  const [from, end] = monthsOfAll([offer], scenario)
  const volume = first.map((count, m) => count + back[m])
  const involved = first.map((count, m) => (served ? count * share[m] + (m >= from && m < end ? back[m] : 0) : 0))
  const rate = resolutionOf(scenario, s, draws, offer) ?? volume.map(() => 0)
  const own = segments?.[s]
  const path = `segments.${own?.name}.conversations`
  const stated = (key: 'actions' | 'minutes') =>
    lastOf([
      [`conversations.${key}`, conversations[key]],
      [`${path}.${key}`, own?.conversations[key]],
    ])
  const named = new Map<string, readonly [string, Quantity]>()
  const add = (prefix: string, all: Readonly<Record<string, Quantity>> = {}) => {
    for (const [name, quantity] of Object.entries(all)) named.set(name, [`${prefix}.${name}`, quantity])
  }
  add('conversations.quantities', conversations.quantities)
  add(`${path}.quantities`, own?.conversations.quantities)
  add(`offers.${offer.name}.quantities`, offer.quantities)
  for (const key of ['actions', 'minutes'] as const) {
    const [where, each] = stated(key) ?? ['', 1]
    named.set(key, [where, { each, per: 'conversation' }])
  }
  const quantities = [...named].map(([name, [where, { each, per }]]) => ({
    name,
    per,
    each: monthsOf(scenario).map((m) => draws.staged(each, start + m, where)),
  }))
  const returning = returningOf(scenario, s, offer, draws)
  const counts = (handled: readonly number[]) => billableOf(offer, own?.name, start, handled, rate, returning, draws)
  return { volume, involved, rate, quantities, counts, returning }
}

/** The counts of the first month in some segments, with every input at its mean. */
function typicalCounts(scenario: ResolvedScenario, { name }: ResolvedOffer, places: readonly number[]): Record<string, number> {
  const sure = certain(scenario)
  const draws = drawsOf({ trials: 1, columns: new Map() }, 0)
  const whole = sure.offers.find((own) => own.name === name || name.startsWith(`${own.name}.parts.`))
  const p = whole?.parts?.findIndex((own) => own.name === name) ?? -1
  const offer = whole?.parts?.[p] ?? whole
  if (!whole || !offer) throw new Error('no offer')
  const part = whole.parts && partsIn(sure, whole, draws)[p]
  const meters = conversationsOf(sure, draws).map((volume, s) => {
    const own = volume.map((count, m) => count * (part?.share(s, m) ?? 1))
    const stream = streamOf(sure, offer, s, own, draws)
    return metersOf(stream, stream.involved)
  })
  const counts: Record<string, number> = {}
  for (const s of places) for (const [key, months] of Object.entries(meters[s])) counts[key] = (counts[key] ?? 0) + months[0]
  return counts
}

/** Simulates an offer until what comes back to its AI is what came back to it: a month depends on earlier months alone. */
function simulateOffer(
  scenario: ResolvedScenario,
  offer: ResolvedOffer,
  volumes: readonly (readonly number[])[],
  draws: Draws,
): OracleOffer {
  let back: readonly (readonly number[])[] = volumes.map((own) => own.map(() => 0))
  for (;;) {
    const given = volumes.map((first, s): Arriving => ({ first, back: back[s] }))
    const found = offer.parts ? simulateParts(scenario, offer, given, draws) : simulateContract(scenario, offer, given, draws)
    if (JSON.stringify(found.back) === JSON.stringify(back)) return found
    back = found.back
  }
}

/** The conversations of a segment: those that are new, and those that come back to the AI. */
interface Arriving {
  readonly first: readonly number[]
  readonly back: readonly number[]
}

const allOf = ({ first, back }: Arriving): number[] => first.map((count, m) => count + back[m])

function simulateContract(
  scenario: ResolvedScenario,
  offer: ResolvedOffer,
  arriving: readonly Arriving[],
  draws: Draws,
  part?: SharedPart,
): OracleOffer {
  const { months: horizonLength } = scenario
  const inPart = (volume: readonly number[], s: number) => volume.map((count, m) => count * (part?.share(s, m) ?? 1))
  const streams = arriving.map(({ first, back }, s) => streamOf(scenario, offer, s, inPart(first, s), draws, inPart(back, s)))
  const volumes = arriving.map(allOf)
  const known = new Map<string, Readonly<Record<string, number>>>()
  const typical = (charge: StatedCharge) => {
    const key = JSON.stringify(charge.of ?? '')
    const found = known.get(key) ?? typicalCounts(scenario, offer, placesOf(scenario, charge.of, placesOf(scenario, offer.of)))
    known.set(key, found)
    return found
  }
  const purse = { scenario, offer, draws, months: horizonLength, typical }
  const served = placesOf(scenario, offer.of)
  const chargePlaces = (charge: StatedCharge) => placesOf(scenario, charge.of, served)
  const handledBy = (factors: Factors) =>
    streams.map(({ involved }, s) => involved.map((count, m) => count * (factors[m]?.[s] ?? 1)))
  /** Meters by segment. */
  const metersBy = (factors: Factors): Meters[] => handledBy(factors).map((involved, s) => metersOf(streams[s], involved))
  const metersIn = (all: readonly Meters[], places: readonly number[]): Meters => {
    const names = new Set(places.flatMap((s) => Object.keys(all[s])))
    const of = (name: string) => added(places.map((s) => all[s][name] ?? all[s].tickets.map(() => 0)))
    return Object.fromEntries([...names].map((name) => [name, of(name)])) as Meters
  }
  const usageBy = (factors: Factors, charge: StatedCharge) => {
    const all = metersBy(factors)
    const places = chargePlaces(charge)
    const seats = statedCharges(offer).find(({ model }) => model === 'seats')
    const both = seats ? chargePlaces(seats).filter((s) => places.includes(s)) : []
    return { meters: metersIn(all, places), agents: both.length > 0 ? metersIn(all, both).people : [] }
  }
  const factors = factorsOf(purse, volumes.length, usageBy, (charge) => chargePlaces(charge), served)
  const meters = metersBy(factors)
  const handledIn = handledBy(factors)
  const awake = (count: number, m: number) => (part?.shadow(m) ? 0 : count)
  const seemingIn = handledIn.map((involved, s) => involved.map((count, m) => awake(count * streams[s].rate[m], m)))
  const genuineIn = seemingIn.map((own, s) => own.map((count, m) => count * (1 - streams[s].returning.share[m])))
  const comingTo = (to: 'people' | 'ai') =>
    seemingIn.map((own, s) => (streams[s].returning.to === to ? shifted(own, streams[s].returning) : noneComeBack(own)))
  const toPeople = comingTo('people')
  const freed = seemingIn.map((own, s) => own.map((count, m) => count - toPeople[s][m]))
  const inOffer = (parts: readonly (readonly number[])[]) => added(served.map((s) => parts[s]))
  const [handled, genuine] = [inOffer(handledIn).map(awake), inOffer(genuineIn)]
  const billable = inOffer(meters.map(({ resolutions }) => resolutions))
  const bills = statedCharges(offer).map((charge, k) => {
    const path = `offers.${offer.name}.charges${charge.id === undefined ? `[${k}]` : `.${charge.id}`}`
    return billOf(charge, { ...purse, ...usageBy(factors, charge), path })
  })
  const alone = arriving.map(({ first }) => first)
  const peopleIn = peopleCosts(scenario, { alone, volumes, genuine: genuineIn, freed }, draws)
  const people = added(peopleIn)
  const [live, gone] = monthsOfAll([offer], scenario)
  const running = monthsOf(scenario).map((m) => (m >= live && m < gone ? runningCost(offer, scenario.start + m, draws) : 0))
  const layersByMonth = monthsOf(scenario).map((m) => {
    const layers: Partial<Record<Layer, number>> = {}
    for (const { lines, adjustments } of bills)
      for (const { layer, months } of [...lines, ...adjustments]) layers[layer] = (layers[layer] ?? 0) + months[m]
    return layers
  })
  commitAcross(layersByMonth, bills, purse)
  creditBack(layersByMonth, handled, genuine, purse, part)

  const months = monthsOf(scenario).map((m): OracleMonth => {
    const layers = layersByMonth[m]
    const bill = sum(Object.values(layers))
    return {
      bill,
      total: bill + people[m] + running[m],
      people: people[m],
      running: running[m],
      resolutions: genuine[m],
      billable: billable[m],
      overage: {
        quantity: sum(bills.map(({ overage }) => overage?.quantity[m] ?? 0)),
        amount: sum(bills.map(({ overage }) => overage?.amount[m] ?? 0)),
        flag: bills.some(({ overage }) => overage?.flag[m] ?? false),
      },
      unused: sum(bills.map(({ unused }) => unused?.[m] ?? 0)),
      layers,
    }
  })
  const horizon = (read: (month: OracleMonth) => number) => sum(months.map(read))
  const split = splitBill({ scenario, offer, bills, volumes, meters, served, places: chargePlaces, months })
  return {
    months,
    segments: split.map((bill, s) => ({
      bill: sum(bill),
      total: sum(bill) + sum(peopleIn[s]) + sum(partOf(running, s, volumes, served)),
    })),
    factors,
    freed,
    back: comingTo('ai'),
    genuine: genuineIn,
    bill: horizon(({ bill }) => bill),
    total: horizon(({ total }) => total),
    resolutions: horizon(({ resolutions }) => resolutions),
    billable: horizon(({ billable }) => billable),
  }
}

/** The conversations that come to a part of an offer. */
interface SharedPart {
  readonly share: (segment: number, month: number) => number
  readonly shadow: (month: number) => boolean
}

/** Each part is billed by itself for its share. People handle what no part resolves. */
function simulateParts(scenario: ResolvedScenario, offer: ResolvedOffer, arriving: readonly Arriving[], draws: Draws): OracleOffer {
  const { parts = [] } = offer
  const shares = partsIn(scenario, offer, draws)
  const each = parts.map((part, p) => simulateContract(scenario, part, arriving, draws, shares[p]))
  const volumes = arriving.map(allOf)
  const allIn = (read: (one: OracleOffer) => readonly (readonly number[])[]) =>
    volumes.map((_, s) => added(each.map((own) => read(own)[s])))
  const [genuine, freed, back] = [allIn((own) => own.genuine), allIn((own) => own.freed), allIn((own) => own.back)]
  const alone = arriving.map(({ first }) => first)
  const peopleIn = peopleCosts(scenario, { alone, volumes, genuine, freed }, draws)
  const [live, gone] = monthsOfAll([offer], scenario)
  const own = monthsOf(scenario).map((m) => (m >= live && m < gone ? runningCost(offer, scenario.start + m, draws) : 0))
  const all = <T>(read: (one: OracleOffer) => T): T[] => each.map(read)
  const months = monthsOf(scenario).map((m): OracleMonth => {
    const add = (read: (month: OracleMonth) => number) => sum(all(({ months: those }) => read(those[m])))
    const layers: Partial<Record<Layer, number>> = {}
    for (const { months: those } of each)
      for (const [layer, amount] of Object.entries(those[m].layers)) layers[layer as Layer] = (layers[layer as Layer] ?? 0) + amount
    const [bill, people, running] = [
      add((one) => one.bill),
      sum(peopleIn.map((costs) => costs[m])),
      own[m] + add((one) => one.running),
    ]
    return {
      ...{ bill, people, running, layers, total: bill + people + running },
      resolutions: add((one) => one.resolutions),
      billable: add((one) => one.billable),
      overage: {
        quantity: add((one) => one.overage.quantity),
        amount: add((one) => one.overage.amount),
        flag: all(({ months: those }) => those[m].overage.flag).includes(true),
      },
      unused: add((one) => one.unused),
    }
  })
  const places = parts.map((part) => placesOf(scenario, part.of))
  const served = volumes.map((_, s) => s).filter((s) => places.some((those) => those.includes(s)))
  const ran = (s: number) =>
    sum(partOf(own, s, volumes, served)) +
    sum(
      each.map(({ months: those }, p) =>
        sum(
          partOf(
            those.map(({ running }) => running),
            s,
            volumes,
            places[p],
          ),
        ),
      ),
    )
  const horizon = (read: (month: OracleMonth) => number) => sum(months.map(read))
  return {
    ...{ months, genuine, freed, back, factors: [] },
    segments: volumes.map((_, s) => {
      const bill = sum(all(({ segments }) => segments[s].bill))
      return { bill, total: bill + sum(peopleIn[s]) + ran(s) }
    }),
    bill: horizon(({ bill }) => bill),
    total: horizon(({ total }) => total),
    resolutions: horizon(({ resolutions }) => resolutions),
    billable: horizon(({ billable }) => billable),
  }
}

/** The share of each part in each segment and month. */
function partsIn(
  scenario: ResolvedScenario,
  { name, parts = [], traffic = {}, shadow = {} }: ResolvedOffer,
  draws: Draws,
): SharedPart[] {
  const { start, segments } = scenario
  const all = parts.map((part) => {
    const own = part.name.slice(part.name.lastIndexOf('.') + 1)
    const [from, end] = monthsOfAll([part], scenario)
    const places = placesOf(scenario, part.of)
    const live = (s: number, m: number) => m >= from && m < end && places.includes(s)
    const hidden = (m: number) => shadow[own] !== undefined && start + m <= shadow[own]
    const stated = (s: number, m: number): number | undefined => {
      const path = `offers.${name}.traffic.${own}`
      const given: unknown = traffic[own]
      const segment = segments?.[s].name ?? ''
      const bySegment = typeof given === 'object' && given !== null && !Array.isArray(given) && !('distribution' in given)
      const value = bySegment ? (given as Readonly<Record<string, unknown>>)[segment] : given
      return value === undefined ? undefined : draws.staged(value as number, start + m, bySegment ? `${path}.${segment}` : path)
    }
    return { live, hidden, stated }
  })
  const taken = (s: number, m: number) =>
    sum(all.map(({ live, hidden, stated }) => (live(s, m) && !hidden(m) ? (stated(s, m) ?? 0) : 0)))
  return all.map(
    ({ live, hidden, stated }): SharedPart => ({
      shadow: hidden,
      share: (s, m) => {
        if (!live(s, m)) return 0
        const own = stated(s, m)
        if (own === undefined) return Math.max(0, 1 - taken(s, m))
        return hidden(m) ? own : own / Math.max(1, taken(s, m))
      },
    }),
  )
}

/** An amount of each month, by the conversations of some segments. */
function partOf(
  amounts: readonly number[],
  s: number,
  volumes: readonly (readonly number[])[],
  among: readonly number[],
): number[] {
  return amounts.map((amount, m) => amount * shareOf(s, among, (place) => volumes[place][m]))
}

/** A segment's share of a sum over some segments, which is equal where all are 0. */
function shareOf(s: number, among: readonly number[], count: (place: number) => number): number {
  if (!among.includes(s)) return 0
  const all = sum(among.map(count))
  return all === 0 ? 1 / among.length : count(s) / all
}

interface Splitting {
  readonly scenario: ResolvedScenario
  readonly offer: ResolvedOffer
  readonly bills: readonly ChargeBill[]
  readonly volumes: readonly (readonly number[])[]
  readonly meters: readonly Meters[]
  readonly served: readonly number[]
  readonly places: (charge: StatedCharge) => readonly number[]
  readonly months: readonly OracleMonth[]
}

/** The bill of each segment and month: charges by quantity by their use, all else by conversations. */
function splitBill({ scenario, offer, bills, volumes, meters, served, places, months }: Splitting): number[][] {
  return volumes.map((_, s) =>
    monthsOf(scenario).map((m) => {
      const charged = statedCharges(offer).map((charge, k) => {
        const among = places(charge)
        const { lines, adjustments } = bills[k]
        const floor = sum(adjustments.filter(({ floor: is }) => is).map((line) => line.months[m]))
        const used = sum([...lines, ...adjustments.filter(({ floor: is }) => !is)].map((line) => line.months[m]))
        const byVolume = shareOf(s, among, (place) => volumes[place][m])
        const metered = charge.model !== 'fee' && charge.model !== 'seats'
        const byUse = metered ? shareOf(s, among, (place) => quantityOf(charge, meters[place])[m]) : byVolume
        return used * byUse + floor * byVolume
      })
      const all = sum(bills.map(({ lines, adjustments }) => sum([...lines, ...adjustments].map((line) => line.months[m]))))
      return sum(charged) + (months[m].bill - all) * shareOf(s, served, (place) => volumes[place][m])
    }),
  )
}

function metersOf({ volume, rate, quantities, counts, returning }: Stream, involved: readonly number[]): Meters {
  const resolved = involved.map((count, m) => count * rate[m])
  const escalated = involved.map((count, m) => count * (1 - rate[m]))
  const toPeople = returning.to === 'people' ? shifted(resolved, returning) : noneComeBack(resolved)
  const per = { conversation: involved, resolution: resolved, escalation: escalated, ticket: volume }
  return {
    ...Object.fromEntries(quantities.map((own) => [own.name, own.each.map((each, m) => each * per[own.per][m])])),
    conversations: involved,
    tickets: volume,
    resolutions: counts(involved),
    escalations: escalated,
    people: volume.map((count, m) => count - resolved[m] + toPeople[m]),
  }
}

type MonthLayers = Partial<Record<Layer, number>>

/** The floor under usage, commitment and overage: trued up at a period's end, or billed first and drawn down. */
function commitAcross(months: readonly MonthLayers[], bills: readonly ChargeBill[], purse: Purse): void {
  const { minimum, name } = purse.offer
  if (!minimum) return
  const spend = ({ usage = 0, commitment = 0, overage = 0 }: MonthLayers) => usage + commitment + overage
  const amount = (span: Span) => boundOf(minimum.money, `offers.${name}.minimum`, span, purse)
  const add = (m: number, more: number) => {
    months[m].commitment = (months[m].commitment ?? 0) + more
  }
  const { scenario, offer } = purse
  const [from, end] = monthsOfAll([offer], scenario)
  const anchor = (offer.term?.start ?? scenario.start) - scenario.start
  const gone = goneOf(minimum.per, undefined, purse)
  const far = offer.term ? monthsOfAll([offer], { ...scenario, months: scenario.months + YEAR })[1] : end
  const stated = offer.term?.toDate?.spend
  const committed = ['usage', 'commitment', 'overage']
  const before = () =>
    stated === undefined
      ? sum(
          bills.flatMap(({ past = [] }, k) =>
            past
              .filter(({ layer }) => committed.includes(layer))
              .map((line) => sum(line.months.slice(YEAR - gone)) * (1 - (statedCharges(offer)[k].discount ?? 0))),
          ),
        )
      : converted(stated as number, `offers.${name}.term.toDate.spend`, purse)
  for (const whole of spansOf(minimum.per, far, from - gone, anchor)) {
    const span = { ...whole, first: Math.max(0, whole.first) }
    const { first, last } = span
    if (first >= end) continue
    const begun = whole.first < 0
    const already = begun ? before() : 0
    const spent = months.slice(first, last + 1).map(spend)
    if (!minimum.upfront) {
      if (last < months.length) add(last, Math.max(0, renewed(amount(span), last, purse) - already - sum(spent)))
      continue
    }
    const prepaid = renewed(amount(span), first, purse)
    spent.forEach((month, k) => {
      const [now, earlier] = [already + sum(spent.slice(0, k + 1)), already + sum(spent.slice(0, k))]
      const beyond = Math.max(0, now - prepaid) - Math.max(0, earlier - prepaid)
      add(first + k, (k === 0 && !begun ? prepaid : 0) + beyond - month)
    })
  }
}

/** Refund and guarantee, in the last of their months, at the mean genuine rate of the conversations that the AI handled. */
function creditBack(
  months: readonly MonthLayers[],
  handled: readonly number[],
  genuine: readonly number[],
  purse: Purse,
  part?: SharedPart,
): void {
  const { refund, guarantee, name } = purse.offer
  const { start } = purse.scenario
  const first = (purse.offer.from ?? purse.offer.term?.start ?? start) - start
  const [, end] = monthsOfAll([purse.offer], purse.scenario)
  const settles = (n: number) => first >= 0 && first + n <= end
  const own = <T>(all: readonly T[], n: number) => all.slice(first, first + n)
  const rate = (n: number) => sum(own(genuine, n)) / sum(own(handled, n))
  const credit = (m: number, amount: number) => {
    months[m].credits = (months[m].credits ?? 0) - amount
  }
  if (refund && settles(refund.months) && rate(refund.months) < refund.below - 1e-12) {
    const spent = own(months, refund.months).map((layer, k) =>
      part?.shadow(first + k) ? 0 : sum(SPENT.map((key) => layer[key] ?? 0)),
    )
    const most = refund.maximum === undefined ? Infinity : converted(refund.maximum, `offers.${name}.refund.maximum`, purse)
    credit(first + refund.months - 1, Math.min(refund.share * sum(spent), most))
  }
  if (guarantee && settles(guarantee.months) && rate(guarantee.months) <= guarantee.notAbove + 1e-12)
    credit(first + guarantee.months - 1, converted(guarantee.payment, `offers.${name}.guarantee.payment`, purse))
}

const SPENT = ['usage', 'commitment', 'overage', 'add-on'] as const

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** The vendor's count: shares of resolved and unresolved conversations, less credits, at once or `lag` months later. */
function billableOf(
  { name, counted: shared, segments }: ResolvedOffer,
  segment: string | undefined,
  start: number,
  involved: readonly number[],
  rate: readonly number[],
  returning: Returning,
  draws: Draws,
): number[] {
  const own = segments?.find((one) => one.name === segment)?.counted ?? {}
  const counted = { ...shared, ...own }
  const at = (key: keyof typeof counted) => (key in own ? `offers.${name}.segments.${segment}.counted` : `offers.${name}.counted`)
  const resolved = (m: number) => draws.staged(counted.resolved, start + m, `${at('resolved')}.resolved`)
  const unresolved = (m: number) => draws.staged(counted.unresolved, start + m, `${at('unresolved')}.unresolved`)
  const { share, lag } = counted.reopened
  const path = at('reopened')
  const reopened = (m: number) => draws.staged(share, start + m, `${path}.reopened`, `${path}.reopened.share`)
  const counts = involved.map((volume, m) => volume * (rate[m] * resolved(m) + (1 - rate[m]) * unresolved(m)))
  if (counted.returned === 'credited') {
    const credited = shifted(
      involved.map((count, m) => count * rate[m] * resolved(m)),
      returning,
    )
    return counts.map((count, m) => Math.max(0, count - credited[m]))
  }
  if (lag === 0) return counts.map((count, m) => count * (1 - reopened(m)))
  // A credit has the share of the month in which the conversation was resolved.
  return counts.map((count, m) => Math.max(0, count - (m < lag ? 0 : reopened(m - lag) * counts[m - lag])))
}

function runningCost({ name, running }: ResolvedOffer, month: number, draws: Draws): number {
  if (!running) return 0
  const path = `offers.${name}.running`
  return draws.staged(running.value, month, path, `${path}.value`) / (running.per === 'year' ? 12 : 1)
}
