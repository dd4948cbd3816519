// Compiles an offer: its rate, its meters, and its contract as operations.
import type { CountedShares, ResolvedOffer } from '../contract/offer.ts'
import { byMonth, type Staged } from '../contract/fields.ts'
import type { Bound, Value } from '../contract/operation.ts'
import type { PriceTable } from '../contract/prices.ts'
import { compileContract, hasOverage, layersOf } from '../contract/program.ts'
import { type MeterTable, metersOfRate, placeOfMeter } from './meters.ts'
import type { OfferProgram } from './program.ts'
import type { Rates } from './rates.ts'

interface OfferContext {
  readonly start: number
  readonly months: number
  readonly rates: Rates
  readonly common: number | undefined
  readonly meters: MeterTable
  readonly prices: PriceTable
}

export function offerProgram(
  offer: Bound<ResolvedOffer>,
  { start, months, rates, common, meters, prices }: OfferContext,
): OfferProgram {
  const rate = (offer.resolution && rates.add(`offers.${offer.name}.resolution`, offer.resolution)) ?? common
  const own = metersOfRate(meters, rate, offer.counted as Bound<CountedShares>, { start, months })
  const contract = compileContract(offer, { start, months, prices, meter: (named) => placeOfMeter(meters, named, rate, own) })
  return {
    name: offer.name,
    title: offer.title,
    ...(rate !== undefined && { rate }),
    ...own,
    contract,
    ...(offer.running && {
      running: {
        values: byMonth(offer.running.value as Staged<Value>, start, months),
        times: offer.running.per === 'year' ? 1 / 12 : 1,
      },
    }),
    layers: layersOf(contract),
    overage: hasOverage(contract),
  }
}
