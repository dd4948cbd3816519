// Lines through the space of scores: points of a net with one coordinate, that along a direction, left free.
import type { Arena, Pointer } from '../kernel/arena.ts'
import { BLOCK } from '../kernel/arena.ts'
import { eventsOf } from '../program/program.ts'
import type { Plan } from '../random/plan.ts'
import { createSource } from '../random/source.ts'
import { Affine, type LinearForm } from './affine.ts'
import type { Node } from './graph.ts'
import type { Model } from './model.ts'
import type { Course, Starting } from './sampling.ts'
import { Starts } from './starts.ts'
import { type Draws, record, type Tape } from './tape.ts'
import { Turns } from './turns.ts'

/** Nodes of the model on the lines. */
export interface Evaluation {
  /** A column a node, valid until the next evaluation. */
  readonly values: readonly Pointer[]
  readonly tape: Tape
  /** What changes along the lines as t does, and where it is at t = 0. */
  readonly affine: readonly AffineColumn[]
  readonly feet: Tape
  /** How it changes along the line of each point, where they differ. */
  readonly slopes: Tape
}

interface AffineColumn {
  readonly form: LinearForm
  readonly foot: Pointer
  readonly now: Pointer
  /** Along the line of each point, where they differ. */
  readonly slope: Pointer
}

/** Directions of a basis, at most. */
export const LEADING = 4

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, k) => sum + x * b[k], 0)

export class LineWork {
  readonly #arena: Arena
  readonly #model: Model
  readonly #plan: Plan
  readonly #lineDimensions: readonly number[]
  readonly #affine: Affine
  readonly #columns = new Map<Node, AffineColumn>()
  /** What is the same all along a line, and the tape that computes it. */
  readonly #still = new Map<Node, Pointer>()
  #stillness: Tape | undefined
  readonly #events: readonly { starts: Starts; dimensions: readonly number[]; numbers: readonly Pointer[] }[]
  readonly #draws: readonly { place: number; column: () => Pointer }[]
  readonly #fill: (dimension: number, replicate: number, block: number, out: Pointer, count: number) => void
  /** Scores of the net's points, by dimension. */
  readonly #drawn: readonly Pointer[]
  /** Those of the lines' feet, where the free coordinate is 0. */
  readonly #turned: readonly Pointer[]
  readonly #turns: Turns
  readonly #extra: Pointer
  rows = 0

  constructor(arena: Arena, model: Model, plan: Plan, seed: string, lineDimensions: readonly number[]) {
    const { dimensions } = model.program
    this.#arena = arena
    this.#model = model
    this.#plan = plan
    this.#lineDimensions = lineDimensions
    this.#affine = new Affine(model.graph, lineDimensions)
    // The best coordinates go to the number of events and to the basis, the next to their sizes: the other scores hardly matter.
    const events = eventsOf(model.program)
    this.#events = events.map((event) => ({
      starts: new Starts(event),
      dimensions: event.dimensions,
      numbers: Array.from({ length: 2 * event.dimensions.length }, () => arena.column()),
    }))
    const numbers = this.#events.map(({ starts }) => starts.names)
    const line = lineDimensions.map((d) => dimensions[d].name)
    const order = [
      line[0],
      ...numbers.map(([first]) => first),
      ...line.slice(1, LEADING),
      ...numbers.flatMap((names) => names.slice(1)),
      ...line.slice(LEADING),
    ]
    const source = createSource(
      arena,
      plan,
      seed,
      order.map((name, coordinate) => ({ name, coordinate })),
    )
    const place = new Map(order.map((name, k) => [name, k]))
    this.#draws = [
      ...lineDimensions.map((d) => ({ name: dimensions[d].name, column: () => this.#drawn[d] })),
      ...this.#events.flatMap(({ starts, numbers: columns }) =>
        starts.names.map((name, k) => ({ name, column: () => columns[k] })),
      ),
    ].map(({ name, column }) => ({ place: place.get(name) ?? 0, column }))
    this.#fill = source.fill
    this.#drawn = dimensions.map(() => arena.column())
    this.#turned = dimensions.map((_, d) => (lineDimensions.includes(d) ? arena.column() : this.#drawn[d]))
    this.#turns = new Turns(
      arena,
      lineDimensions.map((d) => this.#turned[d]),
    )
    this.#extra = arena.column()
  }

  /** Ready to compute the nodes wherever `move` goes. */
  evaluation(nodes: readonly Node[]): Evaluation {
    const scores = (dimension: number) => this.#turned[dimension]
    const below = this.#affine.below(nodes)
    for (const node of below) {
      if (!this.#affine.still(node) || this.#still.has(node)) continue
      this.#still.set(node, this.#arena.column())
      this.#stillness = undefined
    }
    const moving = below.filter((node) => !this.#affine.still(node))
    const columns = moving.map((node) => this.#column(node))
    const values = nodes.map(() => this.#arena.column())
    const given = new Map(moving.map((node, k) => [node, columns[k].now]))
    const still = (node: Node) => this.#still.get(node)
    return {
      values,
      tape: this.#copying(nodes, values, { scores, given: (node) => given.get(node) ?? still(node) }),
      affine: columns,
      feet: this.#copying(
        moving,
        columns.map(({ foot }) => foot),
        { scores, given: still },
      ),
      slopes: this.#copying(
        moving,
        columns.map(({ slope }) => slope),
        { scores: (dimension) => this.#turns.directions[this.#lineDimensions.indexOf(dimension)] },
      ),
    }
  }

  /** Computes nodes into columns. */
  #copying(nodes: readonly Node[], columns: readonly Pointer[], draws: Draws): Tape {
    const { ops } = this.#arena.kernel
    const sinks = nodes.map((node, k) => ({
      nodes: [node],
      take: ([from]: readonly Pointer[], rows: number) => ops.affine(from, columns[k], (rows + 3) & ~3, 0, 1),
    }))
    return record(this.#model.graph, sinks, this.#arena, draws)
  }

  #column(node: Node): AffineColumn {
    const form = this.#affine.form(node)
    if (!form) throw new Error('a node that is not a linear form has no slope')
    const column = this.#columns.get(node) ?? {
      form,
      foot: this.#arena.column(),
      now: this.#arena.column(),
      slope: this.#arena.column(),
    }
    this.#columns.set(node, column)
    return column
  }

  /**
   * The net's first points without any event, and again with one of typical size for each of the months given, whatever else is drawn.
   * @returns how many points there are of each
   */
  loadStarts(startings: readonly Starting[]): number {
    const { ops } = this.#arena.kernel
    const points = Math.floor(BLOCK / (startings.length + 1)) & ~3
    this.rows = points * (startings.length + 1)
    for (const { place, column } of this.#draws) this.#fill(place, 0, 0, column(), points)
    for (const d of this.#lineDimensions) {
      const all = this.#arena.view(this.#drawn[d], this.rows)
      for (let k = 1; k <= startings.length; k++) all.copyWithin(k * points, 0, points)
    }
    for (const { probability, dimensions } of eventsOf(this.#model.program)) {
      for (const d of dimensions) {
        const column = this.#arena.view(this.#drawn[d], this.rows).fill((1 - probability) / 2)
        const k = startings.findIndex(({ dimension }) => dimension === d)
        if (k >= 0) column.fill(1 - probability / 2, (k + 1) * points, (k + 2) * points)
      }
    }
    for (const column of this.#drawn) ops.normals(column, column, this.rows)
    this.#stand()
    return points
  }

  /** Of what starts in a month, the sizes at the points that are loaded. */
  sizes(event: Starting): Float64Array {
    return this.#arena.view(this.#stillAt(event), this.rows)
  }

  /** The points of whole replicates, as many as a block holds, or of a part of one. */
  load(parts: readonly { readonly replicate: number; readonly block: number }[]): void {
    const { ops } = this.#arena.kernel
    const { blockSize } = this.#plan
    parts.forEach(({ replicate, block }, k) => {
      const at = 8 * k * blockSize
      for (const draw of this.#draws) this.#fill(draw.place, replicate, block, draw.column() + at, blockSize)
    })
    this.rows = parts.length * blockSize
    ops.affine(this.#drawn[this.#lineDimensions[0]], this.#extra, this.rows, 0, 1)
    const views = (columns: readonly Pointer[]) => columns.map((column) => this.#arena.view(column, this.rows))
    for (const { starts, dimensions, numbers } of this.#events) {
      starts.draw(views(numbers), views(dimensions.map((d) => this.#drawn[d])), this.rows)
    }
    for (const column of this.#drawn) ops.normals(column, column, this.rows)
    this.#stand()
  }

  /** Computes what is the same all along a line. */
  #stand(): void {
    const still = [...this.#still]
    this.#stillness ??= this.#copying(
      still.map(([node]) => node),
      still.map(([, column]) => column),
      { scores: (dimension) => this.#drawn[dimension] },
    )
    this.#stillness.run(this.rows)
  }

  /** One uniform number a line: that of the coordinate which is left free. */
  extra(): Float64Array {
    return this.#arena.view(this.#extra, this.rows).slice()
  }

  /** Where the lines are aimed at nothing, their feet are the points drawn. */
  aimless({ feet }: Evaluation): void {
    const { ops } = this.#arena.kernel
    for (const d of this.#lineDimensions) ops.affine(this.#drawn[d], this.#turned[d], this.rows, 0, 1)
    feet.run(this.rows)
  }

  /** Computes the values at the first rows, with the k-th of the lines' scores moved by `by` from the feet. */
  nudge({ affine, tape }: Evaluation, k: number, by: number, rows: number): void {
    const { ops } = this.#arena.kernel
    for (const { form, foot, now } of affine) ops.affine(foot, now, rows, by * form[k], 1)
    tape.run(rows)
  }

  /**
   * Turns the net so that its first coordinates lie along the basis, and leaves the very first free.
   * @returns what computes the values at a column of places along the lines
   */
  aim({ affine, feet, slopes, tape }: Evaluation, { basis, bends }: Course): (t: Pointer) => void {
    const { ops } = this.#arena.kernel
    const { rows } = this
    const [first, ...others] = this.#lineDimensions
    ops.fill(this.#turned[first], rows, 0)
    for (const d of others) ops.affine(this.#drawn[d], this.#turned[d], rows, 0, 1)
    if (bends.length === 0) {
      this.#turns.straight(basis, rows)
      feet.run(rows)
      const moving = affine.map(({ form, foot, now }) => ({ foot, now, slope: dot(form, basis[0]) }))
      return (t) => {
        for (const { foot, now, slope } of moving) ops.along(foot, t, now, rows, slope)
        tape.run(rows)
      }
    }
    const leans = bends.map(({ event, by }) => ({ column: this.#stillAt(event), neutral: event.neutral, by }))
    this.#turns.leaning(basis, leans, rows)
    feet.run(rows)
    slopes.run(rows)
    return (t) => {
      for (const { foot, now, slope } of affine) ops.alongEach(foot, t, slope, now, rows)
      tape.run(rows)
    }
  }

  /** Sizes of what starts, a column a month. */
  #stillAt({ dimension }: Starting): Pointer {
    const { definitions } = this.#model.graph
    for (const [node, column] of this.#still) {
      const { operation, args } = definitions[node]
      if (operation !== 'tabulated') continue
      const score = definitions[args[0]]
      if (score.operation === 'score' && score.numbers[0] === dimension) return column
    }
    throw new Error('an event that no cost depends on')
  }
}

/** Which of a net's parts fill a block: several short replicates, or one part of a long one. */
export function blocksOfLines({
  replicates,
  blockSize,
  blocksPerReplicate,
}: Plan): { readonly replicate: number; readonly block: number }[][] {
  const each = Array.from({ length: replicates }, (_, replicate) =>
    Array.from({ length: blocksPerReplicate }, (__, block) => ({ replicate, block })),
  ).flat()
  const perBlock = Math.max(1, Math.floor(BLOCK / blockSize))
  return Array.from({ length: Math.ceil(each.length / perBlock) }, (_, k) => each.slice(k * perBlock, (k + 1) * perBlock))
}

/** The pilot's and the lines' draws are streams of their own. */
export const seedOfLines = (seed: string, what: 'pilot' | 'lines'): string => `${what} of ${seed}`
