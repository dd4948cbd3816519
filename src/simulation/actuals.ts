// Closed months: their noise, given all other draws, and the likelihood of that noise.
import type { NoiseProgram } from '../compile/program.ts'
import type { Graph, Node } from './graph.ts'
import { STEPS } from './inputs.ts'

/** ln(actual / expected) of a month, in steps. */
export function volumeState(graph: Graph, actual: number, expected: Node): Node {
  return graph.scale(-STEPS, graph.logarithm1p(graph.linear(-1, [[1 / actual, expected]])))
}

const LEAST = 1e-9

/** logit(trend) − logit(actual) of a month, in steps. Rates have their noise with the opposite sign. */
export function rateState(graph: Graph, resolved: number, involved: Node, trend: Node): Node {
  const rate = graph.clamp(graph.divide(graph.constant(resolved), involved), LEAST, 1 - LEAST)
  const middle = graph.clamp(trend, LEAST, 1 - LEAST)
  const odds = graph.divide(graph.multiply(middle, graph.complement(rate)), graph.multiply(graph.complement(middle), rate))
  return graph.scale(STEPS, graph.logarithm1p(graph.linear(-1, [[1, odds]])))
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

/** The log likelihood of the closed months, up to a constant. `rho` is the correlation of a month's two scores. */
export function likelihood(graph: Graph, volume: Known, rate: Known | undefined, rho: number): Node {
  const first = innovations(graph, volume, 1)
  const second = rate && innovations(graph, rate, -1)
  const square = (node: Node) => graph.multiply(node, node)
  const factor = -0.5 / (1 - rho * rho)
  return graph.linear(
    0,
    first.flatMap((score, m) => {
      const other = second?.[m]
      if (other === undefined) return [[-0.5, square(score)] as const]
      return [
        [factor, square(score)],
        [factor, square(other)],
        [-2 * rho * factor, graph.multiply(score, other)],
      ] as const
    }),
  )
}
