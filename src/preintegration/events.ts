// One kind of event, spikes or setbacks, on the lines of a block. Which months have one is drawn apart from the scores; the sizes of the
// first few are scores like any other, so that lines go along them too.
import { type Arena, BLOCK, type Pointer } from '../numerics/kernel/arena.ts'
import type { EventProgram } from '../compile/program.ts'
import type { Graph, Node } from '../simulation/graph.ts'
import { type Drawn, Starts } from './starts.ts'

/** One event of one point. */
export interface Start {
  readonly row: number
  readonly month: number
  /** Which of the sizes it has that are scores of the lines, or −1. */
  readonly slot: number
  /** 1 with such a size, else how far its own is from neutral. */
  readonly weight: number
}

export class LineEvents {
  readonly months: number
  /** Of the uniform numbers that a point takes, and their columns. */
  readonly names: readonly string[]
  readonly numbers: readonly Pointer[]
  /** How many sizes are scores of the lines. */
  readonly slots: number
  /** The size of what starts in each month, or the neutral value, wherever the lines are moved to. */
  readonly values: readonly Pointer[]
  /** Scores of the sizes, wherever the lines are moved to. */
  readonly scores: readonly Pointer[]
  /** All that starts at the points that are loaded. */
  starting: Start[] = []
  readonly #arena: Arena
  readonly #event: EventProgram
  readonly #starts: Starts
  readonly #table: Pointer
  readonly #sizes: Pointer
  /** Of the sizes that move: their scores' and their values' places in memory, in numbers, and a column of them at a time. */
  #from = new Int32Array(0)
  #to = new Int32Array(0)
  readonly #column: Pointer

  /** `weighted`: see `Starts`. */
  constructor(arena: Arena, event: EventProgram, weighted: boolean) {
    const { dimensions, sizes } = event
    const columns = (count: number) => Array.from({ length: count }, () => arena.column())
    this.#arena = arena
    this.#event = event
    this.#starts = new Starts(event, weighted)
    this.months = dimensions.length
    this.slots = eventSlots(event)
    this.names = this.#starts.names
    this.numbers = columns(this.names.length)
    this.values = columns(this.months)
    this.scores = columns(this.slots)
    this.#column = arena.column()
    this.#table = arena.store(event.table)
    this.#sizes = sizes ? arena.store(sizes) : 0
  }

  /** Which of the names is that of a slot's size. */
  readonly sizeOf = (slot: number): number => 2 * slot + 1

  /** From the numbers, which stand in their columns, to what starts in each month, and to the rows' weights. */
  draw(rows: number, weights: Float64Array): void {
    const numbers = this.numbers.map((column) => this.#arena.view(column, rows))
    this.#take(rows, this.#starts.draw(numbers, weights, rows))
  }

  /** Nothing starts but these, each with its median size or that of the first slot. */
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

  /** Makes `values` those of the `scores`. */
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

/** The largest double below 1. */
const BELOW_1 = 0.999_999_999_999_999_9

/** Sizes that are scores of the lines: beyond so many events in one horizon they hardly matter. */
const MOST_SLOTS = 3

export const eventSlots = ({ dimensions, sizes }: EventProgram): number => (sizes ? Math.min(MOST_SLOTS, dimensions.length) : 0)

/** The node of each month's start, where anything depends on it. */
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
