// What a run reduces to: which columns, and where each stands in the state of a replicate.
import type { Layer } from '../contract/operation.ts'
import type { Program } from '../program/program.ts'
import type { Measure } from '../result/measure.ts'

/** One column of the horizon, reduced to its moments. */
export interface Layout {
  readonly tickets: number
  readonly involved: number
  readonly offers: readonly OfferLayout[]
  readonly pairs: readonly { readonly a: number; readonly b: number; readonly difference: number; readonly counts: number }[]
  readonly series: number
  /** Sums over trials, after the series: of each month's drivers and costs. */
  readonly sums: number
  readonly months: { readonly tickets: number; readonly involved: number; readonly genuine: number }
  readonly slots: number
}

export interface OfferLayout {
  readonly bill: number
  readonly total: number
  readonly genuine: number | undefined
  readonly billable: number | undefined
  readonly people: number
  readonly running: number
  readonly layers: readonly { readonly layer: Layer; readonly series: number }[]
  readonly overage:
    | { readonly any: number; readonly months: number; readonly quantity: number; readonly amount: number; readonly unused: number }
    | undefined
  readonly share: number
  readonly regret: number
  /** Sums, one a month from here on. */
  readonly monthly: Readonly<Record<Measure, number>>
  readonly overMonths: number
}

/** A state begins with the number of trials; each series holds mean, Σ(x − mean)² to ⁴, minimum and maximum. */
export const SERIES = 6
export const HEAD = 1

export function layoutOf(program: Program): Layout {
  let series = 0
  let sums = 0
  const next = () => series++
  const perMonth = () => {
    const at = sums
    sums += program.months
    return at
  }
  const meterSeries = new Map<number, number>()
  const ofMeter = (meter: number | undefined) => {
    if (meter === undefined) return undefined
    const at = meterSeries.get(meter) ?? next()
    meterSeries.set(meter, at)
    return at
  }
  const tickets = next()
  const involved = next()
  if (program.rates.length > 0 && program.meters[2]?.kind === 'genuine') ofMeter(2)
  const months = { tickets: perMonth(), involved: perMonth(), genuine: perMonth() }
  const offers = program.offers.map((offer): OfferLayout => {
    const bill = next()
    const monthlyBill = perMonth()
    return {
      bill,
      total: program.distinctTotal ? next() : bill,
      genuine: ofMeter(offer.genuine),
      billable: ofMeter(offer.billable),
      people: next(),
      running: next(),
      layers: offer.layers.map((layer) => ({ layer, series: next() })),
      overage: offer.overage ? { any: next(), months: next(), quantity: next(), amount: next(), unused: next() } : undefined,
      share: next(),
      regret: next(),
      monthly: { bill: monthlyBill, total: program.distinctTotal ? perMonth() : monthlyBill },
      overMonths: perMonth(),
    }
  })
  const all = program.pairs
    ? program.offers.flatMap((_, a) => program.offers.slice(a + 1).map((__, k) => ({ a, b: a + 1 + k })))
    : []
  const withSeries = all.map((pair) => ({ ...pair, difference: next() }))
  const pairs = withSeries.map((pair, k) => ({ ...pair, counts: sums + 2 * k }))
  sums += 2 * pairs.length
  return { tickets, involved, offers, pairs, series, sums, months, slots: HEAD + SERIES * series + sums }
}

export const seriesAt = (series: number): number => HEAD + SERIES * series
export const sumAt = (layout: Layout, sum: number): number => HEAD + SERIES * layout.series + sum
