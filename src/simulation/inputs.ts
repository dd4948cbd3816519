// What is drawn, as nodes: normal scores (correlated where the scenario says so), once-a-trial inputs, events, noises.
import type { Value } from '../contract/operation.ts'
import type { EventProgram, NoiseProgram, Program, ResampledProgram } from '../compile/program.ts'
import type { Graph, Node, Term } from './graph.ts'

/** Steps of ln 2 / 128: the unit of the kernel's noise states. */
export const STEPS = 184.6649652337873
/** Beyond ±90,000 steps e^x is no normal double any more. */
const REACH = 90_000
/** No score is beyond it. */
const FARTHEST_SCORE = 8.3

export class Inputs {
  readonly graph: Graph
  readonly #program: Program
  readonly #mixed: ReadonlyMap<number, readonly Term[]>

  constructor(graph: Graph, program: Program) {
    this.graph = graph
    this.#program = program
    this.#mixed = new Map(
      program.mixes.flatMap(({ dimensions, factor }) =>
        dimensions.map((dimension, row) => {
          const terms = dimensions.slice(0, row + 1).map((other, k): Term => [factor[row][k], graph.score(other)])
          return [dimension, terms] as const
        }),
      ),
    )
  }

  /** The standard normal score of a dimension. */
  score(dimension: number): Node {
    const mixed = this.#mixed.get(dimension)
    return mixed ? this.graph.linear(0, mixed) : this.graph.score(dimension)
  }

  /** A number, or the once-a-trial input that it is drawn from. */
  value(value: Value): Node {
    return typeof value === 'number' ? this.graph.constant(value) : this.input(value.input)
  }

  input(k: number): Node {
    const { dimension, table } = this.#program.inputs[k]
    return this.graph.tabulated(this.score(dimension), table)
  }

  /** The size of what starts in each month, or the neutral value. */
  starts({ dimensions, table }: EventProgram): readonly Node[] {
    return dimensions.map((dimension) => this.graph.tabulated(this.score(dimension), table))
  }

  /** What past months were by what was expected of them, block by block. */
  resampled({ dimensions, tables }: ResampledProgram, months: number): readonly Node[] {
    const scores = dimensions.map((dimension) => this.score(dimension))
    return Array.from({ length: months }, (_, m) =>
      this.graph.tabulated(scores[Math.floor(m / tables.length)], tables[m % tables.length]),
    )
  }

  /**
   * A stationary first-order autoregression, month by month, times `sign`, in steps; from `closed` on where its first months are
   * known, and from `prior` where the month before them is.
   */
  states({ dimensions, phi, sd }: NoiseProgram, sign: 1 | -1, closed: readonly Node[] = [], prior?: Node): readonly Node[] {
    const scale = sign * sd * STEPS
    const innovation = Math.sqrt(1 - phi * phi)
    const far = FARTHEST_SCORE * scale * Math.sqrt((1 + Math.abs(phi)) / (1 - Math.abs(phi))) * sign > REACH
    let before = prior
    return dimensions.map((dimension, m) => {
      if (m < closed.length) {
        before = closed[m]
        return before
      }
      before = this.graph.state(before, this.score(dimension), phi, before === undefined ? scale : scale * innovation)
      return far ? this.graph.clamp(before, -REACH, REACH) : before
    })
  }
}
