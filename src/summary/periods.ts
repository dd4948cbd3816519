// Weighted sums of months: present values and fiscal years.
import { exp, log1p } from '../numerics/kernel/math.ts'

/** A weight for each month. */
type Weights = readonly number[]

/** What months add up to otherwise than as a whole. */
export interface Periods {
  readonly presentValue?: Weights
  readonly fiscalYears?: readonly { readonly year: number; readonly weights: Weights }[]
}

/** Those that a scenario asks for. */
export const periodsOf = (
  {
    start,
    discountRate,
    fiscalYearStart,
  }: { readonly start: number; readonly discountRate?: number; readonly fiscalYearStart?: number },
  months: number,
): Periods => ({
  ...(discountRate !== undefined && { presentValue: discounts(months, discountRate) }),
  ...(fiscalYearStart !== undefined && { fiscalYears: fiscalYearsOf(start, months, fiscalYearStart) }),
})

/** All of them, in the order in which a run has their percentiles. */
export const sumsOf = ({ presentValue, fiscalYears = [] }: Periods): Weights[] => [
  ...(presentValue ? [presentValue] : []),
  ...fiscalYears.map(({ weights }) => weights),
]

/** What a payment in the middle of each month is worth at the start. */
const discounts = (months: number, rate: number): number[] =>
  Array.from({ length: months }, (_, m) => exp((-(m + 0.5) / 12) * log1p(rate)))

/** The months of each fiscal year, which is named by the calendar year in which it ends. `start` is 12 · year + month. */
function fiscalYearsOf(start: number, months: number, first: number): { readonly year: number; readonly weights: number[] }[] {
  const yearOf = (m: number) => Math.floor((start + m + 12 - (first - 1)) / 12) - (first === 1 ? 1 : 0)
  const years = [...new Set(Array.from({ length: months }, (_, m) => yearOf(m)))]
  return years.map((year) => ({ year, weights: Array.from({ length: months }, (_, m) => (yearOf(m) === year ? 1 : 0)) }))
}
