// The statistics of a run: the columns that become series, those that become sums, and the means made of those sums.
import type { Layer } from '../contract/operation.ts'
import type { Functional, Layout } from '../numerics/estimators/layout.ts'
import type { OverageNodes } from './billing.ts'
import type { Node } from './graph.ts'
import { heavinessIn } from './heaviness.ts'
import { hasSegments } from '../compile/program.ts'
import { Means } from './means.ts'
import type { Model } from './model.ts'
import type { PeopleNodes } from './staff.ts'
import { sharedResolutions } from './shared-resolutions.ts'

interface MeasuredCost {
  readonly node: Node
  readonly series: number
  readonly monthly: readonly Functional[]
  /** Moments of order 1 / heaviness and above are infinite. 0 if all are finite. */
  readonly heaviness: number
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
  /** Absent if nobody is on the payroll. */
  readonly staffed?: MeasuredPeople
  readonly layers: readonly { readonly layer: Layer; readonly mean: Functional }[]
  readonly overage?: MeasuredOverage
  /** The place of the sum of the offer's shares of being cheapest. The sum of their squares follows. */
  readonly share: number
  readonly regret: Functional
  /** By segment of the program. Empty in a plan without segments. */
  readonly segments: readonly MeasuredShare[]
}

/** People on the payroll. Lists are by month. */
export interface MeasuredPeople {
  readonly heads: readonly Functional[]
  readonly need: readonly Functional[]
  readonly hires: Functional
  readonly releases: Functional
  readonly shortfall: Functional
  readonly turns: readonly (readonly Turn[])[]
}

/** Arrivals or departures of a month, which may be so rare that few trials have any, or none. */
export interface Turn {
  readonly heads: Functional
  /** The heads that there would be without both, less the need for them. */
  readonly lead: Functional
}

interface MeasuredPair {
  readonly a: number
  readonly b: number
  readonly series: number
  /** The place of the count of trials in which a is cheaper. That of b follows. */
  readonly counts: number
  /** That of the difference. */
  readonly heaviness: number
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
  /** Genuine resolutions at the rates of the segments. */
  readonly genuine?: readonly Functional[]
  /** By segment of the program. Empty in a plan without segments. */
  readonly segments: readonly MeasuredSegment[]
}

export interface MeasuredSegment {
  readonly tickets: readonly Functional[]
  readonly involved: readonly Functional[]
  readonly genuine?: readonly Functional[]
}

/** An offer's costs in one segment. */
export interface MeasuredShare {
  readonly bill: Functional
  /** The bill of each month. */
  readonly monthly: readonly Functional[]
  readonly total: Functional
  /** The mean of the product with the whole bill. */
  readonly product: Functional
}

/** All pairs of offers. */
export const pairsOf = (offers: number): (readonly [number, number])[] =>
  Array.from({ length: offers }, (_, a) => Array.from({ length: offers - a - 1 }, (__, j) => [a, a + 1 + j] as const)).flat()

export function measuredOf(model: Model): Measured {
  const { program, graph, conversations } = model
  const means = new Means(graph)
  const heaviness = heavinessIn(graph, program)
  const costs: Node[] = []
  const seriesOf = (node: Node): number => {
    const known = costs.indexOf(node)
    return known >= 0 ? known : costs.push(node) - 1
  }
  const cost = (node: Node, month: (m: number) => Node): MeasuredCost => ({
    node,
    series: seriesOf(node),
    monthly: Array.from({ length: program.months }, (_, m) => means.of(month(m))),
    heaviness: heaviness.of(node),
  })
  const each = (nodes: readonly Node[]) => nodes.map((node) => means.of(node))
  const overage = ({ any, hits, quantity, amount, unused }: OverageNodes): MeasuredOverage => ({
    any: means.of(any),
    months: each(hits),
    quantity: means.of(quantity),
    amount: means.of(amount),
    unused: means.of(unused),
  })
  const staffed = (nodes: PeopleNodes): MeasuredPeople => {
    const [heads, need] = [each(nodes.heads), each(nodes.need)]
    const [hires, releases, shortfall] = [means.of(nodes.hires), means.of(nodes.releases), means.of(nodes.shortfall)]
    // Their sums are those of all hires and releases.
    const [arrivals, departures] = [each(nodes.arrivals), each(nodes.departures)]
    const turns = heads.map((own, m): readonly Turn[] => {
      const lead = means.sumOf([own, departures[m], means.scaled(-1, arrivals[m]), means.scaled(-1, need[m])])
      return [arrivals[m], departures[m]].map((heads) => ({ heads, lead }))
    })
    return { heads, need, hires, releases, shortfall, turns }
  }
  const cheapest = means.of(model.least)
  const offers = model.offers.map((offer, k): Omit<MeasuredOffer, 'share' | 'segments'> => {
    const bill = cost(offer.bill, offer.billMonth)
    return {
      bill,
      total: program.distinctTotal ? cost(offer.total, offer.totalMonth) : bill,
      meanBill: means.of(offer.bill),
      ...(offer.genuine && { genuine: means.sumOf(each(offer.genuine)) }),
      ...(offer.billable && { billable: means.sumOf(each(offer.billable)) }),
      people: means.of(offer.people),
      running: means.of(offer.running),
      layers: offer.layers.map((layer) => ({ layer, mean: means.of(offer.layer(layer)) })),
      ...(offer.overage && { overage: overage(offer.overage) }),
      ...(offer.staffed.course && { staffed: staffed(offer.staffed.course) }),
      regret: means.sumOf([means.of(model.costs[k]), means.scaled(-1, cheapest)]),
    }
  })
  const [tickets, involved] = [each(conversations.volume), each(conversations.involved)]
  const resolved = sharedResolutions(model)
  const shared = resolved && each(resolved)
  const { segments, split } = bySegment(model, means)
  const shares = means.reductions.length
  const sums = shares + 2 * offers.length
  const pairs = program.pairs ? pairsOf(program.offers.length) : []
  return {
    layout: { series: costs.length + pairs.length, sums: sums + 2 * pairs.length },
    means,
    costs,
    offers: offers.map((offer, k) => ({ ...offer, share: shares + 2 * k, segments: split[k] })),
    pairs: pairs.map(([a, b], k) => ({
      ...{ a, b, series: costs.length + k, counts: sums + 2 * k },
      heaviness: heaviness.between(model.costs[a], model.costs[b]),
    })),
    tickets,
    involved,
    ...(shared && { genuine: shared }),
    segments,
  }
}

/** The drivers and costs of segments. The nodes of the costs come last, so that they change the order of no sum. */
function bySegment(
  { program, conversations, usage, offers }: Model,
  means: Means,
): { readonly segments: readonly MeasuredSegment[]; readonly split: readonly (readonly MeasuredShare[])[] } {
  if (!hasSegments(program)) return { segments: [], split: offers.map(() => []) }
  const each = (nodes: readonly Node[]) => nodes.map((node) => means.of(node))
  const segments = conversations.segments.map(({ volume, involved }, s): MeasuredSegment => {
    const { rate } = program.segments[s]
    return {
      tickets: each(volume),
      involved: each(involved),
      ...(rate !== undefined && { genuine: each(usage.handled.resolved(s, rate)) }),
    }
  })
  const split = offers.map(({ segments: costsOf, bill }) =>
    costsOf().map(
      (own): MeasuredShare => ({
        bill: means.of(own.bill),
        monthly: each(own.months),
        total: means.of(own.total),
        product: means.ofProduct(own.bill, bill),
      }),
    ),
  )
  return { segments, split }
}
