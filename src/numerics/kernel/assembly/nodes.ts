// The nodes of a search for sign changes: the places on each line at which the columns are known, their order, and where crossings may hide
// between two of them.
//
// A search is a record of i32: rows, functions, nodes, columns, then places: the nodes f64[node][row], the columns u32[], the columns' values at the
// nodes f64[node][column][row], the functions, signs u32[function][row], heads i32[function][row], pool, its capacity, used, the rows'
// states, t f64[row]. A function is i32 a, i32 b (−1: none), f64 shift, f64 tie, i32 mirror: a − b − shift + tie · max(|a|, |b|).
// A mirror is b − a + tie · …, of the function a − b + tie · … before it. A root in the pool is f64 t, f64 slope, f64 distance to the
// mirror's root, i32 next.
export const FUNCTION: usize = 32
export const STATE: usize = 64
export const ROOT: usize = 32

/** Crossings that hide in a gap as narrow as this hardly have any mass. */
const NARROW: f64 = 0.015625
/** The state of a row in which nothing hides. */
const DONE: i32 = -2

@inline
function valueOf(f: usize, a: f64, b: f64): f64 {
  const tie = load<f64>(f, 16)
  const plain = a - b - load<f64>(f, 8)
  return tie == 0 ? plain : plain + tie * max(abs(a), abs(b))
}

@inline
function storedAt(s: usize, g: i32): usize {
  return <usize>load<i32>(s, 24) + (<usize>(g * load<i32>(s, 12) * load<i32>(s)) << 3)
}

/** Function f at node g of a row. */
export function atNode(s: usize, f: usize, g: i32, row: i32): f64 {
  const stored = storedAt(s, g)
  const rows = load<i32>(s)
  const b = load<i32>(f, 4)
  const x = load<f64>(stored + (<usize>(load<i32>(f) * rows + row) << 3))
  return valueOf(f, x, b < 0 ? 0 : load<f64>(stored + (<usize>(b * rows + row) << 3)))
}

/** Function f at the columns' current values. */
@inline
export function now(s: usize, f: usize, row: i32): f64 {
  const columns = <usize>load<i32>(s, 20)
  const at = <usize>row << 3
  const b = load<i32>(f, 4)
  const x = load<f64>(<usize>load<u32>(columns + (<usize>load<i32>(f) << 2)) + at)
  return valueOf(f, x, b < 0 ? 0 : load<f64>(<usize>load<u32>(columns + (<usize>b << 2)) + at))
}

/** The place of node g of a row. */
@inline
export function placeOf(s: usize, g: i32, row: i32): usize {
  return <usize>load<i32>(s, 16) + (<usize>(g * load<i32>(s) + row) << 3)
}

/** Stores the places t and the columns there as node g. Nodes come in increasing order. */
export function searchNode(s: usize, g: i32): void {
  const rows = load<i32>(s)
  keep(s, g)
  if (g == 0) memory.fill(<usize>load<i32>(s, 52), 0, <usize>rows * STATE)
  let signs = <usize>load<i32>(s, 32)
  let f = <usize>load<i32>(s, 28)
  for (let k = load<i32>(s, 4); k > 0; k--) {
    for (let row = 0; row < rows; row++) {
      const bit = now(s, f, row) < 0 ? 1 << g : 0
      store<i32>(signs, g == 0 ? bit : load<i32>(signs) | bit)
      signs += 4
    }
    f += FUNCTION
  }
}

function keep(s: usize, g: i32): void {
  const bytes = <usize>load<i32>(s) << 3
  const columns = <usize>load<i32>(s, 20)
  const stored = storedAt(s, g)
  memory.copy(placeOf(s, g, 0), <usize>load<i32>(s, 56), bytes)
  for (let c = 0; c < load<i32>(s, 12); c++) {
    memory.copy(stored + <usize>c * bytes, <usize>load<u32>(columns + (<usize>c << 2)), bytes)
  }
}

/**
 * Adds the places t, which may differ between rows, and the columns there as one more node in its place in the order. Values of one node are
 * adjacent for all rows, and those of two nodes are far apart, so that nodes move up one after the other, each in all rows.
 */
export function searchInsert(s: usize): void {
  const rows = load<i32>(s)
  const columns = load<i32>(s, 12)
  const count = load<i32>(s, 8)
  const stride = <usize>rows << 3
  store<i32>(s, count + 1, 8)
  const first = rank(s, count)
  moveUp(s, placeOf(s, 0, 0), stride, <usize>load<i32>(s, 56), first)
  for (let c = 0; c < columns; c++) {
    const current = <usize>load<u32>(<usize>load<i32>(s, 20) + (<usize>c << 2))
    moveUp(s, storedAt(s, 0) + <usize>c * stride, <usize>columns * stride, current, first)
  }
  for (let k = 0; k < load<i32>(s, 4); k++) {
    const f = <usize>load<i32>(s, 28) + <usize>k * FUNCTION
    const signs = <usize>load<i32>(s, 32) + (<usize>(k * rows) << 2)
    for (let row = 0; row < rows; row++) {
      const g = load<i32>(rankOf(s, row))
      const known = load<i32>(signs + (<usize>row << 2))
      const below = (1 << g) - 1
      const bit = now(s, f, row) < 0 ? 1 << g : 0
      store<i32>(signs + (<usize>row << 2), (known & below) | bit | ((known & ~below) << 1))
    }
  }
}

/** The place of a new node in the order of a row. The pool is empty until the search begins, so these places take its memory. */
@inline
function rankOf(s: usize, row: i32): usize {
  return <usize>load<i32>(s, 40) + (<usize>row << 2)
}

/** Finds the place of t in the order of each row's nodes. @returns the lowest one */
function rank(s: usize, count: i32): i32 {
  const rows = load<i32>(s)
  const t = <usize>load<i32>(s, 56)
  memory.fill(rankOf(s, 0), 0, <usize>rows << 2)
  for (let g = 0; g < count; g++) {
    for (let row = 0; row < rows; row++) {
      const isBelow = load<f64>(placeOf(s, g, row)) <= load<f64>(t + (<usize>row << 3))
      store<i32>(rankOf(s, row), load<i32>(rankOf(s, row)) + i32(isBelow))
    }
  }
  let lowest = count
  for (let row = 0; row < rows; row++) lowest = min(lowest, load<i32>(rankOf(s, row)))
  return lowest
}

/** Moves the values from the new node on up by one node, and stores the added ones in between. @param stride from node to node */
function moveUp(s: usize, values: usize, stride: usize, added: usize, first: i32): void {
  const rows = load<i32>(s)
  for (let g = load<i32>(s, 8) - 1; g >= first; g--) {
    const to = values + <usize>g * stride
    for (let row = 0; row < rows; row++) {
      const at = <usize>row << 3
      const own = load<i32>(rankOf(s, row))
      const from = select<usize>(to - stride, select<usize>(added, to, g == own), g > own)
      store<f64>(to + at, load<f64>(from + at))
    }
  }
}

/**
 * Writes a place to look at for each row: in the likeliest gap between two nodes where two crossings may hide, or else in the middle of the
 * widest gap.
 * A row in which nothing hides is not examined again until the next search begins.
 * @param margin how many times as steep as the neighboring secants a function may be inside a gap
 * @returns the number of rows where crossings may hide
 */
export function searchProbe(s: usize, margin: f64): i32 {
  const rows = load<i32>(s)
  const t = <usize>load<i32>(s, 56)
  const gaps = load<i32>(s, 8) - 1
  let found = 0
  for (let row = 0; row < rows; row++) {
    let best: f64 = 0
    let at: f64 = 0
    const state = <usize>load<i32>(s, 52) + <usize>row * STATE
    const functions = load<i32>(state) == DONE ? 0 : load<i32>(s, 4)
    // Bends of single columns are looked for last, since they take longer to see.
    for (let bends = 0; bends < 2 && best == 0 && (bends == 0 || margin > 1); bends++) {
      for (let k = 0; k < functions; k++) {
        const f = <usize>load<i32>(s, 28) + <usize>k * FUNCTION
        if (load<i32>(f, 24)) continue
        for (let g = 0; g < gaps; g++) {
          const low = load<f64>(placeOf(s, g, row))
          const width = load<f64>(placeOf(s, g + 1, row)) - low
          if (width <= NARROW) continue
          const middle = low + 0.5 * width
          const weight = width / ((1 + middle * middle) * (1 + middle * middle))
          if (weight <= best) continue
          const share = bends ? bending(s, f, g, row) : hiding(s, f, g, row, margin)
          if (share < 0) continue
          best = weight
          at = low + min(0.9, max(0.1, share)) * width
        }
      }
    }
    if (best > 0) found += 1
    else {
      store<i32>(state, DONE)
      for (let g = 0; g < gaps; g++) {
        const low = load<f64>(placeOf(s, g, row))
        const width = load<f64>(placeOf(s, g + 1, row)) - low
        if (width <= best) continue
        best = width
        at = low + 0.5 * width
      }
    }
    store<f64>(t + (<usize>row << 3), at)
  }
  return found
}

/**
 * Whether two crossings may hide between nodes g and g + 1 of the same sign: the neighboring secants, extended into the gap, meet beyond 0.
 * If they do not, a function that bends only one way has no crossing there.
 * @returns where they meet, as a share of the gap, or −1 if nothing hides
 */
function hiding(s: usize, f: usize, g: i32, row: i32, margin: f64): f64 {
  const last = load<i32>(s, 8) - 2
  const here = atNode(s, f, g, row)
  const there = atNode(s, f, g + 1, row)
  if (here < 0 != there < 0) return -1
  const x = load<f64>(placeOf(s, g, row))
  const y = load<f64>(placeOf(s, g + 1, row))
  const width = y - x
  const a = abs(here)
  const b = abs(there)
  const side: f64 = here < 0 ? -1 : 1
  const falls = g > 0 ? (margin * side * (here - atNode(s, f, g - 1, row))) / (x - load<f64>(placeOf(s, g - 1, row))) : -Infinity
  const rises = g < last ? (margin * side * (atNode(s, f, g + 2, row) - there)) / (load<f64>(placeOf(s, g + 2, row)) - y) : Infinity
  if (!(falls < 0 && rises > 0)) return -1
  // At the ends one side is unknown. A function that has not turned there only flattens.
  if (g == 0) return a > b && b < rises * width ? 0.5 : -1
  if (g == last) return b > a && a < -falls * width ? 0.5 : -1
  if (!(a * rises - b * falls < -falls * rises * width)) return -1
  return (b - a - rises * width) / ((falls - rises) * width)
}

/**
 * Whether two crossings may hide between nodes g and g + 1 of the same sign, where one of the two columns bends. Both may bend in the same gap, as
 * a floor and a commitment do. The secants of their difference then show nothing, so that each column's own secants are extended into the gap.
 * @returns where they meet, as a share of the gap, or −1 if nothing hides
 */
function bending(s: usize, f: usize, g: i32, row: i32): f64 {
  const b = load<i32>(f, 4)
  if (b < 0 || g == 0 || g == load<i32>(s, 8) - 2) return -1
  const a = load<i32>(f)
  const above = columnAt(s, a, g, row) > columnAt(s, b, g, row)
  const high = above ? a : b
  const low = above ? b : a
  const h0 = columnAt(s, high, g, row)
  const h1 = columnAt(s, high, g + 1, row)
  const l0 = columnAt(s, low, g, row)
  const l1 = columnAt(s, low, g + 1, row)
  // A cost that only rises along the gap, or only falls, stays between its ends.
  if (h1 < l1 || min(h0, h1) >= max(l0, l1)) return -1
  const x = load<f64>(placeOf(s, g, row))
  const y = load<f64>(placeOf(s, g + 1, row))
  const before = (y - x) / (x - load<f64>(placeOf(s, g - 1, row)))
  const behind = (y - x) / (load<f64>(placeOf(s, g + 2, row)) - y)
  // The rises of both columns over the gap, by their secants before and behind it.
  const hBefore = (h0 - columnAt(s, high, g - 1, row)) * before
  const hBehind = (columnAt(s, high, g + 2, row) - h1) * behind
  const lBefore = (l0 - columnAt(s, low, g - 1, row)) * before
  const lBehind = (columnAt(s, low, g + 2, row) - l1) * behind
  const h = (h1 - h0 - hBehind) / (hBefore - hBehind)
  if (h > 0 && h < 1 && edge(h0, h1, hBefore, hBehind, h, -1) < edge(l0, l1, lBefore, lBehind, h, 1)) return h
  const l = (l1 - l0 - lBehind) / (lBefore - lBehind)
  return l > 0 && l < 1 && edge(h0, h1, hBefore, hBehind, l, -1) < edge(l0, l1, lBefore, lBehind, l, 1) ? l : -1
}

/** A column at a node of a row. */
@inline
function columnAt(s: usize, c: i32, g: i32, row: i32): f64 {
  return load<f64>(storedAt(s, g) + (<usize>(c * load<i32>(s) + row) << 3))
}

/** The lowest (side −1) or highest (1) value at a share of a gap, between its ends and its secants, of a column that bends only one way there. */
@inline
function edge(here: f64, there: f64, before: f64, behind: f64, share: f64, side: f64): f64 {
  const chord = side * (here + share * (there - here))
  return side * max(chord, min(side * (here + share * before), side * (there - (1 - share) * behind)))
}

/** Whether crossings may hide between any two nodes of any row. */
export function searchHidden(s: usize): bool {
  const rows = load<i32>(s)
  const gaps = load<i32>(s, 8) - 1
  for (let k = 0; k < load<i32>(s, 4); k++) {
    const f = <usize>load<i32>(s, 28) + <usize>k * FUNCTION
    if (load<i32>(f, 24)) continue
    for (let row = 0; row < rows; row++) for (let g = 0; g < gaps; g++) if (hiding(s, f, g, row, 1) >= 0) return true
  }
  return false
}
