// Terms of the whole offer: a minimum spend, and a refund and a guarantee that depend on the rate of its first months.
import type { ContractProgram } from '../contract/compiled.ts'
import type { Layer } from '../contract/operation.ts'
import type { FirstMonths } from '../contract/terms/refund.ts'
import type { OfferProgram } from '../compile/program.ts'
import { amountOf, boundOf, entriesBetween, floored, spentIn } from './bounds.ts'
import { type Entry, total } from './entries.ts'
import type { Graph, Node } from './graph.ts'
import type { Prices } from './prices.ts'
import type { Handled } from './usage.ts'

export interface Terms {
  readonly graph: Graph
  readonly prices: Prices
  /** Genuine resolutions by month in a segment; none if nothing there depends on a rate. */
  readonly genuine: (segment: number) => readonly Node[]
}

const COMMITTED: readonly (Layer | undefined)[] = ['usage', 'commitment', 'overage']
const REFUNDED: readonly (Layer | undefined)[] = [...COMMITTED, 'add-on']
const TOLERANCE = 1e-12

/** The minimum is trued up in the span's last month. If it is paid upfront, usage is billed only beyond it. */
export function billOfferMinimum(
  { graph, prices }: Pick<Terms, 'graph' | 'prices'>,
  { minimum }: ContractProgram,
  entries: readonly Entry[],
): readonly Entry[] {
  if (!minimum) return entries
  const spend = entries.filter(({ layer }) => COMMITTED.includes(layer))
  if (!minimum.upfront) return [...entries, ...floored(graph, spend, minimum, prices, 'commitment')]
  const drawnDown = minimum.spans.flatMap((span): Entry[] => {
    const { start, end, left = 0 } = span
    const bound = boundOf(graph, span, prices, start)
    const spent = spentIn(graph, span, prices)
    let covered = spent === undefined ? graph.constant(0) : graph.least(spent, bound)
    const months = Array.from({ length: end - start }, (_, k): Entry => {
      const sum = total(graph, entriesBetween(spend, start, start + k + 1))
      const soFar = graph.least(spent === undefined ? sum : graph.add(spent, sum), bound)
      const units = graph.subtract(soFar, covered)
      covered = soFar
      return { month: start + k, layer: 'commitment', coefficient: -1, units }
    })
    // The amount of a period that began before the plan was billed then.
    const prepaid = { month: start, layer: 'commitment', coefficient: 1, units: bound, covers: end + left - start } as const
    return spent === undefined ? [prepaid, ...months] : months
  })
  return [...entries, ...drawnDown]
}

/** The rate of the first months, Σ genuine / Σ involved, as the AI handled it. */
function rateOf({ graph, genuine }: Terms, { start, end }: FirstMonths, handled: Handled, { segments }: OfferProgram): Node {
  const solved = segments.flatMap((_, s) => genuine(s).slice(start, end))
  return solved.length === 0
    ? graph.constant(0)
    : graph.divide(graph.add(...solved), involvedIn(graph, { start, end }, handled, segments))
}

const involvedIn = (graph: Graph, { start, end }: FirstMonths, { involved }: Handled, segments: OfferProgram['segments']): Node =>
  graph.add(...segments.flatMap(({ served }, s) => (served ? involved(s).slice(start, end) : [])))

/** 1 where the AI handled anything at all. Otherwise there is no rate to settle on. */
const handledAny = (graph: Graph, months: FirstMonths, handled: Handled, { segments }: OfferProgram): Node =>
  graph.above(involvedIn(graph, months, handled, segments), 0)

export function refunded(
  terms: Terms,
  { refund, shadow }: ContractProgram,
  entries: readonly Entry[],
  handled: Handled,
  offer: OfferProgram,
): readonly Entry[] {
  if (!refund) return []
  const { graph, prices } = terms
  const last = refund.end - 1
  const spend = entriesBetween(entries, refund.start, refund.end).filter(
    ({ layer, month }) => REFUNDED.includes(layer) && shadow?.[month] !== true,
  )
  const back = graph.scale(refund.share, total(graph, spend))
  const most = refund.maximum === undefined ? back : graph.least(back, amountOf(graph, prices(refund.maximum, last), 1))
  const any = handledAny(graph, refund, handled, offer)
  const missing = graph.linear(refund.below - TOLERANCE, [[-1, rateOf(terms, refund, handled, offer)]])
  return [
    { month: last, layer: 'credits', coefficient: -1, units: graph.multiply(graph.multiply(graph.above(missing, 0), any), most) },
  ]
}

export function guaranteed(terms: Terms, { guarantee }: ContractProgram, handled: Handled, offer: OfferProgram): readonly Entry[] {
  if (!guarantee) return []
  const { graph, prices } = terms
  const last = guarantee.end - 1
  const passed = graph.above(rateOf(terms, guarantee, handled, offer), guarantee.notAbove + TOLERANCE)
  const payment = amountOf(graph, prices(guarantee.payment, last), 1)
  const due = graph.multiply(graph.complement(passed), handledAny(graph, guarantee, handled, offer))
  return [{ month: last, layer: 'credits', coefficient: -1, units: graph.multiply(due, payment) }]
}
