// A limit stops the AI for the rest of its span. Further conversations go to people and are not billed. One factor scales all
// conversations that an offer's AI handles in a month, so that the limited quantity or amount ends exactly at the limit. A limit on a
// quantity acts in the segments that its charge counts, and a limit on money in all.
import type { LimitProgram, Span } from '../contract/compiled.ts'
import { boundOf, spentIn } from './bounds.ts'
import type { Node } from './graph.ts'
import type { OfferSetting } from './included.ts'
import type { Handled } from './usage.ts'
import { usageAmount } from './usage-amount.ts'

/** Halvings of the factor's interval if an amount is not proportional to it. */
const HALVINGS = 50

/** What an offer handles until its limits stop it. */
export function limited(given: OfferSetting): Handled {
  const open = given.usage.of(given.offer, given.shares)
  if (given.offer.contract.limits.length === 0) return open
  const course = limiting(given, open)
  for (let m = 0; m < given.program.months; m++) course.step(m)
  return course.handled()
}

/** The limits of a contract, which have to be settled month by month. */
export interface LimitCourse {
  readonly step: (m: number) => void
  /** What is left of a count of month m, which has to be settled. */
  readonly within: (count: Node, m: number, segment: number) => Node
  /** What it handles, once all months are settled. */
  readonly handled: () => Handled
}

/** @param open what the offer handles without limits; months after the one that is settled may still change */
export function limiting(given: OfferSetting, open: Handled): LimitCourse {
  const { program, offer } = given
  const { graph } = given.inputs
  const { limits } = offer.contract
  const factors: (readonly (Node | undefined)[])[] = []
  const setting: Limiting = { ...given, open, factors }
  // A limit that was reached stops the AI for the rest of its span, even for free conversations.
  const stopped = limits.map(() => graph.constant(0))
  const step = (m: number) => {
    const own = limits.map((limit, k) => {
      const span = spanOf(limit, m)
      if (!span || span.start === m) stopped[k] = graph.constant(0)
      return graph.multiply(graph.complement(stopped[k]), factorOf(setting, limit, m))
    })
    // A segment has the smallest factor of the limits that stop it.
    const month = program.segments.map((_, s) => {
      const mine = own.filter((__, k) => limits[k].segments.includes(s))
      return mine.length === 0 ? undefined : mine.reduce((a, b) => graph.least(a, b))
    })
    factors.push(month)
    own.forEach((mine, k) => {
      for (const factor of new Set(limits[k].segments.flatMap((s) => month[s] ?? []))) {
        const least = graph.complement(graph.above(graph.subtract(mine, factor), 0))
        const reached = graph.multiply(graph.above(graph.complement(factor), 0), least)
        stopped[k] = graph.greatest(stopped[k], reached)
      }
    })
  }
  const within = (count: Node, m: number, segment: number) => {
    const factor = factors[m][segment]
    return factor === undefined ? count : graph.multiply(factor, count)
  }
  return { step, within, handled: () => (limits.length === 0 ? open : scaled(setting, program.months)) }
}

interface Limiting extends OfferSetting {
  /** What the offer handles without limits. */
  readonly open: Handled
  /** The factors of the months before, by segment. */
  readonly factors: readonly (readonly (Node | undefined)[])[]
}

const spanAt = <T extends Span>(spans: readonly T[], m: number): T | undefined =>
  spans.find(({ start, end }) => start <= m && m < end)
const spanOf = ({ spans }: LimitProgram, m: number): Span | undefined => spanAt<Span>(spans, m)

/** The handled conversations, with each segment's count of a month changed by `change`. */
export const changed = (
  { volume, involved, resolved }: Handled,
  change: (node: Node, month: number, segment: number) => Node,
): Handled => ({
  volume,
  involved: (segment) => involved(segment).map((node, month) => change(node, month, segment)),
  resolved: (segment, rate) => resolved(segment, rate).map((node, month) => change(node, month, segment)),
})

/** A factor that is tried on the segments of a limit. */
interface Tried {
  readonly factor: Node
  readonly segments: readonly number[]
}

/** Months before m times their factors, and month m times a factor that is tried. */
const scaled = ({ inputs: { graph }, open, factors }: Limiting, m: number, tried?: Tried): Handled =>
  changed(open, (node, month, segment) => {
    const now = tried?.segments.includes(segment) ? tried.factor : undefined
    const factor = month < m ? factors[month][segment] : month === m ? now : undefined
    return factor === undefined ? node : graph.multiply(factor, node)
  })

/** Month m alone, without credits of earlier months, which its factor does not change. */
const alone = ({ inputs: { graph }, open }: Limiting, m: number): Handled =>
  changed(open, (node, month) => (month === m ? node : graph.constant(0)))

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

/** The limited quantity or amount before the horizon. */
function pastOf({ inputs: { graph }, prices }: OfferSetting, limit: LimitProgram, m: number): Node | undefined {
  if (limit.kind === 'money') {
    const span = spanAt(limit.spans, m)
    return span && spentIn(graph, span, prices)
  }
  const used = spanAt(limit.spans, m)?.used
  return used === undefined ? undefined : graph.constant(used)
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
  const past = pastOf(setting, limit, m)
  const before = past === undefined ? graph.add(...earlier) : graph.add(past, ...earlier)
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
    const tried = scaled(setting, m, { factor: graph.linear(width, [[1, low]]), segments: limit.segments })
    const spent = graph.add(before, limitedIn(setting, limit, tried, m).node)
    const fits = graph.complement(graph.exceeds(graph.subtract(spent, bound), 0))
    low = graph.add(low, graph.scale(width, fits))
  }
  return graph.add(graph.multiply(over, low), graph.complement(over))
}
