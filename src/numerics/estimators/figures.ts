// Figures of one column of trials: mean, percentile, expected shortfall, skewness, probabilities. `percentile.ts` has the rule of errors.
import { binomialError } from './errors.ts'
import { estimateOf, type Figure, linear, meanFigure } from './figure.ts'
import { joinedError, missedBy, type SampleSize } from './heavy-tail.ts'
import { MOMENTS, noErrorOf } from './infinite.ts'
import { percentileOf, shortfallOf, withMissed } from './percentile.ts'
import { unmetMean, unmetShortfall } from './regret.ts'
import { skewnessErrorOf, skewnessInfluence, skewnessMove, skewnessOf } from './skewness.ts'
import { type Design, replicatesOf, type SampledColumn } from './sorted.ts'
import { tied } from './ties.ts'
import { unseenExcess, unseenFrom, unseenMean, unseenSkewness, type UnseenValues } from './unseen.ts'

/** The mean. Rare values set its smallest error. One random sample has the error of its own variance. */
export function columnMean(column: SampledColumn): Figure {
  const { values, design, beyond } = column
  const found = {
    ...meanFigure(design.starts, (i) => values[i], unseenMean(beyond.unseen) || unmetIn(column)),
    noError: noErrorOf(column, MOMENTS.mean),
  }
  const missed = missedIn(column, (value) => value)
  const least = Math.max(found.least, missed)
  if (!design.random) return missed > 0 ? { ...found, least, se: joinedError(estimateOf(found).se, missed) } : found
  const n = values.length
  let squares = 0
  for (const value of values) squares += (value - found.value) * (value - found.value)
  const own = Math.max(found.least, Math.sqrt(squares / Math.max(1, n - 1) / n))
  return { ...found, least, se: joinedError(own, missed) }
}

/** The error of a mean of values that are the same in all trials but need not be in the next one. */
function unmetIn({ values, design, beyond, extremes: { min, max } }: SampledColumn): number {
  if (min < max || design.certain || beyond.constant) return 0
  return unmetMean(beyond.distance?.(min) ?? 0, values.length)
}

/** The size of a column and its independent replicates. */
export const drawnOf = ({ values, design }: SampledColumn): SampleSize => ({
  size: values.length,
  replicates: design.random ? 1 : replicatesOf(design),
})

/** The error by the trials that a column with heavy tails misses. */
const missedIn = (column: SampledColumn, influence: (value: number) => number): number =>
  missedBy(column.heavy, drawnOf(column), influence)

/**
 * The p-th percentile, with the error of `percentileOf`. Each replicate moves it in proportion to its own share of trials below it, scaled
 * to give that error, so that shared moves cancel in a difference of two percentiles on the same trials.
 */
export function percentileFigure(column: SampledColumn, p: number): Figure {
  const { design, sample } = column
  const { value, se, shareError, shares } = percentileOf(sample, p)
  const own = shares.length > 0 ? shares : batchShares(column, value)
  const mean = own.reduce((a, b) => a + b, 0) / own.length
  const slope = shareError > 0 ? se / shareError : 0
  const moves = Float64Array.from({ length: replicatesOf(design) }, (_, r) => -slope * (own[r] - mean))
  const least = shareError > 0 ? se * Math.min(1, sample.leastShare / shareError) : 0
  return { value, moves, least, se, under: percentileUnder(column, p) }
}

/** The shares of the batches of one random sample. */
function batchShares({ values, design: { starts } }: SampledColumn, value: number): number[] {
  const { value: mean, moves } = meanFigure(starts, (i) => (values[i] <= value ? 1 : 0), 0)
  return Array.from(moves, (move) => mean + move)
}

/** Half-width, in standard deviations of a rank, of the window that a percentile of reweighted replicates lies in. */
const WIDE = 4.5

/** The percentile of reweighted replicates. At kinks and atoms it is not linear in the weights. */
function percentileUnder({ values, sorted, design: { starts } }: SampledColumn, p: number): Figure['under'] {
  const n = values.length
  const half = WIDE * binomialError(p, n)
  const low = sorted[Math.max(0, Math.floor((n - 1) * (p - half)))]
  const high = sorted[Math.min(n - 1, Math.ceil((n - 1) * (p + half)))]
  let known: ReturnType<typeof insideOf> | undefined
  return (weights) => {
    // Only the search for an optimum needs this, and a pass over all trials is slow.
    known ??= insideOf(values, starts, low, high)
    const { upToLow, inside } = known
    const size = weights.reduce((sum, weight, r) => sum + weight * (starts[r + 1] - starts[r]), 0)
    let mass = upToLow.reduce((sum, count, r) => sum + weights[r] * count, 0)
    if (mass >= p * size) return low
    for (const [value, r] of inside) {
      mass += weights[r]
      if (mass >= p * size) return value
    }
    return high
  }
}

/** The number of values of each replicate up to `low`, and the values between `low` and `high`, sorted. */
function insideOf(values: Float64Array, starts: readonly number[], low: number, high: number) {
  const replicates = starts.length - 1
  const upToLow = new Float64Array(replicates)
  const inside: (readonly [value: number, replicate: number])[] = []
  for (let r = 0; r < replicates; r++) {
    for (let i = starts[r]; i < starts[r + 1]; i++) {
      const value = values[i]
      if (value <= low) upToLow[r] += 1
      else if (value < high) inside.push([value, r])
    }
  }
  inside.sort(([a], [b]) => a - b)
  return { upToLow, inside }
}

/**
 * The smallest error of an expected shortfall: that of rare values, or of what no trial met above worst trials that are all equal.
 * @param boundary the least of the worst trials
 */
export function leastOfShortfall({ values, design, beyond, extremes }: SampledColumn, boundary: number, p: number): number {
  const rare = unseenExcess(beyond.unseen, boundary) / (1 - p)
  if (rare > 0 || boundary < extremes.max || design.certain || beyond.constant) return rare
  return unmetShortfall(boundary, beyond.highest?.() ?? boundary, values.length, p)
}

/** The mean of the worst (1 − p) of trials. */
export function shortfallFigure(column: SampledColumn, p: number): Figure {
  const { values, design, sample, heavy } = column
  const { boundary } = sample.tail(p)
  const least = leastOfShortfall(column, boundary, p)
  const found = shortfallOf(sample, p)
  const { value, se } = withMissed({ ...found, se: Math.max(found.se, least) }, heavy, sample, p)
  const excess = meanFigure(design.starts, (i) => Math.max(0, values[i] - boundary), 0)
  const moves = excess.moves.map((move) => move / (1 - p))
  return { value, moves, least, se, noError: noErrorOf(column, MOMENTS.mean), under: linear(value, moves) }
}

/** The skewness. It is 0 without error if nothing varies. */
export function skewnessFigure(column: SampledColumn): Figure {
  const { values, design, extremes, beyond } = column
  const { starts } = design
  const mean = meanFigure(starts, (i) => values[i], 0)
  const gap = (i: number) => values[i] - mean.value
  const square = meanFigure(starts, (i) => gap(i) * gap(i), 0)
  const cube = meanFigure(starts, (i) => gap(i) * gap(i) * gap(i), 0)
  const all = { first: 0, second: square.value, third: cube.value }
  const value = skewnessOf(all, mean.value)
  if (value === undefined) return { value: 0, moves: new Float64Array(replicatesOf(design)), least: 0, under: () => 0 }
  const moves = mean.moves.map((first, r) =>
    skewnessMove(all, value, { first, second: all.second + square.moves[r], third: all.third + cube.moves[r] }),
  )
  const { min, max } = extremes
  const least = unseenSkewness(beyond.unseen, all, mean.value)
  const own = estimateOf({ value, moves, least: 0, under: () => value }).se
  const spread = Math.max(least, skewnessErrorOf(all, value, { mean: mean.value, min, max, size: values.length }, own))
  const se = joinedError(spread, missedIn(column, skewnessInfluence(all, value, mean.value)))
  return { value, moves, least, se, noError: noErrorOf(column, MOMENTS.skewness), under: linear(value, moves) }
}

/** The smallest error of a share: √R / 2 trials of R stratified replicates, which may all count alike, or one trial of a random sample. */
export function leastOfShares(design: Design): number {
  if (design.certain) return 0
  const n = design.starts[replicatesOf(design)]
  return (design.random ? 1 : Math.sqrt(replicatesOf(design)) / 2) / n
}

/**
 * The share of trials that meet a condition. A trial may count in part.
 * @param unseen the share of each trial with a rare value
 */
export function shareFigure(design: Design, share: (trial: number) => number, unseen?: UnseenValues): Figure {
  const least = design.certain ? 0 : Math.max(leastOfShares(design), unseenMean(unseen))
  const found = meanFigure(design.starts, share, least)
  if (!design.random) return found
  const n = design.starts[replicatesOf(design)]
  let squares = 0
  for (let i = 0; i < n; i++) squares += share(i) * share(i)
  return { ...found, se: Math.max(least, Math.sqrt(Math.max(0, squares / n - found.value * found.value) / n)) }
}

/** The share of trials that stay within an amount, and that exceed it. */
export const withinFigure = (column: SampledColumn, amount: number): Figure => chance(column, (value) => value <= amount)
export const beyondFigure = (column: SampledColumn, amount: number): Figure => chance(column, (value) => value > amount)

/** A column that is the same in every trial is certain only if the plan says so: the next trial might differ. */
function chance({ values, design, beyond }: SampledColumn, meets: (value: number) => boolean): Figure {
  const certain = design.certain || beyond.constant
  const share = (value: number) => (meets(value) ? 1 : 0)
  return shareFigure(
    { ...design, certain },
    (i) => share(values[i]),
    unseenFrom([beyond.unseen], ([own], i) => share(own[i])),
  )
}

/** The share of trials in which the k-th column is the cheapest. Ties are shared. */
export function cheapestOf(columns: readonly SampledColumn[], k: number, design: Design): Figure {
  const values = columns.map((column) => column.values)
  const unseen = unseenFrom(
    columns.map(({ beyond }) => beyond.unseen),
    (costs, i) => shareOfCheapest(costs, k, i),
  )
  return shareFigure(design, (i) => shareOfCheapest(values, k, i), unseen)
}

/** Whether the k-th column is the cheapest in a trial. Ties share it. */
export function shareOfCheapest(columns: readonly Float64Array[], k: number, trial: number): number {
  const own = columns[k][trial]
  let ties = 1
  for (let other = 0; other < columns.length; other++) {
    if (other === k) continue
    if (tied(own, columns[other][trial])) ties += 1
    else if (columns[other][trial] < own) return 0
  }
  return 1 / ties
}

/** Whether both cost the same in every trial, apart from rounding. */
export const alike = (a: Float64Array, b: Float64Array, slack: number): boolean =>
  a.every((value, i) => Math.abs(value - b[i]) <= slack * Math.max(Math.abs(value), Math.abs(b[i])))
