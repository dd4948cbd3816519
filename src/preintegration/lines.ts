// Lines through the space of scores: points of a net with one coordinate, that along a direction, left free.
import type { Arena, Pointer } from '../numerics/kernel/arena.ts'
import { eventsOf } from '../compile/program.ts'
import type { Node } from '../simulation/graph.ts'
import type { Model } from '../simulation/model.ts'
import { type Draws, record, type Tape } from '../simulation/tape.ts'
import { Affine, type LinearForm } from './affine.ts'
import { type LineEvents, startNodes } from './events.ts'
import type { Points } from './points.ts'
import type { Bend, LineCourse, Starting } from './sampling.ts'
import { Turns } from './turns.ts'

/** Nodes of the model on the lines. */
export interface Evaluation {
  /** A column a node, valid until the next evaluation. */
  readonly values: readonly Pointer[]
  readonly tape: Tape
  /** Kinds of events that matter. */
  readonly events: readonly LineEvents[]
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

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, k) => sum + x * b[k], 0)

export class LineWork {
  readonly points: Points
  readonly #arena: Arena
  readonly #model: Model
  readonly #lineDimensions: readonly number[]
  readonly #affine: Affine
  readonly #columns = new Map<Node, AffineColumn>()
  /** What is the same all along a line, and the tape that computes it. */
  readonly #still = new Map<Node, Pointer>()
  #stillness: Tape | undefined
  /** Where each of the model's starts comes from. */
  readonly #starts: ReadonlyMap<Node, { events: LineEvents; month: number }>
  /** The points' scores as the lines' feet have them, where the free coordinate is 0. */
  readonly #turned: readonly Pointer[]
  readonly #turns: Turns
  /** Scores of sizes, where the lines are moved to. */
  readonly #sizes: readonly Pointer[]

  constructor(arena: Arena, model: Model, points: Points, lineDimensions: readonly number[]) {
    this.points = points
    this.#arena = arena
    this.#model = model
    this.#lineDimensions = lineDimensions
    const kinds = eventsOf(model.program)
    this.#starts = new Map(
      points.events.flatMap((events, kind) =>
        [...startNodes(model.graph, kinds[kind].dimensions)].map(([node, month]) => [node, { events, month }] as const),
      ),
    )
    this.#affine = new Affine(model.graph, lineDimensions, new Set(this.#starts.keys()))
    this.#sizes = points.events.flatMap((own) => own.scores)
    this.#turned = points.scores.map(() => arena.column())
    this.#turns = new Turns(arena, this.#turned)
  }

  get rows(): number {
    return this.points.rows
  }

  /** Ready to compute the nodes wherever `move` goes. */
  evaluation(nodes: readonly Node[]): Evaluation {
    const scores = (dimension: number) => this.#turned[this.#lineDimensions.indexOf(dimension)]
    const below = this.#affine.below(nodes)
    for (const node of below) {
      if (!this.#affine.still(node) || this.#still.has(node)) continue
      this.#still.set(node, this.#arena.column())
      this.#stillness = undefined
    }
    const moving = below.filter((node) => this.#affine.form(node) && !this.#affine.still(node))
    const columns = moving.map((node) => this.#column(node))
    const values = nodes.map(() => this.#arena.column())
    const given = new Map([
      ...moving.map((node, k) => [node, columns[k].now] as const),
      ...[...this.#starts].map(([node, { events, month }]) => [node, events.values[month]] as const),
    ])
    const still = (node: Node) => this.#still.get(node)
    return {
      values,
      tape: this.#copying(nodes, values, { scores, given: (node) => given.get(node) ?? still(node) }),
      events: this.points.events.filter((own) => below.some((node) => this.#starts.get(node)?.events === own)),
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

  /** Of what starts in a month at each point: 1 where the size is a score of the lines, else how far it is from neutral; or 0. */
  started({ kind, month }: Starting): Float64Array {
    const weights = new Float64Array(this.rows)
    for (const one of this.points.events[kind].starting) if (one.month === month) weights[one.row] = one.weight
    return weights
  }

  /** Computes what is the same all along a line, for points that are new. */
  stand(): void {
    const still = [...this.#still]
    this.#stillness ??= this.#copying(
      still.map(([node]) => node),
      still.map(([, column]) => column),
      { scores: () => this.points.scores[0] },
    )
    this.#stillness.run(this.rows)
  }

  /** Where the lines are aimed at nothing, their feet are the points drawn. */
  aimless({ feet }: Evaluation): void {
    const { ops } = this.#arena.kernel
    this.points.scores.forEach((column, k) => ops.affine(column, this.#turned[k], this.rows, 0, 1))
    feet.run(this.rows)
  }

  /** Computes the values at the first rows, with the k-th of the lines' scores moved by `by` from the feet. */
  nudge({ affine, events, tape }: Evaluation, k: number, by: number, rows: number): void {
    const { ops } = this.#arena.kernel
    for (const { form, foot, now } of affine) ops.affine(foot, now, rows, k < form.length ? by * form[k] : 0, 1)
    const line = this.#lineDimensions.length
    this.#sizes.forEach((score, j) => ops.affine(this.#turned[line + j], score, rows, line + j === k ? by : 0, 1))
    for (const own of events) own.move()
    tape.run(rows)
  }

  /** How many scores the lines go through. */
  get scores(): number {
    return this.points.scores.length
  }

  /** Whether a score is that of an event's size. */
  isSize(k: number): boolean {
    return k >= this.#lineDimensions.length
  }

  /**
   * Turns the net so that its first coordinates lie along the basis, and leaves the very first free.
   * @returns what computes the values at a column of places along the lines
   */
  aim({ affine, events, feet, slopes, tape }: Evaluation, { basis, bends }: LineCourse): (t: Pointer) => void {
    const { ops } = this.#arena.kernel
    const { rows } = this
    this.points.scores.forEach((column, k) => {
      if (k === 0) ops.fill(this.#turned[k], rows, 0)
      else ops.affine(column, this.#turned[k], rows, 0, 1)
    })
    const [direction] = basis
    const line = this.#lineDimensions.length
    if (bends.length === 0) {
      this.#turns.straight(basis, rows)
      feet.run(rows)
      const moving = affine.map(({ form, foot, now }) => ({ foot, now, slope: dot(form, direction) }))
      return (t) => {
        for (const { foot, now, slope } of moving) ops.along(foot, t, now, rows, slope)
        this.#sizes.forEach((score, j) => ops.along(this.#turned[line + j], t, score, rows, direction[line + j]))
        for (const own of events) own.move()
        tape.run(rows)
      }
    }
    this.#turns.leaning(basis, rows, (directions) => this.#lean(bends, directions))
    feet.run(rows)
    slopes.run(rows)
    const { directions } = this.#turns
    return (t) => {
      for (const { foot, now, slope } of affine) ops.alongEach(foot, t, slope, now, rows)
      this.#sizes.forEach((score, j) => ops.alongEach(this.#turned[line + j], t, directions[line + j], score, rows))
      for (const own of events) own.move()
      tape.run(rows)
    }
  }

  /** Adds to each point's direction what its events do to it: the scores of sizes lean by the event that has them. */
  #lean(bends: readonly Bend[], directions: readonly Float64Array[]): void {
    const line = this.#lineDimensions.length
    let own = line
    this.points.events.forEach(({ months, slots, starting }, kind) => {
      const by = Array.from({ length: months }, (_, m) => bends.find((bend) => bend.kind === kind && bend.month === m)?.by)
      for (const { row, month, slot, weight } of starting) {
        const bend = by[month]
        if (!bend) continue
        for (let k = 0; k < line; k++) directions[k][row] += weight * bend[k]
        if (slot >= 0) directions[own + slot][row] += bend[own]
      }
      own += slots
    })
  }
}
