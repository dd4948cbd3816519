// What an offer's usage charges cost in a month, before discounts and caps: what a limit in money looks at.
import type { OfferProgram, Program } from '../compile/program.ts'
import type { Node } from './graph.ts'
import { remaining } from './included.ts'
import type { Inputs } from './inputs.ts'
import type { Prices } from './prices.ts'
import { unitsOf } from './units.ts'
import type { Handled, Usage } from './usage.ts'

/** `proportional`: the amount is the price of each unit, so that a factor on the units is one on the amount. */
export function usageAmount(
  program: Program,
  offer: OfferProgram,
  inputs: Inputs,
  usage: Usage,
  prices: Prices,
  handled: Handled,
  month: number,
): { readonly node: Node; readonly proportional: boolean } {
  const { graph } = inputs
  let proportional = true
  const amounts: Node[] = []
  for (const charge of offer.contract.charges) {
    const period = charge.periods.find(({ start, end }) => start <= month && month < end)
    if (!period?.operations.some(({ layer }) => layer === 'usage')) continue
    const counted = usage.counted(charge.quantity, handled)
    const quantity = charge.included ? remaining(program, charge.included, counted, inputs, usage, handled, offer) : counted
    const reached = (to: number) => graph.add(...quantity.slice(period.start, to + 1))
    for (const operation of period.operations) {
      if (operation.layer !== 'usage') continue
      const plain = operation.kind === 'hinge' && operation.above <= 0
      if (!plain || charge.included) proportional = false
      const units = plain
        ? quantity[month]
        : month === period.start
          ? unitsOf(graph, operation, reached(month))
          : graph.subtract(unitsOf(graph, operation, reached(month)), unitsOf(graph, operation, reached(month - 1)))
      const { coefficient, factor } = prices(operation.price, month)
      amounts.push(
        graph.scale(
          charge.discounted === 0 ? 0 : (coefficient * operation.times) / (charge.discounted ?? 1),
          factor === undefined ? units : graph.multiply(factor, units),
        ),
      )
    }
  }
  return { node: graph.add(...amounts), proportional }
}
