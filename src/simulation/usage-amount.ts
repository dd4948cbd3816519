// The cost of an offer's usage charges in a month, before discounts and caps. A limit in money applies to it.
import type { Operation } from '../contract/compiled.ts'
import { sumFrom } from './entries.ts'
import type { Graph, Node } from './graph.ts'
import { quantityOf, type OfferSetting } from './included.ts'
import type { Handled } from './usage.ts'

/** An operation's units at the quantity of its period. */
export function unitsOf(graph: Graph, operation: Operation, quantity: Node): Node {
  if (operation.kind === 'hinge') return operation.above <= 0 ? quantity : graph.excess(quantity, operation.above)
  if (operation.kind === 'step') return graph.exceeds(quantity, operation.above)
  return graph.packages(quantity, operation.above, operation.size)
}

/** `proportional`: every unit has one price, so that a factor on the units is a factor on the amount. */
export function usageAmount(
  setting: OfferSetting,
  handled: Handled,
  month: number,
): { readonly node: Node; readonly proportional: boolean } {
  const { graph } = setting.inputs
  let proportional = true
  const amounts: Node[] = []
  for (const charge of setting.offer.contract.charges) {
    const period = charge.periods.find(({ start, end }) => start <= month && month < end)
    if (!period?.operations.some(({ layer }) => layer === 'usage')) continue
    const quantity = quantityOf(setting, charge, handled)
    const reached = (to: number) => sumFrom(graph, period.used, quantity.slice(period.start, to + 1))
    for (const operation of period.operations) {
      if (operation.layer !== 'usage') continue
      const plain = operation.kind === 'hinge' && operation.above <= 0
      if (!plain || charge.included) proportional = false
      const units = plain
        ? quantity[month]
        : month === period.start && period.used === undefined
          ? unitsOf(graph, operation, reached(month))
          : graph.subtract(unitsOf(graph, operation, reached(month)), unitsOf(graph, operation, reached(month - 1)))
      const { coefficient, factor } = setting.prices(operation.price, month)
      const price = charge.discounted === 0 ? 0 : (coefficient * operation.times) / (charge.discounted ?? 1)
      amounts.push(graph.scale(price, factor === undefined ? units : graph.multiply(factor, units)))
    }
  }
  return { node: graph.add(...amounts), proportional }
}
