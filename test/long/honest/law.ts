// The joint law of a plan's quantities, as pieces: means, shares, percentiles and expected shortfalls by quadrature.
import { excessIn, NODES, nodeValue, type Piece, placeIn, polynomial, shareOf, WEIGHTS } from './pieces.ts'
import type { Distribution, Moments } from './values.ts'

/** A column on all pieces. */
interface Column {
  /** At the nodes of each piece. */
  readonly values: Float64Array
  /** At both ends of each piece. */
  readonly ends: Float64Array
  /** The least and the largest value of each piece. */
  readonly least: Float64Array
  readonly most: Float64Array
}

export interface PercentilePlace {
  readonly value: number
  /** Whether a share of trials has exactly this value. */
  readonly atom: boolean
}

const SIZE = NODES.length
/** Places of a piece at which a column is known: its ends and the nodes. */
const PLACES = [-1, ...NODES, 1]

export class JointLaw implements Distribution {
  readonly #pieces: readonly Piece[]
  /** The share of trials of each piece, and that of each node. */
  readonly #shares: Float64Array
  readonly #weights: Float64Array
  readonly #columns = new Map<number, Column>()
  /** The nodes of the column that was asked for last, in order, and the shares of trials up to them. */
  #order: { readonly column: number; readonly values: Float64Array; readonly upTo: Float64Array } | undefined

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces
    this.#shares = Float64Array.from(pieces, (piece) => shareOf(piece, -1, 1))
    this.#weights = new Float64Array(pieces.length * SIZE)
    pieces.forEach((piece, i) => {
      const half = (piece.high - piece.low) / 2
      for (let k = 0; k < SIZE; k++)
        this.#weights[i * SIZE + k] = piece.weight * half * WEIGHTS[k] * piece.coordinate.density(placeIn(piece, NODES[k]))
    })
    const total = this.#weights.reduce((a, b) => a + b, 0)
    if (Math.abs(total - 1) > 1e-9) throw new Error(`the probabilities of the pieces add up to ${total}`)
  }

  mean(of: (a: number, b: number) => number, column: number, other = column): number {
    const [a, b, weights] = [this.#of(column).values, this.#of(other).values, this.#weights]
    let total = 0
    for (let i = 0; i < weights.length; i++) total += weights[i] * of(a[i], b[i])
    return total
  }

  moments(column: number): Moments {
    const mean = this.mean((x) => x, column)
    return [mean, this.mean((x) => (x - mean) ** 2, column), this.mean((x) => (x - mean) ** 3, column)]
  }

  upTo(column: number, amount: number): number {
    const { least, most } = this.#of(column)
    let total = 0
    for (let i = 0; i < least.length; i++) {
      if (most[i] <= amount) total += this.#shares[i]
      else if (least[i] <= amount) this.#below(i, column, amount, (from, to) => (total += shareOf(this.#pieces[i], from, to)))
    }
    return total
  }

  excess(column: number, amount: number): number {
    const { values, least, most } = this.#of(column)
    let total = 0
    for (let i = 0; i < least.length; i++) {
      if (most[i] <= amount) continue
      for (let k = i * SIZE; k < (i + 1) * SIZE; k++) total += this.#weights[k] * (values[k] - amount)
      if (least[i] < amount)
        this.#below(i, column, amount, (from, to) => (total -= excessIn(this.#pieces[i], column, amount, from, to)))
    }
    return total
  }

  percentile(column: number, p: number): number {
    return this.percentileAt(column, p).value
  }

  /** The amount that a share p of trials stays within: a bracket from the nodes, then Illinois' variant of false position. */
  percentileAt(column: number, p: number): PercentilePlace {
    const near = 1e-12 * this.sizeOf(column)
    let [low, high] = this.#bracket(column, p, near)
    let [under, over] = [this.upTo(column, low) - p, this.upTo(column, high) - p]
    let [a, b, last] = [under, over, 0]
    for (let step = 0; step < 300 && high - low > near; step++) {
      const secant = low + ((high - low) * -a) / (b - a)
      // Every third step halves the bracket, since a law with atoms has no slope.
      const middle = step % 3 === 2 || !(secant > low && secant < high) ? (low + high) / 2 : secant
      const gap = this.upTo(column, middle) - p
      if (Math.abs(gap) < 1e-13) return { value: middle, atom: false }
      if (gap < 0) [low, under, a, b] = [middle, gap, gap, last < 0 ? b / 2 : over]
      else [high, over, b, a] = [middle, gap, gap, last > 0 ? a / 2 : under]
      last = gap
    }
    return { value: high, atom: over - under > 1e-5 }
  }

  /** The size of the amounts in a column. */
  sizeOf(column: number): number {
    return Math.max(1e-9, Math.sqrt(this.mean((x) => x * x, column)))
  }

  /** Amounts with a share of trials below and above p. */
  #bracket(column: number, p: number, near: number): readonly [low: number, high: number] {
    const { values, upTo } = this.#sorted(column)
    const at = Math.min(values.length - 1, upTo.findIndex((share) => share >= p) >>> 0)
    for (let far = 4; ; far *= 4) {
      const [from, to] = [at - far, at + far]
      if (from < 0 && to >= values.length) return this.#ends(column, near)
      const low = values[Math.max(0, from)] - near
      const high = values[Math.min(values.length - 1, to)] + near
      if (this.upTo(column, low) < p && this.upTo(column, high) >= p) return [low, high]
    }
  }

  #ends(column: number, near: number): readonly [low: number, high: number] {
    const { least, most } = this.#of(column)
    return [least.reduce((a, b) => Math.min(a, b)) - near, most.reduce((a, b) => Math.max(a, b)) + near]
  }

  #sorted(column: number): { readonly values: Float64Array; readonly upTo: Float64Array } {
    if (this.#order?.column === column) return this.#order
    const { values } = this.#of(column)
    const places = Uint32Array.from(values, (_, k) => k).sort((a, b) => values[a] - values[b])
    let share = 0
    const upTo = Float64Array.from(places, (k) => (share += this.#weights[k]))
    this.#order = { column, values: Float64Array.from(places, (k) => values[k]), upTo }
    return this.#order
  }

  #of(column: number): Column {
    const known = this.#columns.get(column)
    if (known) return known
    const count = this.#pieces.length
    const found = {
      values: new Float64Array(count * SIZE),
      ends: new Float64Array(count * 2),
      least: new Float64Array(count),
      most: new Float64Array(count),
    }
    this.#pieces.forEach((piece, i) => {
      for (let k = 0; k < SIZE; k++) found.values[i * SIZE + k] = nodeValue(piece, column, k)
      const all = [polynomial(piece, column, -1), ...found.values.subarray(i * SIZE, (i + 1) * SIZE), polynomial(piece, column, 1)]
      const [min, max] = [Math.min(...all), Math.max(...all)]
      // A constant differs by the rounding of the interpolation.
      const flat = max - min <= 1e-13 * Math.max(Math.abs(min), Math.abs(max))
      const middle = found.values[i * SIZE + (SIZE - 1) / 2]
      found.least[i] = flat ? middle : min
      found.most[i] = flat ? middle : max
      found.ends[i * 2] = all[0]
      found.ends[i * 2 + 1] = all[SIZE + 1]
    })
    this.#columns.set(column, found)
    return found
  }

  /** Visits the parts of the i-th piece in which a column is at most an amount. */
  #below(i: number, column: number, amount: number, visitor: (from: number, to: number) => void): void {
    const { values, ends } = this.#of(column)
    const at = (place: number) => (place === 0 ? ends[2 * i] : place === SIZE + 1 ? ends[2 * i + 1] : values[i * SIZE + place - 1])
    let start: number | undefined = at(0) <= amount ? -1 : undefined
    for (let place = 1; place < PLACES.length; place++) {
      if (at(place) <= amount === at(place - 1) <= amount) continue
      const root = crossing(this.#pieces[i], column, amount, place, at(place - 1) - amount, at(place) - amount)
      if (start === undefined) start = root
      else {
        visitor(start, root)
        start = undefined
      }
    }
    if (start !== undefined) visitor(start, 1)
  }
}

/** The place before PLACES[place] at which a column crosses an amount: Illinois' variant of false position. */
function crossing(piece: Piece, column: number, amount: number, place: number, before: number, after: number): number {
  let [a, b, fa, fb] = [PLACES[place - 1], PLACES[place], before, after]
  for (let step = 0; step < 60 && Math.abs(b - a) > 1e-14; step++) {
    const x = b - (fb * (b - a)) / (fb - fa)
    const fx = polynomial(piece, column, x) - amount
    if (fx === 0) return x
    if (fx < 0 !== fb < 0) [a, fa] = [b, fb]
    else fa /= 2
    const moved = Math.abs(x - b)
    ;[b, fb] = [x, fx]
    if (moved < 1e-13) break
  }
  return b
}
