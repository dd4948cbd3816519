// A charge's quantity after its included units, which come off first. Unused units may last for further spans, the oldest used first.
import type { ChargeProgram, IncludedProgram } from '../contract/compiled.ts'
import { inHorizon, wholeOf } from '../contract/spans.ts'
import type { OfferProgram, Program } from '../compile/program.ts'
import { sumFrom } from './entries.ts'
import type { Graph, Node } from './graph.ts'
import type { Inputs } from './inputs.ts'
import type { Prices } from './prices.ts'
import type { Handled, Usage } from './usage.ts'

/** One offer of a program, and the nodes that its bill is built on. */
export interface OfferSetting {
  readonly program: Program
  readonly offer: OfferProgram
  readonly inputs: Inputs
  readonly usage: Usage
  readonly prices: Prices
  /** Of the conversations that come to a part of an offer, by segment and month. */
  readonly shares?: readonly (readonly Node[])[]
}

/** The quantity that a charge bills in each month. */
export function quantityOf(setting: OfferSetting, { quantity, included }: ChargeProgram, handled: Handled): readonly Node[] {
  const counted = setting.usage.counted(quantity, handled)
  return included ? remaining(setting, included, counted, handled) : counted
}

/** The part of each month's quantity that exceeds the included units. */
function remaining(setting: OfferSetting, included: IncludedProgram, counted: readonly Node[], handled: Handled): readonly Node[] {
  const { graph } = setting.inputs
  const out = [...counted]
  const seats = seatsOf(setting, included, handled)
  let bank: readonly Node[] = []
  for (const span of included.spans) {
    const { start, end, quantity, perSeat, used: earlier } = span
    const [first, last] = wholeOf(span)
    const granted = graph.linear(
      quantity,
      Array.from({ length: last - first }, (_, k) => [perSeat, seats(inHorizon(first + k, counted.length))] as const),
    )
    const used = (to: number) => sumFrom(graph, earlier, counted.slice(start, to))
    const items = [...bank, granted]
    const available = graph.add(...items)
    let before = earlier === undefined ? graph.constant(0) : above(graph, graph.constant(earlier), available)
    for (let month = start; month < end; month++) {
      const over = above(graph, used(month + 1), available)
      out[month] = month === start && earlier === undefined ? over : graph.subtract(over, before)
      before = over
    }
    bank = included.rollover === 0 ? [] : left(graph, items, used(end)).slice(-included.rollover)
  }
  return out
}

function above(graph: Graph, used: Node, available: Node): Node {
  const known = graph.known(available)
  return known === undefined ? graph.positive(graph.subtract(used, available)) : graph.excess(used, known)
}

/** The remainder of each item after `used` came off them in order. */
function left(graph: Graph, items: readonly Node[], used: Node): readonly Node[] {
  let sum = graph.constant(0)
  let before = graph.constant(0)
  return items.map((item) => {
    sum = graph.add(sum, item)
    const upTo = graph.positive(graph.subtract(sum, used))
    const own = graph.subtract(upTo, before)
    before = upTo
    return own
  })
}

function seatsOf({ offer, inputs, usage }: OfferSetting, { seats }: IncludedProgram, handled: Handled): (month: number) => Node {
  const { graph } = inputs
  if (!seats) return () => graph.constant(0)
  if ('months' in seats) return (month) => inputs.value(seats.months[month])
  const people = usage.sum(
    seats.segments.map((s) => offer.segments[s].people),
    handled,
  )
  return (month) => graph.packages(people[month], 0, seats.perAgent)
}
