// Reads from an S-curve how likely an amount is to be enough.
import { formatShare } from '../../notation/money.ts'
import type { ChancePoint } from '../../present/report/figures.ts'

/** Interpolates between the points. Outside of them it only gives a bound. */
export function oddsWords(points: readonly ChancePoint[], amount: number, years: string): string {
  const [first] = points
  const last = points[points.length - 1]
  if (amount < first.amount) return `is enough in less than 1% of ${years}`
  if (amount > last.amount) return `is enough in more than 99% of ${years}`
  const k = Math.max(
    1,
    points.findIndex((point) => point.amount >= amount),
  )
  const [below, above] = [points[k - 1], points[k]]
  const span = above.amount - below.amount
  const share = span > 0 ? (amount - below.amount) / span : 1
  const probability = below.probability + share * (above.probability - below.probability)
  return `is enough in ${formatShare(probability)} of ${years}`
}
