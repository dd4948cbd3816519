// Compiles an offer: what it does in each segment, its meters, and its contract as operations.
import { byMonth, type Staged } from '../contract/fields.ts'
import type { CountedShares, Quantities, ResolvedOffer } from '../contract/offer.ts'
import type { Bound, Meter, Value } from '../contract/operation.ts'
import type { PriceTable } from '../contract/prices.ts'
import { beginOf, liveOf } from '../contract/modifiers/dates.ts'
import { compileContract, hasOverage, layersOf } from '../contract/program.ts'
import { membersOf } from '../contract/segments.ts'
import { shareAt } from '../contract/shares.ts'
import { partShares } from '../contract/traffic.ts'
import { mergedLayers, rateLayers, type RateOffer } from '../scenario/rate-layers.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import { type MeterTable, metersOfRate, placeOfMeter } from './meters.ts'
import type { OfferProgram, OfferSegmentProgram, ReturnsProgram, SegmentProgram } from './program.ts'
import type { Rates } from './rates.ts'
import { typicalCount } from './typical.ts'

interface OfferContext {
  readonly bound: Bound<ResolvedScenario>
  readonly start: number
  readonly months: number
  readonly rates: Rates
  readonly segments: readonly SegmentProgram[]
  readonly meters: MeterTable
  readonly prices: PriceTable
  readonly mean: (value: Value) => number
}

type Offer = Bound<ResolvedOffer>

export function offerProgram(offer: Offer, context: OfferContext): OfferProgram {
  const { parts } = offer
  if (!parts) return contractProgram(offer, context, () => 1)
  const { start, months } = context
  const names = context.segments.map(({ name }) => name)
  const sharing = partShares<Value>(offer as unknown as ResolvedOffer, { start, months, segments: names })
  const contracts = parts.map((part, p) => {
    const { involvement = offer.involvement, ...own } = part
    const share = (s: number) => shareAt(sharing, p, [s, 0], context.mean)
    const contract = contractProgram({ ...own, ...(involvement !== undefined && { involvement }) } as Offer, context, share)
    const { shadow } = sharing[p]
    return shadow.includes(true) ? { ...contract, contract: { ...contract.contract, shadow } } : contract
  })
  const served = names.map((_, s) => s).filter((s) => contracts.some(({ segments }) => segments[s].served))
  return {
    name: offer.name,
    title: offer.title,
    segments: names.map((_, s) => ({
      served: served.includes(s),
      involvement: context.segments[s].involvement,
      ...metersOfRate(context.meters, s, undefined, offer.counted as Bound<CountedShares>, context),
    })),
    contract: { segments: served, charges: [], limits: [] },
    parts: { contracts, sharing },
    ...runningOf(offer, start, months),
    layers: [...new Set(contracts.flatMap(({ layers }) => layers))],
    overage: contracts.some(({ overage }) => overage),
  }
}

function runningOf(offer: Offer, start: number, months: number): Pick<OfferProgram, 'running'> {
  if (!offer.running) return {}
  const { value, per } = offer.running
  return {
    running: {
      values: whileLive(offer, byMonth(value as Staged<Value>, start, months), start),
      times: per === 'year' ? 1 / 12 : 1,
    },
  }
}

/** @param share the mean share of each segment's conversations that it gets in the first month */
function contractProgram(offer: Offer, context: OfferContext, share: (segment: number) => number): OfferProgram {
  const { start, months, meters, prices } = context
  const names = context.segments.map(({ name }) => name)
  const served = membersOf(offer.of as string | readonly string[] | undefined, names)
  const segments = names.map((_, s) => offerSegment(offer, s, served.includes(s), context))
  const quantities = names.map((_, s) => quantitiesIn(offer, s, context.bound))
  const meter = (named: Meter, of: readonly string[] | string | undefined): number[] =>
    membersOf(of, names)
      .filter((s) => served.includes(s))
      .flatMap((segment) => {
        const own = { ...segments[segment], segment, quantities: quantities[segment] }
        return placeOfMeter(meters, named, own, { start, months }) ?? []
      })
  const contract = compileContract(offer, {
    start,
    months,
    prices,
    meter,
    segmentsOf: (of) => membersOf(of, names).filter((s) => served.includes(s)),
    typical: (quantity) =>
      typicalCount(quantity, segments, {
        segments: context.segments,
        rates: context.rates.rates,
        meters: meters.meters,
        mean: context.mean,
        share,
      }),
    mean: context.mean,
  })
  return {
    name: offer.name,
    title: offer.title,
    segments,
    contract,
    ...liveMonths(offer, context),
    ...runningOf(offer, start, months),
    layers: layersOf(contract),
    overage: hasOverage(contract),
  }
}

/** Values by month, which are 0 outside the months of an offer. */
function whileLive(offer: Offer, values: readonly Value[], start: number): readonly Value[] {
  if (beginOf(offer) === undefined && offer.until === undefined) return values
  const live = liveOf(offer, { start, months: values.length })
  return values.map((value, m) => (m >= live.start && m < live.end ? value : 0))
}

/** Keys come from the plan, the segment, the offer and the offer in the segment, of which the last that states one holds. */
function offerSegment(offer: Offer, s: number, served: boolean, context: OfferContext): OfferSegmentProgram {
  const { bound, start, months, rates, segments, meters } = context
  const segment = segments[s]
  const own = offer.segments?.find(({ name }) => name === segment.name)
  const stated = own?.involvement ?? offer.involvement
  const involvement = whileLive(
    offer,
    stated === undefined ? segment.involvement : byMonth(stated as Staged<Value>, start, months),
    start,
  )
  if (!served) return { served, involvement, ...metersOfRate(meters, s, undefined, offer.counted as Bound<CountedShares>, context) }
  const layers = rateLayers(bound.resolution as Bound<RateOffer<never>>['resolution'], bound.segments?.[s], offer as never)
  const { start: first } = liveOf(offer, context)
  // A rate that does not change has no trend that could begin later.
  const later = first > 0 && mergedLayers(layers).improvement !== undefined
  const ownRate = [offer.resolution, own?.resolution].some((stated) => Object.keys(stated ?? {}).some((key) => key !== 'returns'))
  const rate = ownRate || later ? rates.add(layers as never, first) : segment.rate
  const counted = { ...offer.counted, ...own?.counted } as Bound<CountedShares>
  const returns = returnsOf(mergedLayers(layers).returns, context)
  return {
    served,
    involvement,
    ...(rate !== undefined && { rate }),
    ...(returns && { returns }),
    ...metersOfRate(meters, s, rate, counted, context, returns),
  }
}

/** Shares of 0 are as good as none. */
function returnsOf(
  stated: { readonly share: unknown; readonly lag: number; readonly to: ReturnsProgram['to'] } | undefined,
  { start, months }: OfferContext,
): ReturnsProgram | undefined {
  if (!stated) return undefined
  const shares = byMonth(stated.share as Staged<Value>, start, months)
  return shares.every((share) => share === 0) ? undefined : { shares, lag: stated.lag, to: stated.to }
}

/** Its own months, if these are not all of the plan. */
function liveMonths(offer: Offer, { start, months }: OfferContext): Pick<OfferProgram, 'live'> {
  const { start: first, end } = liveOf(offer, { start, months })
  return first > 0 || end < months ? { live: { start: first, end } } : {}
}

function quantitiesIn(offer: Offer, s: number, { conversations, segments }: Bound<ResolvedScenario>): Bound<Quantities> {
  const own = segments?.[s]?.conversations
  const { actions, minutes } = { ...conversations, ...own }
  return {
    ...conversations.quantities,
    ...own?.quantities,
    ...offer.quantities,
    actions: { each: actions, per: 'conversation' },
    minutes: { each: minutes, per: 'conversation' },
  } as Bound<Quantities>
}
