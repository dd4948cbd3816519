// The error of rare values that hardly any trial draws. No spread of replicates shows a value that none of them drew. So the plan is run a
// few times more with such a value, and once with the usual value in its place.

import { skewnessInfluence, skewnessOf, type ThreeMoments } from './skewness.ts'

/** A column in trials with a rare value, beside the same trials with the usual value. */
export interface UnseenValues {
  readonly usual: Float64Array
  readonly rare: Float64Array
  /** By trial: the variance of the number of such trials in the sample, divided by the square of the sample's size. */
  readonly weights: Float64Array
}

/** The standard error that rare values leave in a figure. @param influence of one trial on the figure, times the number of trials */
export function unseenError(values: UnseenValues | undefined, influence: (value: number) => number): number {
  if (!values) return 0
  const { usual, rare, weights } = values
  let squares = 0
  for (let i = 0; i < weights.length; i++) {
    const move = influence(rare[i]) - influence(usual[i])
    squares += weights[i] * move * move
  }
  return Math.sqrt(squares)
}

/** The error of a mean. */
export const unseenMean = (values: UnseenValues | undefined): number => unseenError(values, (value) => value)

/** The error of a standard deviation, which may be small beside that of the rare values. */
export function unseenSd(values: UnseenValues | undefined, mean: number, sd: number): number {
  const square = unseenError(values, (value) => (value - mean) * (value - mean))
  return square === 0 ? 0 : Math.sqrt(sd * sd + square) - sd
}

/** A variance that rare values raise by a larger share than this is no longer linear in their number. */
const LINEAR = 0.5

/** The error of a skewness. @param all the moments about the mean of the sample */
export function unseenSkewness(values: UnseenValues | undefined, all: ThreeMoments, mean: number): number {
  const skewness = skewnessOf(all, mean)
  if (!values || skewness === undefined) return 0
  const power = (exponent: 2 | 3) =>
    unseenError(values, (value) => (value - mean) * (value - mean) * (exponent === 3 ? value - mean : 1))
  const second = power(2)
  if (second <= LINEAR * all.second) return unseenError(values, skewnessInfluence(all, skewness, mean))
  const side = values.rare.reduce((sum, value, i) => sum + values.weights[i] * (value - mean), 0) < 0 ? -1 : 1
  const raised = skewnessOf({ first: 0, second: all.second + second, third: all.third + side * power(3) }, mean) ?? skewness
  return Math.abs(raised - skewness)
}

/** The error of the mean excess over an amount. */
export const unseenExcess = (values: UnseenValues | undefined, amount: number): number =>
  unseenError(values, (value) => Math.max(0, value - amount))

/** A column that is computed from others, trial by trial. */
export const unseenFrom = (
  columns: readonly (UnseenValues | undefined)[],
  of: (columns: readonly Float64Array[], trial: number) => number,
): UnseenValues | undefined => unseenColumn(columns, (parts) => parts[0].map((_, i) => of(parts, i)))

/** A column that is computed from two with rare trials of their own. The other one has its mean in them. */
export function unseenBeside(
  [one, other]: readonly { readonly unseen: UnseenValues | undefined; readonly mean: number }[],
  of: (a: number, b: number) => number,
): UnseenValues | undefined {
  const parts = [
    ...(one.unseen ? [changed(one.unseen, (value) => of(value, other.mean))] : []),
    ...(other.unseen ? [changed(other.unseen, (value) => of(one.mean, value))] : []),
  ]
  if (parts.length < 2) return parts[0]
  const all = (read: (part: UnseenValues) => Float64Array) => Float64Array.from(parts.flatMap((part) => [...read(part)]))
  return { usual: all(({ usual }) => usual), rare: all(({ rare }) => rare), weights: all(({ weights }) => weights) }
}

const changed = ({ usual, rare, weights }: UnseenValues, of: (value: number) => number): UnseenValues => ({
  usual: usual.map(of),
  rare: rare.map(of),
  weights,
})

/** A column that is computed from others, all trials at once. */
export function unseenColumn(
  columns: readonly (UnseenValues | undefined)[],
  of: (columns: readonly Float64Array[], trials: number) => Float64Array,
): UnseenValues | undefined {
  const known = columns.filter((column) => column !== undefined)
  if (known.length < columns.length || known.length === 0) return undefined
  const made = (read: (column: UnseenValues) => Float64Array) => of(known.map(read), known[0].weights.length)
  return { usual: made(({ usual }) => usual), rare: made(({ rare }) => rare), weights: known[0].weights }
}
