// The expected volume of each month as nodes: a known number, a drawn base, and the power of drawn growth.
import type { GrowthStep, LevelProgram } from '../compile/program.ts'
import type { Node } from './graph.ts'
import type { Inputs } from './inputs.ts'

/** The expected volume of a month is `certain · base · power`. */
export interface LevelNodes {
  /** The part that is the same in every trial, and the part of it that is the base. */
  readonly certain: number
  readonly constant: number
  /** Absent if the base is certain. */
  readonly base?: Node
  /** The drawn growth since the stage of the base began; absent if growth is certain. */
  readonly power?: Node
  /** The drawn growth that leads to the month. */
  readonly factor?: Node
}

/** The level by month. */
export function levelNodes({ levels, bases, growths, since }: LevelProgram, inputs: Inputs): (m: number) => LevelNodes {
  const { graph } = inputs
  const powers: Node[] = []
  const factorOf = (step: GrowthStep | undefined): Node | undefined => {
    if (!step) return undefined
    const drawn = inputs.input(step.input)
    if (!step.yearly) return graph.linear(1, [[1, drawn]])
    return graph.exponential(graph.scale(1 / 12, graph.logarithm1p(drawn)))
  }
  const factors = growths?.map(factorOf)
  const powerOf = (m: number): Node | undefined => {
    if (!factors) return undefined
    for (let k = powers.length; k <= m; k++) {
      const factor = factors[k]
      const before = powers[k - 1] ?? graph.constant(1)
      powers.push(since[k] === k ? graph.constant(1) : factor === undefined ? before : graph.multiply(factor, before))
    }
    return powers[m]
  }
  return (m) => {
    const base = bases?.[m]
    const constant = typeof base === 'number' ? base : 1
    const power = powerOf(m)
    const factor = factors?.[m]
    return {
      certain: levels[m] * constant,
      constant,
      ...(base !== undefined && typeof base !== 'number' && { base: inputs.value(base) }),
      ...(power !== undefined && { power }),
      ...(factor !== undefined && { factor }),
    }
  }
}
