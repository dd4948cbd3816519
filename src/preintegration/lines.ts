// Lines through the space of scores: points of a net whose coordinate along one direction is left free.
import type { Arena, Pointer } from '../numerics/kernel/arena.ts'
import { ALONG, ALONG_EACH } from '../numerics/kernel/assembly/operations.ts'
import { OperationList } from '../numerics/kernel/list.ts'
import { eventsOf } from '../compile/program.ts'
import type { Node } from '../simulation/graph.ts'
import type { Model } from '../simulation/model.ts'
import { type Draws, record, type Tape } from '../simulation/tape.ts'
import { Affine, type LinearForm } from './affine.ts'
import { type LineEvents, startNodes } from './events.ts'
import type { Points } from './points.ts'
import type { Bend, LineCourse, Starting } from './sampling.ts'
import { Turns } from './turns.ts'

/** The values of some nodes on the lines. */
export interface Evaluation {
  /** One column per node, valid until the next evaluation. */
  readonly values: readonly Pointer[]
  readonly tape: Tape
  /** The kinds of events that the nodes depend on. */
  readonly events: readonly LineEvents[]
  /** The linear forms of the scores, and the tape that computes them at t = 0. */
  readonly affine: readonly AffineColumn[]
  readonly feet: Tape
  /** Computes the slopes of the forms for each point, if directions differ between points. */
  readonly slopes: Tape
  /** Move the forms and the sizes' scores to a column of places: with one direction for all points, and with one for each. */
  readonly straight: OperationList
  readonly leaning: OperationList
}

interface AffineColumn {
  readonly form: LinearForm
  readonly foot: Pointer
  readonly now: Pointer
  /** The slope at each point, if directions differ between points. */
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
  /** The nodes that are the same all along a line, and the tape that computes them. */
  readonly #still = new Map<Node, Pointer>()
  #stillness: Tape | undefined
  /** The source of each of the model's starts. */
  readonly #starts: ReadonlyMap<Node, { events: LineEvents; month: number }>
  /** The scores at the lines' feet, where the free coordinate is 0. */
  readonly #turned: readonly Pointer[]
  readonly #turns: Turns
  /** Scores of sizes at the current place on the lines. */
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

  /** Prepares to compute the nodes anywhere on the lines. */
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
    const [feet, slopes] = [columns.map(({ foot }) => foot), columns.map(({ slope }) => slope)]
    const directions = (dimension: number) => this.#turns.directions[this.#lineDimensions.indexOf(dimension)]
    const line = this.#lineDimensions.length
    const moves = [
      ...columns.map(({ foot, slope, now }) => ({ a: foot, c: slope, out: now })),
      ...this.#sizes.map((score, j) => ({ a: this.#turned[line + j], c: this.#turns.directions[line + j], out: score })),
    ]
    return {
      values,
      tape: this.#copying(nodes, values, { scores, given: (node) => given.get(node) ?? still(node) }),
      events: this.points.events.filter((own) => below.some((node) => this.#starts.get(node)?.events === own)),
      affine: columns,
      feet: this.#copying(moving, feet, { scores, given: still }),
      slopes: this.#copying(moving, slopes, { scores: directions }),
      straight: new OperationList(
        this.#arena,
        moves.map(({ a, out }) => ({ code: ALONG, a, out })),
      ),
      leaning: new OperationList(
        this.#arena,
        moves.map((move) => ({ code: ALONG_EACH, ...move })),
      ),
    }
  }

  /** A tape that computes nodes into columns. */
  #copying(nodes: readonly Node[], columns: readonly Pointer[], draws: Draws): Tape {
    const sinks = nodes.map((node, k) => ({ nodes: [node], into: columns[k] }))
    return record(this.#model.graph, sinks, this.#arena, draws)
  }

  #column(node: Node): AffineColumn {
    const form = this.#affine.form(node)
    if (!form) throw new Error('a node that is not a linear form has no slope')
    const known = this.#columns.get(node)
    const column = known ?? { form, foot: this.#arena.column(), now: this.#arena.column(), slope: this.#arena.column() }
    this.#columns.set(node, column)
    return column
  }

  /** The weight of the start in a month at each point, or 0 if there is none. */
  started({ kind, month }: Starting): Float64Array {
    const weights = new Float64Array(this.rows)
    for (const one of this.points.events[kind].starting) if (one.month === month) weights[one.row] = one.weight
    return weights
  }

  /** Computes the still nodes for newly loaded points. */
  stand(): void {
    const [nodes, columns] = [[...this.#still.keys()], [...this.#still.values()]]
    this.#stillness ??= this.#copying(nodes, columns, { scores: (dimension) => this.points.apart(dimension) })
    this.#stillness.run(this.rows)
  }

  /** Without a direction, the feet are the drawn points themselves. */
  aimless({ feet }: Evaluation): void {
    const { ops } = this.#arena.kernel
    this.points.scores.forEach((column, k) => ops.affine(column, this.#turned[k], this.rows, 0, 1))
    feet.run(this.rows)
  }

  /** Computes the values at the first rows, with the k-th score moved by `by` from the feet. */
  nudge({ affine, events, tape }: Evaluation, k: number, by: number, rows: number): void {
    const { ops } = this.#arena.kernel
    for (const { form, foot, now } of affine) ops.affine(foot, now, rows, k < form.length ? by * form[k] : 0, 1)
    const line = this.#lineDimensions.length
    this.#sizes.forEach((score, j) => ops.affine(this.#turned[line + j], score, rows, line + j === k ? by : 0, 1))
    for (const own of events) own.move()
    tape.run(rows)
  }

  /** The number of scores that the lines go through. */
  get scores(): number {
    return this.points.scores.length
  }

  /** Whether a score belongs to an event's size. */
  isSize(k: number): boolean {
    return k >= this.#lineDimensions.length
  }

  /**
   * Rotates the net so that its first coordinates lie along the basis, and leaves the very first free.
   * @returns computes the values at a column of places along the lines
   */
  aim({ affine, events, feet, slopes, tape, straight, leaning }: Evaluation, { basis, bends }: LineCourse): (t: Pointer) => void {
    const { ops } = this.#arena.kernel
    const { rows } = this
    this.points.scores.forEach((column, k) => {
      if (k === 0) ops.fill(this.#turned[k], rows, 0)
      else ops.affine(column, this.#turned[k], rows, 0, 1)
    })
    const [direction] = basis
    const line = this.#lineDimensions.length
    if (bends.length === 0) this.#turns.straight(basis, rows)
    else this.#turns.leaning(basis, rows, (directions) => this.#lean(bends, directions))
    feet.run(rows)
    if (bends.length === 0)
      straight.setEachX((k) => (k < affine.length ? dot(affine[k].form, direction) : direction[line + k - affine.length]))
    else slopes.run(rows)
    const moves = bends.length === 0 ? straight : leaning
    let place: Pointer | undefined
    return (t) => {
      if (t !== place) moves.setB(t)
      place = t
      moves.run(rows)
      for (const own of events) own.move()
      tape.run(rows)
    }
  }

  /** Adds the effect of each point's events to its direction. */
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
