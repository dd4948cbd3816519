import { expect, it } from 'vitest'
import { invoiceCsv } from '../../src/invoice/focus.ts'
import { runInvoice } from '../../src/invoice/invoice.ts'
import { invoiceTable } from '../../src/present/report/invoice.ts'

const noFiles = { read: () => Promise.reject(new Error('no files')) }
const billed = (plan: object, usage: object = {}) => runInvoice(plan, 'a', usage, noFiles)
const plan = (price: string | number, conversations: number | string, more: object = {}) => ({
  conversations: { base: conversations },
  offers: { a: { charges: [{ meter: 'conversations', price }] } },
  ...more,
})

it('an invoice of 50,000,000 at $0.80 is $40,000,000.00 in the table and in the FOCUS file', async () => {
  const invoice = await billed(plan('$0.80', '50m'), { month: '2027-01' })
  expect(invoiceTable(invoice)).toContain('a: $40,000,000.00\n')
  const [, row] = invoiceCsv(invoice).split('\n')
  expect(row.split(',')[0]).toBe('40000000')
})

it('an invoice in yen has no decimals, and one in dinars has three', async () => {
  const yen = await billed(plan(148.5, 32_501, { currency: 'JPY' }), { month: '2027-01' })
  expect(invoiceTable(yen)).toContain('a: ¥4,826,399\n')
  expect(invoiceTable(yen)).toContain('32,501 at ¥148.5')
  expect(invoiceCsv(yen).split('\n')[1].split(',')[0]).toBe('4826399')
  const dinars = await billed(plan(0.0455, 32_501, { currency: 'KWD' }), { month: '2027-01' })
  expect(invoiceTable(dinars)).toContain('a: KWD 1,478.796\n')
  expect(invoiceCsv(dinars).split('\n')[1].split(',')[0]).toBe('1478.796')
})

it('a price below a millionth shows its digits', async () => {
  const invoice = await billed(plan(0.0000005, '50m'), { month: '2027-01' })
  expect(invoiceTable(invoice)).toContain(' at $0.0000005')
})
