// The statistics of a run: the columns that become series, those that become sums, and the means made of those sums.
import type { Layer } from '../contract/operation.ts'
import type { Functional } from '../numerics/estimators/functional.ts'
import type { Layout } from '../numerics/estimators/layout.ts'
import type { OverageNodes } from './billing.ts'
import type { Node } from './graph.ts'
import { Means } from './means.ts'
import type { Model } from './model.ts'

interface MeasuredCost {
  readonly node: Node
  readonly series: number
  readonly monthly: readonly Functional[]
}

export interface MeasuredOverage {
  readonly any: Functional
  readonly months: readonly Functional[]
  readonly quantity: Functional
  readonly amount: Functional
  readonly unused: Functional
}

interface MeasuredOffer {
  readonly bill: MeasuredCost
  readonly total: MeasuredCost
  readonly meanBill: Functional
  readonly genuine?: Functional
  readonly billable?: Functional
  readonly people: Functional
  readonly running: Functional
  readonly layers: readonly { readonly layer: Layer; readonly mean: Functional }[]
  readonly overage?: MeasuredOverage
  /** The place of the sum of the offer's shares of being cheapest. The sum of their squares follows. */
  readonly share: number
  readonly regret: Functional
}

interface MeasuredPair {
  readonly a: number
  readonly b: number
  readonly series: number
  /** The place of the count of trials in which a is cheaper. That of b follows. */
  readonly counts: number
}

export interface Measured {
  readonly layout: Layout
  readonly means: Means
  /** Nodes of the first series. The series of pairs follow. */
  readonly costs: readonly Node[]
  readonly offers: readonly MeasuredOffer[]
  readonly pairs: readonly MeasuredPair[]
  readonly tickets: readonly Functional[]
  readonly involved: readonly Functional[]
  /** Genuine resolutions at the shared rate. */
  readonly genuine?: readonly Functional[]
}

export function measuredOf(model: Model): Measured {
  const { program, graph, conversations, usage } = model
  const means = new Means(graph)
  const costs: Node[] = []
  const seriesOf = (node: Node): number => {
    const known = costs.indexOf(node)
    return known >= 0 ? known : costs.push(node) - 1
  }
  const months = Array.from({ length: program.months }, (_, m) => m)
  const sum = (nodes: readonly Node[]) => means.sumOf(nodes.map((node) => means.of(node)))
  const overage = ({ any, hits, quantity, amount, unused }: OverageNodes): MeasuredOverage => ({
    any: means.of(any),
    months: hits.map((hit) => means.of(hit)),
    quantity: means.of(quantity),
    amount: means.of(amount),
    unused: means.of(unused),
  })
  const cheapest = means.of(model.least)
  const offers = model.offers.map((offer, k): Omit<MeasuredOffer, 'share'> => {
    const bill = { node: offer.bill, series: seriesOf(offer.bill), monthly: months.map((m) => means.of(offer.billMonth(m))) }
    return {
      bill,
      total: program.distinctTotal
        ? { node: offer.total, series: seriesOf(offer.total), monthly: months.map((m) => means.of(offer.totalMonth(m))) }
        : bill,
      meanBill: means.of(offer.bill),
      ...(offer.genuine && { genuine: sum(offer.genuine) }),
      ...(offer.billable && { billable: sum(offer.billable) }),
      people: means.of(offer.people),
      running: means.of(offer.running),
      layers: offer.layers.map((layer) => ({ layer, mean: means.of(offer.layer(layer)) })),
      ...(offer.overage && { overage: overage(offer.overage) }),
      regret: means.sumOf([means.of(model.costs[k]), means.scaled(-1, cheapest)]),
    }
  })
  const tickets = conversations.volume.map((node) => means.of(node))
  const involved = conversations.involved.map((node) => means.of(node))
  const shared = program.sharedRate ? usage.handled.genuine(0).map((node) => means.of(node)) : undefined
  const shares = means.reductions.length
  const withShares = offers.map((offer, k): MeasuredOffer => ({ ...offer, share: shares + 2 * k }))
  const sums = shares + 2 * offers.length
  const pairs = program.pairs
    ? program.offers.flatMap((_, a) =>
        program.offers.slice(a + 1).map((__, k): Omit<MeasuredPair, 'series' | 'counts'> => ({ a, b: a + 1 + k })),
      )
    : []
  const withSeries = pairs.map((pair, k): MeasuredPair => ({ ...pair, series: costs.length + k, counts: sums + 2 * k }))
  return {
    layout: { series: costs.length + pairs.length, sums: sums + 2 * pairs.length },
    means,
    costs,
    offers: withShares,
    pairs: withSeries,
    tickets,
    involved,
    ...(shared && { genuine: shared }),
  }
}
