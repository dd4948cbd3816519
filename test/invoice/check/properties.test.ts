// Tests the comparison of invoices with random contracts: an invoice that billcast writes agrees, and a change of one cent is found.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkedInvoices } from '../../../src/invoice/audit/index.ts'
import { invoiceCsv } from '../../../src/invoice/focus.ts'
import { type Invoice, runInvoice } from '../../../src/invoice/invoice.ts'
import { invoiceTotals } from '../../../src/invoice/written.ts'
import { effort, patience, someOf } from '../../effort.ts'
import { anyContract, everyContract } from '../../oracle/contracts.ts'
import { anyScenario, everyDriver, type Written } from '../../oracle/scenarios.ts'

const reader = { read: () => Promise.reject(new Error('these scenarios read no files')) }
const formats: readonly (readonly [string, (invoice: Invoice) => string])[] = [
  ['FOCUS', invoiceCsv],
  ['totals', invoiceTotals],
]
type Row = readonly string[]

/** Rows whose cells have no commas, except in texts that the check does not read. */
const rowsOf = (csv: string): Row[] =>
  csv
    .trimEnd()
    .split('\n')
    .map((line) => line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)?.map((cell) => cell.replace(/,$/, '')) ?? [])
    .map((cells) => (cells[cells.length - 1] === '' ? cells.slice(0, -1) : cells))
const csvOf = (rows: readonly Row[]): string => rows.map((row) => `${row.join(',')}\n`).join('')
const verdicts = async (csv: string, scenario: Written, offer: string) =>
  (await checkedInvoices(csv, { scenario: scenario as never, offer }, reader)).map(({ month, meter, rule, difference, why }) => ({
    place: `${month} ${meter}`,
    rule,
    difference,
    why,
  }))
const wrong = async (csv: string, scenario: Written, offer: string) =>
  (await verdicts(csv, scenario, offer)).filter(({ rule }) => rule !== undefined)

/** Every invoice of a plan, whole and of one month, in both formats. */
async function* invoicesOf(scenario: Written, pick: number) {
  for (const offer of Object.keys((scenario as { offers: object }).offers)) {
    const whole = await runInvoice(scenario, offer, {}, reader)
    const months = [...new Set(whole.counted.map(({ month }) => month))]
    const month = months[pick % Math.max(1, months.length)]
    const one = month === undefined ? undefined : await runInvoice(scenario, offer, { month }, reader)
    for (const [format, write] of formats)
      for (const invoice of one ? [whole, one] : [whole])
        yield { offer, format, csv: write(invoice), month: invoice === one ? month : 'all' }
  }
}

async function faults(scenario: Written, pick: number): Promise<string[]> {
  const found: string[] = []
  for await (const { offer, format, csv, month } of invoicesOf(scenario, pick)) {
    const off = await wrong(csv, scenario, offer)
    if (off.length > 0) found.push(`${offer}, ${month}, ${format}: ${JSON.stringify(off.slice(0, 2))}`)
  }
  return found
}

/** Changes one amount by the smallest unit, and returns whether the check finds it. */
async function unseen(scenario: Written, pick: number, sign: 1 | -1): Promise<string[]> {
  const missed: string[] = []
  for await (const { offer, format, csv, month } of invoicesOf(scenario, pick)) {
    const [header, ...rows] = rowsOf(csv)
    const column = header.indexOf(format === 'FOCUS' ? 'BilledCost' : 'amount')
    const k = pick % Math.max(1, rows.length)
    if (rows.length === 0) continue
    // A total halfway between two cents agrees with both.
    const ties = (await verdicts(csv, scenario, offer)).some(({ difference }) => Math.abs(difference) > 0.004_999)
    if (ties) continue
    const changed = rows.map((row, at) => (at === k ? row.with(column, (Number(row[column]) + sign * 0.01).toFixed(2)) : row))
    if ((await wrong(csvOf([header, ...changed]), scenario, offer)).length === 0)
      missed.push(`${offer}, ${month}, ${format}: ${rows[k].join(',')}`)
  }
  return missed
}

const any = fc.oneof(anyContract, anyScenario)
const pick = fc.nat(1000)
const every = Object.entries({ ...everyContract, ...everyDriver })

describe('an invoice that billcast writes', () => {
  it.each(someOf(every, 5))('agrees with its contract: %s', async (_, scenario) => {
    expect(await faults(scenario, 7)).toEqual([])
  })

  it(
    'agrees with any contract, for any month',
    () =>
      fc.assert(
        fc.asyncProperty(any, pick, async (scenario, k) => {
          expect(await faults(scenario, k)).toEqual([])
        }),
        effort(2, 2000, 20),
      ),
    patience,
  )

  it(
    'does not agree once an amount changes by a cent',
    () =>
      fc.assert(
        fc.asyncProperty(any, pick, fc.constantFrom(1, -1), async (scenario, k, sign) => {
          expect(await unseen(scenario, k, sign)).toEqual([])
        }),
        effort(1, 1000, 15),
      ),
    patience,
  )
})
