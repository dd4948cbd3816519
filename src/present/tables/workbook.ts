// The workbook of a run: figures as numbers, sums as formulas.
import writeXlsxFile, { type CellObject, type Row, type Sheet } from 'write-excel-file/universal'
import { visible } from '../../errors.ts'
import type { Phased } from '../../questions/budget/phased.ts'
import { LEDGER_AMOUNTS, type LedgerRow } from '../../questions/ledger/ledger.ts'
import type { ReportData } from '../report/data.ts'
import { SPLIT } from '../report/segments.ts'
import { recommendationOf, reportQuestion } from '../report/question.ts'
import { decimalsOf } from '../../notation/currency.ts'
import { type Estimate, PERCENTILES, type Summary } from '../../summary/summary.ts'
import { columnSum, storedValues } from './formulas.ts'
import { normalStyle } from './normal-style.ts'
import { withoutTimes } from './zip-times.ts'

const SHARE = '0.0%'
const WHOLE = '#,##0'

const HEAD = { fontWeight: 'bold', backgroundColor: '#e8eef4', wrap: true } as const

/** The most characters that Excel allows in a cell. */
const LONGEST = 32_767

/** Excel reads `_x001B_` in a cell as the character with that code. */
const excelText = (value: string): string => visible(value).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')

const text = (value: string): CellObject => ({ type: String, value: excelText(value).slice(0, LONGEST) })
const head = (value: string): CellObject => ({ ...text(value), ...HEAD })

/** The cells of amounts in a currency: plain ones, and sums of cells above. */
function moneyIn(currency: string) {
  const format = `#,##0${decimalsOf(currency) === 0 ? '' : `.${'0'.repeat(decimalsOf(currency))}`}`
  return {
    money: (value: number): CellObject => ({ type: Number, value, format }),
    sum: (above: readonly Row[], column: number, first: number): CellObject => ({ ...sumOf(above, column, first), format }),
  }
}

const share = (value: number): CellObject => ({ type: Number, value, format: SHARE })
const sumOf = (above: readonly Row[], column: number, first: number): CellObject => ({
  ...columnSum(above, column, first),
  fontWeight: 'bold',
  topBorderStyle: 'thin',
})
const bold = (value: string): CellObject => ({ ...text(value), fontWeight: 'bold' })
const withError = (estimate: Estimate | undefined, cell: (value: number) => CellObject): Row =>
  estimate ? [cell(estimate.value), estimate.se < Infinity ? cell(estimate.se) : null] : [null, null]

function sheet(name: string, heading: readonly string[], rows: readonly Row[], first = 28): Sheet<Blob> {
  return {
    sheet: name,
    data: [heading.map(head), ...rows],
    stickyRowsCount: 1,
    columns: heading.map((_, k) => ({ width: k === 0 ? first : 16 })),
  }
}

/** Every row of the ledger, for pivot tables. */
function ledgerSheet(rows: readonly LedgerRow[], { currency }: Summary): Sheet<Blob>[] {
  if (rows.length === 0) return []
  const { money } = moneyIn(currency)
  const heading = [
    ...['month', 'quarter', 'offer', 'charge', 'layer', 'segment', 'account', 'cost center'],
    ...['cash, mean', 'cash, budget', 'accrual, mean', 'accrual, budget'],
  ]
  const cells = rows.map(
    ({ month, quarter, offer, charge, layer, segment, account, costCenter, amounts }): Row => [
      ...[month, quarter, offer, charge, layer, segment, account, costCenter].map(text),
      ...LEDGER_AMOUNTS.map((key) => money(amounts[key])),
    ],
  )
  return [sheet('Ledger', heading, cells, 12)]
}

/**
 * @param phased the monthly budgets of each offer at one confidence
 * @param ledger the rows of the plan's ledger, none if it states none
 */
export async function workbook(
  report: ReportData,
  phased: readonly Phased[],
  ledger: readonly LedgerRow[] = [],
): Promise<Uint8Array> {
  const { summary } = report.figures
  const sheets = [
    summarySheet(report),
    phasedSheet(phased, summary),
    percentilesSheet(summary),
    cheapestSheet(summary),
    layersSheet(summary),
    ...segmentsSheet(summary),
    ...ledgerSheet(ledger, summary),
    assumptionsSheet(report),
    runSheet(report),
  ]
  const features = [storedValues(sheets), normalStyle]
  const blob = await writeXlsxFile(sheets, { fontFamily: 'Calibri', fontSize: 11, features }).toBlob()
  return withoutTimes(new Uint8Array(await blob.arrayBuffer()))
}

function summarySheet(report: ReportData): Sheet<Blob> {
  const { summary } = report.figures
  const { offers, comparison, currency } = summary
  const { money } = moneyIn(currency)
  const rows = Object.entries(offers).map(([name, own]): Row => {
    const { point, mean, percentiles } = own[comparison.measure]
    return [
      text(name),
      text(Object.hasOwn(report.titles, name) ? report.titles[name] : ''),
      money(point),
      ...withError(mean, money),
      ...(['p50', 'p80', 'p90', 'p95'] as const).map((p) => (percentiles[p] ? money(percentiles[p].value) : null)),
      share(comparison.cheapest[name].value),
    ]
  })
  const heading = ['offer', 'title', 'single-number plan', 'mean', 'standard error', 'P50', 'P80', 'P90', 'P95', 'P(cheapest)']
  const { data, ...rest } = sheet('Summary', heading, rows)
  return {
    ...rest,
    stickyRowsCount: 4,
    data: [
      [{ ...text(`${summary.name} (${currency})`), fontWeight: 'bold', fontSize: 14 }],
      [text(reportQuestion(summary))],
      [text(recommendationOf(report))],
      ...data,
    ],
  }
}

/** Months are rows and offers are columns. The formulas of the last rows add up to the budgets. */
function phasedSheet(phased: readonly Phased[], { months, currency }: Summary): Sheet<Blob> {
  const { money, sum } = moneyIn(currency)
  const rows = months.map((month, m): Row => [text(month), ...phased.map((own) => money(own.months[m].amount))])
  const heading = ['month', ...phased.map(({ offer, confidence }) => `${offer}, P${Number((100 * confidence).toFixed(2))}`)]
  const above = [heading, ...rows]
  return sheet('Monthly budget', heading, [
    ...rows,
    [bold('total'), ...phased.map((_, k) => sum(above, k + 1, 2))],
    [text('budget'), ...phased.map(({ total }) => money(total))],
  ])
}

function percentilesSheet({ offers, comparison, currency }: Summary): Sheet<Blob> {
  const { money } = moneyIn(currency)
  const names = Object.keys(offers)
  const rows = PERCENTILES.map(
    (p): Row => [
      text(p.toUpperCase()),
      ...names.flatMap((name) => withError(offers[name][comparison.measure].percentiles[p], money)),
    ],
  )
  const shortfalls = (['p90', 'p95'] as const).map(
    (p): Row => [
      text(`expected shortfall, ${p.toUpperCase()}`),
      ...names.flatMap((name) => withError(offers[name][comparison.measure].expectedShortfall[p], money)),
    ],
  )
  return sheet('Percentiles', ['', ...names.flatMap((name) => [name, `${name}: standard error`])], [...rows, ...shortfalls])
}

function cheapestSheet({ comparison, currency }: Summary): Sheet<Blob> {
  const { money } = moneyIn(currency)
  const rows = Object.entries(comparison.cheapest).map(
    ([name, estimate]): Row => [text(name), ...withError(estimate, share), ...withError(comparison.regret[name], money)],
  )
  const heading = ['offer', 'P(cheapest)', 'standard error', 'mean regret', 'standard error']
  return sheet('P(cheapest)', heading, [...rows, [bold('total'), { ...sumOf([heading, ...rows], 1, 2), format: SHARE }]])
}

/** Mean amounts. Layers add up to the bill, and with people and running costs to the total. */
function layersSheet({ offers, currency }: Summary): Sheet<Blob> {
  const { money, sum } = moneyIn(currency)
  const names = Object.keys(offers)
  const layers = [...new Set(names.flatMap((name) => Object.keys(offers[name].layers)))]
  const beyond = [...new Set(names.flatMap((name) => Object.keys(offers[name].beyondBill)))] as ('people' | 'running')[]
  const amounts = (read: (name: string) => Estimate | undefined): Row => names.map((name) => money(read(name)?.value ?? 0))
  const heading = ['layer', ...names]
  const billed = layers.map((layer): Row => [text(layer), ...amounts((name) => offers[name].layers[layer])])
  const bill: Row = [bold('mean bill'), ...names.map((_, k) => sum([heading, ...billed], k + 1, 2))]
  const others = beyond.map((layer): Row => [text(layer), ...amounts((name) => offers[name].beyondBill[layer])])
  const above = [heading, ...billed, bill, ...others]
  const total: Row = [bold('mean total'), ...names.map((_, k) => sum(above, k + 1, billed.length + 2))]
  return sheet('Cost layers', heading, [...billed, bill, ...others, ...(others.length > 0 ? [total] : [])])
}

/** One row for each offer and segment. The amounts of an offer add up to its mean bill and to its P80, and its shares to 100%. */
function segmentsSheet({ offers, currency }: Summary): Sheet<Blob>[] {
  const { money } = moneyIn(currency)
  const rows = Object.entries(offers).flatMap(([offer, { segments = {} }]) =>
    Object.entries(segments).map(
      ([segment, { bill, budget, risk }]): Row => [
        text(offer),
        text(segment),
        ...withError(bill.mean, money),
        ...withError(budget.p80, money),
        ...withError(risk.variance, share),
        ...withError(risk.expectedShortfall?.p95, share),
      ],
    ),
  )
  const heading = ['offer', 'segment', ...SPLIT.flatMap((column) => [column, 'standard error'])]
  return rows.length > 0 ? [sheet('Segments', heading, rows)] : []
}

function assumptionsSheet({ assumptions, sources, notes }: ReportData): Sheet<Blob> {
  const own = assumptions.map(({ name, value }): Row => [text(name), text(value), text(sourceOf(sources, name))])
  const others = sources.filter(({ path }) => !assumptions.some(({ name }) => name === path))
  return {
    ...sheet(
      'Assumptions',
      ['input', 'value', 'source'],
      [
        ...own,
        ...others.map(({ path, source }): Row => [text(path), null, text(source)]),
        ...notes.map((note): Row => [text('note'), text(note)]),
      ],
    ),
    columns: [{ width: 34 }, { width: 60 }, { width: 60 }],
  }
}

const sourceOf = (sources: ReportData['sources'], name: string): string =>
  sources.flatMap(({ path, source }) => (path === name ? [source] : [])).join('; ')

function runSheet({ figures, origin }: ReportData): Sheet<Blob> {
  const { trials, seed, method, currency, comparison, name } = figures.summary
  const facts: readonly (readonly [string, CellObject])[] = [
    ['scenario', text(name)],
    ['trials', { type: Number, value: trials, format: WHOLE }],
    ['seed', text(seed)],
    ['method', text(method)],
    ['compared by', text(comparison.measure)],
    ['currency', text(currency)],
    ['billcast', text(origin.version)],
    ['scenario hash', text(origin.scenarioHash)],
    ['identity', text(origin.identity)],
  ]
  return {
    ...sheet(
      'Run',
      ['', ''],
      facts.map(([label, value]): Row => [text(label), value]),
    ),
    columns: [{ width: 20 }, { width: 70 }],
  }
}
