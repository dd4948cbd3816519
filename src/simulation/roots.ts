// Where functions along many lines at once change their sign: every sign change between the nodes, each refined with evaluations of
// the function itself. Chandrupatla's method (Advances in Engineering Software 28, 1997): inverse quadratic where that is safe, else
// halving.

/** Functions of t on each of `rows` lines: after `evaluate(t)`, `value(k, row)` is the k-th at t[row]. */
export interface Lines {
  readonly rows: number
  readonly count: number
  readonly evaluate: (t: Float64Array) => void
  readonly value: (k: number, row: number) => number
}

/** Where a function on a line crosses 0, in order; `negative`: below 0 before the first of them. */
export interface Crossings {
  readonly negative: boolean
  readonly at: number[]
}

export const NODES: readonly number[] = [-8, -3.5, -1.5, 0, 1.5, 3.5, 8]
const TOLERANCE = 1e-10
const MOST_STEPS = 60

/** By function, then row. */
export function crossings({ rows, count, evaluate, value }: Lines): Crossings[][] {
  const nodes = NODES.length
  const values = new Float64Array(count * nodes * rows)
  const t = new Float64Array(rows)
  NODES.forEach((node, g) => {
    evaluate(t.fill(node))
    for (let k = 0; k < count; k++) for (let row = 0; row < rows; row++) values[(k * nodes + g) * rows + row] = value(k, row)
  })
  const found: Crossings[][] = Array.from({ length: count }, (_, k) =>
    Array.from({ length: rows }, (__, row) => ({ negative: values[k * nodes * rows + row] < 0, at: [] })),
  )
  const searches: Search[][] = Array.from({ length: rows }, () => [])
  for (let k = 0; k < count; k++) {
    for (let row = 0; row < rows; row++) {
      for (let g = nodes - 2; g >= 0; g--) {
        const at = (node: number) => values[(k * nodes + node) * rows + row]
        if (at(g) < 0 === at(g + 1) < 0) continue
        const third = g > 0 ? g - 1 : g + 2
        searches[row].push(begin(k, NODES[g], at(g), NODES[g + 1], at(g + 1), NODES[third], at(third)))
      }
    }
  }
  // From the last function back, so that `pop` takes them in order.
  for (const list of searches) list.reverse()
  const current = searches.map((list) => list.pop())
  for (;;) {
    let active = 0
    for (let row = 0; row < rows; row++) {
      const search = current[row]
      t[row] = search ? search.x : 0
      if (search) active += 1
    }
    if (active === 0) break
    evaluate(t)
    for (let row = 0; row < rows; row++) {
      const search = current[row]
      if (!search || !step(search, value(search.k, row))) continue
      found[search.k][row].at.push(search.root)
      current[row] = searches[row].pop()
    }
  }
  for (const list of found) for (const { at } of list) at.sort((a, b) => a - b)
  return found
}

interface Search {
  readonly k: number
  x1: number
  f1: number
  x2: number
  f2: number
  x3: number
  f3: number
  /** Where to look next. */
  x: number
  root: number
  steps: number
}

function begin(k: number, x1: number, f1: number, x2: number, f2: number, x3: number, f3: number): Search {
  const search = { k, x1, f1, x2, f2, x3, f3, x: 0, root: 0, steps: 0 }
  search.x = x1 + share(search) * (x2 - x1)
  return search
}

/** How far from x1 to x2 the next look goes. */
function share({ x1, f1, x2, f2, x3, f3 }: Search): number {
  const xi = (x1 - x2) / (x3 - x2)
  const phi = (f1 - f2) / (f3 - f2)
  if (!(phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi)) return 0.5
  return (f1 / (f2 - f1)) * (f3 / (f2 - f3)) + ((x3 - x1) / (x2 - x1)) * (f1 / (f3 - f1)) * (f2 / (f3 - f2))
}

/** Takes the value at `x`; true where the root is found. */
function step(search: Search, f: number): boolean {
  const { x } = search
  if (f < 0 === search.f1 < 0) {
    search.x3 = search.x1
    search.f3 = search.f1
  } else {
    search.x3 = search.x2
    search.f3 = search.f2
    search.x2 = search.x1
    search.f2 = search.f1
  }
  search.x1 = x
  search.f1 = f
  const { x1, x2, f1, f2 } = search
  search.root = Math.abs(f2) < Math.abs(f1) ? x2 : x1
  search.steps += 1
  const near = TOLERANCE / Math.abs(x2 - x1)
  if (near > 0.5 || f1 === 0 || search.steps >= MOST_STEPS) return true
  search.x = x1 + Math.min(1 - near, Math.max(near, share(search))) * (x2 - x1)
  return false
}
