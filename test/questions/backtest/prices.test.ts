// Effective prices from invoices, and the catalog contract that bills most alike.
import { describe, expect, it } from 'vitest'
import { calibrationOf as calibrate } from '../../../src/questions/backtest/calibration.ts'
import { formatMonth } from '../../../src/months.ts'
import { normals } from '../../forecasting/simulated.ts'

const normal = normals(9)
const months = Array.from({ length: 18 }, (_, k) => {
  const conversations = Math.round(30_000 * 1.01 ** k * Math.exp(0.05 * normal()))
  return { month: formatMonth(2024 * 12 + k), conversations, resolved: Math.round(conversations * (0.6 + 0.01 * normal())) }
})

describe('effective prices', () => {
  it('find a contract per resolution exactly, together with its seats', async () => {
    const { prices } = await calibrate(months.map((row) => ({ ...row, invoice: 0.99 * row.resolved + 1_250 })))
    const [best] = prices?.contracts ?? []
    expect(best.offer).toMatch(/^fin/)
    expect(best.error).toBeLessThan(1e-12)
    expect(best.fixed).toBeCloseTo(1_250, 6)
    const total = months.reduce((sum, { resolved }) => sum + 0.99 * resolved + 1_250, 0)
    expect(prices?.perResolution?.value).toBeCloseTo(total / months.reduce((sum, { resolved }) => sum + resolved, 0), 12)
    expect(prices?.months).toBe(18)
  })

  it('distinguish a contract per conversation from one per resolution', async () => {
    const { prices } = await calibrate(months.map((row) => ({ ...row, invoice: 2 * row.conversations })))
    expect(prices?.contracts[0]).toMatchObject({ offer: 'agentforce-conversations', fixed: 0 })
    expect(prices?.perConversation).toEqual({ value: 2, se: 0 })
  })

  it('state the standard error of a ratio of sums', async () => {
    const rows = months.map((row, k) => ({ ...row, invoice: row.conversations + (k % 2 === 0 ? 600 : -600) }))
    const { prices } = await calibrate(rows)
    const count = months.reduce((sum, { conversations }) => sum + conversations, 0)
    expect(prices?.perConversation.value).toBeCloseTo(1, 12)
    expect(prices?.perConversation.se).toBeCloseTo((600 * Math.sqrt((18 * 18) / 17)) / count, 12)
  })

  it('need six consecutive months with an invoice', async () => {
    const { prices } = await calibrate(months.map((row, k) => ({ ...row, invoice: k % 4 === 0 ? '' : 100 })))
    expect(prices).toBeNull()
    const few = await calibrate(months.map((row, k) => ({ ...row, invoice: k < 10 ? '' : 2 * row.conversations })))
    expect(few.prices?.months).toBe(8)
  })

  it('compare only contracts that count something else if resolutions are unknown', async () => {
    const { prices } = await calibrate(
      months.map(({ month, conversations }) => ({ month, conversations, invoice: 2 * conversations })),
    )
    expect(prices?.perResolution).toBeUndefined()
    expect(prices?.contracts[0].offer).toBe('agentforce-conversations')
    expect(prices?.contracts.some(({ offer }) => offer === 'fin')).toBe(false)
  })

  it('are in the currency that the column states, and no contract in dollars is compared with euros', async () => {
    const { prices, warnings } = await calibrate(months.map((row) => ({ ...row, 'Invoice (€)': 2 * row.conversations })))
    expect(prices).toMatchObject({ currency: 'EUR', perConversation: { value: 2 }, contracts: [] })
    expect(warnings).toContain(
      'The invoices are in EUR and the prices of the catalog in USD, so no contract is compared with them.',
    )
    const dollars = await calibrate(months.map((row) => ({ ...row, invoice_USD: 2 * row.conversations })))
    expect(dollars.prices?.contracts[0].offer).toBe('agentforce-conversations')
    const mixed = calibrate(months.map((row, k) => ({ ...row, invoice: `${k === 3 ? '€' : '$'}5` })))
    await expect(mixed).rejects.toThrow('one currency in column "invoice"')
  })
})
