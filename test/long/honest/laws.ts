// The laws of uncertain inputs, as functions of one coordinate whose own law is simple. None of this is the engine's.
import { normalCdf, normalDensity, normalMean, normalQuantile } from '../../closed-forms/mathematics.ts'

export type Law =
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly sd: number }
  /** The central 90% of a lognormal distribution, written "low to high". */
  | { readonly kind: 'lognormal'; readonly low: number; readonly high: number }
  /** The central 90% of a logit-normal distribution of a share, written "low to high". */
  | { readonly kind: 'logitNormal'; readonly low: number; readonly high: number }
  | { readonly kind: 'triangular'; readonly low: number; readonly mode: number; readonly high: number }
  | { readonly kind: 'pareto'; readonly shape: number; readonly low: number }
  | { readonly kind: 'discrete'; readonly atoms: readonly Atom[] }

/** A value and its probability. */
export type Atom = readonly [value: number, weight: number]

export type Value = number | Law

/** A coordinate from `low` to `high`, the share of trials below a place, and the density there. What lies outside is below 1e-13. */
export interface Coordinate {
  readonly low: number
  readonly high: number
  readonly mass: (t: number) => number
  readonly density: (t: number) => number
}

const UNIT: Coordinate = { low: 0, high: 1, mass: (t) => t, density: () => 1 }
export const SCORE: Coordinate = { low: -7.5, high: 7.5, mass: normalCdf, density: normalDensity }
const WAIT: Coordinate = { low: 0, high: 30, mass: (t) => -Math.expm1(-t), density: (t) => Math.exp(-t) }

export const coordinateOf = ({ kind }: Law): Coordinate => {
  switch (kind) {
    case 'uniform':
    case 'triangular':
      return UNIT
    case 'pareto':
      return WAIT
    case 'normal':
    case 'lognormal':
    case 'logitNormal':
      return SCORE
    case 'discrete':
      throw new Error('a discrete law has atoms and no coordinate')
  }
}

const NINETY = normalQuantile(0.95)
const logit = (share: number): number => Math.log(share / (1 - share))
const logistic = (x: number): number => 1 / (1 + Math.exp(-x))

/** The value at a place of the law's coordinate. */
export function valueAt(law: Law, t: number): number {
  switch (law.kind) {
    case 'uniform':
      return law.low + (law.high - law.low) * t
    case 'normal':
      return law.mean + law.sd * t
    case 'lognormal':
      return Math.exp(Math.log(law.low * law.high) / 2 + (Math.log(law.high / law.low) / (2 * NINETY)) * t)
    case 'logitNormal': {
      const [a, b] = [logit(law.low), logit(law.high)]
      return logistic((a + b) / 2 + ((b - a) / (2 * NINETY)) * t)
    }
    case 'triangular': {
      const { low, mode, high } = law
      const [left, right] = [mode - low, high - mode]
      const share = left / (high - low)
      return t < share ? low + Math.sqrt(t * left * (high - low)) : high - Math.sqrt((1 - t) * right * (high - low))
    }
    case 'pareto':
      return law.low * Math.exp(t / law.shape)
    case 'discrete':
      throw new Error('a discrete law has atoms and no coordinate')
  }
}

/** Places of the coordinate where the formula changes. */
export const kinksOf = (law: Law): readonly number[] =>
  law.kind === 'triangular' ? [(law.mode - law.low) / (law.high - law.low)] : []

export function meanOf(value: Value): number {
  if (typeof value === 'number') return value
  switch (value.kind) {
    case 'uniform':
      return (value.low + value.high) / 2
    case 'normal':
      return value.mean
    case 'triangular':
      return (value.low + value.mode + value.high) / 3
    case 'pareto':
      return (value.low * value.shape) / (value.shape - 1)
    case 'discrete':
      return value.atoms.reduce((sum, [x, weight]) => sum + x * weight, 0)
    case 'lognormal':
    case 'logitNormal':
      return normalMean((z) => valueAt(value, z))
  }
}

/** The text of a plan. `unit` stands before an amount. */
export function textOf(value: Value, unit = ''): string | number {
  if (typeof value === 'number') return unit === '' ? value : `${unit}${value}`
  const amount = (x: number) => `${unit}${x}`
  switch (value.kind) {
    case 'uniform':
      return `uniform(${amount(value.low)}, ${amount(value.high)})`
    case 'normal':
      return `normal(${amount(value.mean)}, ${amount(value.sd)})`
    case 'lognormal':
      return `${amount(value.low)} to ${amount(value.high)}`
    case 'logitNormal':
      return `${percent(value.low)} to ${percent(value.high)}`
    case 'triangular':
      return `triangular(${[value.low, value.mode, value.high].map(amount).join(', ')})`
    case 'pareto':
      return `pareto(${value.shape}, ${amount(value.low)})`
    case 'discrete':
      return `discrete(${value.atoms.map(([x, weight]) => `${amount(x)}: ${weight}`).join(', ')})`
  }
}

const percent = (share: number): string => `${Number((share * 100).toFixed(6))}%`

/** The standard deviation and the mean shift of a monthly volume's noise: exp(σ z − σ²/2) has mean 1 and this coefficient of variation. */
export const noiseSigma = (cv: number): number => Math.sqrt(Math.log1p(cv * cv))

export interface RateNoise {
  /** Shift of the log-odds. */
  readonly shift: number
  /** Standard deviation of the log-odds. */
  readonly spread: number
}

/** x with f(x) = y for an increasing f. */
function bisected(f: (x: number) => number, y: number, low: number, high: number): number {
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (f(middle) < y) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The noise of the log-odds with which a rate of mean `rate` keeps its mean and has the standard deviation `sd`. */
export function rateNoise(rate: number, sd: number): RateNoise {
  const level = logit(rate)
  const meanBy = (shift: number, spread: number) => normalMean((z) => logistic(level + shift + spread * z), 0.1)
  const shiftOf = (spread: number) => bisected((shift) => meanBy(shift, spread), rate, -5, 5)
  const sdOf = (spread: number) => {
    const shift = shiftOf(spread)
    return Math.sqrt(normalMean((z) => (logistic(level + shift + spread * z) - rate) ** 2, 0.1))
  }
  const spread = bisected(sdOf, sd, 0, 5)
  return { shift: shiftOf(spread), spread }
}

export const noisyRate = (trend: number, { shift, spread }: RateNoise, z: number): number =>
  logistic(logit(trend) + shift + spread * z)
