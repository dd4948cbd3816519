// A program with every draw at its mean, and the places where its costs bend or jump. All nodes are constants then, so that building the
// model computes it, and each threshold of a contract (tier, commitment, limit, cap, minimum, included quantity) shows its distance.
import { eventsOf, type Program } from '../compile/program.ts'
import { roundedUp } from '../contract/thresholds.ts'
import { billingOf } from './billing.ts'
import { Graph, type Node, type Term } from './graph.ts'
import { Inputs } from './inputs.ts'
import { driversIn } from './model.ts'

/** A quantity or amount beside a threshold of the plan. */
export interface CostBend {
  /** The distance from the threshold. Costs may bend, or jump, where it is 0. */
  readonly margin: number
  /** The size of the two numbers that the distance is between, for rounding. At least 1, since the slack of a threshold at 0 is no size. */
  readonly size: number
  /** Whether costs may jump there. */
  readonly jumps: boolean
  /** The number of started packages, of which each starts at a jump. `margin` counts packages then. */
  readonly packages?: number
}

/** The slack of thresholds: see contract/thresholds.ts. */
const SLACK = 1e-9

class BendGraph extends Graph {
  readonly bends: CostBend[] = []
  readonly #means: ReadonlyMap<Uint8Array, number>

  constructor(program: Program) {
    super()
    this.#means = new Map([
      ...program.inputs.map(({ table, mean }) => [table, mean] as const),
      ...eventsOf(program).map(({ table, neutral }) => [table, neutral] as const),
    ])
  }

  /** Constants that are equal need no common node here. */
  override constant(value: number): Node {
    return this.definitions.push({ operation: 'constant', args: [], numbers: [value] }) - 1
  }

  override linear(constant: number, terms: readonly Term[]): Node {
    return this.constant(terms.reduce((sum, [coefficient, node]) => sum + coefficient * this.value(node), constant))
  }

  override multiply(a: Node, b: Node): Node {
    return this.constant(this.value(a) * this.value(b))
  }

  override tried<T>(build: () => T): T {
    const count = this.bends.length
    const built = build()
    this.bends.length = count
    return built
  }

  override score(): Node {
    return this.constant(0)
  }

  override uniform(): Node {
    return this.constant(0.5)
  }

  /** Factors of past months have no other mean than 1. */
  override tabulated(_score: Node, table: Uint8Array): Node {
    return this.constant(this.#means.get(table) ?? 1)
  }

  /** The futures of a history deviate by nothing from their means. */
  override picked(): Node {
    return this.constant(0)
  }

  override state(): Node {
    return this.constant(0)
  }

  override growths(_state: Node, level: number): Node {
    return this.constant(level)
  }

  override resolved(_state: Node, volume: Node, rate: Node): Node {
    return this.multiply(volume, rate)
  }

  override rate(_state: Node, rate: Node): Node {
    return rate
  }

  override poisson(_uniform: Node, mean: Node): Node {
    return mean
  }

  override binomial(_uniform: Node, number: Node, probability: Node): Node {
    return this.multiply(number, probability)
  }

  override clamp(node: Node, low: number, high: number): Node {
    this.#bend(node, low, false)
    this.#bend(node, high, false)
    return super.clamp(node, low, high)
  }

  override excess(node: Node, above: number): Node {
    this.#bend(node, above, false)
    return super.excess(node, above)
  }

  override exceeds(node: Node, above: number): Node {
    this.#bend(node, above + SLACK * Math.max(1, above), true)
    return super.exceeds(node, above)
  }

  override above(node: Node, bound: number): Node {
    this.#bend(node, bound, true)
    return super.above(node, bound)
  }

  override packages(node: Node, above: number, size: number): Node {
    const count = (this.value(node) - above) / size
    this.bends.push({
      margin: count,
      size: Math.max(1, Math.abs(count)),
      jumps: true,
      packages: roundedUp(Math.max(0, count)),
    })
    return super.packages(node, above, size)
  }

  /** Every node is a constant here. */
  value(node: Node): number {
    return this.known(node) ?? Number.NaN
  }

  #bend(node: Node, threshold: number, jumps: boolean): void {
    if (!Number.isFinite(threshold)) return
    const value = this.value(node)
    this.bends.push({ margin: value - threshold, size: Math.max(1, Math.abs(value), Math.abs(threshold)), jumps })
  }
}

export interface PointCosts {
  /** The cost of each offer over the horizon, in the program's measure. */
  readonly costs: readonly number[]
  /** In the same order for every program of one structure. */
  readonly bends: readonly CostBend[]
  /** How many numbers were computed for it. */
  readonly work: number
}

/** @param offers places of the offers to bill */
export function pointCosts(program: Program, offers: readonly number[]): PointCosts {
  const graph = new BendGraph(program)
  const inputs = new Inputs(graph, program)
  const { usage } = driversIn(program, inputs)
  const costs = offers.map((offer) => {
    const { bill, total } = billingOf(program, program.offers[offer], inputs, usage)
    return graph.value(program.measure === 'bill' ? bill : total)
  })
  return { costs, bends: graph.bends, work: graph.definitions.length }
}
