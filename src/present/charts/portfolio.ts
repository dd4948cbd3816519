// Charts of a portfolio: the budget divided among its plans, and the months that they add up to.
import type { Portfolio } from '../../questions/portfolio/portfolio.ts'
import { Chart } from './chart.ts'
import { COLORS, moneyAxis, percent, plot, quantity, shortMoney } from './theme.ts'

/** Plans that a chart names. The others are added up. */
const NAMED = 12
const HEIGHT_OF_PLAN = 26

interface Bar {
  readonly plan: string
  readonly mean: number
  readonly contingency: number
}

function barsOf({ plans, measure }: Portfolio): readonly Bar[] {
  const all = Object.entries(plans).map(([plan, own]) => {
    const mean = own[measure].mean.value
    return { plan, mean, contingency: own.budget.p80.value - mean }
  })
  const sorted = all.sort((a, b) => b.mean + b.contingency - (a.mean + a.contingency))
  if (sorted.length <= NAMED) return sorted
  const rest = sorted.slice(NAMED - 1)
  const sum = (key: 'mean' | 'contingency') => rest.reduce((total, bar) => total + bar[key], 0)
  return [...sorted.slice(0, NAMED - 1), { plan: `${rest.length} others`, mean: sum('mean'), contingency: sum('contingency') }]
}

/** Each plan's part of the P80 budget: its mean, and its share of the contingency. */
export function portfolioBudget(portfolio: Portfolio): Chart {
  const { currency, portfolio: all, measure, name } = portfolio
  const bars = barsOf(portfolio)
  const budget = all[measure].percentiles.p80?.value ?? all[measure].mean.value
  const order = bars.map(({ plan }) => plan)
  const values = bars.flatMap(({ plan, mean, contingency }) => [
    { plan, part: 'mean', amount: mean, order: 0 },
    { plan, part: 'contingency', amount: contingency, order: 1 },
  ])
  const [first] = bars
  const words = bars.map(({ plan, mean, contingency }) => `${plan} ${shortMoney(mean + contingency, currency)}`).join(', ')
  return new Chart(
    `${name}: a budget of ${shortMoney(budget, currency)} for all plans together`,
    `The P80 budget of all plans together is ${shortMoney(budget, currency)}. Each plan gets its mean and a share of the contingency: ${words}. ${first.plan} gets ${percent((first.mean + first.contingency) / budget)} of it.`,
    plot(values, {
      height: HEIGHT_OF_PLAN * bars.length,
      mark: { type: 'bar' },
      encoding: {
        y: { field: 'plan', type: 'nominal', title: null, sort: order },
        x: quantity('amount', { axis: moneyAxis(currency, 'part of the P80 budget') }),
        color: {
          field: 'part',
          type: 'nominal',
          title: null,
          scale: { domain: ['mean', 'contingency'], range: [COLORS[0], COLORS[4]] },
          legend: { orient: 'top' },
        },
        order: { field: 'order', type: 'quantitative' },
      },
    }),
    { subtitle: `Part of each plan in the budget at 80% confidence (P80), ${currency}` },
  )
}

/** What the plans need together, beside the sum of what each needs alone, at each confidence. */
export function portfolioDiversification(portfolio: Portfolio): Chart {
  const { currency, diversification, portfolio: all, measure } = portfolio
  const values = Object.entries(diversification).flatMap(([key, saved]) => {
    const together = all[measure].percentiles[key as keyof typeof diversification]?.value ?? 0
    const title = key.toUpperCase()
    return [
      { level: title, budget: 'all plans together', amount: together },
      { level: title, budget: 'sum of separate budgets', amount: together + saved.value },
    ]
  })
  const saved = diversification.p80.value
  const smallest = Math.min(...values.map(({ amount }) => amount))
  return new Chart(
    saved >= 0
      ? `One budget saves ${shortMoney(saved, currency)} at P80`
      : `One budget needs ${shortMoney(-saved, currency)} more at P80`,
    `At each confidence, the budget for all plans together and the sum of separate budgets. At P80 they differ by ${shortMoney(Math.abs(saved), currency)}.`,
    plot(values, {
      height: 200,
      mark: { type: 'point', filled: true, size: 70 },
      encoding: {
        y: { field: 'level', type: 'nominal', title: null, sort: null },
        x: quantity('amount', {
          axis: moneyAxis(currency, 'budget'),
          scale: { zero: smallest <= 0, nice: true },
        }),
        color: {
          field: 'budget',
          type: 'nominal',
          title: null,
          scale: { range: [COLORS[0], COLORS[1]] },
          legend: { orient: 'top' },
        },
        shape: { field: 'budget', type: 'nominal', title: null },
      },
    }),
    { subtitle: `Budget by confidence, ${currency}` },
  )
}
