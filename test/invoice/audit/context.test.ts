// An audit bills its counts under a contract in its plan: from the plan's start, in the contract's currency, after the plan's usage.
import { audit } from 'billcast'
import { describe, expect, it } from 'vitest'

const day = (k: number) => `2026-03-${String(k).padStart(2, '0')}T12:00:00Z`
const rows = Array.from({ length: 20 }, (_, k) => ({
  id: `c${k}`,
  started: day(k + 1),
  involved: true,
  last_customer: day(k + 1),
  last_agent: day(k + 1),
}))
const until = '2026-05-01T00:00:00Z'
const plan = (offer: object, more: object = {}) => ({
  start: '2025-01',
  months: 24,
  conversations: { base: 100 },
  resolution: { rate: '50%' },
  offers: { ours: offer },
  ...more,
})
const per = (terms: object) => ({ charges: [{ meter: 'resolutions', price: 1, ...terms }] })
const billed = async (scenario: object, offer = 'ours') => await audit(rows, { scenario, offer }, { until })

describe('an audit', () => {
  it('applies the escalator from the start of the plan', async () => {
    const { bills, offer } = await billed(plan(per({ escalator: '10%/year' })))
    expect([offer, bills.assumed]).toEqual(['ours', expect.closeTo(22, 9)])
  })

  it('takes included units after the months that the plan expects', async () => {
    // 50 resolutions a month use up 100 of the year's 110 units before March.
    expect((await billed(plan(per({ included: '110/year' })))).bills.assumed).toBeCloseTo(10, 9)
  })

  it('bills in the currency of the contract', async () => {
    const euro = plan({ currency: 'EUR', ...per({}) }, { currency: 'USD', exchange: { EUR: 1.08 } })
    const { currency, bills } = await billed(euro)
    expect([currency, bills.assumed]).toEqual(['EUR', expect.closeTo(20, 9)])
  })

  it('begins with the export if that is earlier than the plan', async () => {
    const { bills } = await billed(plan(per({ escalator: '10%/year' }), { start: '2027-01', months: 12 }))
    expect(bills.assumed).toBeCloseTo(20, 9)
  })

  it("keeps the catalog's definition of an offer in a plan", async () => {
    expect((await billed(plan({ catalog: 'fin' }))).definition.source).toContain('Intercom')
  })

  it('compares invoices under the same contract', async () => {
    const invoices = [{ month: '2026-03', meter: 'resolutions', quantity: 20, amount: 22 }]
    const { totals, notes } = await audit(
      rows,
      { scenario: plan(per({ escalator: '10%/year' })), offer: 'ours' },
      { until, invoices },
    )
    expect(totals?.map(({ rule, audited }) => [rule, audited])).toEqual([[undefined, 20]])
    expect(notes).toEqual(['read as: month = month, meter = meter, quantity = quantity, amount = amount; 1 row, 2026-03'])
  })

  it('refuses an offer that the plan does not have', async () => {
    await expect(billed(plan(per({})), 'theirs')).rejects.toThrow('there is no offer "theirs": the offers are ours')
  })
})
