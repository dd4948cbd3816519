// The resolution rate of each month: trend, offset, setbacks, and noise on the log-odds.
import type { NoiseLevel, Program, RateProgram } from '../compile/program.ts'
import type { Graph, Node, Term } from './graph.ts'
import type { Inputs, RateNoise } from './inputs.ts'

/** Noise on the trend of one month: its state, and a factor on the odds of staying unresolved. */
interface MonthNoise {
  readonly state: Node
  readonly odds: number
}

/** One rate by month: its trend, and the noise on the trend. A month without noise has none. */
export interface RateNodes {
  readonly trend: readonly Node[]
  readonly noise?: readonly (MonthNoise | undefined)[]
}

export interface ResolutionNodes {
  readonly rates: readonly RateNodes[]
  /** For each of the program's setbacks, the size of the one that starts in each month. */
  readonly setbacks: readonly (readonly Node[])[]
}

/** The trend of each rate. Trends are made when they are first needed, because the order of nodes fixes that of sums. */
export class RateCourses {
  readonly inputs: Inputs
  readonly #program: Program
  #made: { readonly setbacks: readonly (readonly Node[])[]; readonly trends: readonly (readonly Node[])[] } | undefined

  constructor(program: Program, inputs: Inputs) {
    this.#program = program
    this.inputs = inputs
  }

  get setbacks(): readonly (readonly Node[])[] {
    return this.#all.setbacks
  }

  get trends(): readonly (readonly Node[])[] {
    return this.#all.trends
  }

  get #all() {
    this.#made ??= this.#make()
    return this.#made
  }

  #make() {
    const setbacks = this.#program.setbacks.map((events) => this.inputs.starts(events))
    return { setbacks, trends: this.#program.rates.map((rate) => trendOf(this.#program, rate, this.inputs, setbacks)) }
  }
}

/** @param closed noises whose closed months are known */
export function resolutionOf(
  program: Program,
  { inputs, trends, setbacks }: RateCourses,
  closed: readonly { readonly place: number; readonly states: readonly Node[] }[],
): ResolutionNodes {
  const rates = program.rates.map(({ noise }, k): RateNodes => {
    const known = closed.find(({ place }) => place === noise?.place)
    return { trend: trends[k], ...(noise && monthlyNoise(program, noise, inputs, known?.states ?? [])) }
  })
  return { rates, setbacks }
}

/** The noise of each month. Stages with other rates have other strengths of the same noise. */
export function monthlyNoise(
  { noises }: Program,
  { place, levels }: NonNullable<RateProgram['noise']>,
  inputs: Inputs,
  closed: readonly Node[],
): Pick<RateNodes, 'noise'> {
  if (levels.every(({ sd }) => sd === 0)) return {}
  const noise = noises[place]
  const made = new Map<NoiseLevel, RateNoise>()
  const withLevel = (level: NoiseLevel): RateNoise => {
    const known = made.get(level)
    if (known) return known
    const own = closed.map((state) => inputs.graph.scale(level.sd / noise.sd, state))
    const found = inputs.rateNoise(noise, level, own)
    made.set(level, found)
    return found
  }
  return {
    noise: levels.map((level, m): MonthNoise | undefined => {
      if (level.sd === 0) return undefined
      const { states, odds } = withLevel(level)
      return { state: states[m], odds }
    }),
  }
}

function trendOf(program: Program, rate: RateProgram, inputs: Inputs, setbacks: readonly (readonly Node[])[]): readonly Node[] {
  const { graph } = inputs
  const base = baseOf(rate, inputs)
  const none = graph.constant(0)
  const offsets = rate.offsets?.map((offset) => inputs.value(offset))
  const events = rate.setbacks === undefined ? undefined : program.setbacks[rate.setbacks]
  const starts = rate.setbacks === undefined ? [] : setbacks[rate.setbacks]
  return base.map((trend, m) => {
    const running: Term[] = []
    if (events) {
      for (let s = Math.max(0, m - events.months + 1); s <= m; s++) running.push([(m - s) / events.months - 1, starts[s]])
    }
    return graph.clamp(graph.linear(0, [[1, trend], [1, offsets?.[m] ?? none], ...running]), 0, 1)
  })
}

/** The trend before offset and setbacks. It counts from the month in which its stage of the rate begins. */
function baseOf({ rates, since, ceilings, improvements, approach }: RateProgram, inputs: Inputs): readonly Node[] {
  const { graph } = inputs
  const tops = ceilings.map((ceiling) => inputs.value(ceiling))
  const starts = rates.map((rate, m) => graph.least(inputs.value(rate), tops[m]))
  if (!improvements) return starts
  // Points per month, or the share by which the rate grows per month.
  const steps = improvements.map(({ value, kind, per }) => {
    const stated = inputs.value(value)
    if (per === 'month') return stated
    return kind === 'relative'
      ? graph.linear(-1, [[1, graph.exponential(graph.scale(1 / 12, graph.logarithm1p(stated)))]])
      : graph.scale(1 / 12, stated)
  })
  /** The product of the factors of the months since the stage began. */
  const powers = (factor: (m: number) => Node) => {
    const all: Node[] = []
    for (const m of rates.keys()) all.push(since[m] === m ? graph.constant(1) : graph.multiply(factor(m), all[m - 1]))
    return all
  }
  // All stages of an improvement are of one kind.
  const relative = improvements[0].kind === 'relative'
  if (approach === 'saturating') {
    // The share of the gap that remains after a month. Without a gap, division by 0 gives 0.
    const gaps = starts.map((start, m) => graph.subtract(tops[m], start))
    if (tops.some((top) => top !== tops[0])) return approaching(graph, { starts, tops, gaps, steps, since, relative })
    const left = steps.map((step, m) => {
      const points = relative ? graph.multiply(step, starts[m]) : step
      return graph.exponential(graph.scale(-1, graph.divide(points, gaps[m])))
    })
    return powers((m) => left[m]).map((share, m) => graph.subtract(tops[m], graph.multiply(share, gaps[m])))
  }
  if (relative) {
    const factors = steps.map((step) => graph.linear(1, [[1, step]]))
    return powers((m) => factors[m]).map((share, m) => graph.least(graph.multiply(share, starts[m]), tops[m]))
  }
  return starts.map((start, m) => {
    const counts = new Map<Node, number>()
    for (let k = since[m] + 1; k <= m; k++) counts.set(steps[k], (counts.get(steps[k]) ?? 0) + 1)
    return graph.least(graph.linear(0, [[1, start], ...[...counts].map(([step, count]): Term => [count, step])]), tops[m])
  })
}

interface Approaching {
  readonly starts: readonly Node[]
  readonly tops: readonly Node[]
  readonly gaps: readonly Node[]
  /** What each month adds at first, in points or as a share of the start. */
  readonly steps: readonly Node[]
  readonly since: readonly number[]
  readonly relative: boolean
}

/** A saturating trend under ceilings in stages: each month has the trend that its own ceiling would have had from the start. */
function approaching(graph: Graph, { starts, tops, gaps, steps, since, relative }: Approaching): readonly Node[] {
  return starts.map((start, m) => {
    const sum = graph.add(...steps.slice(since[m] + 1, m + 1))
    const points = relative ? graph.multiply(sum, start) : sum
    const left = graph.exponential(graph.scale(-1, graph.divide(points, gaps[m])))
    return graph.subtract(tops[m], graph.multiply(left, gaps[m]))
  })
}
