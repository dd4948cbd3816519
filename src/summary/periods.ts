// Weighted sums of months: the present value and fiscal years.
import { exp, log1p } from '../numerics/kernel/math.ts'
import type { Heading } from './cost.ts'

/** A weight for each month. */
type Weights = readonly number[]

/** The sums of months that a scenario asks for, besides the horizon. */
export interface Periods {
  readonly presentValue?: Weights
  readonly fiscalYears?: readonly { readonly year: number; readonly weights: Weights }[]
}

export const periodsOf = (
  { start, discountRate, fiscalYearStart }: Pick<Heading, 'start' | 'discountRate' | 'fiscalYearStart'>,
  months: number,
): Periods => ({
  ...(discountRate !== undefined && { presentValue: discounts(months, discountRate) }),
  ...(fiscalYearStart !== undefined && { fiscalYears: fiscalYearsOf(start, months, fiscalYearStart) }),
})

/** The weights of all sums, in the order in which a run computes them. */
export const sumsOf = ({ presentValue, fiscalYears = [] }: Periods): Weights[] => [
  ...(presentValue ? [presentValue] : []),
  ...fiscalYears.map(({ weights }) => weights),
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
