// The points of a net that lines start from: scores, and events, which are drawn apart from the scores.
import { type Arena, BLOCK, type Pointer } from '../numerics/kernel/arena.ts'
import { eventsOf, type Program } from '../compile/program.ts'
import type { Plan } from '../numerics/random/plan.ts'
import { createSource, type RandomSource } from '../numerics/random/source.ts'
import { LineEvents } from './events.ts'
import { apartDimensionsOf, type Starting, weighedJumps } from './sampling.ts'
import { FixedShares } from './shares.ts'

/** The most directions of a basis. */
export const LEADING = 4

export class Points {
  readonly events: readonly LineEvents[]
  /** Scores by dimension of the lines, then those of events' sizes. */
  readonly scores: readonly Pointer[]
  /** The number of points that each point represents: 1 on average over a replicate. */
  readonly weights = new Float64Array(BLOCK)
  rows = 0
  readonly #arena: Arena
  readonly #plan: Plan
  readonly #draws: readonly { readonly place: number; readonly column: Pointer }[]
  readonly #fill: RandomSource['fill']
  readonly #extra: Pointer
  /** The columns of scores that no line moves, by dimension. */
  readonly #apart: ReadonlyMap<number, Pointer>
  readonly #weighed: { readonly column: Pointer; readonly shares: FixedShares } | undefined

  /** @param weighted points may represent more or less than one, depending on their events or on one input's value */
  constructor(arena: Arena, program: Program, plan: Plan, seed: string, lineDimensions: readonly number[], weighted: boolean) {
    this.#arena = arena
    this.#plan = plan
    this.events = eventsOf(program).map((event, kind) => new LineEvents(arena, event, weighted && kind === 0))
    const line = lineDimensions.map((d) => program.dimensions[d].name)
    const names = this.events.map((own) => own.names)
    const nameOf = (d: number) => program.dimensions[d].name
    this.#apart = new Map(apartDimensionsOf(program).map((d) => [d, arena.column()]))
    this.#weighed = weighted ? this.#weighing(program) : undefined
    const order = coordinates(line, names, [...this.#apart.keys()].map(nameOf))
    const dimensions = order.map((name, coordinate) => ({ name, coordinate }))
    this.#fill = createSource(arena, plan, seed, dimensions).fill
    const scores = line.map((name) => ({ name, column: arena.column() }))
    const columns = [
      ...scores,
      ...[...this.#apart].map(([d, column]) => ({ name: nameOf(d), column })),
      ...this.events.flatMap((own) => own.names.map((name, k) => ({ name, column: own.numbers[k] }))),
    ]
    const place = new Map(order.map((name, k) => [name, k]))
    this.#draws = columns.map(({ name, column }) => ({ place: place.get(name) ?? 0, column }))
    this.scores = [
      ...scores.map(({ column }) => column),
      ...this.events.flatMap((own) => own.scores.map((_, slot) => own.numbers[own.sizeOf(slot)])),
    ]
    this.#extra = arena.column()
  }

  #weighing(program: Program) {
    const jumps = weighedJumps(program)
    const column = jumps && this.#apart.get(jumps.dimension)
    return jumps && column !== undefined ? { column, shares: new FixedShares(jumps.at) } : undefined
  }

  /** The column of a score that no line moves. */
  apart(dimension: number): Pointer {
    const column = this.#apart.get(dimension)
    if (column === undefined) throw new Error(`no line draws dimension ${dimension}`)
    return column
  }

  /** Loads the points of as many whole replicates as a block holds, or of a part of one. */
  load(parts: readonly { readonly replicate: number; readonly block: number }[]): void {
    const { ops } = this.#arena.kernel
    const { blockSize } = this.#plan
    parts.forEach(({ replicate, block }, k) => {
      const at = 8 * k * blockSize
      for (const draw of this.#draws) this.#fill(draw.place, replicate, block, draw.column + at, blockSize)
    })
    this.rows = parts.length * blockSize
    ops.affine(this.scores[0], this.#extra, this.rows, 0, 1)
    this.weights.fill(1)
    for (const events of this.events) events.draw(this.rows, this.weights)
    this.#weighed?.shares.apply(this.#arena.view(this.#weighed.column, this.rows), this.weights)
    for (const column of [...this.scores, ...this.#apart.values()]) ops.normals(column, column, this.rows)
  }

  /**
   * Loads the net's first points without any event, and once more for each start, with one event of typical size.
   * @returns the number of points of each copy
   */
  loadStarts(startings: readonly Starting[]): number {
    const { ops } = this.#arena.kernel
    const points = Math.floor(BLOCK / (startings.length + 1)) & ~3
    this.rows = points * (startings.length + 1)
    for (const { place, column } of this.#draws) this.#fill(place, 0, 0, column, points)
    const scores = [...this.scores, ...this.#apart.values()]
    for (const column of scores) {
      const all = this.#arena.view(column, this.rows)
      for (let k = 1; k <= startings.length; k++) all.copyWithin(k * points, 0, points)
    }
    this.events.forEach((own, kind) => {
      const starts = startings.flatMap((start, k) =>
        start.kind === kind ? [{ month: start.month, from: (k + 1) * points, to: (k + 2) * points }] : [],
      )
      own.place(this.rows, starts)
    })
    for (const column of scores) ops.normals(column, column, this.rows)
    return points
  }

  /** One uniform number per line: that of the free coordinate. */
  extra(): Float64Array {
    return this.#arena.view(this.#extra, this.rows).slice()
  }
}

/** The best coordinates go to what jumps, to the number of events and to the basis, then to the events' properties. The others hardly matter. */
function coordinates(line: readonly string[], events: readonly (readonly string[])[], apart: readonly string[]): string[] {
  return [
    line[0],
    ...apart,
    ...events.map(([number]) => number),
    ...events.flatMap((names) => names.slice(2, 3)),
    ...line.slice(1, LEADING),
    ...events.flatMap((names) => names.slice(4, 5)),
    ...events.flatMap((names) => names.filter((_, k) => k === 1 || k === 3 || k > 4)),
    ...line.slice(LEADING),
  ]
}

/** The parts of a net that fill a block: several short replicates, or one part of a long one. */
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

/** The pilot and the lines draw from separate streams. */
export const seedOfLines = (seed: string, what: 'pilot' | 'lines'): string => `${what} of ${seed}`
