// Finds the top of a likelihood. Newton's steps serve smooth likelihoods, a golden section one parameter, and a simplex ends of a range,
// where the likelihood has kinks.
import { solve } from '../distributions/special/solve.ts'

/** A function at one point. `bend` is its matrix of second derivatives, or a negative definite stand-in for it. */
export interface Local {
  readonly value: number
  readonly gradient: readonly number[]
  readonly bend: readonly (readonly number[])[]
}

/** When to end. */
interface Limits {
  /** The promised gain of a mean log-likelihood below which no step is taken. */
  readonly least: number
  readonly steps: number
  /** Whether the point after the last step is an answer although it is not the top. */
  readonly unfinished?: true
}
/** The gain is far below a standard error of any parameter. */
const USUAL: Limits = { least: 1e-15, steps: 200 }

/**
 * The place of the largest value of a smooth function, by Newton's steps. Each is halved until the function rises.
 * @param at the function, or undefined outside its domain
 * @param start a point inside the domain
 * @returns undefined if no step rises although the gradient promises it, or if the last step is not the top
 */
export function ascend(
  at: (point: readonly number[]) => Local | undefined,
  start: readonly number[],
  { least, steps, unfinished }: Limits = USUAL,
): number[] | undefined {
  let point = [...start]
  let here = at(point)
  for (let step = 0; here && step < steps; step++) {
    const move = stepOf(here)
    const gain = here.gradient.reduce((sum, g, k) => sum + g * move[k], 0)
    if (!(gain > least * Math.max(1, Math.abs(here.value)))) return point
    const found = risen(at, point, here, move, gain)
    if (!found) return gain < 1e-9 || unfinished ? point : undefined
    ;[point, here] = [found.point, found.local]
  }
  return here && unfinished ? point : undefined
}

/** Newton's step, or one along the gradient where Newton's would not rise. */
function stepOf({ gradient, bend }: Local): number[] {
  const newton = solve(bend, gradient).map((x) => -x)
  const gain = gradient.reduce((sum, g, k) => sum + g * newton[k], 0)
  if (gain >= 0 && newton.every(Number.isFinite)) return newton
  const size = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0))
  return gradient.map((g) => g / Math.max(1, size))
}

function risen(
  at: (point: readonly number[]) => Local | undefined,
  point: readonly number[],
  here: Local,
  move: readonly number[],
  gain: number,
): { readonly point: number[]; readonly local: Local } | undefined {
  for (let share = 1; share > 1e-12; share /= 2) {
    const next = point.map((x, k) => x + share * move[k])
    const local = at(next)
    // Armijo's rule
    if (local && local.value >= here.value + 1e-4 * share * gain) return { point: next, local }
  }
  return undefined
}

const GOLDEN = 0.6180339887498949

/** The place in [low, high] of the largest value of a function with one top, by golden sections to a width of `width`. */
export function goldenTop(of: (x: number) => number, low: number, high: number, width: number): number {
  let [a, b] = [low, high]
  let [c, d] = [b - GOLDEN * (b - a), a + GOLDEN * (b - a)]
  let [fc, fd] = [of(c), of(d)]
  while (b - a > width) {
    if (fc >= fd) {
      ;[b, d, fd] = [d, c, fc]
      c = b - GOLDEN * (b - a)
      fc = of(c)
    } else {
      ;[a, c, fc] = [c, d, fd]
      d = a + GOLDEN * (b - a)
      fd = of(d)
    }
  }
  return 0.5 * (a + b)
}

type Corner = { readonly point: readonly number[]; readonly value: number }

interface Spread {
  /** The corners lie within this distance of each other at the end. */
  readonly width: number
  readonly steps: number
}

/**
 * The place of the largest value of a function of a few numbers, which may have kinks and be −∞ outside its domain: the simplex of Nelder
 * and Mead (1965), The Computer Journal 7. Its first edges have the length 1.
 */
export function simplexTop(
  of: (point: readonly number[]) => number,
  start: readonly number[],
  { width, steps }: Spread,
): readonly number[] {
  const corner = (point: readonly number[]): Corner => ({ point, value: of(point) })
  let corners = [start, ...start.map((_, j) => start.map((x, k) => (j === k ? x + 1 : x)))].map(corner)
  for (let step = 0; step < steps; step++) {
    corners = corners.sort((one, two) => two.value - one.value)
    const [best] = corners
    const spread = Math.max(...corners.map(({ point }) => Math.max(...point.map((p, k) => Math.abs(p - best.point[k])))))
    if (spread < width) break
    const worst = corners[corners.length - 1]
    const others = corners.slice(0, -1)
    const next = replacing(worst, others, corner)
    corners = next
      ? [...others, next]
      : [best, ...corners.slice(1).map(({ point }) => corner(point.map((p, k) => 0.5 * (p + best.point[k]))))]
  }
  return corners.reduce(better).point
}

/** A better corner than the worst, mirrored at the middle of the others or nearer to it; undefined if there is none. */
function replacing(worst: Corner, others: readonly Corner[], corner: (point: readonly number[]) => Corner): Corner | undefined {
  const [best, last] = [others[0], others[others.length - 1]]
  const center = best.point.map((_, k) => others.reduce((sum, { point }) => sum + point[k], 0) / others.length)
  const along = (t: number) => corner(center.map((c, k) => c + t * (c - worst.point[k])))
  const mirrored = along(1)
  const next = mirrored.value > best.value ? better(mirrored, along(2)) : mirrored
  if (next.value > last.value) return next
  const inner = along(mirrored.value > worst.value ? 0.5 : -0.5)
  return inner.value > Math.max(worst.value, mirrored.value) ? inner : undefined
}

const better = (one: Corner, two: Corner): Corner => (two.value > one.value ? two : one)
