// The cells of the ensemble: combinations of a month-to-month process, a spread of slopes and a spread of seasons.
import { pow } from '../../numerics/kernel/math.ts'

/** The process of a month's logarithm or log-odds, as shares of the variance of one month's noise. */
export interface Process {
  /** The variance of one month's noise. 1 if an ensemble averages over its scale. */
  readonly variance: number
  /** The noise of a month repeats itself by this share in the next one. */
  readonly phi: number
  /** Variance of a month's change of the level. */
  readonly walk: number
  /** Variance of a slope that returns to 0. */
  readonly drift: number
  /** The share of such a slope that the next month keeps. */
  readonly damping: number
}

export interface Grid {
  readonly processes: readonly Process[]
  /** Standard deviations of a straight line's slope a month. */
  readonly slopes: readonly number[]
  /** Standard deviations of the effect of a calendar month. */
  readonly seasons: readonly number[]
}

const DAMPING = 0.8
const noise = (walk: number, drift = 0): Process => ({ variance: 1, phi: 0, walk, drift, damping: DAMPING })

/** 510 cells. They are equally likely before the history is seen. */
export const CELLS: Grid = {
  processes: [
    ...[0, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 4].map((walk) => noise(walk)),
    ...[0.4, 0.7, 0.9].map((phi) => ({ ...noise(0), phi })),
    ...[0.001, 0.01, 0.1].flatMap((drift) => [noise(0, drift), noise(0.1, drift)]),
  ],
  slopes: [0, 0.015, 0.05, 0.15, 0.5, 1.5],
  seasons: [0, 0.25, 0.7, 2, 6],
}

/** Variance of the level, which is practically unknown. */
export const LEVEL = 1e4
/** The noise of volumes is not smaller than about 2%: this is the prior's sum of squares. */
export const FLOOR = 4e-4

/** The covariance of a process in two months, `t` and `u` months after the first one. */
export function covarianceOf({ variance, phi, walk, drift, damping }: Process): (t: number, u: number) => number {
  const repeats = powersOf((_, before) => before * phi)
  const damped = powersOf((months) => pow(damping, months))
  /** Σ Σ d^|i − j| over i from 1 to t and j from 1 to u = t + apart: the covariance of sums of autoregressive slopes. */
  const integratedSlopes = (t: number, apart: number): number => {
    const seen = (1 - damped(t)) / (1 - damping)
    return t + (damping / (1 - damping)) * (2 * t - seen - damped(apart) * seen)
  }
  return (t, u) => {
    const first = Math.min(t, u)
    const apart = Math.abs(t - u)
    const own = phi > 0 ? repeats(apart) : apart === 0 ? 1 : 0
    return variance * (own + walk * first + (drift > 0 ? drift * integratedSlopes(first, apart) : 0))
  }
}

/** Each power is made once: a matrix asks for the same ones again and again. */
function powersOf(next: (months: number, before: number) => number): (months: number) => number {
  const known = [1]
  return (months) => {
    while (known.length <= months) known.push(next(known.length, known[known.length - 1]))
    return known[months]
  }
}
