// Invoices of an offer with parts: each row belongs to a part, and each part is compared with its own contract.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkInvoices } from 'billcast'
import { describe, expect, it } from 'vitest'
import { invoiceCsv } from '../../../src/invoice/focus.ts'
import { runInvoice } from '../../../src/invoice/invoice.ts'
import { invoiceTotals } from '../../../src/invoice/written.ts'
import { noFiles } from '../../../src/scenario/resolve/files.ts'
import { here } from '../../end-to-end/command.ts'

const scenario = `
start: 2027-01
months: 12
conversations: { base: 40k, growth: 1%/month }
offers:
  switch:
    parts:
      old:
        until: 2027-07
        term: { start: 2026-10, months: 12, toDate: { conversations: 110k, spend: $80k } }
        resolution: { rate: 45% }
        charges:
          - { id: talk, meter: conversations, period: year, commitment: 480k/year, price: $0.70, overage: $0.95 }
      new:
        from: 2027-05
        resolution: { rate: 62% }
        charges:
          - { id: solved, meter: resolutions, price: $0.99, included: 500/once }
          - { id: platform, fee: $2k/month }
    traffic: { new: [{ until: 2027-05, value: 10% }, { until: 2027-07, value: 50% }, { value: 100% }] }
    shadow: { new: 2027-05 }
  stay:
    resolution: { rate: 45% }
    charges: [{ meter: conversations, price: $0.70 }]
`
const invoice = await runInvoice(scenario, 'switch', {}, noFiles)
const checked = (csv: string, offer = 'switch') => checkInvoices(csv, { scenario, offer })

describe('an invoice of several parts', () => {
  it.each([
    ['totals', invoiceTotals(invoice)],
    ['FOCUS', invoiceCsv(invoice)],
  ])('that billcast wrote as %s agrees with its contracts', async (_, csv) => {
    const totals = await checked(csv)
    expect(totals.filter(({ rule }) => rule !== undefined)).toEqual([])
    expect(new Set(totals.map(({ part }) => part))).toEqual(new Set(['old', 'new']))
    const sum = totals.reduce((all, { expected }) => all + expected, 0)
    expect(sum).toBeCloseTo(invoice.total, 0)
  })

  it('has a column part in its totals', () => {
    expect(invoiceTotals(invoice)).toMatch(/^month,part,meter,quantity,amount,currency\n2027-01,old,conversations,40000,/)
    expect(invoiceTotals(invoice)).toContain('\n2027-08,new,fees,,2000,USD\n')
  })

  it('gives a row without a part to the contract that was live, or to the one that counts its meter', async () => {
    const csv = `month,meter,quantity,amount
2027-02,conversations,40400,28280
2027-06,conversations,21020,14714
2027-06,resolutions,13000,12870
2027-09,seats,,0
2027-09,resolutions,26000,25740
`
    const found = await checked(csv)
    expect(found.map(({ month, part, meter }) => [month, part, meter])).toEqual([
      ['2027-02', 'old', 'conversations'],
      ['2027-06', 'old', 'conversations'],
      ['2027-06', 'new', 'resolutions'],
      ['2027-09', 'new', 'resolutions'],
    ])
  })

  it('explains a difference by the contract of its part', async () => {
    const csv = `month,part,meter,quantity,amount
2027-06,new,resolutions,13000,14300
2027-07,new,resolutions,13100,12969
`
    const [june, july] = await checked(csv)
    expect(june).toMatchObject({ part: 'new', expected: 0.99 * 13_000, rule: 'price', why: '1.10 per unit in place of 0.99' })
    expect(july.rule).toBeUndefined()
    const [only] = await checked(csv, 'switch.parts.new')
    expect(only).toEqual(june)
  })

  it('counts the included units of a part from its first month, which the invoice leaves out', async () => {
    const [may] = await checked('month,part,meter,quantity,amount\n2027-05,new,resolutions,2600,2079\n')
    expect(may).toMatchObject({ part: 'new', expected: 0.99 * 2_100 })
    const [whole] = await checked('month,part,meter,quantity,amount\n2027-05,new,resolutions,2600,2574\n')
    expect(whole).toMatchObject({ rule: 'included', why: 'the included units were charged' })
  })

  it('is refused if a row may be of several parts, or of none', async () => {
    await expect(checked('month,meter,quantity,amount\n2027-06,support,,100\n')).rejects.toThrow(
      'invoices: expected a column part that says which part (old, new) a row is for, since old and new may both bill "support" in 2027-06, got none',
    )
    await expect(checked('month,part,meter,quantity,amount\n2027-06,newer,resolutions,,100\n')).rejects.toThrow(
      'invoices: expected a part of switch (old, new) in column part, got "newer"',
    )
    for (const name of ['switch.parts.newer', 'switch.parts.new.old'])
      await expect(checked('month,meter,quantity,amount\n', name)).rejects.toThrow('switch.parts.new')
  })

  it('prints the part of each row', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'billcast-parts-'))
    const [plan, file] = [join(folder, 'plan.yaml'), join(folder, 'invoice.csv')]
    writeFileSync(plan, scenario)
    writeFileSync(file, invoiceTotals(invoice))
    const { stdout, status } = await here(['invoice', plan, 'switch', '--check', file])
    expect(status).toBe(0)
    expect(stdout).toMatch(/month +part +meter/)
    expect(stdout).toMatch(/2027-06 +old +conversations/)
    expect(stdout).toContain('All totals agree with the contract.')
    const one = await here(['invoice', plan, 'switch.parts.new', '--check', file])
    expect(one.stdout).not.toMatch(/ old /)
  })
})
