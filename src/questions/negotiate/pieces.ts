// Divides a range of numbers into pieces in which no threshold of a contract is crossed. Where distances from thresholds and the gap of two
// costs are straight lines, such a piece is proven to hold at most one root.
import type { CostBend } from '../../simulation/bends.ts'

/** The plan's own numbers at one number of the field. */
export interface Look {
  readonly x: number
  /** What is to be 0, such as the difference of two costs. */
  readonly gap: number
  /** The size of the costs, for rounding. */
  readonly size: number
  readonly bends: readonly CostBend[]
  /** How many numbers were computed for it. */
  readonly work: number
}

export interface Pieces {
  /** In order, with all edges that were found. */
  readonly looks: readonly Look[]
  /** Whether every piece is straight, so that its ends prove how often the gap is 0 in it. */
  readonly proven: boolean
}

interface Search {
  /** Undefined for a number that the plan does not allow. */
  readonly look: (x: number) => Promise<Look | undefined>
  /** Whether the field takes whole numbers only. */
  readonly whole: boolean
  /** The most numbers to look at beside the given ones. */
  readonly most: number
}

/** A piece this narrow, as a share of its numbers, is a jump. The slack of thresholds is narrower. */
const NARROW = 1e-8
/** So is one this narrow as a share of the whole range. */
const NARROWEST = 1e-10
/** A distance this small, as a share of its numbers, is 0. */
export const ZERO = 1e-11
/** The rounding of an amount that is the difference of larger ones. */
const JITTER = 1e-9
/** A middle this close to the line between the ends, as a share of its numbers, is on it. */
const STRAIGHT = 1e-9
/** A curve that stays this many times its bend away from 0 does not reach 0. */
const CLEAR = 4
/** The most numbers to compute, for plans of which each look takes long. */
const MOST_WORK = 4e6
/** Halvings of a curved piece that might reach 0. */
const MOST_HALVINGS = 5

interface Piece {
  readonly a: Look
  readonly b: Look
  /** How often a crossing was looked for in vain. */
  readonly tries: number
  readonly halvings: number
}

export const signOf = (value: number, size: number): number => (Math.abs(value) <= ZERO * size ? 0 : Math.sign(value))

/** Whether two numbers are on different sides of a threshold. Where costs only bend, the threshold itself is on both sides. */
function apart(a: CostBend, b: CostBend): boolean {
  if (a.packages !== b.packages) return true
  if (a.packages !== undefined) return false
  // An amount that stays at its threshold is on either side of it by rounding.
  if (a.jumps) return a.margin > 0 !== b.margin > 0 && Math.abs(a.margin - b.margin) > Math.max(JITTER, ZERO * a.size)
  return signOf(a.margin, a.size) * signOf(b.margin, b.size) < 0
}

/** Where the line through both distances is 0. For packages, where the middle one of those between starts. */
function crossing({ a, b }: Piece, k: number): number {
  const [p, q] = [a.bends[k], b.bends[k]]
  const start =
    p.packages === undefined || q.packages === undefined
      ? 0
      : Math.min(p.packages, q.packages) + Math.floor((Math.abs(p.packages - q.packages) - 1) / 2)
  const target = start === 0 ? 0 : start * (1 + 1e-9)
  return a.x + ((b.x - a.x) * (target - p.margin)) / (q.margin - p.margin)
}

/** Numbers in a piece to look at next, because a threshold is crossed there. Empty if none is. */
function edges(piece: Piece, whole: boolean): number[] {
  const { a, b, tries } = piece
  const middle = (a.x + b.x) / 2
  if (a.bends.length !== b.bends.length) return [middle]
  let [bent, jump, flat] = [Infinity, Infinity, Infinity]
  for (let k = 0; k < a.bends.length; k++) {
    if (!apart(a.bends[k], b.bends[k])) continue
    const at = crossing(piece, k)
    if (!a.bends[k].jumps) bent = Math.min(bent, at)
    else if (Math.min(Math.abs(a.bends[k].margin), Math.abs(b.bends[k].margin)) > JITTER) jump = Math.min(jump, at)
    else flat = Math.min(flat, at)
  }
  // A distance that stays 0 up to somewhere says little about where: another edge may be there.
  if (bent === Infinity && jump === Infinity && flat < Infinity && tries % 3 !== 0) return [middle]
  if (jump === Infinity) jump = flat
  if (bent === Infinity && jump === Infinity) return []
  // The line misses curved distances on one side again and again.
  if (tries % 3 === 2) return [middle]
  if (whole) return [Math.floor(Math.min(bent, jump)), Math.ceil(Math.min(bent, jump))]
  if (bent < Infinity) return [bent]
  const beside = (NARROW / 2.5) * Math.abs(jump)
  return [jump - beside, jump + beside]
}

/** Whether a function that is curved between the ends may be 0 between them although the ends have one sign. */
const mayTouch = (a: number, m: number, b: number, size: number): boolean => {
  const bend = Math.abs(m - (a + b) / 2)
  if (bend <= STRAIGHT * size) return false
  const signs = [a, m, b].map((value) => signOf(value, size)).filter((sign) => sign !== 0)
  if (signs.some((sign) => sign !== signs[0])) return true
  return Math.min(...[a, m, b].filter((value) => signOf(value, size) !== 0).map(Math.abs)) <= CLEAR * bend
}

type Shape = 'straight' | 'curved' | 'open'

/** How a piece without crossed thresholds looks from its middle. */
function shapeOf({ a, b }: Piece, m: Look): Shape {
  if (m.bends.length !== a.bends.length) return 'open'
  const functions = [
    [a.gap, m.gap, b.gap, Math.max(a.size, b.size)] as const,
    ...m.bends.map(({ margin }, k) => {
      const [p, q] = [a.bends[k], b.bends[k]]
      return [p.margin, margin, q.margin, Math.max(p.size, q.size)] as const
    }),
  ]
  if (m.bends.some((bend, k) => apart(a.bends[k], bend) || apart(bend, b.bends[k]))) return 'open'
  if (functions.some(([p, q, r, size]) => mayTouch(p, q, r, size))) return 'open'
  return functions.every(([p, q, r, size]) => Math.abs(q - (p + r) / 2) <= STRAIGHT * size) ? 'straight' : 'curved'
}

const isNarrow = ({ a, b }: Piece, whole: boolean, range: number): boolean =>
  whole ? b.x - a.x <= 1 : b.x - a.x <= Math.max(NARROW * Math.max(Math.abs(a.x), Math.abs(b.x)), NARROWEST * range)

/** @param xs numbers to begin with, in order */
export async function straightPieces(xs: readonly number[], { look, whole, most }: Search): Promise<Pieces> {
  const known = new Map<number, Look | undefined>()
  const seen = async (x: number): Promise<Look | undefined> => {
    if (!known.has(x)) known.set(x, await look(x))
    return known.get(x)
  }
  const present = (look: Look | undefined): look is Look => look !== undefined
  const first: Look[] = []
  for (const x of xs) {
    const one = await seen(x)
    if (one) first.push(one)
  }
  const limit = known.size + Math.min(most, Math.ceil(MOST_WORK / Math.max(1, ...first.map(({ work }) => work))))
  let proven = true
  const open: Piece[] = first.slice(1).map((b, k) => ({ a: first[k], b, tries: 0, halvings: 0 }))
  const split = (piece: Piece, found: readonly Look[], next: Pick<Piece, 'tries' | 'halvings'>) => {
    const ends = [piece.a, ...found, piece.b]
    for (let k = 1; k < ends.length; k++) open.push({ a: ends[k - 1], b: ends[k], ...next })
  }
  for (let at = 0; at < open.length; at++) {
    const piece = open[at]
    const { a, b, tries, halvings } = piece
    if (isNarrow(piece, whole, xs[xs.length - 1] - xs[0])) continue
    if (known.size >= limit) {
      proven = false
      break
    }
    const middle = whole ? Math.round((a.x + b.x) / 2) : (a.x + b.x) / 2
    const wanted = edges(piece, whole)
    if (wanted.length > 0) {
      const inside = wanted.filter((x) => x > a.x && x < b.x)
      const found = (await Promise.all((inside.length > 0 ? inside : [middle]).map(seen))).filter(present)
      if (found.length > 0) split(piece, found, { tries: tries + 1, halvings })
      else proven = false
      continue
    }
    const m = await seen(middle)
    if (!m) {
      proven = false
      continue
    }
    const shape = shapeOf(piece, m)
    if (shape === 'open' && halvings < MOST_HALVINGS) split(piece, [m], { tries: 0, halvings: halvings + 1 })
    else if (shape !== 'straight') proven = false
  }
  const looks = [...known.values()].filter(present).sort((p, q) => p.x - q.x)
  return { looks, proven }
}
