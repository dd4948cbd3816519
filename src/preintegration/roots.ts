// Where differences of costs along many lines at once change their sign. The search itself is the kernel's (assembly/search.ts).
import { type Arena, BLOCK, type Pointer } from '../numerics/kernel/arena.ts'

/** a − b − shift + tie · max(|a|, |b|), a and b being places among the columns. */
export interface LineDifference {
  readonly a: number
  readonly b?: number
  readonly shift?: number
  readonly tie?: number
  /** The function before is this one with a and b exchanged: where a tie is narrow, its crossings are known from there. */
  readonly mirrors?: boolean
}

/** Enough where functions bend one way between nodes: whether a pair of crossings may hide is looked at. */
export const NODES: readonly number[] = [-8, -3.5, -1.5, 0, 1.5, 3.5, 8]
/** Where functions jump, or where crossings may hide: two of them within half a standard deviation are what escapes. */
export const DENSE: readonly number[] = [-8, -5, ...Array.from({ length: 15 }, (_, k) => (k - 7) / 2), 5, 8]
/** Of the record, see the kernel. */
const WORDS = 15
const FUNCTION = 32
const STATE = 64
const ROOT = 32

/** Memory of searches, for one block after the other and one set of functions after the other. */
class Scratch {
  readonly #arena: Arena
  readonly #places = new Map<string, { at: Pointer; size: number }>()

  constructor(arena: Arena) {
    this.#arena = arena
  }

  /** At least so many bytes under a name. */
  of(name: string, size: number): Pointer {
    const known = this.#places.get(name)
    if (known && known.size >= size) return known.at
    const at = this.#arena.bytes(size)
    this.#places.set(name, { at, size })
    return at
  }
}

const scratches = new WeakMap<Arena, Scratch>()

function scratchOf(arena: Arena): Scratch {
  const scratch = scratches.get(arena) ?? new Scratch(arena)
  scratches.set(arena, scratch)
  return scratch
}

/** Crossings of functions of the columns with 0, found along the lines of a block; valid until the arena's next search. */
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

  /** `rough`: the functions jump, or bend more than one way. */
  constructor(arena: Arena, columns: readonly Pointer[], functions: readonly LineDifference[], rough: boolean) {
    this.#arena = arena
    this.#columns = columns
    this.#functions = functions
    this.#rough = rough
    this.#record = arena.bytes(4 * WORDS)
    this.#listed = arena.store(Uint32Array.from(columns))
    const data = new DataView(new ArrayBuffer(FUNCTION * functions.length))
    functions.forEach(({ a, b = -1, shift = 0, tie = 0, mirrors = false }, k) => {
      data.setInt32(FUNCTION * k, a, true)
      data.setInt32(FUNCTION * k + 4, b, true)
      data.setFloat64(FUNCTION * k + 8, shift, true)
      data.setFloat64(FUNCTION * k + 16, tie, true)
      data.setInt32(FUNCTION * k + 24, mirrors ? 1 : 0, true)
    })
    this.#own = arena.store(new Uint8Array(data.buffer))
    // Reserved now, since memory that grows later invalidates views.
    this.#lay(BLOCK, DENSE, this.#capacity(BLOCK))
  }

  #capacity(rows: number): number {
    return rows * (2 * this.#functions.length + 8)
  }

  /** Writes the record for a search. @returns where t is */
  #lay(rows: number, nodes: readonly number[], capacity: number): Pointer {
    const scratch = scratchOf(this.#arena)
    const count = this.#functions.length
    const columns = this.#columns.length
    const places = {
      nodes: scratch.of('nodes', 8 * DENSE.length),
      stored: scratch.of('stored', 8 * nodes.length * columns * rows),
      signs: scratch.of('signs', 4 * count * rows),
      heads: scratch.of('heads', 4 * count * rows),
      pool: scratch.of('pool', ROOT * capacity),
      states: scratch.of('states', STATE * rows),
      t: scratch.of('t', 8 * Math.max(rows, BLOCK)),
    }
    const { buffer } = this.#arena.kernel.memory
    new Float64Array(buffer, places.nodes, nodes.length).set(nodes)
    const { stored, signs, heads, pool, states, t } = places
    const record = [rows, count, nodes.length, columns, places.nodes, this.#listed, stored, this.#own, signs, heads, pool]
    new Int32Array(buffer, this.#record, WORDS).set([...record, capacity, 0, states, t])
    this.#rows = rows
    this.#signs = new Int32Array(buffer, signs, count * rows)
    this.#heads = new Int32Array(buffer, heads, count * rows)
    this.#numbers = new Float64Array(buffer, pool, (ROOT / 8) * capacity)
    this.#words = new Int32Array(buffer, pool, (ROOT / 4) * capacity)
    return t
  }

  /** @param evaluate makes the columns those at the column t of places along the lines */
  find(rows: number, evaluate: (t: Pointer) => void): void {
    const { ops } = this.#arena.kernel
    const look = (nodes: readonly number[]) => {
      const t = this.#lay(rows, nodes, this.#capacity(rows))
      nodes.forEach((node, g) => {
        ops.fill(t, (rows + 3) & ~3, node)
        evaluate(t)
        ops.searchNode(this.#record, g)
      })
      return nodes
    }
    let nodes = this.#rough ? DENSE : NODES
    look(nodes)
    if (!this.#rough && ops.searchHidden(this.#record)) nodes = look(DENSE)
    for (let capacity = this.#capacity(rows); ; capacity *= 2) {
      const t = this.#lay(rows, nodes, capacity)
      let active = ops.searchBegin(this.#record)
      while (active > 0) {
        evaluate(t)
        active = ops.searchStep(this.#record)
      }
      if (active === 0) return
    }
  }

  /** Whether function k is below 0 before its first crossing on a line. */
  negative(k: number, row: number): boolean {
    return (this.#signs[k * this.#rows + row] & 1) === 1
  }

  /** The first crossing of function k on a line, or −1; crossings come in order. */
  first(k: number, row: number): number {
    return this.#heads[k * this.#rows + row]
  }

  /** The one behind it, or −1. */
  next(root: number): number {
    return this.#words[8 * root + 6]
  }

  /** Where a crossing is. */
  at(root: number): number {
    return this.#numbers[4 * root]
  }

  /** How steep the function is there. */
  slope(root: number): number {
    return this.#numbers[4 * root + 1]
  }
}
