// Where functions along many lines at once change their sign: every sign change between the nodes, each refined with evaluations of
// the function itself. Chandrupatla's method (Advances in Engineering Software 28, 1997): inverse quadratic where that is safe, else
// halving. The rows of a block go forward together, each with the search that it is at.

/** Functions of t on each of `rows` lines: after `evaluate(t)`, `value(k, row)` is the k-th at t[row]. */
export interface Lines {
  readonly rows: number
  readonly count: number
  readonly nodes: readonly number[]
  readonly evaluate: (t: Float64Array) => void
  readonly value: (k: number, row: number) => number
}

/** Enough where a function goes one way along the line. */
export const NODES: readonly number[] = [-8, -3.5, -1.5, 0, 1.5, 3.5, 8]
/** Where it may turn or jump: two crossings within half a standard deviation are what escapes. */
export const DENSE: readonly number[] = [-8, -5, ...Array.from({ length: 15 }, (_, k) => (k - 7) / 2), 5, 8]
const TOLERANCE = 1e-10
const MOST_STEPS = 60

/** Roots of functions on lines, by function and row; the memory serves one block after the other. */
export class Crossings {
  #rows = 0
  #nodes: readonly number[] = NODES
  /** All nodes' bits. */
  #all = 0
  #values = new Float64Array(0)
  #roots = new Float64Array(0)
  #counts = new Uint8Array(0)
  /** Of each function and row, the nodes at which it is below 0, as bits. */
  #signs = new Uint32Array(0)
  /** Functions that change their sign on some row. */
  #crossing: number[] = []
  #t = new Float64Array(0)
  /** The search of each row: its function by place in the list of those that cross, its gap, and three points of it. */
  #at = new Int32Array(0)
  #steps = new Uint8Array(0)
  #points = new Float64Array(0)

  #reserve(rows: number, count: number, nodes: readonly number[]): void {
    this.#rows = rows
    this.#nodes = nodes
    this.#all = (1 << nodes.length) - 1
    if (this.#values.length < count * nodes.length * rows) {
      this.#values = new Float64Array(count * nodes.length * rows)
      this.#roots = new Float64Array(count * nodes.length * rows)
      this.#counts = new Uint8Array(count * rows)
      this.#signs = new Uint32Array(count * rows)
    }
    if (this.#t.length >= rows) return
    this.#t = new Float64Array(rows)
    this.#at = new Int32Array(rows)
    this.#steps = new Uint8Array(rows)
    this.#points = new Float64Array(6 * rows)
  }

  /** How often function k crosses 0 on a line. */
  count(k: number, row: number): number {
    return this.#counts[k * this.#rows + row]
  }

  /** The j-th crossing, in order. */
  root(k: number, row: number, j: number): number {
    return this.#roots[(k * this.#rows + row) * this.#nodes.length + j]
  }

  /** Whether the function is below 0 before its first crossing. */
  negative(k: number, row: number): boolean {
    return this.#values[k * this.#nodes.length * this.#rows + row] < 0
  }

  find({ rows, count, nodes, evaluate, value }: Lines): void {
    this.#reserve(rows, count, nodes)
    const gaps = nodes.length - 1
    const all = this.#all
    const [values, counts, signs, t, at] = [this.#values, this.#counts, this.#signs, this.#t, this.#at]
    counts.fill(0, 0, count * rows)
    signs.fill(0, 0, count * rows)
    for (let g = 0; g < nodes.length; g++) {
      evaluate(t.fill(nodes[g]))
      for (let k = 0; k < count; k++) {
        const base = (k * nodes.length + g) * rows
        for (let row = 0; row < rows; row++) {
          const now = value(k, row)
          values[base + row] = now
          if (now < 0) signs[k * rows + row] |= 1 << g
        }
      }
    }
    this.#crossing = []
    for (let k = 0; k < count; k++) {
      for (let at = k * rows; at < (k + 1) * rows; at++) {
        if (signs[at] === 0 || signs[at] === all) continue
        this.#crossing.push(k)
        break
      }
    }
    const crossing = this.#crossing
    let active = 0
    for (let row = 0; row < rows; row++) {
      at[row] = -1
      if (this.#next(row)) active += 1
    }
    while (active > 0) {
      evaluate(t)
      for (let row = 0; row < rows; row++) {
        const search = at[row]
        if (search < 0) continue
        const k = crossing[Math.floor(search / gaps)]
        if (!this.#step(row, value(k, row))) continue
        // Gaps are gone through from below, so that roots come in order.
        const place = k * rows + row
        const nearer = Math.abs(this.#points[6 * row + 3]) < Math.abs(this.#points[6 * row + 1]) ? 2 : 0
        this.#roots[place * nodes.length + counts[place]++] = this.#points[6 * row + nearer]
        if (!this.#next(row)) active -= 1
      }
    }
  }

  /** Begins the row's next search; false where there is none. */
  #next(row: number): boolean {
    const [values, rows, points, crossing, nodes] = [this.#values, this.#rows, this.#points, this.#crossing, this.#nodes]
    const gaps = nodes.length - 1
    const last = crossing.length * gaps
    for (let search = this.#at[row] + 1; search < last; search++) {
      const place = Math.floor(search / gaps)
      const k = crossing[place]
      const signs = this.#signs[k * rows + row]
      const g = search - place * gaps
      if (signs === 0 || signs === this.#all) {
        search = (place + 1) * gaps - 1
        continue
      }
      if (((signs >> g) & 1) === ((signs >> (g + 1)) & 1)) continue
      const first = (k * nodes.length + g) * rows + row
      const [low, high] = [values[first], values[first + rows]]
      const third = g > 0 ? g - 1 : g + 2
      this.#at[row] = search
      this.#steps[row] = 0
      const p = 6 * row
      points[p] = nodes[g]
      points[p + 1] = low
      points[p + 2] = nodes[g + 1]
      points[p + 3] = high
      points[p + 4] = nodes[third]
      points[p + 5] = values[(k * nodes.length + third) * rows + row]
      this.#t[row] = nodes[g] + this.#share(p) * (nodes[g + 1] - nodes[g])
      return true
    }
    this.#at[row] = -1
    this.#t[row] = 0
    return false
  }

  /** How far from the first point to the second the next look goes. */
  #share(p: number): number {
    const points = this.#points
    const x1 = points[p]
    const f1 = points[p + 1]
    const x2 = points[p + 2]
    const f2 = points[p + 3]
    const x3 = points[p + 4]
    const f3 = points[p + 5]
    const xi = (x1 - x2) / (x3 - x2)
    const phi = (f1 - f2) / (f3 - f2)
    if (!(phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi)) return 0.5
    return (f1 / (f2 - f1)) * (f3 / (f2 - f3)) + ((x3 - x1) / (x2 - x1)) * (f1 / (f3 - f1)) * (f2 / (f3 - f2))
  }

  /** Takes the value at t; true where the root is found. */
  #step(row: number, f: number): boolean {
    const points = this.#points
    const p = 6 * row
    const x = this.#t[row]
    if (f < 0 === points[p + 1] < 0) {
      points[p + 4] = points[p]
      points[p + 5] = points[p + 1]
    } else {
      points[p + 4] = points[p + 2]
      points[p + 5] = points[p + 3]
      points[p + 2] = points[p]
      points[p + 3] = points[p + 1]
    }
    points[p] = x
    points[p + 1] = f
    const width = points[p + 2] - x
    const near = TOLERANCE / Math.abs(width)
    this.#steps[row] += 1
    if (near > 0.5 || f === 0 || this.#steps[row] >= MOST_STEPS) return true
    this.#t[row] = x + Math.min(1 - near, Math.max(near, this.#share(p))) * width
    return false
  }
}
