// What a charge includes comes off its quantity first; what is left of it may last for some further spans, the oldest used first.
import type { IncludedProgram } from '../contract/compiled.ts'
import type { OfferProgram, Program } from '../compile/program.ts'
import type { Graph, Node } from './graph.ts'
import type { Inputs } from './inputs.ts'
import type { Handled, Usage } from './usage.ts'

/** The part of each month's quantity that exceeds what is included. */
export function remaining(
  program: Program,
  included: IncludedProgram,
  counted: readonly Node[],
  { graph }: Inputs,
  usage: Usage,
  handled: Handled,
  offer: OfferProgram,
): readonly Node[] {
  const out = [...counted]
  const seats = seatsOf(program, included, graph, usage, handled, offer)
  let bank: readonly Node[] = []
  for (const { start, end, quantity, perSeat } of included.spans) {
    const granted = graph.linear(
      quantity,
      Array.from({ length: end - start }, (_, k) => [perSeat, seats(start + k)] as const),
    )
    const items = [...bank, granted]
    const available = graph.add(...items)
    let before = graph.constant(0)
    for (let month = start; month < end; month++) {
      const used = sumOf(graph, counted, start, month)
      const over = above(graph, used, available)
      out[month] = month === start ? over : graph.subtract(over, before)
      before = over
    }
    bank = included.rollover === 0 ? [] : left(graph, items, sumOf(graph, counted, start, end - 1)).slice(-included.rollover)
  }
  return out
}

const sumOf = (graph: Graph, months: readonly Node[], from: number, to: number): Node => graph.add(...months.slice(from, to + 1))

function above(graph: Graph, used: Node, available: Node): Node {
  const known = graph.known(available)
  return known === undefined ? graph.clamp(graph.subtract(used, available), 0, Infinity) : graph.excess(used, known)
}

/** What is left of each item when `used` came off them in order. */
function left(graph: Graph, items: readonly Node[], used: Node): readonly Node[] {
  let sum = graph.constant(0)
  let before = graph.constant(0)
  return items.map((item) => {
    sum = graph.add(sum, item)
    const upTo = graph.clamp(graph.subtract(sum, used), 0, Infinity)
    const own = graph.subtract(upTo, before)
    before = upTo
    return own
  })
}

function seatsOf(
  program: Program,
  { seats }: IncludedProgram,
  graph: Graph,
  usage: Usage,
  handled: Handled,
  offer: OfferProgram,
): (month: number) => Node {
  if (!seats) return () => graph.constant(0)
  if ('months' in seats) return (month) => graph.constant(seats.months[month])
  const people = offer.people === undefined ? usage.conversations.volume : usage.count(program.meters[offer.people], handled)
  return (month) => graph.packages(people[month], 0, seats.perAgent)
}
