// Invoices that agree with their contracts, from files, as users check them.
import { readFileSync } from 'node:fs'
import { checkInvoices } from 'billcast'
import { describe, expect, it } from 'vitest'
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
