// A limit stops the AI for the rest of its span. Further conversations go to people and are not billed. One factor scales all
// conversations that an offer's AI handles in a month, so that the limited quantity or amount ends exactly at the limit.
import type { LimitProgram, Span } from '../contract/compiled.ts'
import { boundOf } from './bounds.ts'
import type { Node } from './graph.ts'
import type { OfferSetting } from './included.ts'
import type { Handled } from './usage.ts'
import { usageAmount } from './usage-amount.ts'

/** Halvings of the factor's interval if an amount is not proportional to it. */
const HALVINGS = 50

export function limited(given: OfferSetting): Handled {
  const { program, offer, usage } = given
  if (offer.contract.limits.length === 0) return usage.handled
  const { graph } = given.inputs
  const factors: Node[] = []
  const setting = { ...given, factors }
  // A limit that was reached stops the AI for the rest of its span, even for free conversations.
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

interface Limiting extends OfferSetting {
  /** The factors of the months before. */
  readonly factors: readonly Node[]
}

const spanAt = <T extends Span>(spans: readonly T[], m: number): T | undefined =>
  spans.find(({ start, end }) => start <= m && m < end)
const spanOf = ({ spans }: LimitProgram, m: number): Span | undefined => spanAt<Span>(spans, m)

/** The handled conversations, with each month's count changed by `change`. */
const changed = ({ involved, genuine }: Handled, change: (node: Node, month: number) => Node): Handled => ({
  involved: involved.map(change),
  genuine: (rate) => genuine(rate).map(change),
})

/** Months before m times their factors, and month m times a factor that is tried. */
const scaled = ({ inputs: { graph }, usage, factors }: Limiting, m: number, tried?: Node): Handled =>
  changed(usage.handled, (node, month) => {
    const factor = month < m ? factors[month] : month === m ? tried : undefined
    return factor === undefined ? node : graph.multiply(factor, node)
  })

/** Month m alone, without credits of earlier months, which its factor does not change. */
const alone = ({ inputs: { graph }, usage }: OfferSetting, m: number): Handled =>
  changed(usage.handled, (node, month) => (month === m ? node : graph.constant(0)))

/** The limited quantity or amount of a month, and whether it is proportional to the handled conversations. */
function limitedIn(
  setting: OfferSetting,
  limit: LimitProgram,
  handled: Handled,
  month: number,
): { readonly node: Node; readonly proportional: boolean } {
  if (limit.kind === 'money') return usageAmount(setting, handled, month)
  return { node: setting.usage.counted(setting.offer.contract.charges[limit.charge].quantity, handled)[month], proportional: true }
}

function limitOf({ inputs: { graph }, prices }: OfferSetting, limit: LimitProgram, m: number): Node {
  if (limit.kind === 'quantity') return graph.constant(spanAt(limit.spans, m)?.quantity ?? 0)
  const span = spanAt(limit.spans, m)
  return span ? boundOf(graph, span, prices, span.end - 1) : graph.constant(0)
}

/** The share of month m in which the AI works. */
function factorOf(setting: Limiting, limit: LimitProgram, m: number): Node {
  const { graph } = setting.inputs
  const span = spanOf(limit, m)
  if (!span) return graph.constant(1)
  const bound = limitOf(setting, limit, m)
  const open = scaled(setting, m)
  const { node: now, proportional } = limitedIn(setting, limit, open, m)
  const earlier = Array.from({ length: m - span.start }, (_, k) => limitedIn(setting, limit, open, span.start + k).node)
  const before = graph.add(...earlier)
  const over = graph.subtract(graph.add(before, now), bound)
  if (!proportional) {
    const exceeded = graph.exceeds(over, 0)
    return graph.tried(() => bisected(setting, limit, m, before, bound, exceeded))
  }
  // 1 − over / gross. A month without use divides by 0, which gives 0.
  const gross = limitedIn(setting, limit, alone(setting, m), m).node
  return graph.clamp(graph.complement(graph.divide(graph.positive(over), gross)), 0, 1)
}

/** The largest factor at which the amount stays within the limit, which is 1 if all of the month does. */
function bisected(setting: Limiting, limit: LimitProgram, m: number, before: Node, bound: Node, over: Node): Node {
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
