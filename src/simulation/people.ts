// The people beside an offer's AI: the contacts that are left to them, and their cost.
import type { OfferSegmentProgram, Program } from '../compile/program.ts'
import type { Entry } from './entries.ts'
import type { Graph, Node } from './graph.ts'
import type { Inputs } from './inputs.ts'
import { amountOfValue, type Prices } from './prices.ts'
import { allPools, type PeopleNodes, type PeopleWork, type PoolNodes, poolNodes } from './staff.ts'
import type { Handled, Usage } from './usage.ts'

/** What one contract's AI does for the buyer. */
export interface WorkingContract {
  readonly offer: { readonly segments: readonly OfferSegmentProgram[] }
  readonly working: Handled
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
function workOf(beside: Beside, segment: number): PeopleWork | undefined {
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
  const contacts = leftBy(beside, segment)
  const weighted = contacts.map((left, month) => {
    const solved = genuine ? graph.divide(genuine[month], volume[month]) : graph.constant(0)
    const dearer = graph.linear(1, [[1, graph.multiply(inputs.value(human.uplift[month]), solved)]])
    return graph.multiply(left, dearer)
  })
  return { contacts, weighted }
}

/** The conversations of a segment that the contracts leave to people. */
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

/** The people beside an offer. */
export interface People {
  /** The work of each segment. Absent where people cost nothing. */
  readonly work: readonly (PeopleWork | undefined)[]
  /** The cost of contacts by segment. */
  readonly bySegment: readonly (readonly Entry[])[]
  /** Those on the payroll. */
  readonly pools: readonly PoolNodes[]
  readonly course?: PeopleNodes
  /** The cost of all. */
  readonly entries: readonly Entry[]
}

interface Setting {
  readonly program: Program
  readonly inputs: Inputs
  readonly usage: Usage
  readonly prices: Prices
}

/** @param volumes all conversations by segment and month, with those that come back to the AI */
export function peopleOf(setting: Setting, contracts: readonly WorkingContract[], volumes: readonly (readonly Node[])[]): People {
  const { program, inputs, usage } = setting
  const work = volumes.map((volume, s) => workOf({ program, contracts, inputs, usage, volume }, s))
  return peopleWith(setting, work)
}

/** People who handle every conversation, without any AI. */
export function peopleAlone(setting: Setting): People {
  const { program, usage } = setting
  const work = program.segments.map(({ human }, s): PeopleWork | undefined => {
    const { volume } = usage.conversations.segments[s]
    return human && { contacts: volume, weighted: volume }
  })
  return peopleWith(setting, work)
}

function peopleWith(setting: Setting, work: People['work']): People {
  const { program, inputs, usage } = setting
  const bySegment = work.map((own, s) => contactEntries(program, s, own, inputs, usage))
  const workIn = (s: number): PeopleWork => work[s] ?? { contacts: [], weighted: [] }
  const pools = program.staff.map((staff) => poolNodes(staff, workIn, setting))
  const course = allPools(inputs.graph, pools)
  const entries = [...bySegment.flat(), ...pools.flatMap((pool) => pool.entries)]
  return { work, bySegment, pools, entries, ...(course && { course }) }
}

/** The cost of a segment's contacts. Work that the AI takes off people stays in the budget, as far as it is not cashable. */
function contactEntries(
  { segments }: Program,
  segment: number,
  work: PeopleWork | undefined,
  inputs: Inputs,
  usage: Usage,
): Entry[] {
  const { human } = segments[segment]
  if (!human || !work || 'pool' in human) return []
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
