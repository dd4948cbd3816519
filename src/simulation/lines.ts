// Lines through the space of scores: points of a net with one coordinate, that along a direction, left free.
import type { Arena, Pointer } from '../kernel/arena.ts'
import { BLOCK } from '../kernel/arena.ts'
import { eventsOf } from '../program/program.ts'
import type { Plan } from '../random/plan.ts'
import { createSource } from '../random/source.ts'
import { Affine, type LinearForm } from './affine.ts'
import type { Node } from './graph.ts'
import { LineEvents, startNodes } from './line-events.ts'
import type { Model } from './model.ts'
import type { Bend, Course, Starting } from './sampling.ts'
import { type Draws, record, type Tape } from './tape.ts'
import { type Lean, Turns } from './turns.ts'

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
  readonly #events: readonly LineEvents[]
  /** Where each of the model's starts comes from. */
  readonly #starts: ReadonlyMap<Node, { events: LineEvents; month: number }>
  readonly #draws: readonly { place: number; column: Pointer }[]
  readonly #fill: (dimension: number, replicate: number, block: number, out: Pointer, count: number) => void
  /** Scores of the net's points, by dimension of the lines, then those of sizes. */
  readonly #drawn: readonly Pointer[]
  /** Those of the lines' feet, where the free coordinate is 0. */
  readonly #turned: readonly Pointer[]
  readonly #turns: Turns
  /** Of sizes, where the lines are moved to. */
  readonly #sizes: readonly Pointer[]
  readonly #extra: Pointer
  /** How many points each one stands for: 1 on average over a replicate. */
  readonly weights = new Float64Array(BLOCK)
  rows = 0

  /** `weighted`: points stand for more or less than one, by what happens there. */
  constructor(arena: Arena, model: Model, plan: Plan, seed: string, lineDimensions: readonly number[], weighted: boolean) {
    const { dimensions } = model.program
    this.#arena = arena
    this.#model = model
    this.#plan = plan
    this.#lineDimensions = lineDimensions
    const events = eventsOf(model.program)
    this.#events = events.map((event, kind) => new LineEvents(arena, event, weighted && kind === 0))
    this.#starts = new Map(
      this.#events.flatMap((own, kind) =>
        [...startNodes(model.graph, events[kind].dimensions)].map(([node, month]) => [node, { events: own, month }] as const),
      ),
    )
    this.#affine = new Affine(model.graph, lineDimensions, new Set(this.#starts.keys()))
    // The best coordinates go to the number of events and to the basis, the next to what events are like: the others hardly matter.
    const numbers = this.#events.map(({ names }) => names)
    const line = lineDimensions.map((d) => dimensions[d].name)
    const order = [
      line[0],
      ...numbers.map(([number]) => number),
      ...numbers.flatMap((names) => names.slice(2, 3)),
      ...line.slice(1, LEADING),
      ...numbers.flatMap((names) => names.slice(4, 5)),
      ...numbers.flatMap((names) => names.filter((_, k) => k === 1 || k === 3 || k > 4)),
      ...line.slice(LEADING),
    ]
    const source = createSource(
      arena,
      plan,
      seed,
      order.map((name, coordinate) => ({ name, coordinate })),
    )
    this.#fill = source.fill
    const scores = lineDimensions.map((d) => ({ name: dimensions[d].name, column: arena.column() }))
    const columns = [...scores, ...this.#events.flatMap((own) => own.names.map((name, k) => ({ name, column: own.numbers[k] })))]
    const place = new Map(order.map((name, k) => [name, k]))
    this.#draws = columns.map(({ name, column }) => ({ place: place.get(name) ?? 0, column }))
    this.#drawn = [
      ...scores.map(({ column }) => column),
      ...this.#events.flatMap((own) => own.scores.map((_, slot) => own.numbers[own.sizeOf(slot)])),
    ]
    this.#sizes = this.#events.flatMap((own) => own.scores)
    this.#turned = this.#drawn.map(() => arena.column())
    this.#turns = new Turns(arena, this.#turned)
    this.#extra = arena.column()
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
      events: this.#events.filter((own) => below.some((node) => this.#starts.get(node)?.events === own)),
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
    for (const { place, column } of this.#draws) this.#fill(place, 0, 0, column, points)
    for (const column of this.#drawn) {
      const all = this.#arena.view(column, this.rows)
      for (let k = 1; k <= startings.length; k++) all.copyWithin(k * points, 0, points)
    }
    this.#events.forEach((own, kind) => {
      const starts = startings.flatMap((start, k) =>
        start.kind === kind ? [{ month: start.month, from: (k + 1) * points, to: (k + 2) * points }] : [],
      )
      own.place(this.rows, starts)
    })
    for (const column of this.#drawn) ops.normals(column, column, this.rows)
    this.#stand()
    return points
  }

  /** Of what starts in a month at each point: 1 where the size is a score of the lines, else how far it is from neutral; or 0. */
  started({ kind, month }: Starting): Float64Array {
    const weights = new Float64Array(this.rows)
    for (const one of this.#events[kind].starting) if (one.month === month) weights[one.row] = one.weight
    return weights
  }

  /** The points of whole replicates, as many as a block holds, or of a part of one. */
  load(parts: readonly { readonly replicate: number; readonly block: number }[]): void {
    const { ops } = this.#arena.kernel
    const { blockSize } = this.#plan
    parts.forEach(({ replicate, block }, k) => {
      const at = 8 * k * blockSize
      for (const draw of this.#draws) this.#fill(draw.place, replicate, block, draw.column + at, blockSize)
    })
    this.rows = parts.length * blockSize
    ops.affine(this.#drawn[0], this.#extra, this.rows, 0, 1)
    this.weights.fill(1)
    for (const events of this.#events) events.draw(this.rows, this.weights)
    for (const column of this.#drawn) ops.normals(column, column, this.rows)
    this.#stand()
  }

  /** Computes what is the same all along a line. */
  #stand(): void {
    const still = [...this.#still]
    this.#stillness ??= this.#copying(
      still.map(([node]) => node),
      still.map(([, column]) => column),
      { scores: () => this.#drawn[0] },
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
    this.#drawn.forEach((column, k) => ops.affine(column, this.#turned[k], this.rows, 0, 1))
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
    return this.#drawn.length
  }

  /** Whether a score is that of an event's size. */
  isSize(k: number): boolean {
    return k >= this.#lineDimensions.length
  }

  /**
   * Turns the net so that its first coordinates lie along the basis, and leaves the very first free.
   * @returns what computes the values at a column of places along the lines
   */
  aim({ affine, events, feet, slopes, tape }: Evaluation, { basis, bends }: Course): (t: Pointer) => void {
    const { ops } = this.#arena.kernel
    const { rows } = this
    this.#drawn.forEach((column, k) => {
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
    this.#turns.leaning(basis, this.#leans(bends), rows)
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

  /** How the direction of each point leans: the scores of sizes by the event that has them. */
  #leans(bends: readonly Bend[]): Lean[] {
    const line = this.#lineDimensions.length
    let first = line
    return this.#events.flatMap(({ months, slots, starting }, kind) => {
      const own = first
      first += slots
      const by = Array.from({ length: months }, (_, m) => bends.find((bend) => bend.kind === kind && bend.month === m)?.by)
      return starting.flatMap(({ row, month, slot, weight }): Lean[] => {
        const bend = by[month]
        return bend ? [{ row, by: bend, weight, line, ...(slot >= 0 && { size: own + slot, effect: bend[own] }) }] : []
      })
    })
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
