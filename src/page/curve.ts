// With what probability an amount suffices, read off an S-curve.
import type { ChancePoint } from '../present/report/figures.ts'

/** Between the points by a straight line; beyond them only that it is less than the first or more than the last. */
export function oddsWords(points: readonly ChancePoint[], amount: number): string {
  const [first] = points
  const last = points[points.length - 1]
  if (amount < first.amount) return 'suffices in less than 1 % of futures'
  if (amount > last.amount) return 'suffices in more than 99 % of futures'
  const k = Math.max(
    1,
    points.findIndex((point) => point.amount >= amount),
  )
  const [below, above] = [points[k - 1], points[k]]
  const span = above.amount - below.amount
  const share = span > 0 ? (amount - below.amount) / span : 1
  const probability = below.probability + share * (above.probability - below.probability)
  return `suffices in ${(100 * probability).toFixed(1)} % of futures`
}
