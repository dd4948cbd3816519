// Weighted sums of months: present values and fiscal years.
import type { Outcome } from '../engine/run.ts'
import { exp, log1p } from '../kernel/math.ts'
import type { Measure } from '../program/program.ts'
import { keptColumn } from '../simulation/block.ts'
import { momentsOf, type Spread, spreadOf } from '../statistics/spread.ts'
import type { Estimates } from './estimates.ts'
import type { MonthlyCost } from './summary.ts'

/** What a payment in the middle of each month is worth at the start. */
export const discounts = (months: number, rate: number): number[] =>
  Array.from({ length: months }, (_, m) => exp((-(m + 0.5) / 12) * log1p(rate)))

/** The months of each fiscal year, which is named by the calendar year in which it ends. `start` is 12 · year + month. */
export function fiscalYearsOf(
  start: number,
  months: number,
  first: number,
): { readonly year: number; readonly weights: number[] }[] {
  const yearOf = (m: number) => Math.floor((start + m + 12 - (first - 1)) / 12) - (first === 1 ? 1 : 0)
  const years = [...new Set(Array.from({ length: months }, (_, m) => yearOf(m)))]
  return years.map((year) => ({ year, weights: Array.from({ length: months }, (_, m) => (yearOf(m) === year ? 1 : 0)) }))
}

/** Σ weight · month. */
export function weighted(
  { program, plan, measured, months }: Outcome,
  read: Estimates,
  offer: number,
  measure: Measure,
  weights: readonly number[],
  point: readonly number[],
  tails: (spread: Spread) => Pick<MonthlyCost, 'percentiles' | 'shortfall'>,
): MonthlyCost {
  const { means, offers } = measured
  const mean = read.mean(means.sumOf(offers[offer][measure].monthly.map((month, m) => means.scaled(weights[m], month))))
  const stated = { point: point.reduce((sum, amount, m) => sum + weights[m] * amount, 0), mean }
  const column = months?.[keptColumn(program, offer, measure)]
  if (!column) return stated
  const trials = column.length / program.months
  const values = new Float64Array(trials)
  weights.forEach((weight, m) => {
    if (weight !== 0) for (let i = 0; i < trials; i++) values[i] += weight * column[m * trials + i]
  })
  const replicates = plan.method === 'random' ? undefined : plan.replicates
  const moments = momentsOf(values, replicates ?? 1)
  const { sd, sdError, min, max } = moments
  return { ...stated, sd: { value: sd, se: sdError }, min, max, ...tails(spreadOf(values, replicates, moments, true)) }
}
