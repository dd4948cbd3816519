// Caps and floors on the sum of entries over spans of months.
import type { BoundProgram, BoundSpan } from '../contract/compiled.ts'
import type { Layer } from '../contract/operation.ts'
import { type Entry, total } from './entries.ts'
import type { Graph, Node } from './graph.ts'
import type { Amount, Prices } from './prices.ts'

export const entriesBetween = (entries: readonly Entry[], start: number, end: number): readonly Entry[] =>
  entries.filter(({ month }) => month >= start && month < end)

export const amountOf = (graph: Graph, { coefficient, factor }: Amount, number: number): Node =>
  factor === undefined ? graph.constant(coefficient * number) : graph.scale(coefficient * number, factor)

/** The bound of a span, at the prices of a month. */
export const boundOf = (graph: Graph, { parts }: BoundSpan, prices: Prices, month: number): Node =>
  graph.add(...parts.map(({ price, times }) => amountOf(graph, prices(price, month), times)))

/** The money of a span before the horizon, at the prices of its first month. */
export const spentIn = (graph: Graph, { spent, start }: BoundSpan, prices: Prices): Node | undefined =>
  spent && graph.add(...spent.map(({ price, times }) => amountOf(graph, prices(price, start), times)))

/** The sum of entries and of the money before them. */
const withSpent = (graph: Graph, spent: Node | undefined, sum: Node): Node => (spent === undefined ? sum : graph.add(spent, sum))

/** The reductions by a cap: the running sum ends at min(sum, cap), with the prices of the span's last month. */
export function capped(graph: Graph, entries: readonly Entry[], cap: BoundProgram, prices: Prices, layer: Layer): Entry[] {
  return cap.spans.flatMap((span) => {
    const { start, end } = span
    const bound = boundOf(graph, span, prices, end - 1)
    const spent = spentIn(graph, span, prices)
    let off = spent === undefined ? graph.constant(0) : graph.positive(graph.subtract(spent, bound))
    return Array.from({ length: end - start }, (_, k): Entry => {
      const sum = withSpent(graph, spent, total(graph, entriesBetween(entries, start, start + k + 1)))
      const over = graph.positive(graph.subtract(sum, bound))
      const units = graph.subtract(over, off)
      off = over
      return { month: start + k, layer, coefficient: -1, units }
    })
  })
}

/** The amount missing to a floor, billed in each span's last month. */
export function floored(graph: Graph, entries: readonly Entry[], floor: BoundProgram, prices: Prices, layer: Layer): Entry[] {
  return floor.spans.flatMap((span): Entry[] => {
    const { start, end, left } = span
    if (left !== undefined) return []
    const bound = boundOf(graph, span, prices, end - 1)
    const sum = withSpent(graph, spentIn(graph, span, prices), total(graph, entriesBetween(entries, start, end)))
    return [{ month: end - 1, layer, coefficient: 1, units: graph.positive(graph.subtract(bound, sum)) }]
  })
}
