// Caps and floors on the sum of entries over spans of months.
import type { BoundProgram } from '../contract/compiled.ts'
import type { Layer } from '../contract/operation.ts'
import { type Entry, total } from './entries.ts'
import type { Graph, Node } from './graph.ts'
import type { Amount, Prices } from './prices.ts'

export const entriesBetween = (entries: readonly Entry[], start: number, end: number): readonly Entry[] =>
  entries.filter(({ month }) => month >= start && month < end)

export const amountOf = (graph: Graph, { coefficient, factor }: Amount, number: number): Node =>
  factor === undefined ? graph.constant(coefficient * number) : graph.scale(coefficient * number, factor)

/** The reductions by a cap: the running sum ends at min(sum, cap), with the prices of the span's last month. */
export function capped(graph: Graph, entries: readonly Entry[], cap: BoundProgram, prices: Prices, layer: Layer): Entry[] {
  return cap.spans.flatMap(({ start, end, share }) => {
    const bound = amountOf(graph, prices(cap.price, end - 1), cap.times * share)
    let off = graph.constant(0)
    return Array.from({ length: end - start }, (_, k): Entry => {
      const sum = total(graph, entriesBetween(entries, start, start + k + 1))
      const over = graph.positive(graph.subtract(sum, bound))
      const units = graph.subtract(over, off)
      off = over
      return { month: start + k, layer, coefficient: -1, units }
    })
  })
}

/** The amount missing to a floor, billed in each span's last month. */
export function floored(graph: Graph, entries: readonly Entry[], floor: BoundProgram, prices: Prices, layer: Layer): Entry[] {
  return floor.spans.map(({ start, end, share }): Entry => {
    const bound = amountOf(graph, prices(floor.price, end - 1), floor.times * share)
    const sum = total(graph, entriesBetween(entries, start, end))
    return { month: end - 1, layer, coefficient: 1, units: graph.positive(graph.subtract(bound, sum)) }
  })
}
