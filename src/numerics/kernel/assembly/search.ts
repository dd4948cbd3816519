// Finds the points at which differences of columns change sign, along many lines at once: every sign change between the nodes, each refined
// with true evaluations. Inverse cubic interpolation between nodes comes first, then Chandrupatla's method (Advances in Engineering
// Software 28, 1997): inverse quadratic if that is safe, else halving. All rows advance together, each in its own search. The record of a
// search is in nodes.ts.
import { atNode, FUNCTION, now, placeOf, ROOT, STATE } from './nodes'

/** A secant step in t as short as this is taken without another evaluation. */
const CLOSE: f64 = 1e-7
/** The longest secant that may give a slope. */
const LONGEST_SECANT: f64 = 1e-2
const PROBE: f64 = 1e-4
const NARROWEST: f64 = 1e-10
const MOST_STEPS: i32 = 80
/** If secants on both sides of a root differ by no more than this factor, there is no kink or jump between them. */
const STEEPER: f64 = 4
/** A flag in the number of steps: only halving helps. */
const HALVING: i32 = 256

/** Starts the first search of every row. @returns their number, or −1 if the pool is too small */
export function searchBegin(s: usize): i32 {
  const rows = load<i32>(s)
  memory.fill(<usize>load<i32>(s, 36), 0xff, <usize>(load<i32>(s, 4) * rows) << 2)
  store<i32>(s, 0, 48)
  let active = 0
  for (let row = 0; row < rows; row++) {
    const state = <usize>load<i32>(s, 52) + <usize>row * STATE
    store<i32>(state, -1)
    store<i32>(state, -1, 8)
    const more = next(s, row, state)
    if (more < 0) return -1
    active += more
  }
  return active
}

/** Reads the columns, evaluated at t. @returns the number of rows that still search, or −1 if the pool is too small */
export function searchStep(s: usize): i32 {
  const rows = load<i32>(s)
  const gaps = load<i32>(s, 8) - 1
  let active = 0
  for (let row = 0; row < rows; row++) {
    const state = <usize>load<i32>(s, 52) + <usize>row * STATE
    const at = load<i32>(state)
    if (at < 0) continue
    const k = at / gaps
    const f = <usize>load<i32>(s, 28) + <usize>k * FUNCTION
    if (!look(s, f, k, row, state)) {
      active += 1
      continue
    }
    if (load<i32>(s, 48) > load<i32>(s, 44)) return -1
    const more = next(s, row, state)
    if (more < 0) return -1
    active += more
  }
  return active
}

/** Adds a root after the last one of its function and row. */
function found(s: usize, k: i32, row: i32, state: usize, t: f64, slope: f64, distance: f64): void {
  const used = load<i32>(s, 48)
  store<i32>(s, used + 1, 48)
  if (used >= load<i32>(s, 44)) return
  const root = <usize>load<i32>(s, 40) + <usize>used * ROOT
  store<f64>(root, t)
  store<f64>(root, slope, 8)
  store<f64>(root, distance, 16)
  store<i32>(root, -1, 24)
  const head = <usize>load<i32>(s, 36) + (<usize>(k * load<i32>(s) + row) << 2)
  if (load<i32>(head) < 0) store<i32>(head, used)
  else store<i32>(<usize>load<i32>(s, 40) + <usize>load<i32>(state, 8) * ROOT, used, 24)
  store<i32>(state, used, 8)
}

/** Starts the row's next search. @returns 1 if there is one, 0 if there is none, −1 if the pool is too small */
function next(s: usize, row: i32, state: usize): i32 {
  const rows = load<i32>(s)
  const gaps = load<i32>(s, 8) - 1
  const all = (2 << gaps) - 1
  const end = load<i32>(s, 4) * gaps
  const t = <usize>load<i32>(s, 56) + (<usize>row << 3)
  for (let at = load<i32>(state) + 1; at < end; at++) {
    const k = at / gaps
    const g = at - k * gaps
    const signs = load<i32>(<usize>load<i32>(s, 32) + (<usize>(k * rows + row) << 2))
    if (signs == 0 || signs == all) {
      at += gaps - 1 - g
      continue
    }
    const f = <usize>load<i32>(s, 28) + <usize>k * FUNCTION
    if (g == 0 && load<i32>(f, 24) && mirrored(s, k, row, state, signs ^ all)) {
      if (load<i32>(s, 48) > load<i32>(s, 44)) return -1
      at += gaps - 1
      continue
    }
    if (((signs >> g) & 1) == ((signs >> (g + 1)) & 1)) continue
    const third = g > 0 ? g - 1 : g + 2
    const low = atNode(s, f, g, row)
    const high = atNode(s, f, g + 1, row)
    store<i32>(state, at)
    store<i32>(state, 0, 4)
    store<f64>(state, load<f64>(placeOf(s, g, row)), 16)
    store<f64>(state, low, 24)
    store<f64>(state, load<f64>(placeOf(s, g + 1, row)), 32)
    store<f64>(state, high, 40)
    store<f64>(state, load<f64>(placeOf(s, third, row)), 48)
    store<f64>(state, atNode(s, f, third, row), 56)
    store<f64>(t, guess(s, f, g, row, state))
    return 1
  }
  store<i32>(state, -1)
  store<f64>(t, 0)
  return 0
}

/** Copies the roots of the previous function to its mirror, if each pair is as close as a tie is narrow. */
function mirrored(s: usize, k: i32, row: i32, state: usize, signs: i32): bool {
  const rows = load<i32>(s)
  const before = (k - 1) * rows + row
  if (load<i32>(<usize>load<i32>(s, 32) + (<usize>before << 2)) != signs) return false
  const pool = <usize>load<i32>(s, 40)
  const first = load<i32>(<usize>load<i32>(s, 36) + (<usize>before << 2))
  for (let at = first; at >= 0; at = load<i32>(pool + <usize>at * ROOT, 24)) {
    if (!(abs(load<f64>(pool + <usize>at * ROOT, 16)) < CLOSE)) return false
  }
  for (let at = first; at >= 0; ) {
    const root = pool + <usize>at * ROOT
    at = load<i32>(root, 24)
    found(s, k, row, state, load<f64>(root) + load<f64>(root, 16), -load<f64>(root, 8), -load<f64>(root, 16))
  }
  return true
}

/** The first place to evaluate: by four nodes, if the function is monotone over them. */
function guess(s: usize, f: usize, g: i32, row: i32, state: usize): f64 {
  const low = load<f64>(state, 16)
  const high = load<f64>(state, 32)
  const w = max(0, min(g - 1, load<i32>(s, 8) - 4))
  const f0 = atNode(s, f, w, row)
  const f1 = atNode(s, f, w + 1, row)
  const f2 = atNode(s, f, w + 2, row)
  const f3 = atNode(s, f, w + 3, row)
  if ((f0 < f1 && f1 < f2 && f2 < f3) || (f0 > f1 && f1 > f2 && f2 > f3)) {
    const x0 = load<f64>(placeOf(s, w, row))
    const x1 = load<f64>(placeOf(s, w + 1, row))
    const x2 = load<f64>(placeOf(s, w + 2, row))
    const x3 = load<f64>(placeOf(s, w + 3, row))
    // Lagrange's form at 0.
    const t =
      (x0 * -f1 * f2 * f3) / ((f0 - f1) * (f0 - f2) * (f0 - f3)) +
      (x1 * -f0 * f2 * f3) / ((f1 - f0) * (f1 - f2) * (f1 - f3)) +
      (x2 * -f0 * f1 * f3) / ((f2 - f0) * (f2 - f1) * (f2 - f3)) +
      (x3 * -f0 * f1 * f2) / ((f3 - f0) * (f3 - f1) * (f3 - f2))
    if (t > low && t < high) return t
  }
  return low + min(0.95, max(0.05, share(state))) * (high - low)
}

/** The next place to evaluate, as a share of the way from the first point to the second. */
function share(state: usize): f64 {
  const x1 = load<f64>(state, 16)
  const f1 = load<f64>(state, 24)
  const x2 = load<f64>(state, 32)
  const f2 = load<f64>(state, 40)
  const x3 = load<f64>(state, 48)
  const f3 = load<f64>(state, 56)
  const xi = (x1 - x2) / (x3 - x2)
  const phi = (f1 - f2) / (f3 - f2)
  if (!(phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi)) return 0.5
  return (f1 / (f2 - f1)) * (f3 / (f2 - f3)) + ((x3 - x1) / (x2 - x1)) * (f1 / (f3 - f1)) * (f2 / (f3 - f2))
}

/** Reads the value at t. @returns whether that ends the search */
function look(s: usize, f: usize, k: i32, row: i32, state: usize): bool {
  const t = <usize>load<i32>(s, 56) + (<usize>row << 3)
  const x = load<f64>(t)
  const y = now(s, f, row)
  const steps = load<i32>(state, 4) + 1
  store<i32>(state, steps, 4)
  if (y < 0 == load<f64>(state, 24) < 0) {
    store<f64>(state, load<f64>(state, 16), 48)
    store<f64>(state, load<f64>(state, 24), 56)
  } else {
    store<f64>(state, load<f64>(state, 32), 48)
    store<f64>(state, load<f64>(state, 40), 56)
    store<f64>(state, load<f64>(state, 16), 32)
    store<f64>(state, load<f64>(state, 24), 40)
  }
  store<f64>(state, x, 16)
  store<f64>(state, y, 24)
  // The second point lies beyond 0, the third on this side. Secants that differ have a jump or a kink between them.
  const x2 = load<f64>(state, 32)
  const x3 = load<f64>(state, 48)
  const across = (y - load<f64>(state, 40)) / (x - x2)
  const beside = (y - load<f64>(state, 56)) / (x - x3)
  const opposite = abs(x2 - x) <= abs(x3 - x)
  const nearest = opposite ? x2 : x3
  const slope = opposite ? across : beside
  const left = slope != 0 ? -y / slope : Infinity
  const close = abs(left) <= CLOSE
  const smooth = across * beside > 0 && abs(across) < STEEPER * abs(beside) && abs(beside) < STEEPER * abs(across)
  const width = x2 - x
  if ((close && smooth && abs(nearest - x) <= LONGEST_SECANT) || abs(width) <= NARROWEST || (steps & 255) >= MOST_STEPS) {
    const low = min(x, x2)
    const root = min(max(close ? x + left : x, low), low + abs(width))
    const columns = <usize>load<i32>(s, 20)
    const size = abs(load<f64>(<usize>load<u32>(columns + (<usize>load<i32>(f) << 2)) + (<usize>row << 3)))
    // If halving ends the search, the function jumps or bends sharply, and its surroundings do not matter.
    const steep = abs(width) <= NARROWEST ? across : slope
    found(s, k, row, state, root, steep, (2 * load<f64>(f, 16) * size) / steep)
    return true
  }
  if (steps & HALVING) {
    store<f64>(t, x + 0.5 * width)
    return false
  }
  if (close && abs(width) > 2 * PROBE && abs(nearest - x) > LONGEST_SECANT) {
    // The search came this near so quickly that there is no slope yet.
    store<f64>(t, x + (width > 0 ? PROBE : -PROBE))
    return false
  }
  if (close && !smooth) {
    // Go just beyond: that leaves a kink behind, but not a jump.
    store<i32>(state, steps | HALVING, 4)
    const beyond = min(0.5 * abs(width), max(2 * abs(left), CLOSE))
    store<f64>(t, x + (width > 0 ? beyond : -beyond))
    return false
  }
  const near = 0.5 * NARROWEST / abs(width)
  store<f64>(t, x + min(1 - near, max(near, share(state))) * width)
  return false
}
