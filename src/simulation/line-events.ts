// One kind of event, spikes or setbacks, on the lines of a block. Which months have one is drawn apart from the scores; the sizes of the
// first few are scores like any other, so that lines go along them too.
import { type Arena, BLOCK, type Pointer } from '../kernel/arena.ts'
import type { EventProgram } from '../program/program.ts'
import type { Graph, Node } from './graph.ts'
import { Starts } from './starts.ts'

export class LineEvents {
  readonly months: number
  /** Of the uniform numbers that a point takes, and their columns. */
  readonly names: readonly string[]
  readonly numbers: readonly Pointer[]
  /** How many sizes are scores of the lines. */
  readonly slots: number
  /** 1 where the j-th event starts in month m, and where any of those with a slot does; else 0. */
  readonly marks: readonly (readonly Pointer[])[]
  readonly started: readonly Pointer[]
  /** The size of what starts in each month, or the neutral value, wherever the lines are moved to. */
  readonly values: readonly Pointer[]
  /** Scores of the sizes, wherever the lines are moved to. */
  readonly scores: readonly Pointer[]
  readonly neutral: number
  readonly #arena: Arena
  readonly #starts: Starts
  readonly #probability: number
  readonly #table: Pointer
  readonly #sizes: Pointer
  /** What has no slot. */
  readonly #others: readonly Pointer[]
  readonly #size: Pointer

  constructor(arena: Arena, event: EventProgram) {
    const { dimensions, probability, sizes, neutral } = event
    const columns = (count: number) => Array.from({ length: count }, () => arena.column())
    this.#arena = arena
    this.#starts = new Starts(event)
    this.#probability = probability
    this.months = dimensions.length
    this.neutral = neutral
    this.slots = slotsOf(event)
    this.names = this.#starts.names
    this.numbers = columns(this.names.length)
    this.marks = Array.from({ length: this.slots }, () => columns(this.months))
    this.started = columns(this.months)
    this.values = columns(this.months)
    this.scores = columns(this.slots)
    this.#others = columns(this.months)
    this.#size = arena.column()
    this.#table = arena.store(event.table)
    this.#sizes = sizes ? arena.store(sizes) : 0
  }

  /** Which of the names is that of a slot's size. */
  readonly sizeOf = (slot: number): number => 2 * slot + 1

  /** From the numbers, which stand in their columns, to what starts in each month. */
  draw(rows: number): void {
    this.#clear(rows)
    const view = (column: Pointer) => this.#arena.view(column, rows)
    const lists = (columns: readonly Pointer[]) => columns.map(view)
    this.#starts.draw(lists(this.numbers), this.marks.map(lists), lists(this.#others), rows)
    for (let m = 0; m < this.months; m++) {
      const started = view(this.started[m])
      for (const slot of this.marks) {
        const marks = view(slot[m])
        for (let row = 0; row < rows; row++) started[row] += marks[row]
      }
    }
    this.#settle(rows)
  }

  /** Nothing starts, but one event in `month` from row `from` on up to row `to`; without a slot it has its median size. */
  place(rows: number, starts: readonly { readonly month: number; readonly from: number; readonly to: number }[]): void {
    this.#clear(rows)
    for (const { month, from, to } of starts) {
      if (this.slots === 0) this.#arena.view(this.#others[month], rows).fill(1 - this.#probability / 2, from, to)
      else for (const column of [this.marks[0][month], this.started[month]]) this.#arena.view(column, rows).fill(1, from, to)
    }
    this.#settle(rows)
  }

  #clear(rows: number): void {
    const { ops } = this.#arena.kernel
    for (const column of [...this.marks.flat(), ...this.started]) ops.fill(column, BLOCK, 0)
    for (const column of this.#others) ops.fill(column, rows, (1 - this.#probability) / 2)
  }

  #settle(rows: number): void {
    const { ops } = this.#arena.kernel
    for (const column of this.#others) {
      ops.normals(column, column, rows)
      ops.tabulated(column, column, rows, this.#table)
    }
    if (this.slots === 0) this.#others.forEach((column, m) => ops.affine(column, this.values[m], rows, 0, 1))
  }

  /** Makes `values` those of the `scores`. */
  move(rows: number): void {
    if (this.slots === 0) return
    const { ops } = this.#arena.kernel
    this.#others.forEach((column, m) => ops.affine(column, this.values[m], rows, 0, 1))
    this.marks.forEach((months, slot) => {
      ops.tabulated(this.scores[slot], this.#size, rows, this.#sizes)
      ops.affine(this.#size, this.#size, rows, -this.neutral, 1)
      months.forEach((marks, m) => ops.addProduct(marks, this.#size, this.values[m], rows))
    })
  }
}

/** Sizes that are scores of the lines: beyond so many events in one horizon they hardly matter. */
const MOST_SLOTS = 3

export const slotsOf = ({ dimensions, sizes }: EventProgram): number => (sizes ? Math.min(MOST_SLOTS, dimensions.length) : 0)

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
