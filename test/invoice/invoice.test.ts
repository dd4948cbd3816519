// Tests the invoice as people and spreadsheets read it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { invoice } from 'billcast'
import { afterAll, describe, expect, it } from 'vitest'
import { here } from '../end-to-end/command.ts'

const scenario = {
  conversations: { base: '50k' },
  resolution: { rate: '65%' },
  exchange: { EUR: 1.08 },
  offers: {
    zendesk: {
      charges: [
        { id: 'plan', meter: 'resolutions', commitment: '30k/month', price: '$1.50', overage: '$2.00' },
        { seats: 40, price: '$115/month' },
      ],
    },
    euro: { title: '=cmd, "Euro"', currency: 'EUR', charges: [{ meter: 'conversations', price: 0.89, discount: '10%' }] },
    limited: { charges: [{ meter: 'resolutions', price: '$0.99', limit: '20k/month', included: '500/month' }] },
  },
}
const folder = mkdtempSync(join(tmpdir(), 'billcast-invoice-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = join(folder, 'scenario.json')
writeFileSync(file, JSON.stringify(scenario))
const command = async (...more: string[]) => (await here(['invoice', file, ...more])).stdout

describe('an invoice', () => {
  it('states a reason for each line', async () => {
    const { lines, total } = await invoice(scenario, 'zendesk', { month: '2027-03' })
    expect(lines.map(({ charge, line, layer, quantity, price, amount }) => [charge, line, layer, quantity, price, amount])).toEqual(
      [
        ['charges.plan', 'commitment', 'commitment', 30_000, 1.5, 45_000],
        ['charges.plan', 'overage', 'overage', 2_500, 2, 5_000],
        ['charges[1]', 'seats', 'platform', 40, 115, 4_600],
      ],
    )
    expect(lines[1].why).toBe('30,000 committed; 2,500 over at $2.00')
    expect(lines.map((line) => line.total)).toEqual([45_000, 50_000, 54_600])
    expect(total).toBe(54_600)
  })
  it('bills the usage that the caller states', async () => {
    const { total } = await invoice(scenario, 'zendesk', { month: '2027-01', conversations: '60k', rate: 0.75 })
    expect(total).toBeCloseTo(45_000 + 2 * 15_000 + 4_600, 9)
    const months = Array.from({ length: 12 }, (_, m) => (m === 11 ? 100_000 : 0))
    expect((await invoice(scenario, 'zendesk', { conversations: months })).total).toBeCloseTo(12 * 49_600 + 70_000, 6)
  })
  it('shows amounts in both currencies', async () => {
    const { lines } = await invoice(scenario, 'euro', { month: '2027-01' })
    expect(lines[0].foreign).toEqual({ currency: 'EUR', price: expect.closeTo(0.801, 12), amount: expect.closeTo(40_050, 8) })
    expect(lines[0].amount).toBeCloseTo(43_254, 8)
  })
  it('says that the AI stopped at its limit, and how much was included', async () => {
    const { lines } = await invoice(scenario, 'limited', { month: '2027-01' })
    expect(lines[0].why).toBe('500 of 20,000 included; 19,500 at $0.99; the AI stopped at its limit after 61.5% of the month')
    expect(lines[0].amount).toBeCloseTo(19_305, 8)
  })
  it.each([
    [{ month: '2028-01' }, 'month: expected a month from 2027-01 to 2027-12'],
    [{ rate: 65 }, 'did you mean 65%?'],
    [{ conversations: [1, 2] }, 'conversations: expected one value for each month (12), got 2'],
    [{ conversations: -1 }, 'conversations: expected a number of 0 or more, such as 50k, got -1'],
  ])('refuses %j', async (usage, message) => {
    await expect(invoice(scenario, 'euro', usage)).rejects.toThrow(message)
  })
  it('refuses an unknown offer', async () => {
    await expect(invoice(scenario, 'fin')).rejects.toThrow('there is no offer "fin": the offers are zendesk, euro, limited')
  })
})

describe('billcast invoice', () => {
  it('prints the lines of a month to the cent', async () => {
    const text = await command('zendesk', '--month', '2027-03')
    expect(text).toContain('zendesk: $54,600.00')
    expect(text).toMatch(/2027-03 +charges\.plan +overage +2,500 +\$2\.00 +\$5,000\.00 +\$50,000\.00 +overage/)
  })
  it('writes FOCUS columns, and no cell can run as a formula', async () => {
    const [head, row] = (await command('euro', '--month', '2027-12', '--format', 'csv')).split('\n')
    expect(head.split(',').slice(0, 5)).toEqual([
      'BilledCost',
      'BillingCurrency',
      'BillingPeriodStart',
      'BillingPeriodEnd',
      'ChargeCategory',
    ])
    expect(row.startsWith('43254,USD,2027-12-01T00:00:00Z,2028-01-01T00:00:00Z,Usage,')).toBe(true)
    expect(row).toContain(`"'=cmd, ""Euro"""`)
  })
  it('ends with exit code 2 for unusable arguments', async () => {
    for (const wrong of [['fin'], ['euro', '--format', 'pdf'], ['euro', '--rate', '650%']]) {
      const { status, stderr } = await here(['invoice', file, ...wrong])
      expect(status).toBe(2)
      expect(stderr).toMatch(/expected|no offer/)
    }
  })
})
