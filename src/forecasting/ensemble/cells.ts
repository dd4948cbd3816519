// The cells of the ensemble: combinations of a month-to-month process, a spread of slopes and a spread of seasons.

/** The process of a month's logarithm, as shares of the variance of one month's noise. */
export interface Process {
  /** The noise of a month repeats itself by this share in the next one. */
  readonly phi: number
  /** Variance of a month's change of the level. */
  readonly walk: number
  /** Variance of a month's change of the slope. */
  readonly drift: number
}

export interface Grid {
  readonly processes: readonly Process[]
  /** Standard deviations of a straight line's slope a month. */
  readonly slopes: readonly number[]
  /** Standard deviations of the effect of a calendar month. */
  readonly seasons: readonly number[]
}

const noise = (walk: number, drift = 0): Process => ({ phi: 0, walk, drift })

/** 340 cells. They are equally likely before the history is seen. */
export const CELLS: Grid = {
  processes: [
    ...[0, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 4].map((walk) => noise(walk)),
    ...[0.4, 0.7, 0.9].map((phi) => ({ phi, walk: 0, drift: 0 })),
    ...[1e-5, 1e-4, 1e-3].flatMap((drift) => [noise(0, drift), noise(0.1, drift)]),
  ],
  slopes: [0, 0.015, 0.05, 0.15],
  seasons: [0, 0.25, 0.7, 2, 6],
}

/** Variance of the level, which is practically unknown. */
export const LEVEL = 1e4
/** The noise of volumes is not smaller than about 2%: this is the prior's sum of squares. */
export const FLOOR = 4e-4

/** The covariance of the processes of two months, `t` and `u` months after the first one. */
export function covarianceOf({ phi, walk, drift }: Process, t: number, u: number): number {
  const first = Math.min(t, u)
  const apart = Math.abs(t - u)
  let own = apart === 0 ? 1 : 0
  if (phi > 0) {
    own = 1
    for (let k = 0; k < apart; k++) own *= phi
  }
  return own + walk * first + (drift > 0 ? drift * integratedWalk(first, apart) : 0)
}

/** Σ (t − j)(u − j) over j from 0 to t − 1, for t ≤ u = t + apart. */
const integratedWalk = (t: number, apart: number): number => (t * (t + 1) * (2 * t + 1)) / 6 + (apart * t * (t + 1)) / 2
