// How well a fitted distribution describes a sample, and how precisely the sample determines its parameters.
import { type Distribution, type DistributionSpec, distributionOf } from '../distributions/index.ts'
import { inverse } from '../distributions/special/solve.ts'
import { log } from '../kernel/math.ts'
import { ParameterError } from '../../errors.ts'
import type { ValueCells } from './cells.ts'
import type { FitSample } from './sample.ts'

/** The sum of the log-densities of the values; if they are rounded, of the mean log-densities in their cells. */
export function logLikelihoodOf(spec: DistributionSpec, { values, cells }: FitSample): number {
  const made = distributionOf(spec)
  let sum = 0
  if (cells) {
    // Divided by the width, probabilities compare with densities.
    massesIn(made, cells).forEach(({ mass }, k) => (sum += cells.counts[k] * log(mass / cells.width)))
    return sum
  }
  for (const x of values) sum += made.logDensity(x)
  return sum
}

/** The probabilities of a cell, and of the values below and above it. */
interface Mass {
  readonly mass: number
  readonly below: number
  readonly above: number
}

/** The probabilities of the cells. Differences of the smaller tails keep their digits. */
function massesIn({ cdf, survival }: Distribution, { width, values }: ValueCells): Mass[] {
  let [edge, below, above] = [-Infinity, 0, 1]
  return Array.from(values, (x): Mass => {
    const [from, to] = [x - width / 2, x + width / 2]
    // Neighbors share an edge.
    if (Math.abs(from - edge) > 1e-6 * width) [below, above] = [cdf(from), survival(from)]
    const next = [cdf(to), survival(to)] as const
    const found = { mass: below < 0.5 ? next[0] - below : above - next[1], below, above: next[1] }
    edge = to
    ;[below, above] = next
    return found
  })
}

/** Akaike (1974): twice the free parameters minus twice the log-likelihood. Less is better. */
export const aicOf = (logLikelihood: number, free: number): number => 2 * (free - logLikelihood)

/** Schwarz (1978): a parameter costs the logarithm of the number of values. Less is better. */
export const bicOf = (logLikelihood: number, free: number, count: number): number => free * log(count) - 2 * logLikelihood

/** A value this near to an end, in standard deviations, is the end but for rounding. */
const AT_END = 1e-6

/**
 * The distance A² of Anderson and Darling (1952): squared differences between the distribution function and the ranks, with more weight in
 * both tails. A smallest or largest value that is an end of the distribution counts as if its tail had the probability 1 / (n + 1), not 0.
 * Rounded values count as if they divided the probability of their cell evenly.
 */
export function andersonDarling(made: Distribution, sample: FitSample): number {
  const { count } = sample
  const [below, above] = sample.cells ? cellTails(made, sample.cells, count) : tailsOf(made, sample)
  let sum = 0
  for (let i = 0; i < count; i++) sum += ((2 * i + 1) / count) * (log(below[i]) + log(above[count - 1 - i]))
  return Math.max(0, -count - sum)
}

/** The probabilities below and above each value. */
function tailsOf({ cdf, survival, support }: Distribution, { values, count, sd }: FitSample): [Float64Array, Float64Array] {
  const least = 1 / (count + 1)
  const isEnd = (x: number) => support.some((end) => Math.abs(x - end) <= AT_END * sd)
  return [
    values.map((x) => (isEnd(x) && x < values[count - 1] ? least : cdf(x))),
    values.map((x) => (isEnd(x) && x > values[0] ? least : survival(x))),
  ]
}

function cellTails(made: Distribution, cells: ValueCells, count: number): [Float64Array, Float64Array] {
  const [belowEach, aboveEach] = [new Float64Array(count), new Float64Array(count)]
  let i = 0
  massesIn(made, cells).forEach(({ mass, below, above }, k) => {
    const own = cells.counts[k]
    for (let j = 0; j < own; j++) {
      const share = (j + 0.5) / own
      belowEach[i] = below + share * mass
      aboveEach[i] = above + (1 - share) * mass
      i += 1
    }
  })
  return [belowEach, aboveEach]
}

/** A change of a parameter that lowers the log-likelihood by about this much shows its bend. */
const DROP = 0.01
const MOST_TRIES = 30

/**
 * Standard errors of the parameters from the observed information, the matrix of second differences of the log-likelihood.
 * @returns undefined if the matrix is not that of a top, for example at the edge of the parameters' range
 */
export function observedErrors(spec: DistributionSpec, sample: FitSample): Readonly<Record<string, number>> | undefined {
  const names = Object.keys(spec).filter((name) => typeof spec[name] === 'number')
  const top = logLikelihoodOf(spec, sample)
  const loss = (moves: readonly number[]): number => {
    const moved = Object.fromEntries(names.map((name, k) => [name, Number(spec[name]) + moves[k]]))
    try {
      return top - logLikelihoodOf({ ...spec, ...moved }, sample)
    } catch (error) {
      if (error instanceof ParameterError) return Infinity
      throw error
    }
  }
  const along = (...parts: readonly (readonly [k: number, by: number])[]) =>
    loss(names.map((_, k) => parts.reduce((sum, [own, by]) => (own === k ? sum + by : sum), 0)))
  const steps = names.map((name, k) => stepFor((by) => along([k, by]) + along([k, -by]), Math.abs(Number(spec[name])) || sample.sd))
  if (steps.some((step) => step === undefined)) return undefined
  const by = steps.map(Number)
  const information = names.map((_, j) =>
    names.map((__, k) => {
      if (j === k) return (along([j, by[j]]) + along([j, -by[j]])) / (by[j] * by[j])
      const same = along([j, by[j]], [k, by[k]]) + along([j, -by[j]], [k, -by[k]])
      const opposite = along([j, by[j]], [k, -by[k]]) + along([j, -by[j]], [k, by[k]])
      return (same - opposite) / (4 * by[j] * by[k])
    }),
  )
  const variances = inverse(information).map((column, k) => column[k])
  if (!variances.every((variance) => variance > 0 && variance < Infinity)) return undefined
  return Object.fromEntries(names.map((name, k) => [name, Math.sqrt(variances[k])]))
}

/** A step at which a parabola loses about `DROP` on each side. */
function stepFor(loss: (by: number) => number, size: number): number | undefined {
  let step = 1e-3 * size
  for (let k = 0; k < MOST_TRIES; k++) {
    const both = loss(step)
    if (!(both < Infinity)) step /= 10
    else if (!(both > 0)) step *= 10
    else if (both > 4 * DROP || both < DROP) step *= Math.min(10, Math.max(0.1, Math.sqrt((2 * DROP) / both)))
    else return step
  }
  return undefined
}
