// The places along one continuous draw where the graph jumps: thresholds of tiers, packages, seats, guarantees and refunds that no other continuous
// draw moves. Every replicate of a run has nearly the same number of trials beyond such a place, so that their spread may not show the error.
import { jumpingDraws } from '../compile/jumping.ts'
import { countingIn, type DrawnProgram, eventsOf } from '../compile/program.ts'
import { FARTHEST_SCORE, normalCdf, normalQuantile } from '../numerics/distributions/special/normal.ts'
import { oneSampleOf } from '../numerics/random/plan.ts'
import { allAtOnce } from '../pace.ts'
import { following, frozen } from './frozen.ts'
import type { Graph, Node } from './graph.ts'
import type { DrawnModel } from './model.ts'

export interface DrawSteps {
  readonly dimension: number
  /** The probability below each step, increasing. */
  readonly at: readonly number[]
}

/** Operations that jump. A rule of a program's own may. */
export const STEPPING: ReadonlySet<string> = new Set(['exceeds', 'above', 'packages', 'ruled'])

/** A node that depends on no continuous draw, and one that depends on more than one. */
const [NONE, MANY] = [-1, -2]

/** Settings of the draws that have a few values each, evenly spread. Each setting may have steps of its own. */
const SETTINGS = 8
/** Cells between the lowest and the highest score. */
const CELLS = 256
/** A node that jumps in more cells than this has small steps, which lie anywhere between the points of a net. */
const MOST_CELLS = 64
/** Parts of a cell in each round of the search, the number of rounds, and the most cells of one. */
const PARTS = 32
const ROUNDS = 5
const MOST_OPEN = 512
/** Steps that are closer than this are one. */
const ALIKE = 1e-12

/** A cell in which a node jumps, by its scores. */
interface Cell {
  readonly setting: number
  readonly from: number
  readonly to: number
}

/** Graphs grow, but hardly by steps, so that those of a graph are searched again only if it has more nodes. */
const found = new WeakMap<Graph, { readonly size: number; readonly steps: readonly DrawSteps[] }>()

/** The steps along each continuous draw. */
export function stepsOf(model: DrawnModel): readonly DrawSteps[] {
  const size = model.graph.definitions.length
  const known = found.get(model.graph)
  if (known?.size === size) return known.steps
  const steps = searched(model)
  found.set(model.graph, { size, steps })
  return steps
}

function searched(model: DrawnModel): readonly DrawSteps[] {
  const { graph, program } = model
  const drawn = drawsOf(graph, fewValued(program))
  const nodes = new Map<number, Node[]>()
  graph.definitions.forEach(({ operation }, node) => {
    const dimension = drawn[node]
    if (!STEPPING.has(operation) || dimension < 0) return
    const known = nodes.get(dimension)
    if (known) known.push(node)
    else nodes.set(dimension, [node])
  })
  return [...nodes].flatMap(([dimension, own]) => {
    const at = new Search(model, dimension, own).steps()
    return at.length > 0 ? [{ dimension, at }] : []
  })
}

/** The dimensions that have a few values: discrete inputs and events. */
function fewValued(program: DrawnProgram): ReadonlySet<number> {
  const discrete = jumpingDraws(program).flatMap((own) => (own.discrete ? [own.dimension] : []))
  return new Set([...discrete, ...eventsOf(program).flatMap(({ dimensions }) => dimensions)])
}

/** The one continuous draw that each node depends on. */
function drawsOf(graph: Graph, few: ReadonlySet<number>): Int32Array {
  const found = new Int32Array(graph.definitions.length)
  graph.definitions.forEach(({ operation, args, numbers }, node) => {
    let own = NONE
    if (operation === 'score' || operation === 'uniform') own = few.has(numbers[0]) ? NONE : numbers[0]
    for (const arg of args) {
      const other = found[arg]
      if (other !== NONE && other !== own) own = own === NONE ? other : MANY
    }
    found[node] = own
  })
  return found
}

/** Searches along one draw, with all others at a few settings. */
class Search {
  readonly #model: DrawnModel
  readonly #dimension: number
  readonly #settings: number
  #nodes: readonly Node[]

  constructor(model: DrawnModel, dimension: number, nodes: readonly Node[]) {
    this.#model = model
    this.#dimension = dimension
    this.#nodes = nodes
    this.#settings = fewValued(model.program).size > 0 ? SETTINGS : 1
  }

  steps(): readonly number[] {
    const whole = { from: -FARTHEST_SCORE, to: FARTHEST_SCORE }
    const all = Array.from({ length: this.#settings }, (_, setting): Cell => ({ setting, ...whole }))
    let cells = this.#inside(all, CELLS, MOST_CELLS)
    for (let round = 0; round < ROUNDS && cells.length > 0; round++) {
      cells = this.#inside(cells.slice(0, MOST_OPEN), PARTS, Infinity)
    }
    const at = cells.map(({ from, to }) => normalCdf((from + to) / 2)).sort((a, b) => a - b)
    return at.filter((p, k) => p > 0 && p < 1 && !(p - (at[k - 1] ?? -1) <= ALIKE))
  }

  /** The parts of some cells in which a node jumps. @param most parts in which one node may jump, or it is left out from now on */
  #inside(cells: readonly Cell[], parts: number, most: number): Cell[] {
    const rows = cells.flatMap(({ setting, from, to }) =>
      Array.from({ length: parts + 1 }, (_, k) => ({ setting, score: from + (k / parts) * (to - from) })),
    )
    const columns = this.#values(rows)
    const jumps = (column: Float64Array, cell: number, part: number): boolean => {
      const row = cell * (parts + 1) + part
      return column[row] !== column[row + 1]
    }
    const places = cells.flatMap((_, cell) => Array.from({ length: parts }, (__, part) => [cell, part] as const))
    const kept = columns.map((column) => places.filter(([cell, part]) => jumps(column, cell, part)).length <= most * cells.length)
    this.#nodes = this.#nodes.filter((_, k) => kept[k])
    const left = columns.filter((_, k) => kept[k])
    return places
      .filter(([cell, part]) => left.some((column) => jumps(column, cell, part)))
      .map(([cell, part]) => {
        const { setting } = cells[cell]
        const row = cell * (parts + 1) + part
        return { setting, from: rows[row].score, to: rows[row + 1].score }
      })
  }

  /** The nodes at some scores of the draw. */
  #values(rows: readonly { readonly setting: number; readonly score: number }[]): readonly Float64Array[] {
    if (this.#nodes.length === 0) return []
    const { program } = this.#model
    const counted = countingIn(program)
    const followers = following(program.mixes, new Set([this.#dimension]))
    const settings = Array.from({ length: this.#settings }, (_, setting) =>
      program.dimensions.map((__, d) => {
        const share = (((setting * (2 * d + 1)) % this.#settings) + 0.5) / this.#settings
        return counted.has(d) ? share : normalQuantile(share)
      }),
    )
    let first = 0
    const pattern = {
      kept: new Set(program.dimensions.keys()),
      set: (scores: readonly Float64Array[], count: number) => {
        for (let row = 0; row < count && first + row < rows.length; row++) {
          const { setting, score } = rows[first + row]
          scores.forEach((column, d) => (column[row] = settings[setting][d]))
          scores[this.#dimension][row] = counted.has(this.#dimension) ? normalCdf(score) : score
          for (const { to, factor } of followers) scores[to][row] += factor * score
        }
        first += count
      },
    }
    const [values] = allAtOnce(frozen(this.#model, oneSampleOf(rows.length), 'steps', this.#nodes, [pattern]))
    return values
  }
}
