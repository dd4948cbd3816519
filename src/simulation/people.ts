// The people beside an offer's AI: the contacts that are left to them, and their cost.
import type { OfferSegmentProgram, Program } from '../compile/program.ts'
import type { Entry } from './entries.ts'
import type { Graph, Node } from './graph.ts'
import type { Inputs } from './inputs.ts'
import { amountOfValue } from './prices.ts'
import type { Handled, Usage } from './usage.ts'

/** What one contract's AI does for the buyer. */
export interface WorkingContract {
  readonly offer: { readonly segments: readonly OfferSegmentProgram[]; readonly contract: { readonly shadow?: readonly boolean[] } }
  readonly working: Handled
}

/** What people do in one segment, by month. */
export interface PeopleWork {
  /** The contacts that they handle. */
  readonly contacts: readonly Node[]
  /** The same times what the uplift adds to each of them. */
  readonly weighted: readonly Node[]
}

interface Beside {
  readonly program: Program
  readonly contracts: readonly WorkingContract[]
  readonly inputs: Inputs
  readonly usage: Usage
  /** All conversations of the segment, with those that come back to the AI. */
  readonly volume: readonly Node[]
}

/**
 * Nothing in a segment whose people cost nothing. Work rises by the uplift times the share that the AI resolves, since it resolves the easy
 * conversations.
 */
export function workOf(beside: Beside, segment: number): PeopleWork | undefined {
  const { program, contracts, inputs, usage, volume } = beside
  const { graph } = inputs
  const { segments, meters } = program
  const { human } = segments[segment]
  if (!human) return undefined
  const genuine = addedUp(
    graph,
    contracts.map(({ offer, working }) => {
      const { genuine: resolved } = offer.segments[segment]
      return resolved === undefined ? undefined : usage.count(meters[resolved], working)
    }),
  )
  const [only] = contracts
  const contacts =
    contracts.length === 1 && !only.offer.contract.shadow
      ? usage.count(meters[only.offer.segments[segment].people], { ...only.working, volume: () => volume })
      : leftBy(beside, segment)
  const weighted = contacts.map((left, month) => {
    const solved = genuine ? graph.divide(genuine[month], volume[month]) : graph.constant(0)
    const dearer = graph.linear(1, [[1, graph.multiply(inputs.value(human.uplift[month]), solved)]])
    return graph.multiply(left, dearer)
  })
  return { contacts, weighted }
}

/** The conversations of a segment that several contracts leave to people. */
function leftBy({ program, contracts, inputs, usage, volume }: Beside, segment: number): readonly Node[] {
  const { graph } = inputs
  const freed = addedUp(
    graph,
    contracts.map(({ offer, working }) => {
      const meter = program.meters[offer.segments[segment].people]
      return meter.kind === 'people' ? usage.freed(meter, working) : undefined
    }),
  )
  return freed ? volume.map((all, m) => graph.subtract(all, freed[m])) : volume
}

/** The cost of a segment's people. Work that the AI takes off them stays in the budget, as far as it is not cashable. */
export function peopleEntries(
  { segments }: Program,
  segment: number,
  work: PeopleWork | undefined,
  inputs: Inputs,
  usage: Usage,
): Entry[] {
  const { human } = segments[segment]
  if (!human || !work) return []
  const { graph } = inputs
  // Without the AI, nobody comes back.
  const { volume } = usage.conversations.segments[segment]
  return work.weighted.map((handled, month) => {
    const cost = amountOfValue(graph, inputs.value(human.cost[month]))
    const cashable = human.cashable[month]
    const paid = graph.linear(0, [
      [cashable, handled],
      [1 - cashable, volume[month]],
    ])
    return { month, ...cost, units: paid }
  })
}

/** Sums by month over those contracts that have any. */
export function addedUp(graph: Graph, all: readonly (readonly Node[] | undefined)[]): readonly Node[] | undefined {
  const found = all.flatMap((nodes) => (nodes ? [nodes] : []))
  if (found.length < 2) return found[0]
  return found[0].map((_, m) => graph.add(...found.map((nodes) => nodes[m])))
}
