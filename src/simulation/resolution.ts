// The resolution rate of each month: trend, offset, setbacks, and noise on the log-odds.
import type { Program, RateProgram } from '../compile/program.ts'
import { rateState } from './actuals.ts'
import type { Node, Term } from './graph.ts'
import type { Inputs, RateNoise } from './inputs.ts'

/** One rate by month: its trend, and the noise on the trend. */
type RateNodes = { readonly trend: readonly Node[]; readonly noise?: RateNoise }

export interface ResolutionNodes {
  readonly rates: readonly RateNodes[]
  /** For each of the program's setbacks, the size of the one that starts in each month. */
  readonly setbacks: readonly (readonly Node[])[]
  /** Noise of the closed months of the shared rate, in steps. */
  readonly closed: readonly Node[]
}

export function resolutionOf(program: Program, inputs: Inputs, involved: readonly Node[]): ResolutionNodes {
  const { graph } = inputs
  const setbacks = program.setbacks.map((events) => inputs.starts(events))
  const trends = program.rates.map((rate) => trendOf(program, rate, inputs, setbacks))
  // Closed months determine the noise of the plan's own resolution rate.
  const shared = program.sharedRate ? program.rates[0].noise : undefined
  const resolved = shared === undefined ? undefined : program.actuals?.resolved
  const shift = shared === undefined ? 0 : program.noises[shared].shift
  const closed = resolved?.map((number, m) => rateState(graph, number, involved[m], trends[0][m], shift)) ?? []
  const noises = program.noises.map((noise, k) =>
    noise.sd === 0 ? undefined : inputs.rateNoise(noise, k === shared ? closed : []),
  )
  const rates = program.rates.map((rate, k): RateNodes => {
    const noise = rate.noise === undefined ? undefined : noises[rate.noise]
    return { trend: trends[k], ...(noise && { noise }) }
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
  // Points per month, or the share by which the rate grows per month.
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
    // The share of the gap that remains after a month. Without a gap, division by 0 gives 0.
    const gap = graph.subtract(top, start)
    const points = relative ? graph.multiply(step, start) : step
    const left = graph.exponential(graph.scale(-1, graph.divide(points, gap)))
    return powers(left).map((share) => graph.subtract(top, graph.multiply(share, gap)))
  }
  if (relative) return powers(graph.linear(1, [[1, step]])).map((share) => graph.least(graph.multiply(share, start), top))
  return each((m) => graph.least(graph.add(start, graph.scale(m, step)), top))
}
