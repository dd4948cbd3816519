// A program as a graph: the trials that all offers share, and each offer's bill on them.
import type { DrawnProgram, Program } from '../compile/program.ts'
import { type ClosedMonths, closedMonths } from './actuals.ts'
import { type Billing, billingOf } from './billing.ts'
import { type ConversationNodes, conversationsOf } from './conversations.ts'
import { Graph, type Node } from './graph.ts'
import { Inputs } from './inputs.ts'
import { type ResolutionNodes, resolutionOf } from './resolution.ts'
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

/** @param graph shared with other programs on the same trials, so that common parts are computed once */
export function modelOf(program: Program, graph: Graph = new Graph()): Model {
  const inputs = new Inputs(graph, program)
  const conversations = conversationsOf(program, inputs)
  const resolution = resolutionOf(program, inputs, conversations.involved)
  const usage = new Usage(program, inputs, conversations, resolution)
  const offers = program.offers.map((offer) => billingOf(program, offer, inputs, usage))
  const costs = offers.map(({ bill, total }) => (program.measure === 'bill' ? bill : total))
  const least = costs.reduce((a, b) => graph.least(a, b))
  const { volume, noises, rates, actuals } = program
  const rateNoise = resolution.closed.length > 0 ? noises[rates[0].noise?.place ?? 0] : undefined
  const known =
    actuals &&
    volume.noise &&
    closedMonths(
      graph,
      {
        states: conversations.closed,
        noise: volume.noise,
        ...(conversations.prior !== undefined && { prior: conversations.prior }),
      },
      rateNoise && { states: resolution.closed, noise: rateNoise },
      program,
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
    ...(known && { closed: known }),
  }
}
