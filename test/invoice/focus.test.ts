// Invoices as FOCUS files: they keep the rules of FOCUS 1.2 and add up to the invoice.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkedInvoices } from '../../src/invoice/audit/index.ts'
import { invoiceCsv } from '../../src/invoice/focus.ts'
import { runInvoice } from '../../src/invoice/invoice.ts'
import { roundMoney } from '../../src/notation/money.ts'
import { noFiles } from '../../src/scenario/resolve/files.ts'
import { effort, patience, someOf } from '../effort.ts'
import { anyContract, everyContract } from '../oracle/contracts.ts'
import { anyScenario, everyDriver, type Written } from '../oracle/scenarios.ts'
import { focusColumns, focusFaults, focusRowsOf } from '../reference/focus.ts'

const sum = (csv: string, column: string): number => focusRowsOf(csv).reduce((total, row) => total + Number(row[column]), 0)

async function faults(scenario: Written): Promise<string[]> {
  const found: string[] = []
  for (const offer of Object.keys((scenario as { offers: object }).offers)) {
    const invoice = await runInvoice(scenario, offer, {}, noFiles)
    const csv = invoiceCsv(invoice)
    found.push(...focusFaults(csv).map((fault) => `${offer}: ${fault}`))
    const total = roundMoney(invoice.total, invoice.currency)
    if (Math.abs(sum(csv, 'BilledCost') - total) > 1e-6) found.push(`${offer}: ${sum(csv, 'BilledCost')} is not ${total}`)
  }
  return found
}

describe('a FOCUS file of an invoice', () => {
  it.each(someOf(Object.entries({ ...everyContract, ...everyDriver }), 8))(
    'keeps the rules and adds up: %s',
    async (_, scenario) => {
      expect(await faults(scenario)).toEqual([])
    },
  )

  it(
    'keeps the rules and adds up, whatever the contract',
    () =>
      fc.assert(
        fc.asyncProperty(fc.oneof(anyContract, anyScenario), async (scenario) => {
          expect(await faults(scenario)).toEqual([])
        }),
        effort(3, 1000, 30),
      ),
    patience,
  )

  const small = {
    months: 12,
    conversations: { base: 3 },
    offers: { a: { charges: ['a', 'b', 'c'].map((id) => ({ id, meter: 'conversations', price: '$0.405' })) } },
  }

  it('adds up to the invoice where small lines are rounded, and agrees with its contract', async () => {
    const invoice = await runInvoice(small, 'a', {}, noFiles)
    const csv = invoiceCsv(invoice)
    expect(invoice.total).toBeCloseTo(43.74, 9)
    // Each line of $1.215 is $1.22, or $43.92 in all.
    expect(
      focusRowsOf(csv)
        .filter(({ ChargeCategory }) => ChargeCategory === 'Usage')
        .reduce((total, row) => total + Number(row.BilledCost), 0),
    ).toBeCloseTo(43.92, 9)
    expect(sum(csv, 'BilledCost')).toBeCloseTo(43.74, 9)
    expect(sum(csv, 'EffectiveCost')).toBeCloseTo(43.74, 9)
    const rules = async (text: string) =>
      (await checkedInvoices(text, { scenario: small, offer: 'a' }, noFiles)).filter(({ rule }) => rule !== undefined)
    expect(await rules(csv)).toEqual([])
    expect(await rules(csv.replace('\n1.22,', '\n1.23,'))).not.toEqual([])
    expect(await rules(csv.replace(/\n-0\.0[12],/, '\n-0.05,'))).not.toEqual([])
  })

  it('spreads the effective cost of what is paid upfront over its months', async () => {
    const plan = {
      months: 12,
      conversations: { base: 1000 },
      offers: { a: { charges: [{ fee: '$1000/quarter', paid: 'upfront', discount: '10%' }] } },
    }
    const rows = focusRowsOf(invoiceCsv(await runInvoice(plan, 'a', {}, noFiles)))
    const purchases = rows.filter(({ ChargeCategory }) => ChargeCategory === 'Purchase')
    expect(purchases.map(({ BilledCost, EffectiveCost, ListCost }) => [BilledCost, EffectiveCost, ListCost])).toEqual(
      Array.from({ length: 4 }, () => ['900', '0', '1000']),
    )
    const expensed = rows.filter(({ ChargeCategory }) => ChargeCategory === 'Usage')
    expect(expensed.map(({ BilledCost, EffectiveCost }) => [BilledCost, EffectiveCost])).toEqual(
      Array.from({ length: 12 }, () => ['0', '300']),
    )
    const one = focusRowsOf(invoiceCsv(await runInvoice(plan, 'a', { month: '2027-02' }, noFiles)))
    expect(one.map(({ BilledCost, EffectiveCost, ChargePeriodStart }) => [BilledCost, EffectiveCost, ChargePeriodStart])).toEqual([
      ['0', '300', '2027-02-01T00:00:00Z'],
    ])
  })
})

it('the reference has the 57 columns of FOCUS 1.2, of which 21 are mandatory', () => {
  expect(focusColumns).toHaveLength(57)
  expect(focusColumns.filter(({ level }) => level === 'Mandatory')).toHaveLength(21)
})
