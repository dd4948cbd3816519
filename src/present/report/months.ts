// The months of the recommended offer: its budget by month with the sums of quarters and years, and what single months and quarters may cost.
import { monthWords, spanWords } from '../../months.ts'
import { formatWhole } from '../../notation/money.ts'
import { formatNumber } from '../../notation/number.ts'
import { amountsAt, amountsOf, roundedParts } from '../../questions/compare/rounding.ts'
import { inSentence } from '../../questions/compare/verdict-words.ts'
import type { ReportData } from './data.ts'
import { amountOrDash, type Piece, table, type TableData } from './pieces.ts'
import { worstWords } from './text.ts'

/** A longer horizon has a table for each year. */
const MOST_IN_ONE = 15
/** A shorter horizon has no sums of quarters. */
const FEWEST_FOR_QUARTERS = 4

/** Numbers of each month, which add up to `sum`, and how they are written. */
interface Column {
  readonly head: string
  readonly months: readonly number[]
  readonly sum: string
  readonly text: (value: number) => string
}

/** A run of months and the name of their sum. */
interface Group {
  readonly name: string
  readonly from: number
  readonly to: number
}

function columnsOf({ figures }: ReportData): Column[] {
  const { summary, best, months } = figures
  const { offers, comparison, currency, drivers } = summary
  const { mean, percentiles, monthly } = offers[best][comparison.measure]
  const { whole, part } = amountsOf(summary)
  const budgets = months.map(({ amount }) => amount)
  const money = (head: string, amounts: readonly number[], all: number): Column => ({
    ...{ head, months: roundedParts(amounts, whole.round(all), part.step), sum: whole.text(all) },
    text: (amount) => formatWhole(amount, currency),
  })
  const volumes = drivers.conversations.monthly.map((month) => month.mean.value)
  const volume = drivers.conversations.mean.value
  // The digits of the busiest month are enough for all.
  const { step, round } = amountsAt(Math.max(...volumes), currency)
  const count = (value: number) => formatNumber(value, 0, 0)
  const all = months.length > 1 ? round(volume) : Math.max(...volumes)
  return [
    ...(volumes.length === months.length && volume > 0
      ? [{ head: 'conversations', months: roundedParts(volumes, round(all), step), sum: count(round(all)), text: count }]
      : []),
    money(
      'average',
      monthly.map((one) => one.mean.value),
      mean.value,
    ),
    money('budget', budgets, percentiles.p80?.value ?? budgets.reduce((sum, amount) => sum + amount, 0)),
  ]
}

/** Quarters of the calendar or of the fiscal year. A quarter of a single month needs no sum. */
function quartersOf({ figures: { summary, best } }: ReportData): Group[] {
  const { quarterly } = summary.offers[best][summary.comparison.measure]
  let from = 0
  return quarterly.map(({ quarter, months }) => {
    const group = { name: quarterWords(quarter), from, to: from + months.length }
    from = group.to
    return group
  })
}

/** "Q1 2027" and "Q1 FY2028". */
export const quarterWords = (quarter: string): string => quarter.split('-').reverse().join(' ')

/** The years that the quarters belong to. */
function yearsOf(quarters: readonly Group[]): Group[] {
  const years: Group[] = []
  for (const { name, from, to } of quarters) {
    const year = name.slice(name.indexOf(' ') + 1)
    const last = years[years.length - 1]
    if (last?.name === year) years[years.length - 1] = { ...last, to }
    else years.push({ name: year, from, to })
  }
  return years
}

function monthTables(data: ReportData): TableData[] {
  const { summary, best } = data.figures
  const { months } = summary
  const columns = columnsOf(data)
  // A phone has room for the amounts alone.
  const extra = columns.length > 2 ? { extra: 1 } : {}
  const quarters = months.length < FEWEST_FOR_QUARTERS ? [] : quartersOf(data)
  const years = months.length > MOST_IN_ONE ? yearsOf(quarters) : []
  const cells = (of: (column: Column) => string) => columns.map(of)
  const sumOf = ({ months: own, text }: Column, { from, to }: Group) => text(own.slice(from, to).reduce((sum, one) => sum + one, 0))
  const tableOf = ({ name, from, to }: Group, isWhole: boolean): TableData => {
    const rows: string[][] = []
    const sums: number[] = []
    for (let m = from; m < to; m++) {
      rows.push([monthWords(months[m]), ...cells((column) => column.text(column.months[m]))])
      const quarter = quarters.find((own) => own.to === m + 1 && own.to - own.from > 1)
      if (quarter) sums.push(rows.push([quarter.name, ...cells((column) => sumOf(column, quarter))]) - 1)
    }
    sums.push(rows.push([name, ...cells((column) => (isWhole ? column.sum : sumOf(column, { name, from, to })))]) - 1)
    const caption = isWhole
      ? `These monthly budgets for ${inSentence(best)} add up to its P80.`
      : `${name}, a part of the budget of ${inSentence(best)}`
    return { caption, head: ['month', ...columns.map(({ head }) => head)], rows, sums, ...extra }
  }
  if (years.length < 2) return [tableOf({ name: 'All months', from: 0, to: months.length }, true)]
  const all: TableData = {
    caption: `These budgets for ${inSentence(best)} add up to its P80.`,
    head: ['year', ...columns.map(({ head }) => head)],
    rows: [
      ...years.map((year) => [year.name, ...cells((column) => sumOf(column, year))]),
      ['All months', ...columns.map(({ sum }) => sum)],
    ],
    sums: [years.length],
    ...extra,
  }
  return [all, ...years.map((year) => tableOf(year, false))]
}

/** The months, the quarters with their own percentiles on request, and the amounts that none of them exceeds. */
export function monthPieces(data: ReportData): Piece[] {
  const { summary, best } = data.figures
  const { offers, comparison, months } = summary
  const { part } = amountsOf(summary)
  const cost = offers[best][comparison.measure]
  // A single month and a certain cost have no month that may be worse.
  const words = months.length > 1 && cost.sd.value > 0 ? worstWords(cost, summary, part.text) : undefined
  const rows = cost.quarterly.map(({ quarter, months, mean, percentiles }) => [
    `${quarterWords(quarter)} (${months.length === 1 ? monthWords(months[0]) : spanWords(months)})`,
    part.text(mean.value),
    ...(['p50', 'p80', 'p95'] as const).map((p) => amountOrDash(percentiles?.[p], part)),
  ])
  const caption = `Each quarter of ${inSentence(best)} by itself. These percentiles do not add up to those of the year, since bad quarters need not come together.`
  return [
    { kind: 'tables', tables: monthTables(data), charts: 'months' },
    ...(words ? [{ kind: 'text' as const, text: words }] : []),
    ...(rows.length > 1
      ? [
          {
            kind: 'details' as const,
            summary: 'Show the quarters by themselves',
            pieces: [table(caption, ['quarter', 'average', 'P50', 'P80', 'P95'], rows)],
          },
        ]
      : []),
  ]
}

/** Fiscal years and the present value, where the plan asks for them. */
export function yearPieces({ figures: { summary, best } }: ReportData): Piece[] {
  const { offers, comparison } = summary
  const { whole } = amountsOf(summary)
  const { fiscalYears = [], presentValue } = offers[best][comparison.measure]
  const rows = fiscalYears.map(({ year, mean, percentiles }) => [
    `FY${year}`,
    whole.text(mean.value),
    ...(['p50', 'p80', 'p95'] as const).map((p) => amountOrDash(percentiles?.[p], whole)),
  ])
  const years = table(
    `The fiscal years of ${inSentence(best)}, of which the plan may hold only a part. Percentiles of years do not add up.`,
    ['year', 'average', 'P50', 'P80', 'P95'],
    rows,
  )
  const now =
    presentValue &&
    `The present value of ${inSentence(best)} is ${whole.text(presentValue.mean.value)} on average, at the discount rate of the plan.`
  return [...(rows.length > 0 ? [years] : []), ...(now ? [{ kind: 'text' as const, text: now }] : [])]
}
