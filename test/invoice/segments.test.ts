// Invoices of a plan with segments: stated usage by segment, groups and totals, and the check of a vendor's invoice.
import { describe, expect, it } from 'vitest'
import { checkInvoices } from 'billcast'
import { invoiceCsv } from '../../src/invoice/focus.ts'
import { runInvoice } from '../../src/invoice/invoice.ts'
import { noFiles } from '../../src/scenario/resolve/files.ts'
import { thorough } from '../effort.ts'
import { everySegment } from '../oracle/segmented.ts'

const plan = {
  start: '2027-01',
  months: 3,
  resolution: { rate: '50%' },
  segments: {
    'us/chat': { conversations: { base: 3_000 }, resolution: { rate: '60%' } },
    'us/email': { conversations: { base: 1_000 } },
    voice: { conversations: { base: 2_000 }, resolution: { rate: '30%' } },
  },
  offers: {
    fin: {
      charges: [
        { id: 'text', meter: 'resolutions', of: 'us', price: '$1' },
        { id: 'calls', meter: 'resolutions', of: 'voice', price: '$2' },
        { id: 'all', meter: 'conversations', price: '$0.10' },
      ],
    },
  },
}
const bill = async (usage: object = {}) => await runInvoice(plan, 'fin', { month: '2027-02', ...usage }, noFiles)

describe('stated usage', () => {
  it('of the plan is the point estimate', async () => {
    expect((await bill()).total).toBeCloseTo(1_800 + 500 + 2 * 600 + 600, 9)
  })

  it('may name some segments; the others are as the plan expects', async () => {
    const { total, notes } = await bill({ conversations: { 'us/chat': '6k' }, rate: { voice: '50%' } })
    expect(total).toBeCloseTo(3_600 + 500 + 2 * 1_000 + 900, 9)
    expect(notes).toBeUndefined()
  })

  it('as one total or of a group is split as the plan expects, and says so', async () => {
    const whole = await bill({ conversations: 12_000 })
    expect(whole.total).toBeCloseTo(2 * (1_800 + 500 + 1_200 + 600), 9)
    expect(whole.notes?.[0]).toContain('is split between us/chat, us/email, voice in proportion to what the plan expects of each')
    const group = await bill({ conversations: { us: 8_000, voice: 0 } })
    expect(group.total).toBeCloseTo(2 * (1_800 + 500) + 800, 9)
    expect(group.notes?.[0]).toContain('the number of us is split between us/chat, us/email')
  })

  it('as one rate holds for every segment', async () => {
    expect((await bill({ rate: 0.4 })).total).toBeCloseTo(1_600 + 2 * 800 + 600, 9)
  })

  it('may differ by month', async () => {
    expect((await bill({ conversations: { voice: [0, 4_000, 0] } })).total).toBeCloseTo(1_800 + 500 + 2 * 1_200 + 800, 9)
  })

  it.each([
    [{ conversations: { chta: 5 } }, 'conversations: expected the name of a segment (us/chat, us/email, voice), got "chta"'],
    [{ conversations: { us: 5, 'us/chat': 5 } }, 'conversations: expected each segment once, got "us/chat" twice'],
    [{ conversations: {} }, 'conversations: expected a number, or one for a segment such as chat=30k, got {}'],
    [{ rate: { voice: '120%' } }, 'rate: expected a share from 0% to 100%, such as 65%, got 120%'],
  ])('says what is wrong with %j', async (usage, words) => {
    await expect(bill(usage)).rejects.toThrow(words)
  })
})

describe('the check of an invoice', () => {
  const check = (rows: readonly object[], more: object = plan) =>
    checkInvoices(rows as never, { scenario: more, offer: 'fin' } as never)
  const month = '2027-01'

  it('agrees with an invoice by charge', async () => {
    const found = await check([
      { month, meter: 'text', quantity: 2_000, amount: 2_000 },
      { month, meter: 'calls', quantity: 500, amount: 1_000 },
      { month, meter: 'all', quantity: 6_000, amount: 600 },
    ])
    expect(found.filter(({ rule }) => rule !== undefined)).toEqual([])
  })

  it('splits the quantity of a meter as the plan expects', async () => {
    // 2,900 resolutions are expected: 1,800 and 500 of text, 600 of calls.
    const found = await check([{ month, meter: 'resolutions', quantity: 5_800, amount: 2 * 2_300 + 2 * 2 * 600 }])
    expect(found.find(({ meter }) => meter === 'resolutions')).toMatchObject({ expected: 7_000, invoiced: 7_000 })
  })

  it('gives a charge of its own segments their limit only', async () => {
    const limited = {
      ...plan,
      offers: {
        fin: {
          charges: [
            { id: 'text', meter: 'resolutions', of: 'us', price: '$1', limit: '1k/month' },
            { id: 'calls', meter: 'resolutions', of: 'voice', price: '$2' },
          ],
        },
      },
    }
    const found = await check(
      [
        { month, meter: 'text', quantity: 1_500, amount: 1_000 },
        { month, meter: 'calls', quantity: 500, amount: 1_000 },
      ],
      limited,
    )
    expect(found.filter(({ rule }) => rule !== undefined)).toEqual([])
  })

  it('bills a pooled commitment for the sum of its segments', async () => {
    const pooled = {
      ...plan,
      offers: { fin: { charges: [{ id: 'pool', meter: 'resolutions', commitment: '2k/month', price: '$1', overage: '$3' }] } },
    }
    const found = await check([{ month, meter: 'resolutions', quantity: 2_500, amount: 2_000 + 3 * 500 }], pooled)
    expect(found).toMatchObject([{ meter: 'resolutions', expected: 3_500, difference: 0 }])
  })

  it.runIf(thorough).each(Object.entries(everySegment))('agrees with the bill of %s', async (_, written) => {
    const whole = written as { readonly offers: object }
    for (const offer of Object.keys(whole.offers)) {
      const file = invoiceCsv(await runInvoice(written, offer, {}, noFiles))
      const found = await checkInvoices(file, { scenario: written, offer } as never)
      expect(found.length).toBeGreaterThan(0)
      expect(found.filter(({ rule }) => rule !== undefined)).toEqual([])
    }
  })

  it('explains a difference, with segments as without', async () => {
    const found = await check([
      { month, meter: 'text', quantity: 2_000, amount: 2_400 },
      { month, meter: 'calls', quantity: 500, amount: 1_000 },
      { month, meter: 'all', quantity: 6_000, amount: 600 },
    ])
    expect(found.find(({ meter }) => meter === 'resolutions')).toMatchObject({ difference: 400 })
  })
})
