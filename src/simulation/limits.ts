// A limit stops the AI for the rest of its span: what exceeds it goes to people, is neither resolved nor billed. All that an offer's AI
// handles in a month is scaled by one factor, so that the limited quantity or amount ends exactly at the limit.
import type { LimitProgram, Span } from '../contract/compiled.ts'
import type { OfferProgram, Program } from '../compile/program.ts'
import type { Graph, Node } from './graph.ts'
import type { Inputs } from './inputs.ts'
import type { Prices } from './prices.ts'
import type { Handled, Usage } from './usage.ts'
import { usageAmount } from './usage-amount.ts'

/** Halvings of the factor's interval where an amount is not proportional to it. */
const HALVINGS = 50

export function limited(program: Program, offer: OfferProgram, inputs: Inputs, usage: Usage, prices: Prices): Handled {
  if (offer.contract.limits.length === 0) return usage.handled
  const { graph } = inputs
  const factors: Node[] = []
  const setting = { program, offer, inputs, usage, prices, factors }
  // A limit that was reached stops the AI for the rest of its span, though what is free would cost it nothing.
  const stopped = offer.contract.limits.map(() => graph.constant(0))
  for (let m = 0; m < program.months; m++) {
    const own = offer.contract.limits.map((limit, k) => {
      const span = spanOf(limit, m)
      if (!span || span.start === m) stopped[k] = graph.constant(0)
      return graph.multiply(graph.complement(stopped[k]), factorOf(setting, limit, m))
    })
    const factor = own.reduce((a, b) => graph.least(a, b))
    factors.push(factor)
    own.forEach((mine, k) => {
      const least = graph.complement(graph.above(graph.subtract(mine, factor), 0))
      const reached = graph.multiply(graph.above(graph.complement(factor), 0), least)
      stopped[k] = graph.greatest(stopped[k], reached)
    })
  }
  return scaled(setting, program.months)
}

interface Setting {
  readonly program: Program
  readonly offer: OfferProgram
  readonly inputs: Inputs
  readonly usage: Usage
  readonly prices: Prices
  /** Of the months that are settled. */
  readonly factors: readonly Node[]
}

const spanOf = ({ spans }: LimitProgram, m: number): Span | undefined => spans.find(({ start, end }) => start <= m && m < end)

/** What is handled, each month's count changed by `change`. */
const changed = ({ involved, genuine }: Handled, change: (node: Node, month: number) => Node): Handled => ({
  involved: involved.map(change),
  genuine: (rate) => genuine(rate).map(change),
})

/** Months before m by their factors, month m by one that is tried. */
const scaled = ({ inputs: { graph }, usage, factors }: Setting, m: number, tried?: Node): Handled =>
  changed(usage.handled, (node, month) => {
    const factor = month < m ? factors[month] : month === m ? tried : undefined
    return factor === undefined ? node : graph.multiply(factor, node)
  })

/** Month m as if nothing had come before it: without credits of earlier months, which its factor does not change. */
const alone = ({ inputs: { graph }, usage }: Setting, m: number): Handled =>
  changed(usage.handled, (node, month) => (month === m ? node : graph.constant(0)))

/** What a limit looks at in a month, and whether a factor on what is handled is one on it. */
function limitedIn(
  { program, offer, inputs, usage, prices }: Setting,
  limit: LimitProgram,
  handled: Handled,
  month: number,
): { readonly node: Node; readonly proportional: boolean } {
  if (limit.kind === 'money') return usageAmount(program, offer, inputs, usage, prices, handled, month)
  return { node: usage.counted(offer.contract.charges[limit.charge].quantity, handled)[month], proportional: true }
}

function boundOf({ inputs: { graph }, prices }: Setting, limit: LimitProgram, m: number): Node {
  if (limit.kind === 'quantity') return graph.constant(limit.spans.find(({ start, end }) => start <= m && m < end)?.quantity ?? 0)
  const span = spanOf(limit, m)
  const { coefficient, factor } = prices(limit.price, (span?.end ?? 1) - 1)
  return graph.scale(coefficient * limit.times * (span?.share ?? 0), factor ?? graph.constant(1))
}

/** The share of month m in which the AI works. */
function factorOf(setting: Setting, limit: LimitProgram, m: number): Node {
  const { graph } = setting.inputs
  const span = spanOf(limit, m)
  if (!span) return graph.constant(1)
  const bound = boundOf(setting, limit, m)
  const open = scaled(setting, m)
  const { node: now, proportional } = limitedIn(setting, limit, open, m)
  const earlier = Array.from({ length: m - span.start }, (_, k) => limitedIn(setting, limit, open, span.start + k).node)
  const before = graph.add(...earlier)
  const over = graph.subtract(graph.add(before, now), bound)
  if (!proportional) return bisected(setting, limit, m, before, bound, graph.exceeds(over, 0))
  // 1 − over / gross: no division by a month without use.
  const gross = limitedIn(setting, limit, alone(setting, m), m).node
  return graph.clamp(graph.complement(graph.divide(positive(graph, over), gross)), 0, 1)
}

const positive = (graph: Graph, node: Node): Node => graph.clamp(node, 0, Infinity)

/** The largest factor at which the amount does not pass the limit; 1 where all of the month does not. */
function bisected(setting: Setting, limit: LimitProgram, m: number, before: Node, bound: Node, over: Node): Node {
  const { graph } = setting.inputs
  let low = graph.constant(0)
  for (let k = 0, width = 0.5; k < HALVINGS; k++, width /= 2) {
    const tried = scaled(setting, m, graph.linear(width, [[1, low]]))
    const spent = graph.add(before, limitedIn(setting, limit, tried, m).node)
    const fits = graph.complement(graph.exceeds(graph.subtract(spent, bound), 0))
    low = graph.add(low, graph.scale(width, fits))
  }
  return graph.add(graph.multiply(over, low), graph.complement(over))
}
