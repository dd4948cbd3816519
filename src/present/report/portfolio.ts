// A portfolio in words, tables and a page.
import { trialsWord } from '../../months.ts'
import { csvCell } from '../../notation/csv-cell.ts'
import { formatMoney, formatShare } from '../../notation/money.ts'
import { formatNumber } from '../../notation/number.ts'
import type { Portfolio } from '../../questions/portfolio/portfolio.ts'
import type { Cost, Estimate } from '../../summary/summary.ts'
import type { Chart } from '../charts/chart.ts'
import { portfolioBudget, portfolioDiversification } from '../charts/portfolio.ts'
import { chartFigure } from './chart-figure.ts'
import { escaped, htmlPage, tableOf } from './html.ts'
import type { TableData } from './pieces.ts'
import { amountWords, spanOf, stated, withError, worstWords } from './text.ts'

/** Pairs of plans that a table shows. */
const PAIRS = 10

/** The finding in one sentence each: the budget, what diversification saves, and the plan that drives the risk. */
export function portfolioWords({ currency, diversification, months, plans, portfolio, measure }: Portfolio): string[] {
  const money = (value: number) => formatMoney(value, currency)
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
            : `Separate budgets at P80 come to ${separate}, which is ${money(Math.abs(saved))} ${saved > 0 ? 'more, because not all plans are dear in the same trial' : 'less'}.`,
          `${riskiest[0]} causes ${formatShare(riskiest[1].risk.value)} of the variance of the total.`,
        ]
      : []),
  ]
}

/** One row for each plan, then the total. */
export function portfolioTable(portfolio: Portfolio, errors = true): TableData {
  const { currency, measure, plans, portfolio: all, diversification } = portfolio
  const own = Object.entries(plans).map(([name, plan]) => {
    const { mean, percentiles } = plan[measure]
    return [
      name,
      plan.offer,
      amountWords(mean, currency, errors),
      stated(percentiles.p80, currency, errors),
      formatMoney(plan.budget.p80.amount, currency),
      `${formatShare(plan.risk.value)}${errors ? ` ± ${formatShare(plan.risk.se, 2)}` : ''}`,
    ]
  })
  const { mean, percentiles } = all[measure]
  const separate = formatMoney((percentiles.p80?.value ?? 0) + diversification.p80.value, currency)
  return {
    caption: 'P80 alone is what a plan needs by itself. The parts of the P80 budget add up to what all need together.',
    head: ['', 'offer', 'mean', 'P80 alone', 'part of the P80 budget', 'share of the variance'],
    rows: [
      ...own,
      ['all plans', '', amountWords(mean, currency, errors), separate, stated(percentiles.p80, currency, errors), '100.0%'],
    ],
  }
}

/** The budgets at each confidence: together, and as a sum of separate ones. */
export function budgetTable({ currency, portfolio, diversification, measure }: Portfolio, errors = true): TableData {
  return {
    caption: 'What all plans need together, and the sum of what each needs alone',
    head: ['', 'together', 'separate budgets', 'saved by one budget'],
    rows: Object.entries(diversification).map(([key, saved]) => {
      const together = portfolio[measure].percentiles[key as keyof typeof diversification]
      return [
        key.toUpperCase(),
        stated(together, currency, errors),
        formatMoney((together?.value ?? 0) + saved.value, currency),
        amountWords(saved, currency, errors),
      ]
    }),
  }
}

/** Two decimals, without a minus before 0. */
const rounded = (value: number): string => (Math.abs(value) < 0.005 ? '0.00' : value.toFixed(2))

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
    rows: sorted.slice(0, PAIRS).map(([pair, { value, se }]) => [pair, rounded(value), se.toFixed(4)]),
  }
}

function monthTable({ months, portfolio, measure, currency }: Portfolio): TableData {
  return {
    caption: 'The cost of all plans in each month',
    head: ['', 'mean', 'P50', 'P80', 'P95'],
    rows: portfolio[measure].monthly.map(({ mean, percentiles }, m) => [
      months[m],
      withError(mean, currency),
      ...(['p50', 'p80', 'p95'] as const).map((p) => stated(percentiles?.[p], currency)),
    ]),
  }
}

function quarterTable({ portfolio, measure, currency }: Portfolio): TableData {
  return {
    caption: 'The cost of all plans in each quarter',
    head: ['', 'mean', 'P50', 'P80', 'P95'],
    rows: portfolio[measure].quarterly.map(({ quarter, months, mean, percentiles }) => [
      `${quarter} (${spanOf(months)})`,
      withError(mean, currency),
      ...(['p50', 'p80', 'p95'] as const).map((p) => stated(percentiles?.[p], currency)),
    ]),
  }
}

/** The page of a portfolio, without a script. It loads nothing from elsewhere. */
export async function portfolioPage(portfolio: Portfolio): Promise<string> {
  const { name, months, trials, seed, method, measure, warnings, currency } = portfolio
  const correlations = correlationTable(portfolio)
  const worst = worstWords(portfolio.portfolio[measure], { currency, months })
  const drawn = (chart: Chart, prefix: string) => chartFigure(chart, prefix, currency)
  const cost = measure === 'bill' ? "the vendors' bills" : 'bills, people and running costs'
  const sections = [
    `<h1>${escaped(name)}</h1>`,
    `<p class="small">${escaped(`What do all plans together cost from ${spanOf(months)}? This counts ${cost}.`)}</p>`,
    `<p class="lead">${escaped(portfolioWords(portfolio).join(' '))}</p>`,
    '<h2>Budget by plan</h2>',
    tableOf(portfolioTable(portfolio)),
    await drawn(portfolioBudget(portfolio), 'budget-'),
    '<h2>One budget or many</h2>',
    tableOf(budgetTable(portfolio)),
    await drawn(portfolioDiversification(portfolio), 'saved-'),
    ...(correlations ? ['<h2>How plans move together</h2>', tableOf(correlations)] : []),
    '<h2>Months</h2>',
    tableOf(monthTable(portfolio)),
    ...(portfolio.portfolio[measure].quarterly.length > 1 ? [tableOf(quarterTable(portfolio))] : []),
    ...(worst ? [`<p>${escaped(worst)}</p>`] : []),
    ...(warnings.length > 0
      ? ['<h2>Notes</h2>', `<ul>${warnings.map((words) => `<li>${escaped(words)}</li>`).join('')}</ul>`]
      : []),
    `<p class="small">${escaped(`${formatNumber(trials)} trials (${method}), seed ${seed}. ± is the standard error of the simulation.`)}</p>`,
  ]
  return htmlPage(name, sections, { policy: 'img-src data:; ' })
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
