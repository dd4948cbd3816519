// A pool of heads on the payroll on the trials: its course, and what it costs.
import { poolOf } from '../compile/people.ts'
import type { StaffProgram } from '../compile/program.ts'
import { type Staffing, staffing } from '../contract/staffing.ts'
import type { Entry } from './entries.ts'
import type { Graph, Node } from './graph.ts'
import type { Inputs } from './inputs.ts'
import { amountOfValue, type Prices } from './prices.ts'

/** What people have to do in one segment, by month. */
export interface PeopleWork {
  /** The contacts that they handle. */
  readonly contacts: readonly Node[]
  /** The same times what the uplift adds to each of them. */
  readonly weighted: readonly Node[]
}

export interface PoolNodes {
  readonly segments: readonly number[]
  /** The minutes of each of these segments by month. */
  readonly minutes: readonly (readonly Node[])[]
  readonly course: Staffing<Node>
  /** Contacts that nobody is there for. */
  readonly shortfall: readonly Node[]
  readonly entries: readonly Entry[]
}

/** @param workOf the work in a segment, which must be one of the pool's */
export function poolNodes(
  staff: StaffProgram,
  workOf: (segment: number) => PeopleWork,
  { inputs, prices }: { readonly inputs: Inputs; readonly prices: Prices },
): PoolNodes {
  const { graph } = inputs
  const works = staff.segments.map(({ segment }) => workOf(segment))
  const minutes = staff.segments.map((own, k) =>
    own.minutes.map((each, m) => graph.multiply(inputs.value(each), works[k].weighted[m])),
  )
  const months = staff.hours.map((_, m) => m)
  const work = months.map((m) => graph.add(...minutes.map((own) => own[m])))
  const course = staffing(
    graph,
    poolOf<Node>(graph, (stated) => inputs.value(stated), staff),
    work,
  )
  const shortfall = months.map((m) => graph.multiply(graph.add(...works.map(({ contacts }) => contacts[m])), course.unmet[m]))
  return {
    segments: staff.segments.map(({ segment }) => segment),
    ...{ minutes, course, shortfall },
    entries: entriesOf(staff, course, shortfall, { inputs, prices }),
  }
}

/** Pay of the heads, hires as they arrive, releases as they leave, and contacts that nobody is there for. */
function entriesOf(
  { pay, hire, release, shortfall: price }: StaffProgram,
  { heads, arrivals, departures }: Staffing<Node>,
  shortfall: readonly Node[],
  { inputs, prices }: { readonly inputs: Inputs; readonly prices: Prices },
): Entry[] {
  const { graph } = inputs
  const priced = (values: StaffProgram['shortfall'], units: readonly Node[]) =>
    units.map((number, month): Entry => ({ month, ...amountOfValue(graph, inputs.value(values[month])), units: number }))
  const paid = heads.map((units, month): Entry => {
    const { coefficient, factor } = prices(pay.price, month)
    return { month, coefficient: coefficient * pay.times, ...(factor !== undefined && { factor }), units }
  })
  return [
    ...paid,
    ...priced(hire.cost, arrivals),
    ...(release ? priced(release.cost, departures) : []),
    ...priced(price, shortfall),
  ]
}

/** What happens to all pools together, by month and over the horizon. */
export interface PeopleNodes {
  readonly heads: readonly Node[]
  readonly need: readonly Node[]
  readonly arrivals: readonly Node[]
  readonly departures: readonly Node[]
  readonly hires: Node
  readonly releases: Node
  readonly shortfall: Node
}

export function allPools(graph: Graph, pools: readonly PoolNodes[]): PeopleNodes | undefined {
  const [first] = pools
  if (!first) return undefined
  const byMonth = (of: (course: Staffing<Node>) => readonly Node[]) =>
    first.shortfall.map((_, m) => graph.add(...pools.map(({ course }) => of(course)[m])))
  const whole = (of: (pool: PoolNodes) => readonly Node[]) => graph.add(...pools.flatMap(of))
  return {
    heads: byMonth(({ heads }) => heads),
    need: byMonth(({ need }) => need),
    arrivals: byMonth(({ arrivals }) => arrivals),
    departures: byMonth(({ departures }) => departures),
    hires: whole(({ course }) => course.arrivals),
    releases: whole(({ course }) => course.departures),
    shortfall: whole(({ shortfall }) => shortfall),
  }
}
