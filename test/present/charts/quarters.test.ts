// Charts of quarters, and of the months of an offer that switches vendors.
import { describe, expect, it } from 'vitest'
import type { Chart } from '../../../src/present/charts/chart.ts'
import { simulate } from '../../simulate.ts'

const noisy = {
  start: '2027-01',
  months: 12,
  conversations: { base: '45k to 55k', noise: { cv: '10%' } },
  resolution: { rate: '60% to 70%' },
  offers: {
    switch: {
      parts: {
        old: { until: '2027-06', resolution: { rate: '40%' }, charges: [{ meter: 'conversations', price: '$0.70' }] },
        new: {
          from: '2027-05',
          resolution: { rate: '65%' },
          charges: [{ meter: 'resolutions', price: '$1.50' }, { fee: '$15k/once' }],
        },
      },
      traffic: { new: [{ until: '2027-06', value: '30%' }, { value: '100%' }] },
      shadow: { new: '2027-05' },
    },
    plain: { charges: [{ meter: 'conversations', price: '$1' }] },
  },
}
const growing = { ...noisy, conversations: { ...noisy.conversations, growth: '2%/month' } }
const run = simulate(growing, { trials: 4_096 })

/** Every row of data in a specification. */
function rowsOf(node: unknown): Record<string, unknown>[] {
  if (Array.isArray(node)) return node.flatMap(rowsOf)
  if (typeof node !== 'object' || node === null) return []
  const { data, ...rest } = node as { data?: { values?: Record<string, unknown>[] } }
  return [...(data?.values ?? []), ...rowsOf(Object.values(rest))]
}

async function drawn(chart: Chart) {
  expect(JSON.stringify(chart)).not.toMatch(/NaN|Infinity|undefined/)
  const svg = await chart.toSVG()
  expect(svg).toContain('aria-label')
}

describe('the chart of quarters', () => {
  it('holds the figures of the summary, and is drawn', async () => {
    const result = await run
    const { quarterly, worstQuarter } = result.summary.offers.switch.bill
    const chart = result.chart('quarters', 'switch')
    const rows = rowsOf(chart.spec)
    expect(rows.flatMap(({ p95 }) => p95 ?? [])).toEqual(quarterly.map(({ percentiles }) => percentiles?.p95?.value))
    expect(rows.some(({ amount }) => amount === worstQuarter?.percentiles.p95?.value)).toBe(true)
    expect(chart.title).toMatch(/^switch costs the most in 2027-Q[34]: \$[\d.]+k on average$/)
    await drawn(chart)
  })

  it('names no quarter if several cost the same within their errors', async () => {
    const even = await simulate({ ...noisy, offers: { plain: noisy.offers.plain } }, { trials: 2_048 })
    expect(even.chart('quarters', 'plain').title).toBe('No quarter of plain clearly costs the most')
  })

  it('names the months of a quarter that the plan cuts', async () => {
    const cut = await simulate({ ...noisy, start: '2027-02', months: 4, offers: { plain: noisy.offers.plain } }, { trials: 1_024 })
    expect(rowsOf(cut.chart('quarters', 'plain').spec).flatMap(({ quarter }) => quarter ?? [])).toContain('2027-Q1')
    const longer = await simulate(
      { ...noisy, start: '2027-03', months: 4, offers: { plain: noisy.offers.plain } },
      { trials: 1_024 },
    )
    expect(rowsOf(longer.chart('quarters', 'plain').spec).flatMap(({ quarter }) => quarter ?? [])).toContain(
      '2027-Q1 (1 of 3 months)',
    )
  })

  it('needs percentiles of quarters', async () => {
    const few = await simulate(noisy, { trials: 1_024, monthly: false })
    expect(() => few.chart('quarters', 'plain')).toThrow('chart quarters: this run has no percentiles of quarters')
  })
})

describe('the chart of parts', () => {
  it('stacks the mean bills, which add up to those of the months, and is drawn', async () => {
    const result = await run
    const chart = result.chart('parts', 'switch')
    const rows = rowsOf(chart.spec)
    result.summary.months.forEach((month, m) => {
      const sum = rows.reduce((total, row) => (row.month === month && row.part ? total + Number(row.amount) : total), 0)
      const { value, se } = result.summary.offers.switch.bill.monthly[m].mean
      expect(Math.abs(sum - value)).toBeLessThanOrEqual(4 * se + 1e-9 * value)
    })
    // In the shadow of the old one, the new part bills but is not live.
    const marks = rows.flatMap(({ month, label, at }) => (label === undefined || at !== undefined ? [] : [`${month}: ${label}`]))
    expect([...new Set(marks)]).toEqual(['2027-06: new goes live'])
    expect(rows.some(({ part, month, amount }) => part === 'new' && month === '2027-05' && Number(amount) > 0)).toBe(true)
    expect(chart.title).toMatch(/^switch bills \$[\d.]+k? a month before Jun 2027, then \$[\d.]+k? on average$/)
    await drawn(chart)
  })

  it('states no change that is within the error', async () => {
    const parts = {
      old: { until: '2027-06', resolution: { rate: '40%' }, charges: [{ meter: 'conversations', price: '$1' }] },
      new: { from: '2027-07', resolution: { rate: '65%' }, charges: [{ meter: 'conversations', price: '$1' }] },
    }
    const same = await simulate({ ...noisy, offers: { switch: { parts } } }, { trials: 2_048 })
    expect(same.chart('parts', 'switch').title).toMatch(
      /^The bill of switch stays near \$[\d.]+k a month after new goes live in Jul 2027$/,
    )
  })

  it('needs an offer with parts', async () => {
    const result = await run
    expect(() => result.chart('parts', 'plain')).toThrow('chart parts: the offer plain has no parts')
    expect(() => result.chart('parts', 'none')).toThrow('there is no offer "none"')
  })
})
