// Lists the faults of a plan's ledger. Its cells must add up to the bill of each trial, its columns to the summary, and its rows to their totals.
import { type Finished, runScenario } from '../../../src/api/run.ts'
import { roundMoney } from '../../../src/notation/money.ts'
import { costLayers } from '../../../src/questions/budget/cost-layers.ts'
import { curveOf } from '../../../src/questions/budget/curve.ts'
import { phasedOf } from '../../../src/questions/budget/phased.ts'
import { LEDGER_AMOUNTS, type LedgerRow, ledgerOf } from '../../../src/questions/ledger/ledger.ts'
import { inlineExecutor } from '../../../src/run/executor.ts'
import { noFiles } from '../../../src/scenario/resolve/files.ts'
import type { Written } from '../../oracle/scenarios.ts'
import { shortened } from '../../oracle/shortened.ts'

const CENT = 0.01
const ledger = { amortize: { 'set-up': 24, platform: 5, usage: 2 }, upfront: 'period', budget: 'P80' }
const run = (scenario: object): Promise<Finished> =>
  runScenario(
    scenario,
    { trials: 256, seed: 'ledger', preintegration: false, monthly: false },
    { executor: () => inlineExecutor, reader: noFiles },
  )

const isBilled = ({ layer }: LedgerRow): boolean => layer !== 'people' && layer !== 'running'
type Amount = (typeof LEDGER_AMOUNTS)[number]
const sumOf = (rows: readonly LedgerRow[], name: Amount) => rows.reduce((sum, { amounts }) => sum + amounts[name], 0)
const exactOf = (rows: readonly LedgerRow[], name: Amount) => rows.reduce((sum, { exact }) => sum + exact[name].value, 0)

/** Whether two sums of numbers of this size agree up to the rounding of binary numbers. */
const same = (a: number, b: number, size: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, size)
const sizeOf = (rows: readonly LedgerRow[]): number =>
  rows.reduce((sum, { exact }) => sum + Math.abs(exact.cashMean.value) + Math.abs(exact.cashBudget.value), 0)

function groups(rows: readonly LedgerRow[], key: (row: LedgerRow) => string): LedgerRow[][] {
  const found = new Map<string, LedgerRow[]>()
  for (const row of rows) found.set(key(row), [...(found.get(key(row)) ?? []), row])
  return [...found.values()]
}

/** The cells of an offer, added up in every trial, are its bill, its layers, and the bills of its segments. */
function cellFaults({ trials }: Finished, offer: string): string[] {
  const place = trials.offer(offer)
  const billing = trials.model.offers[place]
  const { program } = trials.outcome
  const cells = billing.cells()
  const { names, nodes } = costLayers(trials, place)
  const segments = billing.segments()
  const months = Array.from({ length: program.months }, (_, m) => billing.billMonth(m))
  // All columns are made in one pass.
  trials.columns([
    ...cells.map(({ amount }) => amount),
    ...[billing.bill, billing.people, billing.running, ...nodes, ...months],
    ...segments.flatMap((own) => [own.bill, own.total]),
  ])
  const values = trials.columns(cells.map(({ amount }) => amount))
  const agrees = (node: number, own: readonly number[], what: string): string[] => {
    const [whole] = trials.columns([node])
    const off = whole.findIndex((value, i) => {
      const size = own.reduce((sum, c) => sum + Math.abs(values[c][i]), 0)
      return !same(
        own.reduce((sum, c) => sum + values[c][i], 0),
        value,
        size,
      )
    })
    return off < 0 ? [] : [`${offer}: ${what} in trial ${off}`]
  }
  const placesOf = (keep: (cell: (typeof cells)[number]) => boolean) => cells.flatMap((cell, c) => (keep(cell) ? [c] : []))
  const billed = ({ layer }: (typeof cells)[number]) => layer !== 'people' && layer !== 'running'
  return [
    ...agrees(billing.bill, placesOf(billed), 'the bill'),
    ...agrees(
      billing.people,
      placesOf(({ layer }) => layer === 'people'),
      'people',
    ),
    ...agrees(
      billing.running,
      placesOf(({ layer }) => layer === 'running'),
      'running',
    ),
    ...names.flatMap((name, k) =>
      agrees(
        nodes[k],
        placesOf(({ layer }) => layer === name),
        `layer ${name}`,
      ),
    ),
    ...months.flatMap((node, m) =>
      agrees(
        node,
        placesOf((cell) => billed(cell) && cell.month === m),
        `month ${m}`,
      ),
    ),
    ...segments.flatMap((own, s) => [
      ...agrees(
        own.bill,
        placesOf((cell) => billed(cell) && cell.segment === s),
        `segment ${s}`,
      ),
      ...agrees(
        own.total,
        placesOf(({ segment }) => segment === s),
        `the total of segment ${s}`,
      ),
    ]),
  ]
}

function columnFaults({ trials, summary }: Finished, offer: string, all: readonly LedgerRow[]): string[] {
  const rows = all.filter((row) => row.offer === offer && isBilled(row))
  const size = sizeOf(rows)
  const { bill } = summary.offers[offer]
  const budget = curveOf(trials, summary, offer, 'bill').at(0.8)
  const phased = phasedOf(trials, offer, 0.8, budget, summary)
  const found: string[] = []
  const expectSame = (a: number, b: number, what: string) => !same(a, b, size) && found.push(`${offer}: ${what}: ${a}, not ${b}`)
  for (const name of LEDGER_AMOUNTS) {
    const { value } = name.endsWith('Mean') ? bill.mean : budget
    expectSame(exactOf(rows, name), value, `${name} before rounding`)
    const cents = sumOf(rows, name) / CENT
    const due = roundMoney(value, summary.currency) / CENT
    if (Math.abs(cents - due) > 1e-3 + 1e-9 * Math.abs(cents)) found.push(`${offer}: ${name}: ${cents} cents, not ${value}`)
  }
  if (summary.comparison.measure === 'bill')
    for (const { month, exact } of phased.months)
      expectSame(
        exactOf(
          rows.filter((row) => row.month === month),
          'cashBudget',
        ),
        exact.value,
        `the budget of ${month}`,
      )
  bill.monthly.forEach(({ mean }, m) =>
    expectSame(
      exactOf(
        rows.filter(({ month }) => month === summary.months[m]),
        'cashMean',
      ),
      mean.value,
      `the mean of month ${m}`,
    ),
  )
  return found
}

/** Rounded rows are within a cent, and groups of several rows within half a cent for each. */
function roundingFaults(rows: readonly LedgerRow[]): string[] {
  const keys: Readonly<Record<string, (row: LedgerRow) => string>> = {
    charge: ({ charge }) => charge,
    layer: ({ layer }) => layer,
    segment: ({ segment }) => segment,
    quarter: ({ quarter }) => quarter,
    'charge and quarter': ({ charge, quarter }) => `${charge} ${quarter}`,
    month: ({ month }) => month,
    'month and segment': ({ month, segment }) => `${month} ${segment}`,
  }
  const off = (own: readonly LedgerRow[], name: Amount) => Math.abs(sumOf(own, name) - exactOf(own, name))
  return LEDGER_AMOUNTS.flatMap((name) => [
    ...rows.filter((row) => off([row], name) > 1.000001 * CENT).map((row) => `${row.charge} in ${row.month} is a cent off`),
    ...Object.entries(keys).flatMap(([what, key]) =>
      groups(rows, key)
        .filter((own) => own.length > 3 && off(own, name) > 0.5 * CENT * own.length)
        .map((own) => `${what} of ${own.length} rows is ${off(own, name)} off`),
    ),
  ])
}

/** @param most months, so that a test is fast */
export async function ledgerFaults(scenario: Written, most = 240): Promise<string[]> {
  const finished = await run({ ...shortened(scenario, most), ledger })
  const rows = ledgerOf(finished.trials, finished.summary)
  return finished.trials.names.flatMap((offer) => [
    ...cellFaults(finished, offer),
    ...columnFaults(finished, offer, rows),
    ...roundingFaults(rows.filter((row) => row.offer === offer && isBilled(row))),
  ])
}
