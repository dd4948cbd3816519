// One kind of event, spikes or setbacks, on the lines of a block. The months of events are drawn apart from the scores. The sizes of the
// first few events are scores too, so that lines also go along them.
import { type Arena, BLOCK, type Pointer } from '../numerics/kernel/arena.ts'
import type { EventProgram } from '../compile/program.ts'
import type { Graph, Node } from '../simulation/graph.ts'
import { BELOW_1 } from './shares.ts'
import { type Drawn, Starts } from './starts.ts'

/** One event of one point. */
export interface Start {
  readonly row: number
  readonly month: number
  /** The number of its size among those that are scores of the lines, or −1. */
  readonly slot: number
  /** 1 with such a size, else the difference of its size from neutral. */
  readonly weight: number
}

export class LineEvents {
  readonly months: number
  /** The names of the uniform numbers that a point needs, and their columns. */
  readonly names: readonly string[]
  readonly numbers: readonly Pointer[]
  /** The number of sizes that are scores of the lines. */
  readonly slots: number
  /** The size of the event that starts in each month, or the neutral value, at the current place on the lines. */
  readonly values: readonly Pointer[]
  /** Scores of the sizes at the current place on the lines. */
  readonly scores: readonly Pointer[]
  /** The events of the loaded points. */
  starting: Start[] = []
  readonly #arena: Arena
  readonly #event: EventProgram
  readonly #starts: Starts
  readonly #table: Pointer
  readonly #sizes: Pointer
  /** The places of the moving sizes' scores and values in memory, counted in numbers, and a column to convert them in. */
  #from = new Int32Array(0)
  #to = new Int32Array(0)
  readonly #column: Pointer

  /** @param weighted see `Starts` */
  constructor(arena: Arena, event: EventProgram, weighted: boolean) {
    const { dimensions, sizes } = event
    const columns = (count: number) => Array.from({ length: count }, () => arena.column())
    this.#arena = arena
    this.#event = event
    this.#starts = new Starts(event, weighted)
    this.months = dimensions.length
    this.slots = sizes ? Math.min(MOST_SLOTS, dimensions.length) : 0
    this.names = this.#starts.names
    this.numbers = columns(this.names.length)
    this.values = columns(this.months)
    this.scores = columns(this.slots)
    this.#column = arena.column()
    this.#table = arena.store(event.table)
    this.#sizes = sizes ? arena.store(sizes) : 0
  }

  /** The place of a slot's size among the names. */
  readonly sizeOf = (slot: number): number => 2 * slot + 1

  /** Turns the numbers in their columns into events, and multiplies the rows' weights. */
  draw(rows: number, weights: Float64Array): void {
    const numbers = this.numbers.map((column) => this.#arena.view(column, rows))
    this.#take(rows, this.#starts.draw(numbers, weights, rows))
  }

  /** Starts only these events, each with the median size or the size of the first slot. */
  place(rows: number, starts: readonly { readonly month: number; readonly from: number; readonly to: number }[]): void {
    const drawn = starts.flatMap(({ month, from, to }) =>
      Array.from({ length: to - from }, (_, k): Drawn => ({ row: from + k, month, place: 0, size: 0.5 })),
    )
    this.#take(rows, drawn)
  }

  #take(rows: number, drawn: readonly Drawn[]): void {
    const { ops } = this.#arena.kernel
    const { neutral, probability } = this.#event
    const none = 1 - probability
    for (const column of this.values) ops.fill(column, BLOCK, neutral)
    const views = this.values.map((column) => this.#arena.view(column, rows))
    const column = this.#arena.view(this.#column, BLOCK)
    this.starting = drawn.map(({ row, month, place, size }) => {
      if (place < this.slots) return { row, month, slot: place, weight: 1 }
      column.fill(Math.min(BELOW_1, none + probability * size), 0, 4)
      ops.normals(this.#column, this.#column, 4)
      ops.tabulated(this.#column, this.#column, 4, this.#table)
      views[month][row] = column[0]
      return { row, month, slot: -1, weight: column[0] - neutral }
    })
    const moving = this.starting.filter(({ slot }) => slot >= 0)
    this.#from = Int32Array.from(moving, ({ row, slot }) => this.scores[slot] / 8 + row)
    this.#to = Int32Array.from(moving, ({ row, month }) => this.values[month] / 8 + row)
  }

  /** Updates `values` from `scores`. */
  move(): void {
    const { ops, memory } = this.#arena.kernel
    const all = new Float64Array(memory.buffer)
    const [from, to] = [this.#from, this.#to]
    const first = this.#column / 8
    for (let begin = 0; begin < from.length; begin += BLOCK) {
      const count = Math.min(BLOCK, from.length - begin)
      for (let k = 0; k < count; k++) all[first + k] = all[from[begin + k]]
      ops.tabulated(this.#column, this.#column, count, this.#sizes)
      for (let k = 0; k < count; k++) all[to[begin + k]] = all[first + k]
    }
  }
}

/** The most sizes that are scores of the lines. Those of further events in a horizon hardly matter. */
const MOST_SLOTS = 3

/** The nodes that read each month's start, with the month. */
export function startNodes({ definitions }: Graph, dimensions: readonly number[]): ReadonlyMap<Node, number> {
  const found = new Map<Node, number>()
  definitions.forEach(({ operation, args }, node) => {
    if (operation !== 'tabulated') return
    const score = definitions[args[0]]
    const month = score.operation === 'score' ? dimensions.indexOf(score.numbers[0]) : -1
    if (month >= 0) found.set(node, month)
  })
  return found
}
