// The figures of a distribution of trials, whether quadrature or a sample represents it.
import type { Columns } from './columns.ts'
import type { Functional } from './figures.ts'

/** Mean, and second and third central moment. */
export type Moments = readonly [mean: number, second: number, third: number]

/** The joint distribution of the columns of a plan. */
export interface Distribution {
  /** The mean of a function of one column, or of two. */
  mean(of: (a: number, b: number) => number, column: number, other?: number): number
  moments(column: number): Moments
  /** The share of trials in which a column is at most an amount. */
  upTo(column: number, amount: number): number
  /** E (column − amount)⁺ */
  excess(column: number, amount: number): number
  /** The least amount that a share p of trials stays within. */
  percentile(column: number, p: number): number
}

/** A part's covariance with the whole over the variance of the whole, or undefined if the whole does not vary. */
function varianceShare(law: Distribution, part: number, whole: number): number | undefined {
  const [mean] = law.moments(part)
  const [all, variance] = law.moments(whole)
  if (variance <= (1e-11 * all) ** 2) return undefined
  return law.mean((a, b) => (a - mean) * (b - all), part, whole) / variance
}

/** A part's share of the mean of the whole in the worst 1 − p of trials. Trials at the percentile count as far as needed. */
function tailShare(law: Distribution, part: number, whole: number, p: number): number {
  const from = law.percentile(whole, p)
  const above = (of: (a: number, b: number) => number) => law.mean((a, b) => (b > from ? of(a, b) : 0), part, whole)
  const at = (of: (a: number, b: number) => number) => law.mean((a, b) => (b === from ? of(a, b) : 0), part, whole)
  const [beyond, atom] = [above(() => 1), at(() => 1)]
  const weight = atom > 0 ? Math.max(0, 1 - p - beyond) / atom : 0
  const sumOf = (of: (a: number, b: number) => number) => above(of) + weight * at(of)
  return sumOf((a) => a) / sumOf((_, b) => b)
}

/** The figure, or undefined if the distribution has none. */
export function figureOf(law: Distribution, columns: Columns, functional: Functional): number | undefined {
  switch (functional.of) {
    case 'mean':
      return law.moments(columns.place(functional.column))[0]
    case 'within':
      return law.upTo(columns.place(functional.column), functional.amount)
    case 'beyond':
      return 1 - law.upTo(columns.place(functional.column), functional.amount)
    case 'ratio':
      return law.moments(columns.place(functional.above))[0] / law.moments(columns.place(functional.below))[0]
    case 'sd': {
      const [mean, variance] = law.moments(columns.place(functional.column))
      // Rounding is no spread.
      return variance <= (1e-11 * mean) ** 2 ? 0 : Math.sqrt(variance)
    }
    case 'skewness': {
      const [mean, variance, third] = law.moments(columns.place(functional.column))
      // A cost without spread has no skewness.
      return variance <= (1e-9 * mean) ** 2 ? undefined : third / (variance * Math.sqrt(variance))
    }
    case 'percentile':
      return law.percentile(columns.place(functional.column), functional.p)
    case 'varianceShare':
      return varianceShare(law, columns.place(functional.column), columns.place(functional.whole))
    case 'tailShare':
      return tailShare(law, columns.place(functional.column), columns.place(functional.whole), functional.p)
    case 'allocated': {
      const [part, whole] = [columns.place(functional.column), columns.place(functional.whole)]
      const [[mean], [all]] = [law.moments(part), law.moments(whole)]
      const share = varianceShare(law, part, whole) ?? mean / all
      return mean + share * (law.percentile(whole, functional.p) - all)
    }
    case 'shortfall': {
      const column = columns.place(functional.column)
      const value = law.percentile(column, functional.p)
      return value + law.excess(column, value) / (1 - functional.p)
    }
  }
}

type Influence = (a: number, b: number) => number

/** How many of N trials the error of a figure rests on, as a share: (E ψ²)² / E ψ⁴ of its influence function ψ. */
function restsOn(law: Distribution, influence: Influence, column: number, other = column): number {
  const second = law.mean((a, b) => influence(a, b) ** 2, column, other)
  const fourth = law.mean((a, b) => influence(a, b) ** 4, column, other)
  return fourth > 0 ? second ** 2 / fourth : 1
}

/** The share of trials that carry a figure's error: of a probability p, about p. */
export function eventsOf(law: Distribution, columns: Columns, functional: Functional, value: number): number {
  switch (functional.of) {
    case 'mean':
      return restsOn(law, (x) => x - value, columns.place(functional.column))
    case 'within':
    case 'beyond':
      return Math.min(value, 1 - value)
    case 'ratio':
      return restsOn(law, (a, b) => a - value * b, columns.place(functional.above), columns.place(functional.below))
    case 'sd': {
      const column = columns.place(functional.column)
      const [mean, variance] = law.moments(column)
      return restsOn(law, (x) => (x - mean) ** 2 - variance, column)
    }
    case 'skewness': {
      const column = columns.place(functional.column)
      const [mean, variance] = law.moments(column)
      const influence = (amount: number) => {
        const x = (amount - mean) / Math.sqrt(variance)
        return x ** 3 - value - 3 * x - 1.5 * value * (x * x - 1)
      }
      return restsOn(law, influence, column)
    }
    case 'percentile':
    case 'allocated':
      return Math.min(functional.p, 1 - functional.p)
    case 'varianceShare': {
      const [part, whole] = [columns.place(functional.column), columns.place(functional.whole)]
      const [[mean], [all]] = [law.moments(part), law.moments(whole)]
      return restsOn(law, (a, b) => (a - mean) * (b - all) - value * (b - all) ** 2, part, whole)
    }
    case 'tailShare': {
      const [part, whole] = [columns.place(functional.column), columns.place(functional.whole)]
      const from = law.percentile(whole, functional.p)
      return restsOn(law, (a, b) => (b > from ? a - value * b : 0), part, whole)
    }
    case 'shortfall': {
      const column = columns.place(functional.column)
      const from = law.percentile(column, functional.p)
      const excess = law.excess(column, from)
      return restsOn(law, (x) => Math.max(0, x - from) - excess, column)
    }
  }
}
