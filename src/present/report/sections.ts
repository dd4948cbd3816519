// What a report says, section by section, as plain data: written out as HTML and as Markdown.
import { formatMoney, formatShare } from '../../notation/money.ts'
import type { Summary } from '../../summary/summary.ts'
import type { ReportData } from './data.ts'
import { stated, withError } from './text.ts'
import { formatNumber } from '../../notation/number.ts'

export interface TableData {
  readonly caption: string
  readonly head: readonly string[]
  /** The first cell of each names the row. */
  readonly rows: readonly (readonly string[])[]
}

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'small'; readonly text: string }
  | { readonly kind: 'command'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly table: TableData }
  | { readonly kind: 'charts' }

export interface Section {
  readonly heading: string
  readonly pieces: readonly Piece[]
}

export const titleOf = ({ name }: Summary): string => `${name}: what each contract will cost`

export function reportQuestion({ months, comparison, currency, offers }: Summary): string {
  const span = months.length === 1 ? months[0] : `${months[0]} to ${months[months.length - 1]}`
  const what = comparison.measure === 'bill' ? 'what the vendor bills' : 'bill, people and running costs'
  const which =
    Object.keys(offers).length === 1
      ? 'What will this contract cost'
      : 'Which of these contracts to sign, and what to budget for it'
  return `${which}? ${span}, in ${currency}: ${what}.`
}

export function recommendationOf({ figures }: ReportData): string {
  const { summary, best, curves } = figures
  const { comparison, currency, offers, budget } = summary
  const cost = offers[best][comparison.measure]
  const { p80 } = cost.percentiles
  const money = (value: number) => formatMoney(value, currency)
  return [
    `${best} is the cheapest in ${formatShare(comparison.cheapest[best].value)} of futures.`,
    ...(p80 ? [`To be 80 % sure, budget ${money(p80.value)} for it.`] : []),
    `The single-number plan of ${money(cost.point)} has a ${formatShare(curves[best].pointSuffices.value)} chance of being enough.`,
    ...(budget
      ? [
          `The stated ${money(budget.amount)} for ${budget.offer} holds in ${formatShare(budget.holds.value)} of futures; ${formatShare(budget.confidence, 0)} needs ${money(budget.needed.value)}.`,
        ]
      : []),
  ].join(' ')
}

const table = (caption: string, head: readonly string[], rows: readonly (readonly string[])[]): Piece => ({
  kind: 'table',
  table: { caption, head, rows },
})

export const sectionsOf = (data: ReportData): Section[] => [
  { heading: 'Budgets', pieces: [budgets(data)] },
  { heading: 'Who is the cheapest', pieces: [odds(data.figures.summary)] },
  { heading: 'Pictures', pieces: [{ kind: 'charts' }] },
  { heading: 'The year in months', pieces: [monthsTable(data)] },
  { heading: 'What drives it', pieces: [driversOf(data)] },
  { heading: 'Assumptions', pieces: assumptions(data) },
  { heading: 'Method, precision, and how to get the same figures', pieces: method(data) },
]

function budgets({ figures, titles }: ReportData): Piece {
  const { offers, comparison, currency } = figures.summary
  const rows = Object.entries(offers).map(([name, own]) => {
    const { mean, percentiles, point } = own[comparison.measure]
    return [
      Object.hasOwn(titles, name) ? `${name} (${titles[name]})` : name,
      formatMoney(point, currency),
      stated(mean, currency),
      ...(['p50', 'p80', 'p90', 'p95'] as const).map((p) => stated(percentiles[p], currency)),
    ]
  })
  return table(
    'P80 is the amount that suffices in 80 of 100 futures; ± is the standard error of the simulation',
    ['offer', 'single-number plan', 'mean', 'P50', 'P80', 'P90', 'P95'],
    rows,
  )
}

function monthsTable({ figures }: ReportData): Piece {
  const { summary, best, months } = figures
  const { currency, offers, comparison } = summary
  const { monthly } = offers[best][comparison.measure]
  const rows = months.map(({ month, amount }, m) => [
    month,
    formatMoney(monthly[m].point, currency),
    formatMoney(monthly[m].mean.value, currency),
    formatMoney(amount, currency),
  ])
  return table(`${best}: a monthly plan that adds up to its P80`, ['month', 'single-number plan', 'mean', 'budget'], rows)
}

function odds({ offers, comparison, currency }: Summary): Piece {
  const rows = Object.keys(offers).map((name) => [
    name,
    `${formatShare(comparison.cheapest[name].value)} ± ${formatShare(comparison.cheapest[name].se, 2)}`,
    withError(comparison.regret[name], currency),
  ])
  return table(
    'How often each offer is the cheapest, and what it costs beyond the cheapest on average',
    ['offer', 'the cheapest', 'beyond the cheapest'],
    rows,
  )
}

function driversOf({ figures: { drivers, best } }: ReportData): Piece {
  if (drivers.length === 0) return { kind: 'text', text: 'Nothing that is drawn once a future moves the cost.' }
  const rows = drivers.map(({ input, rank }) => [input, `${rank.value.toFixed(2)} ± ${rank.se.toFixed(3)}`])
  return table(
    `Rank correlation of what is drawn with the cost of ${best}; billcast explain tells more`,
    ['input', 'rank correlation'],
    rows,
  )
}

function assumptions({ assumptions: told, sources, notes }: ReportData): Piece[] {
  return [
    table(
      'What the scenario assumes',
      ['input', 'value'],
      told.map(({ name, value }) => [name, value]),
    ),
    sources.length > 0
      ? table(
          'Where figures come from, as the scenario and the catalog state it',
          ['field', 'source'],
          sources.map(({ path, source }) => [path, source]),
        )
      : { kind: 'text', text: 'The scenario states no sources.' },
    ...(notes.length > 0 ? [{ kind: 'list', items: notes } as const] : []),
  ]
}

function method({ figures, origin }: ReportData): Piece[] {
  const { trials, method: sampling, seed, comparison } = figures.summary
  const how = { sobol: "scrambled Sobol' points", latin: 'Latin hypercubes', random: 'plain random sampling' }[sampling]
  // A seed may hold anything: within quotes a shell takes it as it is.
  const word = /^[\w.-]+$/.test(seed) ? seed : `'${seed.replaceAll("'", "'\\''")}'`
  return [
    {
      kind: 'text',
      text: `${formatNumber(trials)} futures by ${how}; every offer is billed on the same ones. Figures have standard errors, which say how far they would move with another seed, and nothing about whether the assumptions hold.`,
    },
    {
      kind: 'text',
      text: 'The same scenario, seed, method and number of futures give the same figures to the last digit, on any machine:',
    },
    {
      kind: 'command',
      text: `billcast run SCENARIO --trials ${trials} --seed ${word} --method ${sampling} --measure ${comparison.measure}`,
    },
    { kind: 'small', text: `billcast ${origin.version}; scenario ${origin.scenarioHash}; identity ${origin.identity}` },
  ]
}
