// The resolution rate of each month: trend, offset, setbacks, and noise on the log-odds.
import type { Program, RateProgram } from '../compile/program.ts'
import { rateState } from './actuals.ts'
import type { Node, Term } from './graph.ts'
import type { Inputs } from './inputs.ts'

/** One rate, month by month: what its noise acts on, and the noise. */
export interface RateNodes {
  readonly trend: readonly Node[]
  readonly states?: readonly Node[]
}

export interface ResolutionNodes {
  readonly rates: readonly RateNodes[]
  /** Of each of the program's setbacks, the sizes by the month in which they start. */
  readonly setbacks: readonly (readonly Node[])[]
  /** Noise of the closed months of the shared rate, in steps. */
  readonly closed: readonly Node[]
}

export function resolutionOf(program: Program, inputs: Inputs, involved: readonly Node[]): ResolutionNodes {
  const { graph } = inputs
  const setbacks = program.setbacks.map((events) => inputs.starts(events))
  const trends = program.rates.map((rate) => trendOf(program, rate, inputs, setbacks))
  // What is closed tells the noise of the scenario's own resolution.
  const shared = program.sharedRate ? program.rates[0].noise : undefined
  const resolved = shared === undefined ? undefined : program.actuals?.resolved
  const closed = resolved?.map((number, m) => rateState(graph, number, involved[m], trends[0][m])) ?? []
  // Noise is stored with the opposite sign, as the odds of what stays unresolved take it.
  const states = program.noises.map((noise, k) =>
    noise.sd === 0 ? undefined : inputs.states(noise, -1, k === shared ? closed : []),
  )
  const rates = program.rates.map((rate, k): RateNodes => {
    const noise = rate.noise === undefined ? undefined : states[rate.noise]
    return { trend: trends[k], ...(noise && { states: noise }) }
  })
  return { rates, setbacks, closed }
}

function trendOf(program: Program, rate: RateProgram, inputs: Inputs, setbacks: readonly (readonly Node[])[]): readonly Node[] {
  const { graph } = inputs
  const top = inputs.value(rate.ceiling)
  const start = graph.least(inputs.value(rate.rate), top)
  const base = baseOf(program.months, rate, inputs, start, top)
  const offset = rate.offset === undefined ? graph.constant(0) : inputs.value(rate.offset)
  const events = rate.setbacks === undefined ? undefined : program.setbacks[rate.setbacks]
  const starts = rate.setbacks === undefined ? [] : setbacks[rate.setbacks]
  return base.map((trend, m) => {
    const running: Term[] = []
    if (events) {
      for (let s = Math.max(0, m - events.months + 1); s <= m; s++) running.push([(m - s) / events.months - 1, starts[s]])
    }
    return graph.clamp(graph.linear(0, [[1, trend], [1, offset], ...running]), 0, 1)
  })
}

/** The trend before offset and setbacks. */
function baseOf(months: number, { improvement, approach }: RateProgram, inputs: Inputs, start: Node, top: Node): readonly Node[] {
  const { graph } = inputs
  const each = (trend: (m: number) => Node) => Array.from({ length: months }, (_, m) => trend(m))
  if (!improvement) return each(() => start)
  const stated = inputs.value(improvement.value)
  const relative = improvement.kind === 'relative'
  const yearly = improvement.per === 'year'
  // Of a month: points, or the share by which the rate grows.
  const step = !yearly
    ? stated
    : relative
      ? graph.linear(-1, [[1, graph.exponential(graph.scale(1 / 12, graph.logarithm1p(stated)))]])
      : graph.scale(1 / 12, stated)
  let power = graph.constant(1)
  const powers = (factor: Node) =>
    each(() => {
      const now = power
      power = graph.multiply(factor, power)
      return now
    })
  if (approach === 'saturating') {
    // The share of the gap that is left after a month; where there is no gap there is nothing to close.
    const gap = graph.subtract(top, start)
    const points = relative ? graph.multiply(step, start) : step
    const left = graph.exponential(graph.scale(-1, graph.divide(points, gap)))
    return powers(left).map((share) => graph.subtract(top, graph.multiply(share, gap)))
  }
  if (relative) return powers(graph.linear(1, [[1, step]])).map((share) => graph.least(graph.multiply(share, start), top))
  return each((m) =>
    graph.least(
      graph.linear(0, [
        [1, start],
        [m, step],
      ]),
      top,
    ),
  )
}
