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
import type { QuoteBill, QuoteReply, QuoteYear } from '../../src/page/calculator/protocol.ts'

const reader = givenFiles({})
/** 50,000 conversations a month, of which the AI resolves 32,500. */
const PLAN = `conversations: { base: 50000 }
resolution: { rate: 65% }
start: 2027-01
months: 12
offers:
  fin: { title: Fin, charges: [{ meter: resolutions, price: 0.99 }] }
`

const TIERS = { to0: '10k', price0: '0.95', to1: '20k', price1: '0.90', price2: '0.85' }
const BY_VOLUME = { to0: '20k', price0: '1.00', price1: '0.80' }

function typed(texts: Partial<Texts>, choices: Partial<Choices> = {}) {
  const read = readQuote({ ...NO_TEXTS, vendor: 'Acme', ...texts }, { ...FIRST_CHOICES, ...choices })
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return read.quote
}
const faultsOf = (texts: Partial<Texts>, choices: Partial<Choices> = {}) => {
  const read = readQuote({ ...NO_TEXTS, ...texts }, { ...FIRST_CHOICES, ...choices })
  return 'faults' in read ? read.faults : {}
}

/** Quotes with their bills by hand, for a month or for the year of 12 equal months. */
const QUOTES = [
  ['each resolution', {}, { price: '$1.00' }, 'month', 32_500],
  ['each conversation', { pays: 'conversations' }, { price: '0.70' }, 'month', 35_000],
  ['four actions in each conversation', { pays: 'actions' }, { price: '0.10', each: '4' }, 'month', 20_000],
  ['six messages in each conversation', { pays: 'messages' }, { price: '0.02', each: '6' }, 'month', 6_000],
  ['three minutes of each conversation', { pays: 'minutes' }, { price: '0.12', each: '3' }, 'month', 18_000],
  ['packs of 100 conversations', { pays: 'conversations', pricing: 'pack' }, { price: '49', pack: '100' }, 'month', 24_500],
  // 10,000 at $0.95, 10,000 at $0.90 and 12,500 at $0.85.
  [
    'three tiers, each slice at its price',
    { pricing: 'graduated' },
    { to0: '10k', price0: '0.95', to1: '20k', price1: '0.90', price2: '0.85' },
    'month',
    29_125,
  ],
  ['two tiers by volume', { pricing: 'volume' }, { to0: '20,000', price0: '1.00', price1: '0.80' }, 'month', 26_000],
  // 30,000 at $1.50 = $45,000, and 2,500 at $2.00.
  ['a commitment a month', { per: 'month' }, { price: '1.50', quantity: '30,000', overage: '2.00' }, 'month', 50_000],
  // 360,000 at $1.50 = $540,000, and 30,000 at $2.00.
  ['a commitment a year', { per: 'year' }, { price: '1.50', quantity: '360k', overage: '2' }, 'year', 600_000],
  // The use costs $195,000, less than the minimum.
  ['a minimum of a year', { fixed: 'minimum' }, { price: '0.50', minimum: '$240k' }, 'year', 240_000],
  [
    'a minimum beside a commitment',
    { per: 'month', fixed: 'minimum' },
    { price: '0.10', quantity: '30k', overage: '0.20', minimum: '60k' },
    'year',
    60_000,
  ],
  ['a minimum of a month', { fixed: 'minimum', minimumPer: 'month' }, { price: '0.50', minimum: '20k' }, 'month', 20_000],
  ['seats beside use', { fixed: 'seats' }, { price: '1.00', seats: '20', seat: '$115' }, 'month', 34_800],
  ['seats on top of a minimum', { fixed: 'both' }, { price: '0.50', minimum: '240k', seats: '20', seat: '115' }, 'year', 267_600],
  ['seats only', { pays: 'seats' }, { seats: '40', seat: '$115' }, 'month', 4_600],
  // $360, and 48,000 tickets beyond the 2,000 in the plan.
  ['a plan of tickets', { pays: 'plan' }, { fee: '$360', included: '2,000', beyond: '0.40' }, 'month', 19_560],
  [
    'a plan of resolutions',
    { pays: 'plan', counts: 'resolutions' },
    { fee: '$5k', included: '30k', beyond: '1.20' },
    'month',
    8_000,
  ],
  ['a flat fee of a month', { pays: 'fee' }, { fee: '$3,000' }, 'month', 3_000],
  [
    'a flat fee of a year, with seats',
    { pays: 'fee', feePer: 'year', fixed: 'seats' },
    { fee: '$36k', seats: '10', seat: '50' },
    'year',
    42_000,
  ],
  // 300 packs at $45, and 200 more at $49.
  [
    'committed packs of 100 conversations',
    { pays: 'conversations', pricing: 'pack', per: 'month' },
    { price: '45', pack: '100', quantity: '300', overage: '49' },
    'month',
    23_300,
  ],
  // 3,600 packs at $90, and 300 more at $100 in December.
  [
    'packs committed for a year',
    { pricing: 'pack', per: 'year' },
    { price: '90', pack: '100', quantity: '3,600', overage: '100' },
    'year',
    354_000,
  ],
  // 10,000 at $0.95, 10,000 at $0.90 and 15,000 at $0.85, of which 2,500 go unused.
  ['a commitment in tiers', { pricing: 'graduated', per: 'month' }, { ...TIERS, quantity: '35k' }, 'month', 31_250],
  [
    'a commitment in tiers that is exceeded',
    { pricing: 'graduated', per: 'month' },
    { ...TIERS, quantity: '30k' },
    'month',
    29_125,
  ],
  // 120,000 at $0.95, 120,000 at $0.90 and 180,000 at $0.85, of which 30,000 go unused.
  [
    'a commitment in tiers of a year',
    { pricing: 'graduated', per: 'year' },
    { ...TIERS, to0: '120k', to1: '240k', quantity: '420k' },
    'year',
    375_000,
  ],
  ['a commitment by volume', { pricing: 'volume', per: 'month' }, { ...BY_VOLUME, quantity: '40k' }, 'month', 32_000],
  // The commitment of 36,000 has the price beyond 35,000, although the use of 32,500 does not reach it.
  [
    'a commitment by volume that reaches a tier',
    { pricing: 'volume', per: 'month' },
    { ...BY_VOLUME, to0: '35k', quantity: '36k' },
    'month',
    28_800,
  ],
  // 30,000 at $1.00 is more than 32,500 at $0.80.
  [
    'a commitment by volume in the tier before',
    { pricing: 'volume', per: 'month' },
    { ...BY_VOLUME, to0: '31k', quantity: '30k' },
    'month',
    30_000,
  ],
  // $360, and 480 packs beyond the 2,000 tickets in the plan.
  [
    'a plan with packs beyond it',
    { pays: 'plan', beyond: 'pack' },
    { fee: '$360', included: '2,000', beyond: '36', pack: '100' },
    'month',
    17_640,
  ],
] as const

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
