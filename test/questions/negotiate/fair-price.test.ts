// A fair price makes an offer as good as its rival.
import { describe, expect, it } from 'vitest'
import { fairPriceOf as fairPrice } from '../../../src/questions/negotiate/fair-price.ts'
import { reader } from '../reader.ts'

const conversations = { base: '45k to 60k' }
const ada = { charges: [{ meter: 'conversations', price: '$3.00', minimum: '$30k/year' }] }
const fin = { charges: [{ meter: 'resolutions', price: '$0.99' }] }
const quoted = { charges: [{ meter: 'conversations', price: 'triangular($1, $1.50, $3)' }] }
const flat = { charges: [{ meter: 'conversations', price: '$2.50' }] }

describe('a fair price', () => {
  it('by the mean of a certain rate is p_r · rate per conversation', async () => {
    const scenario = { conversations, resolution: { rate: '65%' }, offers: { ada, fin } }
    const { value, se } = await fairPrice(scenario, 'offers.ada.charges[0].price', { against: 'fin', trials: 4096 }, reader)
    expect(value).toBeCloseTo(0.99 * 0.65, 12)
    expect(se).toBe(0)
  })
  it('by a sampled mean is right within its standard error', async () => {
    const scenario = { conversations, resolution: { rate: '60% to 70%', noise: { sd: '2pt' } }, offers: { ada, quoted } }
    const { value, se } = await fairPrice(scenario, 'offers.ada.price', { against: 'quoted', trials: 65_536 }, reader)
    // The mean of the quoted price: volume and price are independent.
    expect(se).toBeLessThan(1e-4)
    expect(Math.abs(value - 5.5 / 3)).toBeLessThan(4 * se)
  })
  it('by the odds of being cheapest of three is the median of the quote', async () => {
    const { value, se } = await fairPrice(
      { conversations, offers: { ada, quoted, flat } },
      'offers.ada.price',
      { against: 'quoted', statistic: 'cheapest', trials: 65_536 },
      reader,
    )
    expect(se).toBeLessThan(1e-3)
    expect(Math.abs(value - (3 - Math.sqrt(1.5)))).toBeLessThan(4 * se)
  })
  it('exists for other numbers of an offer, such as a fee', async () => {
    const fee = { charges: [{ meter: 'conversations', price: '$1' }, { fee: '$100/month' }] }
    const scenario = { months: 12, conversations: { base: 50_000 }, offers: { fee, flat } }
    const { value } = await fairPrice(scenario, 'offers.fee.fee', { against: 'flat', trials: 64 }, reader)
    expect(value).toBeCloseTo(75_000, 6)
  })
  it('exists for a field that the plan leaves out, such as a discount', async () => {
    const scenario = { conversations, resolution: { rate: '65%' }, offers: { flat, fin } }
    const { value, se } = await fairPrice(scenario, 'offers.flat.charges[0].discount', { against: 'fin', trials: 64 }, reader)
    expect(value).toBeCloseTo(1 - (0.99 * 0.65) / 2.5, 12)
    expect(se).toBe(0)
  })
  it.each([
    ['human.cost', { against: 'fin' }, 'expected a price of an offer, such as offers.ada.price'],
    ['offers.ada.price', { against: 'ada' }, 'expected an offer to compare ada with, got ada itself'],
    ['offers.ada.price', { against: 'none' }, 'there is no offer "none"'],
    ['offers.ada.price', { against: 'fin', statistic: 'median' }, 'statistic: expected mean or cheapest, got "median"'],
    ['offers.ada.price', { against: 'fin', bounds: [5, 6] }, 'fin is ahead at all of them. Try other bounds'],
  ] as const)('is refused for %s with %o', async (path, options, message) => {
    const scenario = { conversations, resolution: { rate: '65%' }, human: { cost: '$6' }, offers: { ada, fin } }
    await expect(fairPrice(scenario, path, { trials: 64, ...options } as never, reader)).rejects.toThrow(message)
  })
})
