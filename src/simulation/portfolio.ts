// The costs of a portfolio as nodes of one graph: those of each plan in the portfolio's currency, and their sums.
import type { PlanProgram, PortfolioProgram } from '../compile/portfolio.ts'
import { historiesOf } from '../compile/jumping.ts'
import { type DrawnProgram, eventsOf, type Measure } from '../compile/program.ts'
import { Graph, type Node } from './graph.ts'
import { Inputs } from './inputs.ts'
import { type DrawnModel, type Model, modelOf } from './model.ts'

/** A cost over the horizon and in each month of the portfolio. */
export interface CostNodes {
  readonly horizon: Node
  readonly months: readonly Node[]
}

type ByMeasure = Readonly<Record<Measure, CostNodes>>

export interface PortfolioModel extends DrawnModel {
  readonly plans: readonly ByMeasure[]
  readonly all: ByMeasure
}

/** @param months those of the portfolio; outside its own a plan costs nothing */
export function portfolioModel(portfolio: PortfolioProgram, months: number): PortfolioModel {
  const graph = new Graph()
  const program = drawnBy(portfolio)
  const plans = portfolio.plans.map((plan) => planNodes(graph, plan, months))
  const all = (measure: Measure): CostNodes => ({
    horizon: graph.add(...plans.map((plan) => plan[measure].horizon)),
    months: Array.from({ length: months }, (_, m) => graph.add(...plans.map((plan) => plan[measure].months[m]))),
  })
  return { program, graph, inputs: new Inputs(graph, program), plans, all: { bill: all('bill'), total: all('total') } }
}

function planNodes(graph: Graph, { program, from, rate }: PlanProgram, months: number): ByMeasure {
  const model = modelOf(program, graph)
  const price = priceOf(graph, model, rate)
  const own = model.offers[0]
  const nodes = (horizon: Node, month: (m: number) => Node): CostNodes => ({
    horizon: graph.multiply(price, horizon),
    months: Array.from({ length: months }, (_, m) =>
      m < from || m >= from + program.months ? graph.constant(0) : graph.multiply(price, month(m - from)),
    ),
  })
  return {
    bill: nodes(own.bill, own.billMonth),
    total: nodes(own.total, own.totalMonth),
  }
}

const priceOf = (graph: Graph, { inputs }: Model, rate: PlanProgram['rate']): Node =>
  typeof rate === 'number' ? graph.constant(rate) : inputs.drawn(rate)

/** The draws of all plans as those of one program. */
function drawnBy({ plans, dimensions, mixes }: PortfolioProgram): DrawnProgram {
  const programs = plans.map(({ program }) => program)
  const before = programs.map((_, k) => programs.slice(0, k).reduce((sum, { inputs }) => sum + inputs.length, 0))
  return {
    dimensions,
    mixes,
    inputs: programs.flatMap(({ inputs }) => inputs),
    jumps: distinct(
      programs.flatMap(({ jumps, inputs }, k) =>
        jumps.map((jump) => ({ ...jump, input: jump.input + before[k], dimension: inputs[jump.input].dimension })),
      ),
    ),
    volume: {},
    setbacks: distinct(programs.flatMap(eventsOf).map((events) => ({ ...events, dimension: events.dimensions[0] }))),
    // Their spikes are among the events above.
    segments: programs.flatMap((program) => [
      ...program.segments.map(({ counting }) => (counting ? { counting } : {})),
      ...historiesOf(program).map((history) => ({ history })),
    ]),
    offers: programs.flatMap(({ offers }) => offers),
  }
}

/** Draws that plans share count once. */
function distinct<T extends { readonly dimension: number }>(draws: readonly T[]): T[] {
  const seen = new Set<number>()
  return draws.filter(({ dimension }) => !seen.has(dimension) && seen.add(dimension))
}
