import { normalMean, solve } from './mathematics.ts'

const logistic = (x: number) => 1 / (1 + Math.exp(-x))
const known = new Map<string, { readonly shift: number; readonly tau: number }>()

/** The shift and the scale for which logistic(logit(mean) + shift + tau Z) has the mean and the standard deviation, by bisection. */
export function rateNoise(mean: number, sd: number): { readonly shift: number; readonly tau: number } {
  const key = `${mean} ${sd}`
  const logit = Math.log(mean / (1 - mean))
  const shiftOf = (tau: number) =>
    solve((shift) => normalMean((z) => logistic(logit + shift + tau * z), 0.1), mean, -tau * tau - 1e-9, tau * tau + 1e-9)
  const spread = (tau: number) => {
    const shift = shiftOf(tau)
    return Math.sqrt(normalMean((z) => (logistic(logit + shift + tau * z) - mean) ** 2, 0.1))
  }
  const made =
    known.get(key) ??
    (() => {
      const tau = solve(spread, sd, 0, 5)
      return { shift: shiftOf(tau), tau }
    })()
  known.set(key, made)
  return made
}
