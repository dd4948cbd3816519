// Tests which rows of an invoice are compared together, and which changes of its rows leave every verdict as it is.
import { checkInvoices } from 'billcast'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { invoiceCsv } from '../../../src/invoice/focus.ts'
import { runInvoice } from '../../../src/invoice/invoice.ts'
import { effort } from '../../effort.ts'

const scenario = {
  start: '2026-01',
  conversations: { base: '50k', actions: 2 },
  resolution: { rate: '65%' },
  exchange: { EUR: 1.08 },
  offers: {
    both: {
      charges: [
        { meter: 'resolutions', price: '$0.50', included: '100k/year' },
        { meter: 'conversations', price: '$0.10' },
        { id: 'plan', fee: '$1k/month' },
        { seats: 10, price: '$50/month' },
      ],
    },
    committed: { charges: [{ meter: 'resolutions', price: '$0.50' }], minimum: '$20k/month' },
    limited: { charges: [{ meter: 'resolutions', price: '$0.50', limit: '20k/month' }] },
    refunded: { charges: [{ meter: 'resolutions', price: '$1' }], refund: { months: 1, below: '70%' } },
    euro: { currency: 'EUR', charges: [{ meter: 'resolutions', price: 0.5 }] },
    people: {
      charges: [
        { meter: 'resolutions', price: 1 },
        { seats: { perAgent: 600 }, price: '$100/month' },
      ],
    },
    credits: { charges: [{ credits: { conversations: 50, actions: 20 }, price: '$0.01' }] },
  },
}
type Row = readonly [month: string, meter: string, quantity: number | '', amount: number | string]
const csv = (rows: readonly Row[]): string => ['month,meter,quantity,amount', ...rows.map((row) => row.join(','))].join('\n')
const check = (offer: string, ...rows: readonly Row[]) => checkInvoices(csv(rows), { scenario, offer })
const cents = (value: number): number => Math.round(100 * value) / 100
const seen = async (offer: string, ...rows: readonly Row[]) =>
  (await check(offer, ...rows)).map(({ meter, expected, invoiced, rule }) => [
    meter,
    cents(expected),
    cents(invoiced),
    rule ?? 'agrees',
  ])

describe('the parts of an invoice', () => {
  it('are compared meter by meter', async () => {
    expect(await seen('both', ['2026-04', 'resolutions', 40_000, 18_750], ['2026-04', 'conversations', 60_000, 6_500])).toEqual([
      // January to March use 97,500 of the 100,000 included units, as the plan expects.
      ['resolutions', 18_750, 18_750, 'agrees'],
      ['conversations', 6_000, 6_500, 'unexplained'],
    ])
  })

  it('include seats and fees once a row names one', async () => {
    const usage: Row[] = [
      ['2026-01', 'resolutions', 40_000, 0],
      ['2026-01', 'conversations', 60_000, 6_000],
    ]
    expect((await seen('both', ...usage)).map(([meter]) => meter)).toEqual(['resolutions', 'conversations'])
    expect((await seen('both', ...usage, ['2026-01', 'plan', '', 1_000])).slice(2)).toEqual([
      ['fees', 1_000, 1_000, 'agrees'],
      ['other', 500, 0, 'missing'],
    ])
    expect((await seen('both', ...usage, ['2026-01', 'Platform', '', 1_500])).slice(2)).toEqual([['other', 1_500, 1_500, 'agrees']])
    // A credit note does not ask for seats and fees.
    expect((await seen('both', ...usage, ['2026-01', 'credit note', '', -100])).slice(2)).toEqual([['other', 0, -100, 'unknown']])
  })

  it('without rows of their own are one remainder', async () => {
    const usage: Row = ['2026-01', 'resolutions', 30_000, 15_000]
    expect(await seen('committed', usage, ['2026-01', 'true-up', '', 5_000])).toEqual([
      ['resolutions', 15_000, 15_000, 'agrees'],
      ['other', 5_000, 5_000, 'agrees'],
    ])
    expect(await seen('committed', usage)).toEqual([
      ['resolutions', 15_000, 15_000, 'agrees'],
      ['other', 5_000, 0, 'missing'],
    ])
    expect(await seen('refunded', ['2026-01', 'resolutions', 32_500, 32_500], ['2026-01', 'credit', '', -32_500])).toEqual([
      ['resolutions', 32_500, 32_500, 'agrees'],
      ['other', -32_500, -32_500, 'agrees'],
    ])
  })

  it('are compared together if a row contains the remainder', async () => {
    expect(await seen('committed', ['2026-01', 'resolutions', 30_000, 20_000])).toEqual([
      ['resolutions + other', 20_000, 20_000, 'agrees'],
    ])
  })

  it('bill nothing beyond a limit', async () => {
    expect(await seen('limited', ['2026-01', 'resolutions', 30_000, 15_000])).toEqual([['resolutions', 10_000, 15_000, 'limit']])
  })

  it('count credits from the meters that the invoice states', async () => {
    expect(await seen('credits', ['2026-01', 'conversations', 1_000, ''.length], ['2026-01', 'actions', 3_000, 1_100])).toEqual([
      ['other', 1_100, 1_100, 'agrees'],
    ])
    expect(await seen('credits', ['2026-01', 'credits', 110_000, 1_100])).toEqual([['credits', 1_100, 1_100, 'agrees']])
  })

  it('take the number of seats from the invoice if people decide it', async () => {
    expect(await seen('people', ['2026-01', 'resolutions', 1_000, 1_000], ['2026-01', 'seats', 42, 4_200])).toEqual([
      ['resolutions', 1_000, 1_000, 'agrees'],
      ['seats', 4_200, 4_200, 'agrees'],
    ])
  })

  it('are compared in the currency that the rows state', async () => {
    expect(await seen('euro', ['2026-01', 'resolutions', 1_000, '€500'])).toEqual([['resolutions', 500, 500, 'agrees']])
    expect(await seen('euro', ['2026-01', 'resolutions', 1_000, '$540'])).toEqual([['resolutions', 540, 540, 'agrees']])
    await expect(check('euro', ['2026-01', 'resolutions', 1_000, '£500'])).rejects.toThrow('exchange: { GBP: 1.08 }')
    await expect(check('euro', ['2026-01', 'resolutions', 1, '€5'], ['2026-02', 'resolutions', 1, '$5'])).rejects.toThrow(
      'one currency, got EUR and USD',
    )
  })

  it('show a cent between large amounts that nearly cancel', async () => {
    const rows: Row[] = [
      ['2026-01', 'resolutions', 10_000_000, 5_000_000.01],
      ['2026-01', 'resolutions', -10_000_000, -5_000_000],
    ]
    expect(await seen('euro', ...rows)).toEqual([['resolutions', 0, 0.01, 'rounding']])
  })

  it('of FOCUS rows are found by their charges', async () => {
    const file = invoiceCsv(await runInvoice(scenario, 'both', { month: '2026-02' }, { read: () => Promise.reject(new Error()) }))
    const found = await checkInvoices(file, { scenario, offer: 'both' })
    expect(found.map(({ meter, quantity, rule }) => [meter, quantity, rule])).toEqual([
      ['resolutions', 32_500, undefined],
      ['conversations', 50_000, undefined],
      ['fees', undefined, undefined],
      ['seats', undefined, undefined],
    ])
  })
})

it('rows of taxes are left out of a FOCUS file', async () => {
  const head = 'ChargePeriodStart,BilledCost,BillingCurrency,ChargeCategory,ConsumedQuantity,ConsumedUnit'
  const usage = '2026-01-01T00:00:00Z,15000.00,USD,Usage,30000,Resolutions'
  const found = await checkInvoices(`${head}\n${usage}\n2026-01-01T00:00:00Z,1237.50,USD,Tax,,\n`, {
    scenario: { ...scenario, offers: { one: { charges: [{ meter: 'resolutions', price: '$0.50' }] } } },
    offer: 'one',
  })
  expect(found.map(({ meter, invoiced, rule }) => [meter, invoiced, rule])).toEqual([['resolutions', 15_000, undefined]])
})

const amount = fc.integer({ min: -500_000, max: 500_000 }).map((cents) => cents / 100)
const row = fc.tuple(
  fc.constantFrom('2026-01', '2026-02', '2026-04'),
  fc.constantFrom('resolutions', 'conversations', 'seats', 'credit note'),
  fc.nat(80_000),
  amount,
)
const rows = fc.array(row, { minLength: 1, maxLength: 6 }) as fc.Arbitrary<Row[]>
const verdicts = async (offer: string, given: readonly Row[]) =>
  (await check(offer, ...given)).map(({ month, meter, expected, invoiced, rule }) => [
    ...[month, meter, rule],
    ...[expected, invoiced].map((value) => cents(value) + 0),
  ])
const offer = fc.constantFrom('both', 'committed', 'credits')

describe('no verdict changes', () => {
  it('if a row is split in two', () =>
    fc.assert(
      fc.asyncProperty(offer, rows, fc.nat(5), amount, fc.nat(40_000), async (name, given, at, part, units) => {
        const k = at % given.length
        const [month, meter, quantity, due] = given[k]
        const halves: Row[] = [
          [month, meter, units, part],
          [month, meter, Number(quantity) - units, (Number(due) * 100 - part * 100) / 100],
        ]
        expect(await verdicts(name, [...given.slice(0, k), ...halves, ...given.slice(k + 1)])).toEqual(await verdicts(name, given))
      }),
      effort(15, 1000, 40),
    ))

  it('if a row and its negative are added', () =>
    fc.assert(
      fc.asyncProperty(offer, rows, row, fc.nat(5), async (name, given, [month, meter, quantity, due], at) => {
        const more: Row[] = [
          [month, meter, quantity, due],
          [month, meter, -quantity, -due],
        ]
        fc.pre(quantity > 0 || due !== 0)
        expect(await verdicts(name, [...given.slice(0, at), ...more, ...given.slice(at)])).toEqual(await verdicts(name, given))
      }),
      effort(15, 1000, 40),
    ))
})
