// A limit stops the AI for the rest of its span: what exceeds it goes to people, is neither resolved nor billed. All that an offer's AI
// handles in a month is scaled by one factor, so that the limited quantity or amount ends exactly at the limit.
import type { LimitProgram, Span } from '../contract/compiled.ts'
import type { OfferProgram, Program } from '../program/program.ts'
import type { Node } from './graph.ts'
import type { Inputs } from './inputs.ts'
import type { Prices } from './prices.ts'
import type { Handled, Usage } from './usage.ts'
import { usageAmount } from './usage-amount.ts'

/** Halvings of the factor's interval where an amount is not proportional to it. */
const HALVINGS = 50

export function limited(program: Program, offer: OfferProgram, inputs: Inputs, usage: Usage, prices: Prices): Handled {
  const { graph } = inputs
  const { limits, charges } = offer.contract
  if (limits.length === 0) return usage.handled
  const all = usage.handled
  const factors: Node[] = []
  const scaled = (m: number, factor: Node | undefined): Handled => {
    const at = (nodes: readonly Node[]) =>
      nodes.map((node, k) =>
        k < m ? graph.multiply(factors[k], node) : k === m && factor !== undefined ? graph.multiply(factor, node) : node,
      )
    return { involved: at(all.involved), genuine: (rate) => at(all.genuine(rate)) }
  }
  const alone = (m: number): Handled => {
    const at = (nodes: readonly Node[]) => nodes.map((node, k) => (k === m ? node : graph.constant(0)))
    return { involved: at(all.involved), genuine: (rate) => at(all.genuine(rate)) }
  }
  const counted = (limit: LimitProgram & { kind: 'quantity' }, handled: Handled, month: number): Node =>
    usage.counted(charges[limit.charge].quantity, handled)[month]
  const one = graph.constant(1)
  /** 1 − max(0, now + before − limit) / now: no division by a month without use. A factor lowers `now` by its share of `gross`. */
  const share = (before: Node, now: Node, limit: Node, gross = now): Node => {
    const over = graph.clamp(graph.subtract(graph.add(before, now), limit), 0, Infinity)
    return graph.clamp(graph.linear(1, [[-1, graph.divide(over, gross)]]), 0, 1)
  }
  const factorOf = (limit: LimitProgram, m: number): Node => {
    const holds = ({ start, end }: Span) => start <= m && m < end
    const open = scaled(m, undefined)
    const earlier = (start: number) => Array.from({ length: m - start }, (_, k) => start + k)
    if (limit.kind === 'quantity') {
      const span = limit.spans.find(holds)
      if (!span) return one
      const before = graph.add(...earlier(span.start).map((month) => counted(limit, open, month)))
      // Before credits of earlier months, which the factor does not change.
      const gross = counted(limit, alone(m), m)
      return share(before, counted(limit, open, m), graph.constant(span.quantity), gross)
    }
    const span = limit.spans.find(holds)
    if (!span) return one
    const { coefficient, factor } = prices(limit.price, span.end - 1)
    const bound = graph.scale(coefficient * limit.times * span.share, factor ?? one)
    const amount = (handled: Handled, month: number) => usageAmount(program, offer, inputs, usage, prices, handled, month)
    const { node: now, proportional } = amount(open, m)
    const before = graph.add(...earlier(span.start).map((month) => amount(open, month).node))
    if (proportional) return share(before, now, bound, amount(alone(m), m).node)
    // The largest factor at which the amount does not pass the limit.
    let low = graph.constant(0)
    for (let k = 0, width = 0.5; k < HALVINGS; k++, width /= 2) {
      const middle = graph.linear(width, [[1, low]])
      const spent = graph.add(before, amount(scaled(m, middle), m).node)
      const fits = graph.linear(1, [[-1, graph.exceeds(graph.subtract(spent, bound), 0)]])
      low = graph.linear(0, [
        [1, low],
        [width, fits],
      ]) // prettier-ignore
    }
    const over = graph.exceeds(graph.subtract(graph.add(before, now), bound), 0)
    return graph.add(graph.multiply(over, low), graph.linear(1, [[-1, over]]))
  }
  // A limit that was reached stops the AI for the rest of its span, though what is free would cost it nothing.
  const stopped = limits.map(() => graph.constant(0))
  const not = (node: Node): Node => graph.linear(1, [[-1, node]])
  for (let m = 0; m < program.months; m++) {
    const own = limits.map((limit, k) => {
      const span = limit.spans.find(({ start, end }) => start <= m && m < end)
      if (!span || span.start === m) stopped[k] = graph.constant(0)
      return graph.multiply(not(stopped[k]), factorOf(limit, m))
    })
    const factor = own.reduce((a, b) => graph.least(a, b))
    factors.push(factor)
    limits.forEach((_, k) => {
      const reached = graph.multiply(graph.above(not(factor), 0), not(graph.above(graph.subtract(own[k], factor), 0)))
      stopped[k] = graph.greatest(stopped[k], reached)
    })
  }
  return scaled(program.months, undefined)
}
