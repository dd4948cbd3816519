// Invoices of contracts in other currencies than the plan's.
import { audit, checkInvoices, type Scenario, type ScenarioOffer } from 'billcast'
import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalsOf } from '../../src/notation/currency.ts'
import { totalRows } from '../../src/present/report/audit.ts'
import { effort } from '../effort.ts'

const plan = (offer: ScenarioOffer, exchange: Scenario['exchange'] = { EUR: 1.08 }): Scenario => ({
  exchange,
  conversations: { base: 50_000 },
  resolution: { rate: '65%' },
  offers: { a: offer },
})
const meter = 'resolutions'
const stated = plan({ currency: 'EUR', charges: [{ meter, price: 0.89 }] })
const signed = plan({ charges: [{ meter, price: '€0.89' }] })
const check = (scenario: Scenario, amount: string, header = 'amount') =>
  checkInvoices(`month,meter,quantity,${header}\n2027-01,resolutions,100,${amount}\n`, { scenario, offer: 'a' })

describe('an invoice', () => {
  it('is in the currency of the contract, also where only its prices state it', async () => {
    for (const scenario of [stated, signed])
      expect(await check(scenario, '89')).toMatchObject([{ currency: 'EUR', expected: 89, difference: 0 }])
    const mixed = plan({ charges: [{ meter, price: '€0.89' }, { fee: '$1/month' }] })
    expect((await check(mixed, '96.12'))[0].currency).toBe('USD')
  })

  it('may state another currency, which the plan converts, or which is refused', async () => {
    for (const [amount, header] of [
      ['96.12', 'amount_USD'],
      ['US$96.12', 'amount'],
      ['$96.12', 'amount'],
    ]) {
      const [found] = await check(stated, amount, header)
      expect(found).toMatchObject({ currency: 'USD', invoiced: 96.12 })
      expect(found.rule).toBeUndefined()
    }
    await expect(check(stated, '£80')).rejects.toThrow(
      "invoices: expected an amount in USD, the plan's currency, or an exchange rate of GBP in the plan, such as exchange: { GBP: 1.08 }, got amounts in GBP",
    )
  })

  it('of an amount between two yen agrees with both, and shows no difference', async () => {
    const yen = { ...plan({ charges: [{ meter, price: 148.5 }] }), currency: 'JPY', exchange: undefined }
    for (const amount of ['14998', '14999']) {
      const text = `month,meter,quantity,amount\n2027-01,resolutions,101,${amount}\n`
      const totals = await checkInvoices(text, { scenario: yen, offer: 'a' })
      expect(totals[0].rule).toBeUndefined()
      expect(totalRows(totals).rows[0].slice(-2)).toEqual(['¥0', 'agrees'])
    }
  })

  it('in any currency is right if it is the product to the smallest unit, and wrong if one unit more', async () => {
    const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP })
    const cases = fc.record({
      currency: fc.constantFrom('USD', 'EUR', 'JPY', 'KWD'),
      quantity: fc.integer({ min: 1, max: 1_000_000 }),
      price: fc
        .tuple(fc.integer({ min: 1, max: 99_999 }), fc.nat(5))
        .map(([digits, decimals]) => new Exact(digits).div(10 ** decimals)),
      rate: fc.integer({ min: 1, max: 40_000 }).map((n) => n / 10_000),
    })
    await fc.assert(
      fc.asyncProperty(cases, async ({ currency, quantity, price, rate }) => {
        const exchange = currency === 'USD' ? {} : { [currency]: rate }
        const scenario = plan({ currency, charges: [{ meter, price: price.toNumber() }] }, exchange)
        const digits = decimalsOf(currency)
        const due = price.times(quantity).toDecimalPlaces(digits)
        const found = async (amount: Decimal) => {
          const text = `month,meter,quantity,amount\n2027-01,resolutions,${quantity},${amount.toFixed(digits)}\n`
          return (await checkInvoices(text, { scenario, offer: 'a' }))[0]
        }
        expect(await found(due)).toMatchObject({ currency })
        expect((await found(due)).rule).toBeUndefined()
        expect((await found(due.plus(new Exact(10).pow(-digits)))).rule).toBeDefined()
      }),
      effort(20, 500),
    )
  })
})

describe('a list of billed units', () => {
  const time = '2027-01-10T12:00:00Z'
  const conversations = [{ id: 'x', started: time, involved: true, last_customer: time, last_agent: '2027-01-10T12:01:00Z' }]
  const billed = (amount: string, scenario: Scenario = signed) =>
    audit(conversations, { scenario, offer: 'a' }, { billed: [{ id: 'x', billed_at: '2027-01-12T12:00:00Z', amount }] })

  it('is compared with prices in the currency of the contract', async () => {
    for (const scenario of [stated, signed]) {
      expect((await billed('0.89', scenario)).disputed.count).toBe(0)
      expect((await billed('€0.95', scenario)).disputed).toEqual({ count: 1, amount: expect.closeTo(0.06, 9) })
    }
  })

  it('in another currency is refused', async () => {
    await expect(billed('$0.97')).rejects.toThrow(
      'billed: expected amounts in EUR, the currency of the contract, got USD in line 2',
    )
  })
})
