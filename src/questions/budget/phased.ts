// Divides a budget by month and by layer, to the cent (to the smallest unit of other currencies). Each part gets its mean and a share of the contingency in proportion to its covariance
// with the total, so that risky months get more (Euler allocation; Tasche, "Capital allocation to business units and sub-portfolios: the
// Euler principle", 2007).
import { smallestUnits } from '../../notation/currency.ts'
import { roundMoney } from '../../notation/money.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'
import { combined, estimateOf, type Figure, meanFigure, ratioOf } from '../../numerics/estimators/figure.ts'
import { columnMean } from '../../numerics/estimators/figures.ts'
import type { SampledColumn } from '../../numerics/estimators/sorted.ts'
import { costMonths } from '../cost-months.ts'
import type { Trials } from '../trials.ts'
import { costLayers } from './cost-layers.ts'

export interface Part {
  /** Money, rounded to cents. */
  readonly amount: number
  /** The amount before rounding. */
  readonly exact: Estimate
  readonly mean: Estimate
  /** The part's share of the contingency. Shares add up to 1. */
  readonly share: Estimate
}

export interface Phased {
  readonly offer: string
  readonly confidence: number
  /** The budget of the horizon, rounded to cents. Months add up to it, and so do layers. */
  readonly total: number
  readonly budget: Estimate
  readonly months: readonly (Part & { readonly month: string })[]
  /** The layers of the bill. If offers are compared by total, people and running costs are added. */
  readonly layers: readonly (Part & { readonly layer: string })[]
}

export function phasedOf(
  trials: Trials,
  offer: string,
  confidence: number,
  budget: Estimate,
  { months, currency }: Pick<Summary, 'months' | 'currency'>,
): Phased {
  const place = trials.offer(offer)
  const billing = trials.model.offers[place]
  const [total] = trials.sampled([billing[trials.measure]])
  const { names, nodes } = costLayers(trials, place)
  const rounded = roundMoney(budget.value, currency)
  const scale = smallestUnits(currency)
  const divided = (parts: readonly SampledColumn[]) => allocation(trials, parts, total)(budget, { rounded, scale })
  const byMonth = divided(trials.sampled(costMonths(trials.model, place, trials.measure)))
  const byLayer = divided(trials.sampled(nodes))
  return {
    offer,
    confidence,
    total: rounded,
    budget,
    months: byMonth.map((part, m) => ({ month: months[m], ...part })),
    layers: byLayer.map((part, k) => ({ layer: names[k], ...part })),
  }
}

/** An amount, and how many of the currency's smallest units are in one: 100 cents in a dollar. */
export type Rounded = { readonly rounded: number; readonly scale: number }

/**
 * Divides budgets among the parts of a total, by the trials of both.
 * @returns receives a budget and returns the part of each
 */
export function allocation(
  { starts }: Pick<Trials, 'starts'>,
  parts: readonly SampledColumn[],
  total: SampledColumn,
): (budget: Estimate, rounded: Rounded) => Part[] {
  const whole = columnMean(total)
  const means = parts.map(columnMean)
  const columns = parts.map(({ values }) => values)
  const shares = shareFigures(columns, total.values, starts, means, { whole, all: sumOf(means) })
  return (budget, rounded) => {
    const gap = budget.value - whole.value
    // A part's budget is mean + share · (budget − whole).
    const exact = means.map((mean, k) => {
      const { value: share } = shares[k]
      const { se } = estimateOf(combined([[1, mean] as const, [gap, shares[k]] as const, [-share, whole] as const]))
      return { value: mean.value + share * gap, se: Math.sqrt(se * se + share * share * budget.se * budget.se) }
    })
    const amounts = inWholeUnits(
      exact.map(({ value }) => value),
      rounded,
    )
    return exact.map((estimate, k) => ({
      amount: amounts[k],
      exact: estimate,
      mean: estimateOf(means[k]),
      share: estimateOf(shares[k]),
    }))
  }
}

const sumOf = (means: readonly Figure[]): number => means.reduce((sum, { value }) => sum + value, 0)

/**
 * cov(part, total) / var(total). A certain total is shared in proportion to the parts.
 * @param whole the mean of the total, and the sum of the means of all its parts
 */
export function shareFigures(
  parts: readonly Float64Array[],
  total: Float64Array,
  starts: readonly number[],
  means: readonly Figure[],
  { whole, all }: { readonly whole: Figure; readonly all: number },
): Figure[] {
  const variance = meanFigure(starts, (i) => (total[i] - whole.value) * (total[i] - whole.value), 0)
  if (!(variance.value > 1e-24 * whole.value * whole.value)) {
    return means.map(({ value }) => meanFigure(starts, () => (all === 0 ? 1 / means.length : value / all), 0))
  }
  return parts.map((part, k) =>
    ratioOf(
      meanFigure(starts, (i) => (part[i] - means[k].value) * (total[i] - whole.value), 0),
      variance,
    ),
  )
}

/** Rounds amounts to units that add up to `rounded`. Amounts with the largest remainders are rounded up. */
function inWholeUnits(amounts: readonly number[], { rounded, scale }: Rounded): number[] {
  const floors = amounts.map((amount) => Math.floor(scale * amount))
  const left = Math.round(rounded * scale) - floors.reduce((a, b) => a + b, 0)
  const order = amounts.map((amount, k) => ({ k, rest: scale * amount - floors[k] })).sort((a, b) => b.rest - a.rest)
  const whole = [...floors]
  for (let j = 0; j < Math.abs(left); j++) whole[order[j % order.length].k] += Math.sign(left)
  return whole.map((amount) => amount / scale)
}
