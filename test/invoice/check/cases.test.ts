// Invoices that agree with their contracts, from files, as users check them.
import { readFileSync } from 'node:fs'
import { checkInvoices, type Scenario } from 'billcast'
import { describe, expect, it } from 'vitest'
import { invoiceCsv } from '../../../src/invoice/focus.ts'
import { runInvoice } from '../../../src/invoice/invoice.ts'
import { invoiceTotals } from '../../../src/invoice/written.ts'
import { here } from '../../end-to-end/command.ts'

const folder = 'test/invoice/check/cases'
const text = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8')

describe('an invoice agrees with its contract in its plan', () => {
  it.each([
    ['an escalator counts from the start of the plan', 'esc.yaml', 'a', 'esc_inv.csv'],
    ['a yearly quantity is used up by months that the invoice leaves out', 'esc.yaml', 'y', 'y_inv.csv'],
    ['a contract in euros is compared in euros', 'eur.yaml', 'a', 'eur_inv.csv'],
    ['actions follow the conversations that the invoice states', 'chk3.yaml', 'act', 'chk_inv.csv'],
    ['two meters have a row each', 'two.yaml', 'both', 'two.csv'],
    ['a month is invoiced in two parts', 'fin.yaml', 'fin', 'split.csv'],
    ['yen are rounded to whole yen', 'jpyc.yaml', 'a', 'jpy_inv.csv'],
  ])('%s', async (_, plan, offer, invoices) => {
    const totals = await checkInvoices(text(invoices), { scenario: text(plan), offer })
    expect(totals.map(({ rule, difference }) => [rule, Math.abs(difference) < 0.51])).toEqual(totals.map(() => [undefined, true]))
    const { stdout, status } = await here(['invoice', `${folder}/${plan}`, offer, '--check', `${folder}/${invoices}`])
    expect([status, stdout.match(/All totals agree with the contract\./)?.length]).toEqual([0, 1])
  })

  it('says which months count as the plan expects', async () => {
    const { stdout } = await here(['invoice', `${folder}/esc.yaml`, 'y', '--check', `${folder}/y_inv.csv`])
    expect(stdout).toContain('The invoice does not state all usage of 2026-01 to 2026-04.')
    const [may] = await checkInvoices(text('y_inv.csv'), { scenario: text('esc.yaml'), offer: 'y' })
    expect(may.estimated).toEqual(['2026-01', '2026-02', '2026-03', '2026-04'])
  })

  it('shows amounts in the currency of the contract', async () => {
    const { stdout } = await here(['invoice', `${folder}/eur.yaml`, 'a', '--check', `${folder}/eur_inv.csv`])
    expect(stdout).toMatch(/2027-02 +resolutions +32,500 +– +€28,925 +€28,925 +€0\.00 +agrees/)
  })
})

describe('the smallest unit of a currency counts', () => {
  it.each([
    ['JPY', 148, 1],
    ['USD', 1.5, 0.01],
    ['KWD', 0.4275, 0.001],
  ])('%s', async (currency, price, unit) => {
    const scenario: Scenario = {
      currency,
      conversations: { base: 32_500 },
      offers: { a: { charges: [{ meter: 'conversations', price }] } },
    }
    const found = await runInvoice(scenario, 'a', { month: '2027-01' }, { read: () => Promise.reject(new Error('no file')) })
    const rules = async (csv: string) => (await checkInvoices(csv, { scenario, offer: 'a' })).map(({ rule }) => rule)
    for (const write of [invoiceCsv, invoiceTotals]) {
      const csv = write(found)
      expect(await rules(csv)).toEqual([undefined])
      for (const sign of [1, -1]) {
        const due = String(found.total)
        const changed = csv.replace(due, (found.total + sign * unit).toFixed(4))
        expect(changed).not.toBe(csv)
        expect(await rules(changed)).toEqual([expect.stringMatching(/rounding|unexplained/)])
      }
    }
  })
})

it('an offer alone bills in the currency of its amounts', async () => {
  const rows = [{ month: '2027-01', meter: 'resolutions', quantity: 100, amount: 89 }]
  const [total] = await checkInvoices(rows, { charges: [{ meter: 'resolutions', price: '€0.89' }] })
  expect([total.currency, total.rule]).toEqual(['EUR', undefined])
})

it('an option that states usage is refused beside an invoice', async () => {
  const { status, stderr } = await here([
    ...['invoice', `${folder}/fin.yaml`, 'fin', '--check', `${folder}/split.csv`, '--conversations', '60k'],
  ])
  expect([status, stderr]).toEqual([2, expect.stringContaining('--conversations: remove this option with --check')])
})
