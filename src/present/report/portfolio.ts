// A portfolio in words, tables and a page.
import { monthWords, spanWords, trialsWord } from '../../months.ts'
import { csvCell } from '../../notation/csv-cell.ts'
import { formatMoney, formatShare, formatWhole } from '../../notation/money.ts'
import { formatNumber } from '../../notation/number.ts'
import { amountsAt } from '../../questions/compare/rounding.ts'
import type { Portfolio } from '../../questions/portfolio/portfolio.ts'
import type { Cost, Estimate } from '../../summary/summary.ts'
import type { Chart } from '../charts/chart.ts'
import { portfolioBudget, portfolioDiversification } from '../charts/portfolio.ts'
import { chartFigure } from './chart-figure.ts'
import { escaped, htmlPage, tableOf } from './html.ts'
import type { TableData } from './pieces.ts'
import { quarterWords } from './months.ts'
import { amountWords, stated, worstWords } from './text.ts'

/** Pairs of plans that a table shows. */
const PAIRS = 10

/** How figures are written: exactly, with or without their errors, or rounded to what a decision needs. */
interface Written {
  readonly amount: (value: number) => string
  readonly estimate: (estimate: Estimate | undefined) => string
  readonly share: (share: Estimate) => string
  /** The share of all plans together. */
  readonly all: string
  /** The difference of two amounts as they are written. */
  readonly between: (high: number, low: number) => string
  /** How much more the separate budgets come to. */
  readonly saved: (together: number, saved: Estimate) => string
}

export const exactly = ({ currency }: Portfolio, errors: boolean): Written => ({
  amount: (value) => formatMoney(value, currency),
  estimate: (estimate) => stated(estimate, currency, errors),
  share: ({ value, se }) => `${formatShare(value)}${errors ? ` ± ${formatShare(se, 2)}` : ''}`,
  all: formatShare(1),
  between: (high, low) => formatMoney(high - low, currency),
  saved: (_, saved) => amountWords(saved, currency, errors),
})

/** All amounts have the step of the smallest plan. */
function rounded({ plans, measure, currency }: Portfolio): Written {
  const budgets = Object.values(plans).map((plan) => (plan[measure].percentiles.p80 ?? plan[measure].mean).value)
  const { text, round } = amountsAt(Math.min(...budgets), currency)
  const between = (high: number, low: number) => formatWhole(round(high) - round(low), currency)
  return {
    amount: text,
    estimate: (estimate) => (estimate ? text(estimate.value) : '–'),
    share: ({ value }) => formatShare(value, 0),
    all: formatShare(1, 0),
    between,
    saved: (together, { value }) => between(together + value, together),
  }
}

/** The finding in one sentence each: the budget, what diversification saves, and the plan that drives the risk. */
export function portfolioWords(all: Portfolio, written = exactly(all, false)): string[] {
  const { diversification, months, plans, portfolio, measure } = all
  const money = written.amount
  const { percentiles, mean } = portfolio[measure]
  const p80 = percentiles.p80 ?? mean
  const { value: saved, se } = diversification.p80
  const separate = money(p80.value + saved)
  const riskiest = Object.entries(plans).reduce((a, b) => (b[1].risk.value > a[1].risk.value ? b : a))
  const count = Object.keys(plans).length
  return [
    `${money(p80.value)} is enough for all ${formatNumber(count)} plans together in 80 of 100 ${trialsWord(months.length)}.`,
    ...(count > 1
      ? [
          Math.abs(saved) <= 2 * se
            ? `Separate budgets at P80 come to about the same: ${separate}.`
            : `Separate budgets at P80 come to ${separate}, which is ${written.between(p80.value + Math.max(saved, 0), p80.value + Math.min(saved, 0))} ${saved > 0 ? 'more, because not all plans are dear in the same trial' : 'less'}.`,
          `${riskiest[0]} causes ${written.share(riskiest[1].risk)} of the variance of the total.`,
        ]
      : []),
  ]
}

/** One row for each plan, then the total. */
export function portfolioTable(portfolio: Portfolio, written: Written): TableData {
  const { measure, plans, portfolio: all, diversification } = portfolio
  const own = Object.entries(plans).map(([name, plan]) => {
    const { mean, percentiles } = plan[measure]
    return [
      name,
      plan.offer,
      written.estimate(mean),
      written.estimate(percentiles.p80),
      written.amount(plan.budget.p80.amount),
      written.share(plan.risk),
    ]
  })
  const { mean, percentiles } = all[measure]
  const separate = written.amount((percentiles.p80?.value ?? 0) + diversification.p80.value)
  return {
    caption: 'P80 alone is what a plan needs by itself. The parts of the P80 budget add up to what all need together.',
    head: ['', 'offer', 'mean', 'P80 alone', 'part of the P80 budget', 'share of the variance'],
    rows: [...own, ['all plans', '', written.estimate(mean), separate, written.estimate(percentiles.p80), written.all]],
  }
}

/** The budgets at each confidence: together, and as a sum of separate ones. */
export function budgetTable({ portfolio, diversification, measure }: Portfolio, written: Written): TableData {
  return {
    caption: 'What all plans need together, and the sum of what each needs alone',
    head: ['', 'together', 'separate budgets', 'saved by one budget'],
    rows: Object.entries(diversification).map(([key, saved]) => {
      const together = portfolio[measure].percentiles[key as keyof typeof diversification]
      return [
        key.toUpperCase(),
        written.estimate(together),
        written.amount((together?.value ?? 0) + saved.value),
        written.saved(together?.value ?? 0, saved),
      ]
    }),
  }
}

/** Two decimals, without a minus before 0. */
const twoDecimals = (value: number): string => (Math.abs(value) < 0.005 ? '0.00' : value.toFixed(2))

/** The strongest correlations between plans. */
export function correlationTable({ correlations }: Portfolio): TableData | undefined {
  const names = Object.keys(correlations)
  const pairs = names.flatMap((a, k) =>
    names.slice(k + 1).flatMap((b): [string, Estimate][] => {
      const found = correlations[a][b]
      return found ? [[`${a} and ${b}`, found]] : []
    }),
  )
  if (pairs.length === 0) return undefined
  const sorted = pairs.sort(([, a], [, b]) => Math.abs(b.value) - Math.abs(a.value))
  const caption =
    pairs.length > PAIRS
      ? `The ${PAIRS} strongest of ${formatNumber(pairs.length)} correlations between the costs of plans`
      : 'Correlations between the costs of plans'
  return {
    caption,
    head: ['', 'correlation', '±'],
    rows: sorted.slice(0, PAIRS).map(([pair, { value, se }]) => [pair, twoDecimals(value), se.toFixed(4)]),
  }
}

function monthTable({ months, portfolio, measure }: Portfolio, written: Written): TableData {
  return {
    caption: 'The cost of all plans in each month',
    head: ['month', 'average', 'P50', 'P80', 'P95'],
    rows: portfolio[measure].monthly.map(({ mean, percentiles }, m) => [
      monthWords(months[m]),
      written.estimate(mean),
      ...(['p50', 'p80', 'p95'] as const).map((p) => written.estimate(percentiles?.[p])),
    ]),
  }
}

function quarterTable({ portfolio, measure }: Portfolio, written: Written): TableData {
  return {
    caption: 'The cost of all plans in each quarter',
    head: ['quarter', 'average', 'P50', 'P80', 'P95'],
    rows: portfolio[measure].quarterly.map(({ quarter, months, mean, percentiles }) => [
      `${quarterWords(quarter)} (${spanWords(months)})`,
      written.estimate(mean),
      ...(['p50', 'p80', 'p95'] as const).map((p) => written.estimate(percentiles?.[p])),
    ]),
  }
}

/** The same table with a name for its first column, which a screen reader reads. */
const headed = (name: string, table: TableData): TableData => ({ ...table, head: [name, ...table.head.slice(1)] })

/** The last column holds errors. */
const withoutErrors = (table: TableData): TableData => ({
  ...table,
  head: table.head.slice(0, -1),
  rows: table.rows.map((row) => row.slice(0, -1)),
})

/** The page of a portfolio, without a script. It loads nothing from elsewhere. */
export async function portfolioPage(portfolio: Portfolio): Promise<string> {
  const { name, months, trials, seed, method, measure, warnings, currency } = portfolio
  const correlations = correlationTable(portfolio)
  const written = rounded(portfolio)
  const worst = worstWords(portfolio.portfolio[measure], { currency, months }, written.amount)
  const drawn = (chart: Chart, prefix: string) => chartFigure(chart, prefix, currency)
  const cost = measure === 'bill' ? 'Vendor bills' : 'Bills, people and running costs'
  const [headline, ...lead] = portfolioWords(portfolio, written)
  const sections = [
    `<div class="top"><strong>${escaped(name)}</strong><span>${escaped(`${cost}, ${spanWords(months)}, ${currency}`)}</span></div>`,
    `<h1>${escaped(headline)}</h1>`,
    `<p class="lead">${escaped(lead.join(' '))}</p>`,
    '<h2>Budget by plan</h2>',
    tableOf(headed('plan', portfolioTable(portfolio, written))),
    await drawn(portfolioBudget(portfolio), 'budget-'),
    '<h2>One budget or many</h2>',
    tableOf(headed('confidence', budgetTable(portfolio, written))),
    await drawn(portfolioDiversification(portfolio), 'saved-'),
    ...(correlations ? ['<h2>How plans move together</h2>', tableOf(headed('plans', withoutErrors(correlations)))] : []),
    '<h2>Months</h2>',
    tableOf(monthTable(portfolio, written)),
    ...(portfolio.portfolio[measure].quarterly.length > 1 ? [tableOf(quarterTable(portfolio, written))] : []),
    ...(worst ? [`<p>${escaped(worst)}</p>`] : []),
    ...(warnings.length > 0
      ? ['<h2>Notes</h2>', `<ul>${warnings.map((words) => `<li>${escaped(words)}</li>`).join('')}</ul>`]
      : []),
    `<p class="small">${escaped(`${formatNumber(trials)} trials (${method}), seed ${seed}. portfolio.json holds the exact figures with their standard errors.`)}</p>`,
  ]
  return htmlPage(name, sections, { policy: 'img-src data:; ', edges: { top: spanWords(months) } })
}

/** A figure without a standard error has an empty cell. */
const pair = ({ value, se }: Estimate): (number | string)[] => [value, se < Infinity ? se : '']

/** One row for each plan and measure, then the portfolio's. */
export function plansCsv({ plans, portfolio, measure }: Portfolio): string {
  const head = ['plan', 'offer', 'measure', 'point', 'mean', 'mean_se', 'sd', 'sd_se']
  const levels = ['p50', 'p80', 'p90', 'p95'] as const
  const costRow = (cost: Cost) => [
    cost.point,
    ...pair(cost.mean),
    ...pair(cost.sd),
    ...levels.flatMap((p) => (cost.percentiles[p] ? pair(cost.percentiles[p]) : ['', ''])),
  ]
  const columns = [...head, ...levels.flatMap((p) => [p, `${p}_se`]), ...levels.map((p) => `budget_${p}`), 'risk', 'risk_se']
  const rows = (['bill', 'total'] as const).flatMap((which) => [
    ...Object.entries(plans).map(([name, plan]) => [
      ...[name, plan.offer, which, ...costRow(plan[which])],
      ...(which === measure
        ? [...levels.map((p) => plan.budget[p].amount), ...pair(plan.risk)]
        : [...levels.map(() => ''), '', '']),
    ]),
    [...['', '', which, ...costRow(portfolio[which])], ...levels.map(() => ''), '', ''],
  ])
  return csv([columns, ...rows])
}

/** The portfolio's months, and the mean of each plan in them. */
export function monthsCsv({ plans, portfolio, months }: Portfolio): string {
  const rows = (['bill', 'total'] as const).flatMap((which) =>
    months.flatMap((month, m) => [
      ...Object.entries(plans).map(([name, plan]) => {
        const { point, mean } = plan[which].monthly[m]
        return [month, name, which, point, ...pair(mean), '', '']
      }),
      [
        ...[month, '', which, portfolio[which].monthly[m].point, ...pair(portfolio[which].monthly[m].mean)],
        portfolio[which].monthly[m].percentiles?.p50?.value ?? '',
        portfolio[which].monthly[m].percentiles?.p80?.value ?? '',
      ],
    ]),
  )
  return csv([['month', 'plan', 'measure', 'point', 'mean', 'mean_se', 'p50', 'p80'], ...rows])
}

const csv = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
