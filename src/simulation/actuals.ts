// Closed months: their noise, given all other draws, and the likelihood of that noise.
import type { NoiseProgram, Program } from '../compile/program.ts'
import type { Graph, Node } from './graph.ts'
import { STEPS } from './inputs.ts'
import { correlationOf } from './mixed.ts'

/** ln(actual / expected) of a month, in steps. */
export function volumeState(graph: Graph, actual: number, expected: Node): Node {
  return graph.scale(-STEPS, graph.logarithm1p(graph.linear(-1, [[1 / actual, expected]])))
}

const LEAST = 1e-9

/** logit(trend) + shift − logit(actual) of a month, in steps. Rates have their noise with the opposite sign. */
export function rateState(graph: Graph, resolved: number, involved: Node, trend: Node, shift: number): Node {
  const rate = graph.clamp(graph.divide(graph.constant(resolved), involved), LEAST, 1 - LEAST)
  const middle = graph.clamp(trend, LEAST, 1 - LEAST)
  const odds = graph.divide(graph.multiply(middle, graph.complement(rate)), graph.multiply(graph.complement(middle), rate))
  return graph.linear(STEPS * shift, [[STEPS, graph.logarithm1p(graph.linear(-1, [[1, odds]]))]])
}

/** The scores behind the states of an autoregression. */
function innovations(graph: Graph, { states, noise: { phi, sd }, prior }: Known, sign: 1 | -1): Node[] {
  const scale = sign * sd * STEPS
  const rest = scale * Math.sqrt(1 - phi * phi)
  return states.map((state, m) => {
    const before = m === 0 ? prior : states[m - 1]
    if (before === undefined) return graph.scale(1 / scale, state)
    return graph.linear(0, [
      [1 / rest, state],
      [-phi / rest, before],
    ])
  })
}

interface Known {
  readonly states: readonly Node[]
  readonly noise: NoiseProgram
  /** The state before the first month. */
  readonly prior?: Node
}

/** The scores of a closed month: independent of other months under the plan, and standard normal. Positive is above the plan. */
export interface ClosedMonth {
  readonly volume: Node
  /** Absent if no resolutions are known. */
  readonly rate?: Node
  /** The correlation of the two scores. */
  readonly rho: number
}

export interface ClosedMonths {
  readonly months: readonly ClosedMonth[]
  /** The log likelihood, up to a constant: −½ of a sum that has a χ² distribution under the plan. */
  readonly likelihood: Node
  /** The degrees of freedom of that sum. */
  readonly degrees: number
}

export function closedMonths(graph: Graph, volume: Known, rate: Known | undefined, program: Program): ClosedMonths {
  const first = innovations(graph, volume, 1)
  const second = rate && innovations(graph, rate, -1)
  const months = first.map((score, m): ClosedMonth => {
    if (!rate || second?.[m] === undefined) return { volume: score, rho: 0 }
    return { volume: score, rate: second[m], rho: correlationOf(program, volume.noise.dimensions[m], rate.noise.dimensions[m]) }
  })
  const degrees = months.reduce((sum, month) => sum + (month.rate === undefined ? 1 : 2), 0)
  return { months, degrees, likelihood: likelihood(graph, months) }
}

function likelihood(graph: Graph, months: readonly ClosedMonth[]): Node {
  const square = (node: Node) => graph.multiply(node, node)
  return graph.linear(
    0,
    months.flatMap(({ volume, rate, rho }) => {
      if (rate === undefined) return [[-0.5, square(volume)] as const]
      const factor = -0.5 / (1 - rho * rho)
      return [
        [factor, square(volume)],
        [factor, square(rate)],
        [-2 * rho * factor, graph.multiply(volume, rate)],
      ] as const
    }),
  )
}

/** The part of a closed month in the χ² sum, from its scores in one trial. */
export const distance = (volume: number, rate: number | undefined, rho: number): number =>
  rate === undefined ? volume * volume : (volume * volume + rate * rate - 2 * rho * volume * rate) / (1 - rho * rho)
