// The index of a batch as data, CSV and a page: every scenario with every offer. It contains no time, so that the same batch gives the
// same bytes.
import { csvCell } from '../../notation/csv-cell.ts'
import { formatMoney } from '../../notation/money.ts'
import { amountsAt } from '../../questions/compare/rounding.ts'
import { sharesOutOf100 } from '../../questions/compare/verdict-words.ts'
import { bestOf } from '../../summary/comparison.ts'
import type { BudgetCheck, Estimate, Summary } from '../../summary/summary.ts'
import { escaped, htmlPage } from './html.ts'
import { budgetMeasure } from './text.ts'

export interface BatchOffer {
  readonly mean: Estimate
  readonly p80?: Estimate
  readonly cheapest: Estimate
}

/** The outcome of one scenario of a batch. */
export type BatchEntry = {
  /** The name of the folder with its results, beside the index. */
  readonly scenario: string
  readonly file: string
} & (
  | {
      readonly status: 'done'
      readonly identity: string
      readonly title: string
      readonly currency: string
      readonly measure: Summary['comparison']['measure']
      readonly trials: number
      readonly months: number
      readonly best: string
      /** Absent if the scenario states no budget. */
      readonly budget?: BudgetCheck
      readonly offers: Readonly<Record<string, BatchOffer>>
    }
  | { readonly status: 'failed'; readonly error: string }
  /** The batch ended before this scenario. */
  | { readonly status: 'not run' }
)

export interface BatchIndex {
  readonly format: 1
  readonly version: string
  readonly done: number
  readonly failed: number
  readonly notRun: number
  /** Scenarios whose stated budget does not reach its confidence. */
  readonly overBudget: readonly string[]
  readonly scenarios: readonly BatchEntry[]
}

export const batchEntry = (scenario: string, file: string, identity: string, summary: Summary): BatchEntry => {
  const { comparison, trials, currency } = summary
  return {
    ...{ scenario, file, status: 'done', identity, title: summary.name, currency, measure: comparison.measure },
    ...{ trials, months: summary.months.length, best: bestOf(summary) },
    ...(summary.budget && { budget: summary.budget }),
    offers: Object.fromEntries(
      Object.entries(summary.offers).map(([name, own]): [string, BatchOffer] => {
        const { mean, percentiles } = own[comparison.measure]
        return [name, { mean, ...(percentiles.p80 && { p80: percentiles.p80 }), cheapest: comparison.cheapest[name] }]
      }),
    ),
  }
}

export function batchIndexOf(version: string, scenarios: readonly BatchEntry[]): BatchIndex {
  const count = (status: BatchEntry['status']) => scenarios.filter((entry) => entry.status === status).length
  return {
    format: 1,
    version,
    done: count('done'),
    failed: count('failed'),
    notRun: count('not run'),
    overBudget: scenarios.flatMap((entry) => (entry.status === 'done' && entry.budget?.met === false ? [entry.scenario] : [])),
    scenarios,
  }
}

const HEAD = [
  ...['scenario', 'status', 'title', 'currency', 'measure', 'trials', 'months', 'offer', 'mean', 'mean_se', 'p80', 'p80_se'],
  ...['cheapest', 'cheapest_se', 'budget_offer', 'budget_measure', 'budget_amount', 'budget_met', 'error'],
] as const

/** A figure without a standard error has an empty cell. */
const errorCell = ({ se }: Estimate): number | string => (se < Infinity ? se : '')

/** One row for each offer of a scenario, or one for a scenario without results. */
export function batchCsv({ scenarios }: BatchIndex): string {
  const rows = scenarios.flatMap((entry): (string | number)[][] => {
    const { scenario, status } = entry
    if (status !== 'done') {
      const empty = new Array<string>(HEAD.length - 3).fill('')
      return [[scenario, status, ...empty, status === 'failed' ? entry.error : '']]
    }
    const { title, currency, measure, trials, months, budget } = entry
    return Object.entries(entry.offers).map(([offer, { mean, p80, cheapest }]) => [
      ...[scenario, status, title, currency, measure, trials, months, offer, mean.value, errorCell(mean)],
      ...[p80?.value ?? '', p80 ? errorCell(p80) : '', cheapest.value, cheapest.se],
      ...(budget?.offer === offer ? [offer, budget.measure, budget.amount, budget.met ? 'yes' : 'no'] : ['', '', '', '']),
      '',
    ])
  })
  return [HEAD, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}

/** A row for each offer, as a group under the name of the scenario. */
function rowsOf(entry: BatchEntry, pages: boolean): string {
  const { scenario, status } = entry
  const name = (text: string) =>
    status === 'done' && pages
      ? `<a href="${escaped(encodeURIComponent(scenario))}/report.html">${escaped(text)}</a>`
      : escaped(text)
  if (status !== 'done') {
    const why = status === 'failed' ? entry.error : 'the batch ended before this scenario'
    return `<tbody><tr><th scope="row">${name(scenario)}</th><td colspan="5" class="why">${escaped(status)}: ${escaped(why)}</td></tr></tbody>`
  }
  const { currency, budget, best, measure } = entry
  const all = Object.entries(entry.offers)
  // As the verdict of each scenario rounds them.
  const { text } = amountsAt(Math.min(...all.map(([, { mean, p80 }]) => (p80 ?? mean).value)), currency)
  const odds = sharesOutOf100(all.map(([, { cheapest }]) => cheapest.value))
  const rows = all
    .map(([offer, { mean, p80 }], k) => {
      const holds =
        budget?.offer === offer
          ? `${formatMoney(budget.amount, currency)}${budgetMeasure(budget, measure)}: ${budget.met ? 'enough' : 'not enough'}`
          : ''
      const cells = [
        offer === best ? `<b>${escaped(offer)}</b>` : escaped(offer),
        ...[text(mean.value), p80 ? text(p80.value) : '–', `${odds[k]} of 100`, holds].map(escaped),
      ]
      const title = entry.title.toLowerCase() === scenario.toLowerCase() ? entry.title : `${scenario}: ${entry.title}`
      const head = k === 0 ? `<th scope="rowgroup" rowspan="${all.length}">${name(title)}</th>` : ''
      return `<tr>${head}${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
    })
    .join('')
  return `<tbody>${rows}</tbody>`
}

/** @param pages whether each folder has a report to link to */
export function batchHtml(index: BatchIndex, pages: boolean): string {
  const { scenarios, done, failed, notRun, overBudget } = index
  const counts = [
    `${done} of ${scenarios.length} scenarios are done.`,
    ...(failed > 0 ? [`${failed} failed.`] : []),
    ...(notRun > 0 ? [`${notRun} did not run.`] : []),
    ...(overBudget.length > 0 ? [`The stated budget is not enough in ${overBudget.length}: ${overBudget.join(', ')}.`] : []),
  ]
  const head = ['Scenario', 'Offer', 'Average', 'P80', 'Cheapest in', 'Stated budget'].map((cell) => `<th scope="col">${cell}</th>`)
  const caption = 'The offer in bold has the lowest average. P80 is the budget that is enough in 80 of 100 trials.'
  return htmlPage(
    `billcast: ${scenarios.length} scenarios`,
    [
      `<h1>${scenarios.length} scenarios</h1><p class="lead">${escaped(counts.join(' '))}</p>`,
      `<div class="wide" role="region" aria-label="all scenarios" tabindex="0"><table><caption>${caption}</caption>`,
      `<thead><tr>${head.join('')}</tr></thead>${scenarios.map((entry) => rowsOf(entry, pages)).join('')}</table></div>`,
      `<p class="small">billcast ${escaped(index.version)}. index.json and index.csv have the same figures in full. Trials of separate runs cannot be added up. \`billcast portfolio\` gives the cost of all plans together.</p>`,
    ],
    {
      style:
        '.why{text-align:left}tbody th{vertical-align:top}@media screen and (max-width:44rem){td:last-child:not(.why),thead th:last-child{display:none}}',
    },
  )
}
