// The four questions about a quote: what is typed becomes an offer, and the offer is billed as somebody would by hand.
import { describe, expect, it } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { runInvoice } from '../../src/invoice/invoice.ts'
import { catalogList } from '../../src/contract/catalog/list.ts'
import { changedPlan } from '../../src/page/calculator/plan.ts'
import { hintsOf } from '../../src/page/calculator/quote/hints.ts'
import { offerOf } from '../../src/page/calculator/quote/offer.ts'
import { turnOf, unusedWords } from '../../src/page/calculator/quote/pane.ts'
import { quoteReplies } from '../../src/page/calculator/quote/replies.ts'
import { type Choices, FIRST_CHOICES, NO_TEXTS, readQuote, type Texts } from '../../src/page/calculator/quote/texts.ts'
import { PLAN, QUOTES, typed } from './quotes.ts'
import type { QuoteBill, QuoteReply, QuoteYear } from '../../src/page/calculator/protocol.ts'

const reader = givenFiles({})
const faultsOf = (texts: Partial<Texts>, choices: Partial<Choices> = {}) => {
  const read = readQuote({ ...NO_TEXTS, ...texts }, { ...FIRST_CHOICES, ...choices })
  return 'faults' in read ? read.faults : {}
}

describe('a quote', () => {
  it.each(QUOTES)('of %s is billed as by hand', async (_, choices, texts, span, amount) => {
    const plan = changedPlan(PLAN, [[['offers', 'acme'], offerOf(typed(texts, choices))]])
    const { total } = await runInvoice(plan, 'acme', span === 'month' ? { month: '2027-06' } : {}, reader)
    expect(total).toBeCloseTo(amount, 6)
  })

  it('keeps nothing of a question that is asked no more', () => {
    const texts = {
      price: '1',
      quantity: '30k',
      overage: '2',
      minimum: '9',
      seats: '5',
      seat: '1',
      fee: '7',
      included: '3',
      beyond: '4',
    }
    const choices = { per: 'month', fixed: 'both' } as const
    expect(offerOf(typed(texts, { ...choices, pays: 'fee' }))).toEqual({
      title: 'Acme',
      charges: [{ fee: '7/month' }, { seats: 5, price: '1/month' }],
    })
    expect(offerOf(typed({ ...texts, pack: '100' }, { per: 'no', pricing: 'pack', fixed: 'neither' }))).toEqual({
      title: 'Acme',
      charges: [{ meter: 'resolutions', package: 100, price: 1 }],
    })
  })

  it('has an error for each field that is missing or cannot be read, with an example', () => {
    expect(faultsOf({ price: 'abc' }, { per: 'month', fixed: 'both' })).toEqual({
      vendor: 'Enter the name of the vendor, such as Zendesk.',
      price: 'Enter the price of a resolution, such as $0.88.',
      quantity: 'Enter the committed resolutions a month, such as 30,000.',
      overage: 'Enter the price of a resolution beyond the commitment, such as $1.40.',
      minimum: 'Enter the minimum bill of a year, such as $30,000.',
      seats: 'Enter the number of seats, such as 20.',
      seat: 'Enter the price of a seat a month, such as $115.',
    })
    expect(faultsOf({ vendor: 'A', price: '1', quantity: '0', overage: '0' }, { per: 'year' })).toEqual({
      quantity: 'Enter the committed resolutions a year, such as 360,000.',
    })
    const tiers = { vendor: 'A', to0: '20k', price0: '1', to1: '10k', price1: '0.9', price2: '0.8' }
    expect(faultsOf(tiers, { pricing: 'volume' })).toEqual({ to1: 'Enter a quantity above that of the tier before.' })
  })

  it('says what is paid for and not used, by month or over the year', () => {
    const used = [20_000, 32_000, 28_000].map((quantity, k) => ({ month: ['Jan 2027', 'Feb 2027', 'Mar 2027'][k], quantity }))
    const texts = { price: '1', quantity: '30k', overage: '2' }
    expect(unusedWords(typed(texts, { per: 'month' }), used)).toBe(
      'In Jan 2027 and Mar 2027, about 12,000 committed resolutions go unused.',
    )
    // A quarter of 360,000 against 80,000.
    expect(unusedWords(typed({ ...texts, quantity: '360k' }, { per: 'year' }), used)).toBe(
      'On average, about 10,000 committed resolutions go unused.',
    )
    expect(unusedWords(typed({ ...texts, quantity: '10k' }, { per: 'month' }), used)).toBe('')
    expect(unusedWords(typed(texts), used)).toBe('')
  })

  it('has the list prices of its vendor beside it, or what others report, with sources', () => {
    const { offers, byQuote } = catalogList()
    const reported = byQuote.map(({ vendor, reported: figures = [] }) => ({ vendor, figures }))
    const [zendesk] = hintsOf('zendesk renewal', offers, reported)
    expect(zendesk.words).toMatch(/^Zendesk .*: \$2\.00, \$/)
    expect(zendesk.address).toMatch(/^https:/)
    expect(hintsOf('Decagon', offers, reported).map(({ words }) => words)).toContain('Reported for a conversation: about $0.99')
    expect(hintsOf('ab', offers, reported)).toEqual([])
    expect(hintsOf('Nobody sells this', offers, reported)).toEqual([])
  })
})

describe('the live invoice of a quote', () => {
  async function replies(quote: ReturnType<typeof typed>, month = 5) {
    const plan = changedPlan(PLAN, [[['offers', 'acme'], offerOf(quote)]])
    const turn = turnOf(quote)?.quantity
    const all: QuoteReply[] = []
    const wish = { offer: 'acme', month, ...(turn !== undefined && { turn }) }
    for await (const reply of quoteReplies(plan, wish, { reader, signal: new AbortController().signal })) all.push(reply)
    const [first, second] = all as [{ bill: QuoteBill }, { year: QuoteYear }]
    return { ...first, ...second }
  }

  it('shows the lines of a month, and its bill at other quantities', async () => {
    const { bill, year } = await replies(typed({ price: '1.50', quantity: '30,000', overage: '2.00' }, { per: 'month' }))
    expect(bill).toMatchObject({ month: 'Jun 2027', at: 5, months: 12, total: '$50,000.00', meter: 'resolutions' })
    expect(bill.usage).toBe('50,000 conversations, 65.0% resolved')
    expect(bill.rows.map(({ line, quantity, price, amount }) => [line, quantity, price, amount])).toEqual([
      ['commitment', '30,000', '$1.50', '$45,000.00'],
      ['overage', '2,500', '$2.00', '$5,000.00'],
    ])
    expect(bill.rows[0].why).toBe('30,000 committed at $1.50')
    // The curve is level up to the commitment, and has the place itself.
    for (const { quantity, amount } of bill.curve) expect(amount).toBeCloseTo(45_000 + 2 * Math.max(0, quantity - 30_000), 4)
    expect(bill.curve.some(({ quantity }) => Math.abs(quantity - 30_000) < 1e-6)).toBe(true)
    expect(bill.here).toMatchObject({ amount: 50_000, text: '$50,000.00' })
    expect(bill.ticks.quantity.map(({ text }) => text)).toEqual(['0', '40,000', '80,000'])
    expect(bill.used).toHaveLength(12)
    expect(year).toMatchObject({ mean: '$600,000', budget: '$600,000', grade: 'clear', best: 0 })
    expect(year.sentences[0]).toContain('Fin')
  })

  it('shows the whole curve of a commitment that is far beyond the use', async () => {
    const { bill } = await replies(typed({ price: '1', quantity: '200k', overage: '2' }, { per: 'month' }))
    expect(bill.curve[bill.curve.length - 1].quantity).toBeGreaterThan(200_000)
  })

  it('bills seats by no quantity, and stays within the months of the plan', async () => {
    const { bill } = await replies(typed({ seats: '40', seat: '115' }, { pays: 'seats' }), 40)
    expect(bill).toMatchObject({ month: 'Dec 2027', at: 11, meter: 'conversations', total: '$4,600.00' })
    expect(new Set(bill.curve.map(({ text }) => text))).toEqual(new Set(['$4,600.00']))
  })

  it('of an older request ends without its year', async () => {
    const signal = AbortSignal.abort()
    const plan = changedPlan(PLAN, [[['offers', 'acme'], offerOf(typed({ price: '1' }))]])
    const found: QuoteReply[] = []
    for await (const reply of quoteReplies(plan, { offer: 'acme', month: 0 }, { reader, signal })) found.push(reply)
    expect(found.map((reply) => Object.keys(reply))).toEqual([['bill']])
  })
})
