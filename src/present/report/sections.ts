// The sections of a report.
import { trialsWord } from '../../months.ts'
import { formatMoney, formatShare, formatStatedShare } from '../../notation/money.ts'
import { formatNumber } from '../../notation/number.ts'
import { type Amounts, amountsOf } from '../../questions/compare/rounding.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'
import { tailWarnings } from '../../summary/tail-warnings.ts'
import { changePieces } from './changes.ts'
import { differences, oddsTable, worstTrials } from './comparisons.ts'
import type { ReportData } from './data.ts'
import { type Piece, table, wordsTable } from './pieces.ts'
import { segmentTable } from './segments.ts'
import { chargesTable, inputsTable } from './stated.ts'
import { precisionWords } from './precision.ts'
import { budgetMeasure, headsLines, leadOf, measureWords, spanOf, stated, withError, worstWords } from './text.ts'

type Section = { readonly heading: string; readonly pieces: readonly Piece[] }

export const titleOf = ({ name }: Summary): string => `${name}: what each contract will cost`

export function reportQuestion(summary: Summary): string {
  const { months, currency, offers } = summary
  const question =
    Object.keys(offers).length === 1
      ? 'What should you budget for this contract?'
      : 'Which contract should you sign, and what should you budget for it?'
  return `${question} The figures are for ${spanOf(months)}, in ${currency}: ${measureWords(summary)}.`
}

export function recommendationOf({ figures, titles }: ReportData): string {
  const { summary, curves } = figures
  const { comparison, currency, budget, months } = summary
  const { offer, verdict, single } = leadOf(summary, { titles })
  const money = (value: number) => formatMoney(value, currency)
  const years = trialsWord(months.length)
  return [
    verdict,
    `${single}, which is enough in ${formatShare(curves[offer].pointSuffices.value)} of ${years}.`,
    ...(budget
      ? [
          `The stated budget of ${money(budget.amount)} for ${budget.offer}${budgetMeasure(budget, comparison.measure)} is enough in ${formatShare(budget.holds.value)} of ${years}. To be ${formatStatedShare(budget.confidence)} sure, it needs ${money(budget.needed.value)}.`,
        ]
      : []),
  ].join(' ')
}

export function sectionsOf(data: ReportData): Section[] {
  const warnings = tailWarnings(data.figures.summary)
  // Warnings on tails stand below the budgets, and not once more among the notes.
  const notes = data.notes.filter((note) => !warnings.includes(note))
  return [
    { heading: 'Budgets', pieces: [budgets(data), ...listOf(warnings), ...worstTrials(data.figures)] },
    {
      heading: 'Who is the cheapest',
      pieces: [oddsTable(data.figures), ...differences(data.figures), { kind: 'charts', of: 'run' }],
    },
    ...changeSections(data),
    { heading: 'The year in months', pieces: [...monthPieces(data), ...yearPieces(data)] },
    ...segmentSections(data.figures),
    ...peopleSections(data.figures),
    { heading: 'What drives it', pieces: [driversOf(data)] },
    ...statedSections(data),
    { heading: 'Assumptions', pieces: assumptions({ ...data, notes }) },
    { heading: 'Method and precision', pieces: method(data) },
  ]
}

const LEVELS = ['p50', 'p80', 'p90', 'p95'] as const

function budgets({ figures, titles }: ReportData): Piece {
  const { summary } = figures
  const { offers, comparison, months } = summary
  const { whole } = amountsOf(summary)
  const rows = Object.entries(offers).map(([name, own]) => {
    const { mean, percentiles, point } = own[comparison.measure]
    return [
      Object.hasOwn(titles, name) ? `${name} (${titles[name]})` : name,
      whole.text(point),
      whole.text(mean.value),
      ...LEVELS.map((p) => shownOf(percentiles[p], whole)),
    ]
  })
  return table(
    `P80 is the budget that is enough in 80 of 100 ${trialsWord(months.length)}.`,
    ['offer', 'single-number plan', 'mean', 'P50', 'P80', 'P90', 'P95'],
    rows,
  )
}

/** An amount without its error, or a dash for a figure that a run does not state. */
const shownOf = (estimate: Estimate | undefined, { text }: Amounts): string => (estimate ? text(estimate.value) : '–')

function monthsTable({ figures }: ReportData): Piece {
  const { summary, best, months } = figures
  const { offers, comparison } = summary
  const { mean, point, percentiles, monthly } = offers[best][comparison.measure]
  const { whole, split } = amountsOf(summary)
  const budgets = months.map(({ amount }) => amount)
  const columns = [
    { amounts: monthly.map((one) => one.point), sum: point },
    { amounts: monthly.map((one) => one.mean.value), sum: mean.value },
    { amounts: budgets, sum: percentiles.p80?.value ?? budgets.reduce((sum, amount) => sum + amount, 0) },
  ].map(({ amounts, sum }) => [...split(amounts, sum), whole.text(sum)])
  return table(
    `These monthly budgets for ${best} add up to its P80.`,
    ['month', 'single-number plan', 'mean', 'budget'],
    [...months.map(({ month }) => month), 'all months'].map((name, m) => [name, ...columns.map((column) => column[m])]),
  )
}

/** The months, then the quarters and the amounts that none of them exceeds. */
function monthPieces(data: ReportData): Piece[] {
  const { summary, best } = data.figures
  const { offers, comparison } = summary
  const { part } = amountsOf(summary)
  const cost = offers[best][comparison.measure]
  const words = worstWords(cost, summary, part.text)
  if (cost.quarterly.length < 2) return [monthsTable(data), ...(words ? [{ kind: 'text' as const, text: words }] : [])]
  const rows = cost.quarterly.map(({ quarter, months, point, mean, percentiles }) => [
    `${quarter} (${spanOf(months)})`,
    part.text(point),
    part.text(mean.value),
    ...(['p50', 'p80', 'p95'] as const).map((p) => shownOf(percentiles?.[p], part)),
  ])
  const caption = `This table shows the quarters of ${best}. Percentiles of quarters do not add up to those of the year, since bad quarters need not come together.`
  return [
    monthsTable(data),
    table(caption, ['quarter', 'single-number plan', 'mean', 'P50', 'P80', 'P95'], rows),
    ...(words ? [{ kind: 'text' as const, text: words }] : []),
  ]
}

/** Fiscal years and the present value, where the plan asks for them. */
function yearPieces({ figures: { summary, best } }: ReportData): Piece[] {
  const { offers, comparison } = summary
  const { whole } = amountsOf(summary)
  const { fiscalYears = [], presentValue } = offers[best][comparison.measure]
  const rows = fiscalYears.map(({ year, mean, percentiles }) => [
    `FY${year}`,
    whole.text(mean.value),
    ...(['p50', 'p80', 'p95'] as const).map((p) => shownOf(percentiles?.[p], whole)),
  ])
  const years = table(
    `The fiscal years of ${best}, of which the plan may hold only a part.`,
    ['year', 'mean', 'P50', 'P80', 'P95'],
    rows,
  )
  const now = presentValue && `The present value of ${best} is ${whole.text(presentValue.mean.value)} on average.`
  return [...(rows.length > 0 ? [years] : []), ...(now ? [{ kind: 'text' as const, text: now }] : [])]
}

function changeSections(data: ReportData): Section[] {
  const pieces = changePieces(data)
  return pieces.length > 0 ? [{ heading: 'What would change this answer', pieces }] : []
}

/** The split of the best offer's bill, if the plan has segments. */
function segmentSections(figures: ReportData['figures']): Section[] {
  const split = segmentTable(figures)
  return split ? [{ heading: 'Segments', pieces: [split, { kind: 'charts', of: 'segments' }] }] : []
}

/** Heads beside each offer, if the plan has people on the payroll. */
function peopleSections({ summary }: ReportData['figures']): Section[] {
  const items = headsLines(summary)
  return items.length > 0 ? [{ heading: 'People', pieces: [{ kind: 'list', items }] }] : []
}

function driversOf({ figures: { drivers, best, summary } }: ReportData): Piece {
  if (drivers.length === 0) return { kind: 'text', text: "Nothing uncertain affects this offer's cost." }
  const { part } = amountsOf(summary)
  const rows = drivers.map(({ input, rank, fifths }) => [
    input,
    ...[0, 1].map((end) => (fifths ? part.text(fifths[end]) : '–')),
    rank.value.toFixed(2),
  ])
  return table(
    `The average cost of ${best} in the fifth of all trials with the lowest values of an input, and in the fifth with the highest, and their rank correlation. Run billcast explain for shares of the spread.`,
    ['input', 'cost in the lowest fifth', 'cost in the highest fifth', 'rank correlation'],
    rows,
  )
}

/** The plan in words. An earlier version kept none. */
function statedSections({ stated: plan, figures }: ReportData): Section[] {
  if (!plan) return []
  return [
    { heading: 'What each contract charges', pieces: [{ kind: 'table', table: chargesTable(plan, figures.summary.currency) }] },
    { heading: 'What we assumed', pieces: [{ kind: 'table', table: inputsTable(plan) }] },
  ]
}

const listOf = (items: readonly string[]): Piece[] => (items.length > 0 ? [{ kind: 'list', items }] : [])

function assumptions({ assumptions: all, sources, notes }: ReportData): Piece[] {
  return [
    wordsTable(
      'Assumptions of the plan',
      ['input', 'value'],
      all.map(({ name, value }) => [name, value]),
    ),
    sources.length > 0
      ? wordsTable(
          'Sources that the plan and the catalog state',
          ['field', 'source'],
          sources.map(({ path, source }) => [path, source]),
        )
      : { kind: 'text', text: 'The plan states no sources.' },
    ...listOf(notes),
  ]
}

function method({ figures, origin }: ReportData): Piece[] {
  const { trials, method: sampling, seed, comparison } = figures.summary
  const how = { sobol: "scrambled Sobol' points", latin: 'Latin hypercubes', random: 'plain random sampling' }[sampling]
  // A seed may contain anything, so it is quoted for the shell.
  const word = /^[\w.-]+$/.test(seed) ? seed : `'${seed.replaceAll("'", "'\\''")}'`
  return [
    { kind: 'text', text: precisionWords(figures.summary) },
    {
      kind: 'text',
      text: `billcast ran ${formatNumber(trials)} trials by ${how}, and billed every offer on the same trials. A standard error says how far a figure would move with another seed. It does not say whether the assumptions hold.`,
    },
    ...convergenceWords(figures),
    errorsOf(figures),
    {
      kind: 'text',
      text: 'The same plan, seed, method and number of trials give the same figures to the last digit, on any machine:',
    },
    {
      kind: 'command',
      text: `billcast run SCENARIO --trials ${trials} --seed ${word} --method ${sampling} --measure ${comparison.measure}`,
    },
    { kind: 'small', text: `billcast ${origin.version}, scenario ${origin.scenarioHash}, identity ${origin.identity}` },
  ]
}

/** Exact figures with their standard errors, for those who ask. */
function errorsOf({ summary, drivers, best }: ReportData['figures']): Piece {
  const { offers, comparison, currency } = summary
  const rows = Object.entries(offers).map(([name, offer]) => {
    const { mean, percentiles } = offer[comparison.measure]
    const { value, se } = comparison.cheapest[name]
    return [
      name,
      stated(mean, currency),
      ...LEVELS.map((p) => stated(percentiles[p], currency)),
      `${formatShare(value)} ± ${formatShare(se, 2)}`,
      stated(comparison.regret[name], currency),
    ]
  })
  return {
    kind: 'details',
    summary: 'Show the standard errors',
    tables: [
      {
        caption: 'Figures as computed. ± is the standard error of the simulation.',
        head: ['offer', 'mean', 'P50', 'P80', 'P90', 'P95', 'cheapest', 'regret'],
        rows,
      },
      ...(drivers.length > 0
        ? [
            {
              caption: `The rank correlation of each input with the cost of ${best}.`,
              head: ['input', 'rank correlation'],
              rows: drivers.map(({ input, rank }) => [input, `${rank.value.toFixed(2)} ± ${rank.se.toFixed(3)}`]),
            },
          ]
        : []),
    ],
  }
}

/** How P80 settles, in words beside its chart. */
function convergenceWords({ convergence, summary: { currency } }: ReportData['figures']): Piece[] {
  if (!convergence) return []
  const { offer, title, points, integrated } = convergence
  const [first, last] = [points[0], points[points.length - 1]]
  const after = (point: typeof first) => `${withError(point, currency)} after ${formatNumber(point.trials)} trials`
  const exact = integrated ? ` Integrated along lines, as in the budgets, it is ${withError(integrated, currency)}.` : ''
  return [{ kind: 'text', text: `Counted in trials, ${title} of ${offer} is ${after(first)} and ${after(last)}.${exact}` }]
}
