// Sums of months: the present value, fiscal years and quarters.
import { exp, log1p } from '../numerics/kernel/math.ts'
import { quarterOf } from '../months.ts'
import type { Heading } from './cost.ts'

/** A weight for each month. */
type Weights = readonly number[]

/** A quarter of a calendar year or fiscal year. */
export interface Quarter {
  readonly name: string
  /** Its months within the horizon, counted from 0. */
  readonly months: readonly number[]
}

/** The sums of months that a run computes, besides the horizon. */
export interface Periods {
  readonly presentValue?: Weights
  readonly fiscalYears?: readonly { readonly year: number; readonly weights: Weights }[]
  readonly quarters: readonly Quarter[]
}

export const periodsOf = (
  { start, discountRate, fiscalYearStart }: Pick<Heading, 'start' | 'discountRate' | 'fiscalYearStart'>,
  months: number,
): Periods => ({
  ...(discountRate !== undefined && { presentValue: discounts(months, discountRate) }),
  ...(fiscalYearStart !== undefined && { fiscalYears: fiscalYearsOf(start, months, fiscalYearStart) }),
  quarters: quartersOf(start, months, fiscalYearStart),
})

/** The weights of all sums, in the order in which a run computes them. */
export const sumsOf = ({ presentValue, fiscalYears = [], quarters }: Periods, months: number): Weights[] => [
  ...(presentValue ? [presentValue] : []),
  ...fiscalYears.map(({ weights }) => weights),
  ...quarters.map((quarter) => Array.from({ length: months }, (_, m) => (quarter.months.includes(m) ? 1 : 0))),
]

/** The lists of periods of which a run takes the largest in each trial: months, then quarters. A period is a list of months. */
export const largestOf = ({ quarters }: Pick<Periods, 'quarters'>, months: number): (readonly (readonly number[])[])[] => [
  Array.from({ length: months }, (_, m) => [m]),
  quarters.map((quarter) => quarter.months),
]

/** The value at the start of one unit of money paid in the middle of each month. */
const discounts = (months: number, rate: number): number[] =>
  Array.from({ length: months }, (_, m) => exp((-(m + 0.5) / 12) * log1p(rate)))

/** A fiscal year has the name of the calendar year in which it ends. `start` is 12 · year + month. */
function fiscalYearsOf(start: number, months: number, first: number): { readonly year: number; readonly weights: number[] }[] {
  const yearOf = (m: number) => Math.floor((start + m + 12 - (first - 1)) / 12) - (first === 1 ? 1 : 0)
  const years = [...new Set(Array.from({ length: months }, (_, m) => yearOf(m)))]
  return years.map((year) => ({ year, weights: Array.from({ length: months }, (_, m) => (yearOf(m) === year ? 1 : 0)) }))
}

/** A quarter that the horizon cuts has only the months inside it. */
export function quartersOf(start: number, months: number, first?: number): Quarter[] {
  const names = Array.from({ length: months }, (_, m) => quarterOf(start + m, first))
  return [...new Set(names)].map((name) => ({ name, months: names.flatMap((own, m) => (own === name ? [m] : [])) }))
}
