// Draws as nodes: normal scores, correlated if the plan says so, and the inputs, events and noises made of them.
import type { Value } from '../contract/operation.ts'
import type { HistoryProgram } from '../compile/jumping.ts'
import type { Draw, EventProgram, NoiseLevel, NoiseProgram, Program, ResampledProgram, StudentTail } from '../compile/program.ts'
import { TABLE_REACH } from '../compile/table.ts'
import { FARTHEST_SCORE } from '../numerics/distributions/special/normal.ts'
import { exp } from '../numerics/kernel/math.ts'
import type { Graph, Node, Term } from './graph.ts'

/** Steps of ln 2 / 128 per unit. They are the unit of the kernel's noise states. */
export const STEPS = 184.6649652337873
/** Beyond ±90,000 steps e^x is no longer a normal double. */
const REACH = 90_000

/** Noise on the log-odds of a rate: a state each month, and a factor on the odds of staying unresolved, the same in every trial. */
export interface RateNoise {
  readonly states: readonly Node[]
  readonly odds: number
}

/** The farthest that the states of a noise can be from 0, in steps. */
const reachOf = ({ phi, sd }: NoiseProgram): number =>
  FARTHEST_SCORE * sd * STEPS * Math.sqrt((1 + Math.abs(phi)) / (1 - Math.abs(phi)))

export class Inputs {
  readonly graph: Graph
  readonly #program: Pick<Program, 'inputs' | 'mixes'>
  readonly #mixed: ReadonlyMap<number, { readonly terms: readonly Term[]; readonly tail?: StudentTail }>

  constructor(graph: Graph, program: Pick<Program, 'inputs' | 'mixes'>) {
    this.graph = graph
    this.#program = program
    this.#mixed = new Map(
      program.mixes.flatMap(({ dimensions, factor, tail }) =>
        dimensions.map((dimension, row) => {
          const terms = dimensions.slice(0, row + 1).map((other, k): Term => [factor[row][k], graph.score(other)])
          return [dimension, { terms, ...(tail && { tail }) }] as const
        }),
      ),
    )
  }

  /** The standard normal score of a dimension. */
  score(dimension: number): Node {
    const mixed = this.#mixed.get(dimension)
    if (!mixed) return this.graph.score(dimension)
    const normal = this.graph.linear(0, mixed.terms)
    return mixed.tail ? this.#joined(normal, mixed.tail) : normal
  }

  /** The normal score of a Student t value: a correlated score times the common factor of its group. */
  #joined(normal: Node, { dimension, df, widening, ratio, perUnit }: StudentTail): Node {
    const { graph } = this
    const t = graph.multiply(normal, graph.tabulated(graph.score(dimension), widening))
    const size = graph.logarithm1p(graph.scale(1 / df, graph.multiply(t, t)))
    return graph.multiply(t, graph.tabulated(graph.linear(-TABLE_REACH, [[perUnit, size]]), ratio))
  }

  /** A number, or the input that it is drawn from. */
  value(value: Value): Node {
    return typeof value === 'number' ? this.graph.constant(value) : this.input(value.input)
  }

  input(k: number): Node {
    const { divisor, ...own } = this.#program.inputs[k]
    return divisor ? this.graph.divide(this.drawn(own), this.drawn(divisor)) : this.drawn(own)
  }

  drawn({ dimension, table }: Draw): Node {
    return this.graph.tabulated(this.score(dimension), table)
  }

  /** The size of the event that starts in each month, or the neutral value. */
  starts({ dimensions, table }: EventProgram): readonly Node[] {
    return dimensions.map((dimension) => this.graph.tabulated(this.score(dimension), table))
  }

  /** The ratios of past months to their expectations, drawn block by block. */
  resampled({ dimensions, tables }: ResampledProgram, months: number): readonly Node[] {
    const scores = dimensions.map((dimension) => this.score(dimension))
    return Array.from({ length: months }, (_, m) =>
      this.graph.tabulated(scores[Math.floor(m / tables.length)], tables[m % tables.length]),
    )
  }

  /** How the logarithm of each open month's volume deviates from that of its mean, in steps. @param noise the scores of all months */
  futures({ member, widening, closed, shifts, factors, tops }: HistoryProgram, noise: NoiseProgram): readonly Node[] {
    const { graph } = this
    const [place, wide, one] = [this.drawn(member), this.drawn(widening), graph.constant(1)]
    const scores = noise.dimensions.slice((noise.earlier ?? 0) + closed).map((dimension) => this.score(dimension))
    return shifts.map((shift, t) => {
      const sum = graph.add(...factors[t].map((factor, k) => graph.picked(place, scores[k], factor)))
      const deviation = graph.linear(0, [
        [STEPS, graph.picked(place, one, shift)],
        [STEPS, graph.multiply(wide, sum)],
      ])
      return graph.clamp(deviation, -REACH, STEPS * tops[t])
    })
  }

  /** The noise of the volume, month by month, in steps. `closed` are its known first months, `prior` is the known month before them. */
  states(noise: NoiseProgram, closed: readonly Node[] = [], prior?: Node): readonly Node[] {
    const states = this.#autoregression(noise, 1, closed, prior)
    if (reachOf(noise) <= REACH) return states
    return states.map((state, m) => (m < closed.length ? state : this.graph.clamp(state, -REACH, REACH)))
  }

  /** The sum of two noises of a volume, kept within reach. */
  together(noises: readonly NoiseProgram[], states: readonly Node[]): Node {
    const sum = this.graph.add(...states)
    const reach = noises.reduce((all, noise) => all + reachOf(noise), 0)
    return reach <= REACH ? sum : this.graph.clamp(sum, -REACH, REACH)
  }

  /** The noise of a rate. Its states have the opposite sign, since they act on the odds of staying unresolved. */
  rateNoise(unit: NoiseProgram, { sd, shift }: NoiseLevel, closed: readonly Node[] = []): RateNoise {
    const noise = { ...unit, sd }
    const states = this.#autoregression(noise, -1, closed)
    if (reachOf(noise) + STEPS * Math.abs(shift) <= REACH) return { states, odds: exp(-shift) }
    // The factor may be infinite here, so the shift is part of the state, which is kept within reach.
    const shifted = states.map((state) => this.graph.linear(-STEPS * shift, [[1, state]]))
    return { states: shifted.map((state) => this.graph.clamp(state, -REACH, REACH)), odds: 1 }
  }

  /** The state of a rate's noise in a month, drawn after that of the month before. */
  nextRateState({ dimensions, phi, sd }: NoiseProgram, m: number, before: Node | undefined): Node {
    const scale = -sd * STEPS
    return this.graph.state(before, this.score(dimensions[m]), phi, before === undefined ? scale : scale * Math.sqrt(1 - phi * phi))
  }

  /** A stationary first-order autoregression, month by month, times `sign`, in steps, after its known months. */
  #autoregression(
    { dimensions, phi, sd, earlier = 0 }: NoiseProgram,
    sign: 1 | -1,
    closed: readonly Node[],
    prior?: Node,
  ): readonly Node[] {
    const scale = sign * sd * STEPS
    const innovation = Math.sqrt(1 - phi * phi)
    let before = prior
    const states = dimensions.map((dimension, m) => {
      const drawn = () => this.graph.state(before, this.score(dimension), phi, before === undefined ? scale : scale * innovation)
      before = m < closed.length ? closed[m] : drawn()
      return before
    })
    return states.slice(earlier)
  }
}
