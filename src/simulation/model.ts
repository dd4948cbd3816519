// A program as a graph: the trials that all offers share, and each offer's bill on them.
import type { DrawnProgram, Program } from '../compile/program.ts'
import { type ClosedMonths, closedMonths } from './actuals.ts'
import { type Billing, billingOf } from './billing.ts'
import { type ClosedRate, closedRates } from './closed-rates.ts'
import type { ClosedRatesOf } from './closed-volumes.ts'
import { type ConversationNodes, conversationsOf } from './conversations.ts'
import { Graph, type Node } from './graph.ts'
import { Inputs } from './inputs.ts'
import { RateCourses, type ResolutionNodes, resolutionOf } from './resolution.ts'
import { Usage } from './usage.ts'

/** A graph with its draws. */
export interface DrawnModel {
  readonly program: DrawnProgram
  readonly graph: Graph
  readonly inputs: Inputs
}

export interface Model extends DrawnModel {
  readonly program: Program
  readonly graph: Graph
  readonly inputs: Inputs
  readonly conversations: ConversationNodes
  readonly resolution: ResolutionNodes
  readonly usage: Usage
  readonly offers: readonly Billing[]
  /** Each offer's cost over the horizon, in the chosen measure. */
  readonly costs: readonly Node[]
  /** The cost of the cheapest offer. */
  readonly least: Node
  /** Absent if no month is closed. */
  readonly closed?: ClosedMonths
}

/** The nodes that all offers share. */
type DriverNodes = Pick<Model, 'conversations' | 'resolution' | 'usage'> & { readonly rates: readonly ClosedRate[] }

export function driversIn(program: Program, inputs: Inputs): DriverNodes {
  const courses = new RateCourses(program, inputs)
  let known: readonly ClosedRate[] | undefined
  const ratesOf: ClosedRatesOf = (counts) => {
    known ??= closedRates(program, inputs, courses, counts)
    return known
  }
  const conversations = conversationsOf(program, inputs, ratesOf)
  const rates = ratesOf({
    volumes: (segment) => conversations.segments[segment].volume,
    involved: (segment) => conversations.segments[segment].involved,
  })
  const resolution = resolutionOf(program, courses, rates)
  return { conversations, resolution, usage: new Usage(program, inputs, conversations, resolution), rates }
}

/** @param graph shared with other programs on the same trials, so that common parts are computed once */
export function modelOf(program: Program, graph: Graph = new Graph()): Model {
  const inputs = new Inputs(graph, program)
  const { conversations, resolution, usage, rates } = driversIn(program, inputs)
  const offers = program.offers.map((offer) => billingOf(program, offer, inputs, usage))
  const costs = offers.map(({ bill, total }) => (program.measure === 'bill' ? bill : total))
  const least = costs.reduce((a, b) => graph.least(a, b))
  const closed =
    conversations.closed &&
    closedMonths(
      graph,
      conversations.closed.months(rates),
      rates.flatMap(({ spreads }) => spreads),
    )
  return {
    program,
    graph,
    inputs,
    conversations,
    resolution,
    usage,
    offers,
    costs,
    least,
    ...(closed && { closed }),
  }
}
