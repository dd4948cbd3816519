// An audit bills its counts under a contract in its plan: from the plan's start, in the contract's currency, after the plan's usage.
import { audit, type Scenario, type ScenarioOffer, type ScenarioUnitCharge } from 'billcast'
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
const plan = (offer: ScenarioOffer, more: Partial<Scenario> = {}): Scenario => ({
  start: '2025-01',
  months: 24,
  conversations: { base: 100 },
  resolution: { rate: '50%' },
  offers: { ours: offer },
  ...more,
})
const per = (terms: Partial<ScenarioUnitCharge>) => ({ charges: [{ meter: 'resolutions', price: 1, ...terms }] })
const billed = async (scenario: Scenario, offer = 'ours') => await audit(rows, { scenario, offer }, { until })

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

describe('an audit of a part of an offer', () => {
  const april = (k: number) => `2026-04-${String(k).padStart(2, '0')}T12:00:00Z`
  const later = Array.from({ length: 10 }, (_, k) => ({
    ...{ id: `d${k}`, started: april(k + 1), involved: true },
    ...{ last_customer: april(k + 1), last_agent: april(k + 1) },
  }))
  const parts = {
    old: { until: '2026-03', resolution: { rate: '50%' }, ...per({}) },
    new: { from: '2026-04', resolution: { rate: '60%' }, ...per({ price: 2, included: '4/once' }) },
  }
  const { resolution: _, ...unrated } = plan({ parts })
  const audited = (conversations: readonly object[], offer: string, more: Partial<Scenario> = {}) =>
    audit(conversations as never, { scenario: { ...unrated, ...more }, offer }, { until })

  it('counts the months in which it was live', async () => {
    const [old, fresh] = [
      await audited([...rows, ...later], 'ours.parts.old'),
      await audited([...rows, ...later], 'ours.parts.new'),
    ]
    expect([old.offer, old.conversations, old.months, old.bills.assumed]).toEqual(['ours.parts.old', 20, ['2026-03'], 20])
    // 4 of 10 are included.
    expect([fresh.conversations, fresh.bills.assumed]).toEqual([10, 12])
    expect(fresh.fragment).toMatch(/^offers:\n {2}ours:\n {4}parts:\n {6}new:\n {8}# add/)
  })

  it('counts the rows that name it where several are live', async () => {
    const side = { ...unrated, offers: { ours: { parts: { old: per({}), new: per({ price: 2 }) }, traffic: { new: '25%' } } } }
    const split = rows.map((row, k) => ({ ...row, part: k % 4 === 0 ? 'new' : 'old' }))
    const found = await audit(
      split as never,
      { scenario: { ...side, resolution: { rate: '50%' } }, offer: 'ours.parts.new' },
      { until },
    )
    expect([found.conversations, found.bills.assumed]).toEqual([5, 10])
    const given = { scenario: { ...side, resolution: { rate: '50%' } }, offer: 'ours.parts.new' }
    await expect(audit(rows, given, { until })).rejects.toThrow(
      'conversations: expected a column part that says which part had a conversation of 2026-03, since old and new were live then, got none in line 2',
    )
    await expect(audit(rows.map((row) => ({ ...row, part: 'newer' })) as never, given, { until })).rejects.toThrow(
      'conversations: expected a part (old, new) in line 2, column part, got "newer"',
    )
  })

  it('compares the invoices of that part', async () => {
    const invoices = [
      { month: '2026-03', part: 'old', meter: 'resolutions', quantity: 20, amount: 20 },
      { month: '2026-04', part: 'new', meter: 'resolutions', quantity: 10, amount: 20 },
    ]
    const { totals } = await audit(later as never, { scenario: unrated, offer: 'ours.parts.new' }, { until, invoices })
    expect(totals).toMatchObject([{ month: '2026-04', part: 'new', expected: 12, audited: 10, rule: 'included' }])
  })

  it('asks which part', async () => {
    await expect(audited(rows, 'ours')).rejects.toThrow(
      'offer: expected one part of ours (ours.parts.old, ours.parts.new), since a part has a contract of its own, got ours',
    )
  })
})
