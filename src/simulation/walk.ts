// One walk over the blocks of a plan, for everything that runs trials. It knows the trials of a block and fills columns with the block's
// random numbers.
import type { Arena, Pointer } from '../numerics/kernel/arena.ts'
import { firstTrial, type Plan, trialsIn } from '../numerics/random/plan.ts'
import { createSource, type Dimension, type RandomSource } from '../numerics/random/source.ts'
import type { Graph, Node } from './graph.ts'
import { type Draws, record, type NodeSink, type Tape } from './tape.ts'

/** It is at one block at a time and moves in place, so that no block allocates anything. */
export class BlockWalk {
  readonly plan: Plan
  readonly #arena: Arena
  readonly #source: RandomSource
  #replicate = 0
  #block = 0
  #rows = 0

  constructor(arena: Arena, plan: Plan, seed: string, dimensions: readonly Dimension[]) {
    this.plan = plan
    this.#arena = arena
    this.#source = createSource(arena, plan, seed, dimensions)
  }

  get replicate(): number {
    return this.#replicate
  }

  /** The number of the block's first trial within its replicate. */
  get point(): number {
    return this.#block * this.plan.blockSize
  }

  /** The number of the block's first trial within the run. */
  get first(): number {
    return firstTrial(this.plan, this.#replicate, this.#block)
  }

  /** The number of the block's trials. */
  get rows(): number {
    return this.#rows
  }

  /** Goes to a block. */
  to(replicate: number, block: number): this {
    this.#replicate = replicate
    this.#block = block
    this.#rows = trialsIn(this.plan, replicate, block)
    return this
  }

  /** Goes to every block that has trials, in order. */
  *blocks(): Generator<this> {
    const { replicates, blocksPerReplicate } = this.plan
    for (let replicate = 0; replicate < replicates; replicate++) {
      for (let block = 0; block < blocksPerReplicate; block++) if (this.to(replicate, block).#rows > 0) yield this
    }
  }

  /** Fills a column with a dimension's numbers in (0, 1) for the block's trials. */
  fill(dimension: number, out: Pointer, padded: number): void {
    this.#source.fill(dimension, this.#replicate, this.#block, out, padded)
  }

  /** Copies a node's values on the current block to the block's place among all trials. */
  keeping(node: Node, column: () => Float64Array): NodeSink {
    return { nodes: [node], take: ([at], rows) => column().set(this.#arena.view(at, rows), this.first) }
  }

  /** A tape that runs on the current block. */
  tape(graph: Graph, sinks: readonly NodeSink[], draws: Draws = { uniforms: (d, out, padded) => this.fill(d, out, padded) }): Tape {
    return record(graph, sinks, this.#arena, draws)
  }
}
