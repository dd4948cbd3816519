// The report: one page that needs nothing else, for those who sign.
import type { Chart } from '../charts/chart.ts'
import { formatMoney, formatShare } from '../notation/money.ts'
import type { Estimate, Summary } from '../result/summary.ts'
import type { ValueSource } from '../scenario/sources.ts'
import { escaped, figureOf, tableOf, withOwnIds } from './html.ts'
import { STYLE } from './style.ts'

export interface Origin {
  readonly version: string
  readonly scenarioHash: string
  readonly identity: string
}

export interface Driver {
  readonly input: string
  /** Rank correlation with the cost of the recommended offer. */
  readonly rank: Estimate
}

export interface ReportData {
  readonly summary: Summary
  readonly sources: readonly ValueSource[]
  readonly notes: readonly string[]
  /** The offer that the report speaks for, and its phased budget at 80 %. */
  readonly best: string
  readonly pointSuffices: Estimate
  readonly months: readonly { readonly month: string; readonly amount: number }[]
  readonly charts: readonly { readonly chart: Chart; readonly table: string }[]
  readonly drivers: readonly Driver[]
  readonly origin: Origin
}

/** No script, no font and no link leaves the page; styles are its own. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

export async function reportPage(data: ReportData): Promise<string> {
  const { summary } = data
  const drawings = await Promise.all(
    data.charts.map(async ({ chart, table }, k) => figureOf(withOwnIds(await chart.toSVG(), `c${k}-`), chart.description, table)),
  )
  const title = `${summary.name}: what each contract will cost`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p class="small">${escaped(spanOf(summary))}</p>
${recommendation(data)}
<h2>Budgets</h2>
${budgets(summary)}
<h2>The year in months</h2>
${monthsTable(data)}
<h2>Pictures</h2>
${drawings.join('\n')}
<h2>Who is the cheapest</h2>
${odds(summary)}
<h2>What drives it</h2>
${driversOf(data)}
<h2>Assumptions</h2>
${assumptions(data)}
<h2>Method, precision, and how to get the same figures</h2>
${method(data)}
</main>
</body>
</html>
`
}

const spanOf = ({ months, comparison, currency }: Summary): string => {
  const span = months.length === 1 ? months[0] : `${months[0]} to ${months[months.length - 1]}`
  const what = comparison.measure === 'bill' ? 'what the vendor bills' : 'bill, people and running costs'
  return `${span}, in ${currency}: ${what}.`
}

function recommendation({ summary, best, pointSuffices }: ReportData): string {
  const { comparison, currency, offers, budget } = summary
  const cost = offers[best][comparison.measure]
  const { p80 } = cost.percentiles
  const money = (value: number) => formatMoney(value, currency)
  const told = [
    `${best} is the cheapest in ${formatShare(comparison.cheapest[best].value)} of futures.`,
    ...(p80 ? [`To be 80 % sure, budget ${money(p80.value)} for it.`] : []),
    `The single-number plan of ${money(cost.point)} has a ${formatShare(pointSuffices.value)} chance of being enough.`,
    ...(budget
      ? [
          `The stated ${money(budget.amount)} for ${budget.offer} holds in ${formatShare(budget.holds.value)} of futures; ${formatShare(budget.confidence, 0)} needs ${money(budget.needed.value)}.`,
        ]
      : []),
  ]
  return `<p class="lead">${escaped(told.join(' '))}</p>`
}

function budgets({ offers, comparison, currency }: Summary): string {
  const money = (estimate: Estimate | undefined) =>
    estimate ? `${formatMoney(estimate.value, currency)} ± ${formatMoney(estimate.se, currency)}` : '–'
  const rows = Object.entries(offers).map(([name, own]) => {
    const { mean, percentiles, point } = own[comparison.measure]
    return [
      name,
      formatMoney(point, currency),
      money(mean),
      ...(['p50', 'p80', 'p90', 'p95'] as const).map((p) => money(percentiles[p])),
    ]
  })
  return tableOf(
    'P80 is the amount that suffices in 80 of 100 futures; ± is the standard error of the simulation',
    ['offer', 'single-number plan', 'mean', 'P50', 'P80', 'P90', 'P95'],
    rows,
  )
}

function monthsTable({ summary, best, months }: ReportData): string {
  const { currency, offers, comparison } = summary
  const { monthly } = offers[best][comparison.measure]
  const rows = months.map(({ month, amount }, m) => [
    month,
    formatMoney(monthly[m].point, currency),
    formatMoney(monthly[m].mean.value, currency),
    formatMoney(amount, currency),
  ])
  return tableOf(`${best}: a monthly plan that adds up to its P80`, ['month', 'single-number plan', 'mean', 'budget'], rows)
}

function odds({ offers, comparison, currency }: Summary): string {
  const rows = Object.keys(offers).map((name) => [
    name,
    `${formatShare(comparison.cheapest[name].value)} ± ${formatShare(comparison.cheapest[name].se, 2)}`,
    `${formatMoney(comparison.regret[name].value, currency)} ± ${formatMoney(comparison.regret[name].se, currency)}`,
  ])
  return tableOf(
    'How often each offer is the cheapest, and what it costs beyond the cheapest on average',
    ['offer', 'the cheapest', 'beyond the cheapest'],
    rows,
  )
}

function driversOf({ drivers, best }: ReportData): string {
  if (drivers.length === 0) return '<p>Nothing that is drawn once a future moves the cost.</p>'
  const rows = drivers.map(({ input, rank }) => [input, `${rank.value.toFixed(2)} ± ${rank.se.toFixed(3)}`])
  return tableOf(
    `Rank correlation of what is drawn with the cost of ${best}; billcast explain tells more`,
    ['input', 'rank correlation'],
    rows,
  )
}

function assumptions({ sources, notes }: ReportData): string {
  const list = sources.map(({ path, source }) => [path, source])
  const told =
    list.length > 0
      ? tableOf('Where figures come from, as the scenario states it', ['field', 'source'], list)
      : '<p>The scenario states no sources.</p>'
  return `${told}${notes.length > 0 ? `<ul>${notes.map((note) => `<li>${escaped(note)}</li>`).join('')}</ul>` : ''}`
}

function method({ summary, origin }: ReportData): string {
  const { trials, method: sampling, seed, comparison } = summary
  const how = { sobol: "scrambled Sobol' points", latin: 'Latin hypercubes', random: 'plain random sampling' }[sampling]
  const command = `billcast run SCENARIO --trials ${trials} --seed ${seed} --method ${sampling} --measure ${comparison.measure}`
  return `<p>${escaped(`${trials.toLocaleString('en-US')} futures by ${how}; every offer is billed on the same ones. Figures have standard errors, which say how far they would move with another seed, and nothing about whether the assumptions hold.`)}</p>
<p>${escaped('The same scenario, seed, method and number of futures give the same figures to the last digit, on any machine:')}</p>
<p><code>${escaped(command)}</code></p>
<p class="small">${escaped(`billcast ${origin.version}; scenario ${origin.scenarioHash}; identity ${origin.identity}`)}</p>`
}

/** The data of a chart as a table. */
export function chartTable(chart: Chart, currency: string): string {
  const rows = rowsOf(chart.spec)
  const keys = [...new Set(rows.flatMap(Object.keys))].filter((key) => !['label', 'low', 'high', 'kind'].includes(key))
  const cell = (value: unknown) =>
    typeof value === 'number'
      ? Math.abs(value) > 100
        ? formatMoney(value, currency)
        : String(Number(value.toPrecision(4)))
      : String(value ?? '')
  return tableOf(
    chart.description,
    keys,
    rows.slice(0, 400).map((row) => keys.map((key) => cell(row[key]))),
  )
}

function rowsOf(node: unknown): Record<string, unknown>[] {
  if (Array.isArray(node)) return node.flatMap(rowsOf)
  if (typeof node !== 'object' || node === null) return []
  const { data, ...rest } = node as { readonly data?: { readonly values?: Record<string, unknown>[] } }
  return [...(data?.values ?? []), ...rowsOf(Object.values(rest))]
}
