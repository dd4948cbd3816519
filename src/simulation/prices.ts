// The price table: an amount of money in a month as a known coefficient and, if part of it is drawn, a factor.
import type { Price, PriceIndex } from '../contract/compiled.ts'
import type { Graph, Node } from './graph.ts'
import type { Inputs } from './inputs.ts'

export interface Amount {
  readonly coefficient: number
  readonly factor?: Node
}

export type Prices = (price: PriceIndex, month: number) => Amount

export function pricesOf(table: readonly Price[], inputs: Inputs): Prices {
  const { graph } = inputs
  return (price, month) => {
    const { values, factors, uncertain } = table[price]
    const parts = [
      inputs.value(values[month]),
      ...uncertain
        .filter(({ from }) => from <= month)
        .map(({ input, plus, cap = Number.POSITIVE_INFINITY }) => {
          return graph.linear(plus, [[1, graph.clamp(inputs.input(input), Number.NEGATIVE_INFINITY, cap)]])
        }),
    ]
    const product = parts.reduce((a, b) => graph.multiply(a, b))
    const known = graph.known(product)
    if (known !== undefined) return { coefficient: factors[month] * known }
    const [scale, factor] = graph.unscaled(product)
    return { coefficient: factors[month] * scale, factor }
  }
}

/** A value as an amount of money. */
export function amountOfValue(graph: Graph, value: Node): Amount {
  const known = graph.known(value)
  return known === undefined ? { coefficient: 1, factor: value } : { coefficient: known }
}
