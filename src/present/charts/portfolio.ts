// Charts of a portfolio: the budget divided among its plans, and the months that they add up to.
import type { Portfolio } from '../../questions/portfolio/portfolio.ts'
import { Chart } from './chart.ts'
import {
  category,
  clearlyAbove,
  COLORS,
  EXACT_ZERO,
  moneyAcross,
  OWN_COLOR,
  percent,
  plot,
  quantity,
  RULE,
  shortMoney,
} from './theme.ts'

/** Plans that a chart names. The others are added up. */
const NAMED = 12
const HEIGHT_OF_PLAN = 38
/** The confidence whose marks have names: that of the title. */
const NAMED_LEVEL = 'P80'

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
    ({ narrow }) => {
      const y = { field: 'plan', type: 'nominal', title: null, sort: order, axis: { labelLimit: narrow ? 90 : 200 } }
      const x = (field: string, more: object = {}) =>
        quantity(field, {
          axis: moneyAcross(currency, 'part of the P80 budget', narrow),
          scale: { nice: false },
          stack: null,
          ...more,
        })
      const name = (part: string, color: string, at: number, align: 'left' | 'right') => ({
        data: { values: [{ plan: first.plan, at, label: part, color }] },
        mark: { type: 'text', align, dy: -11, fontSize: 11 },
        encoding: { y, x: x('at'), text: { field: 'label' }, color: OWN_COLOR },
      })
      return plot(values, {
        height: { step: HEIGHT_OF_PLAN },
        layer: [
          {
            mark: { type: 'bar', height: 16, yOffset: 8 },
            encoding: {
              y,
              x: x('amount', { stack: 'zero' }),
              color: category('part', { legend: null, scale: { domain: ['mean', 'contingency'], range: [COLORS[0], COLORS[4]] } }),
              order: { field: 'order', type: 'quantitative' },
            },
          },
          name('mean', COLORS[0], 0, 'left'),
          name('contingency', COLORS[4], first.mean + first.contingency, 'right'),
          {
            data: {
              values: bars.map(({ plan, mean, contingency }) => ({
                plan,
                at: mean + contingency,
                label: shortMoney(mean + contingency, currency),
              })),
            },
            mark: { type: 'text', align: 'left', dx: 6, dy: 8 },
            encoding: { y, x: x('at'), text: { field: 'label' } },
          },
        ],
      })
    },
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
      { level: title, budget: 'all plans together', amount: together, color: COLORS[0] },
      { level: title, budget: 'sum of separate budgets', amount: together + saved.value, color: COLORS[1] },
    ]
  })
  const { p80 } = diversification
  const saved = p80.value
  const less = clearlyAbove(p80, EXACT_ZERO)
  const more = clearlyAbove(EXACT_ZERO, p80)
  const smallest = Math.min(...values.map(({ amount }) => amount))
  const named = values.filter(({ level }) => level === NAMED_LEVEL)
  const larger = Math.max(...named.map(({ amount }) => amount))
  // The larger one has its name to the right of its mark, and the smaller one to the left.
  const labels = named.map((row) => ({ ...row, right: row.amount >= larger }))
  return new Chart(
    less
      ? `One budget saves ${shortMoney(saved, currency)} at P80`
      : more
        ? `One budget needs ${shortMoney(-saved, currency)} more at P80`
        : 'One budget clearly saves nothing at P80',
    `At each confidence, the budget for all plans together and the sum of separate budgets. At P80 they differ by ${shortMoney(Math.abs(saved), currency)}.`,
    ({ narrow }) => {
      const y = { field: 'level', type: 'nominal', title: null, sort: null }
      const x = quantity('amount', {
        axis: moneyAcross(currency, 'budget', narrow),
        scale: { zero: smallest <= 0, nice: true },
      })
      return plot(values, {
        height: { step: 52 },
        layer: [
          {
            mark: { type: 'rule', color: RULE },
            encoding: { y, x: { aggregate: 'min', ...x }, x2: { aggregate: 'max', field: 'amount' } },
          },
          {
            mark: { type: 'point', filled: true, size: 70, opacity: 1 },
            encoding: { y, x, color: OWN_COLOR, shape: { field: 'budget', type: 'nominal', legend: null } },
          },
          {
            data: { values: labels },
            mark: { type: 'text', dy: -12, align: { expr: "datum.right ? 'left' : 'right'" } },
            encoding: { y, x, text: { field: 'budget' }, color: OWN_COLOR },
          },
        ],
      })
    },
    { subtitle: `Budget by confidence, ${currency}` },
  )
}
