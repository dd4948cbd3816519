// Closed months whose invoices are in the currency of the contract. The plan and the file are those of a euro contract in a dollar plan
// that counted €168,000 as $168,000.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { reforecast, track } from 'billcast'
import { here } from '../../end-to-end/command.ts'

const plan = (more: object = {}, offer: object = { currency: 'EUR', charges: [{ meter: 'conversations', price: 1 }] }) => ({
  exchange: { EUR: 1.08 },
  conversations: { base: '40k to 60k', noise: { cv: '8%' } },
  offers: { a: offer },
  budget: { offer: 'a', amount: '$700k' },
  actuals: { file: 'closed.csv', offer: 'a' },
  ...more,
})
const months = [56_000, 57_000, 55_000]
const euros = 168_000
const csv = (header: string, cells = months.map(String)) =>
  `month,conversations,${header}\n${months.map((volume, m) => `2027-0${m + 1},${volume},${cells[m]}\n`).join('')}`
const asked = (text: string, given = plan()) =>
  reforecast(given as never, { trials: 4_096, files: { 'closed.csv': text } } as never)
const closed = async (text: string, given = plan()) => (await asked(text, given)).offers.a.closed.value

describe('closed invoices of a contract in euros', () => {
  it("are in the offer's currency unless the file states another", async () => {
    const found = await asked(csv('invoice'))
    expect(found.offers.a.closed.value).toBeCloseTo(181_440, 6)
    expect(found.budget?.left.value).toBeCloseTo(700_000 - 181_440, 6)
    expect(found.invoices?.words).toBe('The invoices of a are in EUR, converted at 1.08 USD for 1 EUR.')
  })

  it('state their currency in the header or beside each number', async () => {
    for (const text of [
      csv('invoice_EUR'),
      csv('Invoice (€)'),
      ...['€', 'EUR '].map((sign) =>
        csv(
          'invoice',
          months.map((one) => sign + one),
        ),
      ),
    ])
      expect(await closed(text)).toBeCloseTo(1.08 * euros, 6)
    for (const text of [
      csv('invoice_USD'),
      csv(
        'invoice',
        months.map((one) => `$${one}`),
      ),
    ]) {
      const found = await asked(text)
      expect(found.offers.a.closed.value).toBe(euros)
      expect(found.invoices).toBeUndefined()
    }
    await expect(closed(csv('invoice_GBP'))).rejects.toThrow(
      "actuals: expected an amount in USD, the plan's currency, or an exchange rate of GBP",
    )
    await expect(closed(csv('invoice', ['$56000', '€57000', '55000']))).rejects.toThrow(
      'actuals: expected one currency in column "invoice" of "closed.csv", got USD and EUR',
    )
  })

  it('count at the mean rate if the rate is uncertain, or as the amounts that were paid', async () => {
    const uncertain = plan({ exchange: { EUR: 'normal(1.08, 0.05)' } })
    const found = await asked(csv('invoice'), uncertain)
    expect(found.offers.a.closed).toEqual({ value: expect.closeTo(181_440, 6), se: 0 })
    expect(found.invoices).toMatchObject({ offer: 'a', currency: 'EUR', rate: 1.08, uncertain: true })
    expect(found.invoices?.words).toContain('the mean rate. If you know the amounts paid, name their column invoice_USD.')
    const both = csv(
      'invoice_EUR,invoice_USD',
      months.map((one) => `${one},${1.1 * one}`),
    )
    expect(await closed(both, uncertain)).toBeCloseTo(1.1 * euros, 6)
  })

  it('are those of all amounts of an offer without a stated currency', async () => {
    expect(await closed(csv('invoice'), plan({}, { charges: [{ meter: 'conversations', price: '€1' }] }))).toBeCloseTo(181_440, 6)
    const mixed = plan({}, { charges: [{ meter: 'conversations', price: '€1' }, { fee: '$100/month' }] })
    await expect(closed(csv('invoice'), mixed)).rejects.toThrow(
      'actuals: expected a currency of column "invoice" of "closed.csv", such as invoice_USD, since a has several, got none',
    )
    expect(await closed(csv('invoice_EUR'), mixed)).toBeCloseTo(181_440, 6)
  })

  it('are tracked in the currency of the plan', async () => {
    const { actuals: _, ...open } = plan()
    const found = await track(
      open as never,
      { actuals: 'closed.csv', offer: 'a', trials: 4_096, files: { 'closed.csv': csv('invoice') } } as never,
    )
    expect(found.yearToDate.invoice?.actual).toBeCloseTo(181_440, 6)
    expect(found.yearToDate.invoice?.planned).toBeGreaterThan(150_000)
    expect(found.yearToDate.invoice?.foreign?.words).toContain('The invoices of a are in EUR')
  })
})

const folder = mkdtempSync(join(tmpdir(), 'billcast-closed-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('billcast reforecast prints the currency of the invoices', async () => {
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan()))
  writeFileSync(join(folder, 'closed.csv'), csv('invoice'))
  const { stdout } = await here(['reforecast', join(folder, 'plan.json'), '--trials', '4096'])
  expect(stdout).toContain('$181,440')
  expect(stdout).toContain('The invoices of a are in EUR, converted at 1.08 USD for 1 EUR.')
})
