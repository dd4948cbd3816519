// The ledger adds up to the summary, to the phased budget and to itself.
import { describe, expect, it } from 'vitest'
import { focusFaults, focusRowsOf } from '../../reference/focus.ts'
import { simulate } from '../../simulate.ts'

const PLAN = `
start: 2027-01
months: 12
fiscalYearStart: 4
conversations: { growth: 1%/month, noise: { cv: 6%, autocorrelation: 0.5 } }
resolution: { improvement: 1pt/month, ceiling: 85% }
human: { cost: $6.00 }
segments:
  chat: { conversations: { base: 36k to 45k, noise: { cv: 5% } }, resolution: { rate: 58% to 72% } }
  email: { conversations: { base: 21k to 30k }, resolution: { rate: 35% to 55% }, human: { cost: $9 } }
  voice: { conversations: { base: 8k to 12k, minutes: 3 to 5 }, resolution: { rate: 25% to 45% }, human: { cost: $11 } }
ledger:
  accounts: { usage: 62110, platform: 62120, set-up: 17500, people: 60100, deferred: 14000 }
  costCenters: { chat: CX-210, voice: CX-230 }
  amortize: { set-up: 24 }
  upfront: period
  budget: P80
offers:
  fin:
    running: $4k/month
    charges:
      - { meter: resolutions, of: [chat, email], price: $0.99 }
      - { meter: resolutions, of: voice, price: $1.99, account: 62199 }
      - { meter: minutes, of: voice, price: $0.06 }
      - { id: start, fee: $20k/once }
      - { id: plan, fee: $24k/year, paid: upfront }
  pooled:
    term: { start: 2026-10, months: 12 }
    minimum: $700k/year
    paid: upfront
    charges: [{ meter: resolutions, period: year, commitment: 400k/year, price: $1.50, overage: $2.00, paid: upfront }]
`
const result = await simulate(PLAN, { trials: 16_384, seed: 'ledger' })
type Row = Readonly<Record<string, number>> & {
  readonly [Key in 'month' | 'quarter' | 'offer' | 'charge' | 'layer' | 'segment' | 'account' | 'cost_center']: string
}
const [rounded, unrounded] = [false, true].map((all) => result.ledger({ unrounded: all }).toArray() as unknown as Row[])
const COLUMNS = ['cash_mean', 'cash_budget', 'accrual_mean', 'accrual_budget'] as const
const sum = (rows: readonly Row[], column: string) => rows.reduce((total, row) => total + row[column], 0)
const isBilled = ({ layer }: Row) => layer !== 'people' && layer !== 'running'

describe.each(['fin', 'pooled'])('the ledger of %s', (offer) => {
  const { bill, segments = {}, beyondBill } = result.summary.offers[offer]
  const all = rounded.filter((row) => row.offer === offer)
  const billed = all.filter(isBilled)
  const exact = unrounded.filter((row) => row.offer === offer && isBilled(row))

  it('adds up to the mean and the budget of the bill to the cent', () => {
    for (const column of COLUMNS) {
      const whole = column.endsWith('mean') ? bill.mean.value : (bill.percentiles.p80?.value ?? 0)
      expect(sum(billed, column)).toBeCloseTo(Math.round(100 * whole) / 100, 6)
      expect(sum(exact, column) / whole).toBeCloseTo(1, 11)
    }
  })

  it('has the months of the summary and of the phased budget', () => {
    const { months } = result.phased(offer, 0.8)
    result.summary.months.forEach((month, m) => {
      const own = (row: Row) => row.month === month
      expect(sum(exact.filter(own), 'cash_mean')).toBeCloseTo(bill.monthly[m].mean.value, 4)
      expect(sum(billed.filter(own), 'cash_budget')).toBeCloseTo(months[m].amount, 6)
    })
  })

  it('has the segments of the summary within their errors', () => {
    for (const [name, own] of Object.entries(segments)) {
      const rows = exact.filter(({ segment }) => segment === name)
      for (const [column, { value, se }] of [
        ['cash_mean', own.bill.mean],
        ['cash_budget', own.budget.p80 ?? { value: 0, se: 0 }],
      ] as const)
        expect(Math.abs(sum(rows, column) - value)).toBeLessThanOrEqual(4 * se + 1e-6 * Math.abs(value))
    }
  })

  it('states people and running beside the bill', () => {
    const mean = (layer: string) =>
      sum(
        all.filter((row) => row.layer === layer),
        'cash_mean',
      )
    expect(mean('people')).toBeCloseTo(beyondBill.people?.value ?? 0, 1)
    expect(mean('running')).toBeCloseTo(beyondBill.running?.value ?? 0, 1)
  })
})

it('an amount paid upfront is expensed over its period, and set-up over its months', () => {
  const rows = unrounded.filter(({ offer }) => offer === 'fin')
  const of = (charge: string, column: string) => rows.filter((row) => row.charge === charge).map((row) => row[column])
  const perMonth = (charge: string) =>
    result.summary.months.map((month) =>
      sum(
        rows.filter((row) => row.charge === charge && row.month === month),
        'accrual_mean',
      ),
    )
  expect(of('charges.plan', 'cash_mean').reduce((a, b) => a + b)).toBeCloseTo(24_000, 6)
  for (const amount of perMonth('charges.plan')) expect(amount).toBeCloseTo(2_000, 6)
  for (const amount of perMonth('charges.start')) expect(amount).toBeCloseTo(20_000 / 24, 6)
  const later = rows.filter(({ layer }) => layer === 'deferred')
  expect(new Set(later.map(({ charge, account, month }) => `${charge} ${account} ${month}`))).toEqual(
    new Set(['charges.start 14000 ']),
  )
  expect(sum(later, 'accrual_mean')).toBeCloseTo(10_000, 6)
  expect(sum(later, 'cash_mean')).toBe(0)
})

describe('the FOCUS file of the ledger', () => {
  const csv = result.ledgerFocus()
  const focus = focusRowsOf(csv)

  it('keeps the rules of FOCUS 1.2', () => {
    expect(focusFaults(csv)).toEqual([])
    expect(focusFaults(result.ledgerFocus({ unrounded: true }))).toEqual([])
  })

  it('has the cash as billed cost, and the accrual of the plan as effective cost', () => {
    for (const [offer, { bill }] of Object.entries(result.summary.offers)) {
      const own = focus.filter(({ BillingAccountId }) => BillingAccountId === offer)
      const total = (column: string) => own.reduce((all, row) => all + Number(row[column]), 0)
      const later = sum(
        rounded.filter((row) => row.offer === offer && row.layer === 'deferred'),
        'accrual_mean',
      )
      expect(total('BilledCost')).toBeCloseTo(Math.round(100 * bill.mean.value) / 100, 6)
      expect(total('EffectiveCost')).toBeCloseTo(total('BilledCost') - later, 6)
      expect(total('x_BilledCostBudget')).toBeCloseTo(Math.round(100 * (bill.percentiles.p80?.value ?? 0)) / 100, 6)
    }
  })
})

describe('the chart of the ledger', () => {
  it('says where cash and expense are furthest apart', () => {
    const chart = result.chart('ledger', 'fin')
    expect(chart.title).toBe('Cash leads the expense by $41.2k in Jan 2027')
    expect(chart.title.length).toBeLessThanOrEqual(68)
    const rows = (chart.spec as { readonly data: { readonly values: readonly { readonly cash: number }[] } }).data.values
    expect(rows.reduce((all, { cash }) => all + cash, 0)).toBeCloseTo(result.summary.offers.fin.bill.mean.value, 4)
  })

  it('says that both are the same in a plan that spreads nothing', async () => {
    const plan = {
      months: 3,
      conversations: { base: '900 to 1100' },
      offers: { a: { charges: [{ meter: 'conversations', price: 1 }] } },
    }
    expect((await simulate(plan, { trials: 256, seed: 'same' })).chart('ledger', 'a').title).toBe(
      'Cash and expense are the same in every month',
    )
  })
})

it('shares of cost centers split every row, and a charge keeps its own account', async () => {
  const plan = {
    months: 2,
    conversations: { base: 1000 },
    offers: { a: { charges: [{ meter: 'conversations', price: '$1', account: 'A-1' }, { fee: '$10/month' }] } },
    ledger: { accounts: { usage: 1, platform: 2 }, costCenters: { 'CX-1': '60%', 'CX-2': '40%' } },
  }
  const own = (await simulate(plan, { trials: 64, seed: 'shares' })).ledger().toArray() as unknown as Row[]
  expect(own.map(({ month, charge, account, cost_center, cash_mean }) => [month, charge, account, cost_center, cash_mean])).toEqual(
    ['2027-01', '2027-02'].flatMap((month) => [
      [month, 'charges[0]', 'A-1', 'CX-1', 600],
      [month, 'charges[0]', 'A-1', 'CX-2', 400],
      [month, 'charges[1]', '2', 'CX-1', 6],
      [month, 'charges[1]', '2', 'CX-2', 4],
    ]),
  )
})

it('an unknown offer or option is an error', () => {
  expect(() => result.ledger({ offer: 'none' })).toThrow('there is no offer "none": the offers are fin, pooled')
  expect(() => result.ledger({ rounded: true } as never)).toThrow('rounded: expected one of offer, unrounded')
})
