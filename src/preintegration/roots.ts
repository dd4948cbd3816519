// The points at which differences of costs change sign, along many lines at once. The kernel does the search (assembly/nodes.ts and search.ts).
import { type Arena, BLOCK, type Pointer } from '../numerics/kernel/arena.ts'

/** a − b − shift + tie · max(|a|, |b|), where a and b are places among the columns. */
export interface LineDifference {
  readonly a: number
  readonly b?: number
  readonly shift?: number
  readonly tie?: number
  /** The previous function is this one with a and b exchanged. If a tie is narrow, the crossings are known from there. */
  readonly mirrors?: boolean
}

/** Nodes that suffice if functions bend only one way between them. A check finds pairs of crossings that may hide. */
export const NODES: readonly number[] = [-8, -3.5, -1.5, 0, 1.5, 3.5, 8]
/** Nodes for functions that bend more than one way, or if crossings may hide. */
const DENSE: readonly number[] = [-8, -5, ...Array.from({ length: 15 }, (_, k) => (k - 7) / 2), 5, 8]
/** The most nodes: the dense ones, and places where crossings may still hide. */
const MOST_NODES = 31
/** How many times as steep as the neighboring secants a function that bends more than one way may be between two nodes. */
const MARGIN = 2
/** Sizes of the search's record, its functions, states and roots: see the kernel. */
const WORDS = 15
const FUNCTION = 32
const STATE = 64
const ROOT = 32

/** The memory of an arena's searches by name. Searches of one arena share it, since they run one after the other. */
const scratches = new WeakMap<Arena, Map<string, { at: Pointer; size: number }>>()

function scratch(arena: Arena, name: string, size: number): Pointer {
  const places = scratches.get(arena) ?? new Map<string, { at: Pointer; size: number }>()
  scratches.set(arena, places)
  const known = places.get(name)
  if (known && known.size >= size) return known.at
  const at = arena.bytes(size)
  places.set(name, { at, size })
  return at
}

/** Functions as the kernel reads them. */
function written(functions: readonly LineDifference[]): Uint8Array {
  const data = new DataView(new ArrayBuffer(FUNCTION * functions.length))
  functions.forEach(({ a, b = -1, shift = 0, tie = 0, mirrors = false }, k) => {
    data.setInt32(FUNCTION * k, a, true)
    data.setInt32(FUNCTION * k + 4, b, true)
    data.setFloat64(FUNCTION * k + 8, shift, true)
    data.setFloat64(FUNCTION * k + 16, tie, true)
    data.setInt32(FUNCTION * k + 24, mirrors ? 1 : 0, true)
  })
  return new Uint8Array(data.buffer)
}

/** The zeros of functions of the columns along the lines of a block. They are valid until the arena's next search. */
export class Crossings {
  readonly #arena: Arena
  readonly #columns: readonly Pointer[]
  readonly #functions: readonly LineDifference[]
  readonly #rough: boolean
  readonly #record: Pointer
  readonly #own: Pointer
  readonly #listed: Pointer
  #rows = 0
  #signs = new Int32Array(0)
  #heads = new Int32Array(0)
  #numbers = new Float64Array(0)
  #words = new Int32Array(0)

  /** @param rough the functions bend more than one way */
  constructor(arena: Arena, columns: readonly Pointer[], functions: readonly LineDifference[], rough: boolean) {
    this.#arena = arena
    this.#columns = columns
    this.#functions = functions
    this.#rough = rough
    this.#record = arena.bytes(4 * WORDS)
    this.#listed = arena.store(Uint32Array.from(columns))
    this.#own = arena.store(written(functions))
    // Memory is reserved now, since growing it later would invalidate views.
    this.#lay(BLOCK, this.#capacity(BLOCK))
  }

  /** Looks for the zeros of as many other functions from now on. */
  seek(functions: readonly LineDifference[]): void {
    new Uint8Array(this.#arena.kernel.memory.buffer, this.#own, FUNCTION * functions.length).set(written(functions))
  }

  #capacity(rows: number): number {
    return rows * (2 * this.#functions.length + 8)
  }

  /** Writes the record for a search, with as many nodes as are known. @returns the column of t */
  #lay(rows: number, capacity: number, nodes = 0): Pointer {
    const memory = (name: string, size: number) => scratch(this.#arena, name, size)
    const count = this.#functions.length
    const columns = this.#columns.length
    const places = {
      nodes: memory('nodes', 8 * MOST_NODES * rows),
      stored: memory('stored', 8 * MOST_NODES * columns * rows),
      signs: memory('signs', 4 * count * rows),
      heads: memory('heads', 4 * count * rows),
      pool: memory('pool', ROOT * capacity),
      states: memory('states', STATE * rows),
      t: memory('t', 8 * Math.max(rows, BLOCK)),
    }
    const { buffer } = this.#arena.kernel.memory
    const { stored, signs, heads, pool, states, t } = places
    const record = [rows, count, nodes, columns, places.nodes, this.#listed, stored, this.#own, signs, heads, pool]
    new Int32Array(buffer, this.#record, WORDS).set([...record, capacity, 0, states, t])
    this.#rows = rows
    this.#signs = new Int32Array(buffer, signs, count * rows)
    this.#heads = new Int32Array(buffer, heads, count * rows)
    this.#numbers = new Float64Array(buffer, pool, (ROOT / 8) * capacity)
    this.#words = new Int32Array(buffer, pool, (ROOT / 4) * capacity)
    return t
  }

  /** @param evaluate computes the columns at the column t of places along the lines */
  find(rows: number, evaluate: (t: Pointer) => void): void {
    const { ops } = this.#arena.kernel
    const look = (nodes: readonly number[]) => {
      const t = this.#lay(rows, this.#capacity(rows), nodes.length)
      nodes.forEach((node, g) => {
        ops.fill(t, (rows + 3) & ~3, node)
        evaluate(t)
        ops.searchNode(this.#record, g)
      })
      return nodes.length
    }
    let nodes = look(this.#rough ? DENSE : NODES)
    const hidden = !this.#rough && ops.searchHidden(this.#record) !== 0
    if (hidden) nodes = look(DENSE)
    if (this.#rough || hidden) nodes = this.#probe(rows, nodes, evaluate)
    for (let capacity = this.#capacity(rows); ; capacity *= 2) {
      const t = this.#lay(rows, capacity, nodes)
      let active = ops.searchBegin(this.#record)
      while (active > 0) {
        evaluate(t)
        active = ops.searchStep(this.#record)
      }
      if (active === 0) return
    }
  }

  /** Looks where two crossings may hide between nodes. @returns the number of nodes */
  #probe(rows: number, nodes: number, evaluate: (t: Pointer) => void): number {
    const { ops } = this.#arena.kernel
    const t = this.#lay(rows, this.#capacity(rows), nodes)
    let count = nodes
    for (; count < MOST_NODES && ops.searchProbe(this.#record, this.#rough ? MARGIN : 1) > 0; count++) {
      evaluate(t)
      ops.searchInsert(this.#record)
    }
    return count
  }

  /** Whether function k is below 0 before its first crossing on a line. */
  negative(k: number, row: number): boolean {
    return (this.#signs[k * this.#rows + row] & 1) === 1
  }

  /** The first crossing of function k on a line, or −1. Crossings are in order. */
  first(k: number, row: number): number {
    return this.#heads[k * this.#rows + row]
  }

  /** The crossing after it, or −1. */
  next(root: number): number {
    return this.#words[8 * root + 6]
  }

  /** The place of a crossing. */
  at(root: number): number {
    return this.#numbers[4 * root]
  }

  /** The slope of the function there. */
  slope(root: number): number {
    return this.#numbers[4 * root + 1]
  }
}
