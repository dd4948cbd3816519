// A diff shows which inputs changed between two plans, with effects that add up and agree with closed forms.
import { describe, expect, it } from 'vitest'
import { diffOf as diff } from '../../../src/questions/explain/diff.ts'
import { reader } from '../reader.ts'

const of = (from: object, to: object, options = {}) => diff(from, to, reader, { trials: 2048, ...options })
const plan = (volume: number, price: string, rate: string, more: object = {}) => ({
  months: 1,
  conversations: { base: volume },
  resolution: { rate },
  offers: {
    fin: { charges: [{ id: 'usage', meter: 'resolutions', price }] },
    flat: { charges: [{ meter: 'conversations', price: '$0.80' }] },
  },
  ...more,
})

describe('a diff', () => {
  it('divides a product of three factors by Shapley values', async () => {
    const found = await of(plan(1000, '$1', '50%'), plan(1200, '$1.10', '60%'))
    expect(found.method).toBe('shapley')
    expect(found.changes.map(({ path, from, to }) => [path, from, to])).toEqual([
      ['conversations.base', 1000, 1200],
      ['resolution.rate', '50%', '60%'],
      ['offers.fin.charges.usage.price', '$1', '$1.10'],
    ])
    // The mean over the orders of the two other factors.
    const share = (own: number, a: readonly [number, number], b: readonly [number, number]) =>
      own * ((a[0] * b[0]) / 3 + (a[1] * b[0]) / 6 + (a[0] * b[1]) / 6 + (a[1] * b[1]) / 3)
    const [volume, price, rate] = [[1000, 1200] as const, [1, 1.1] as const, [0.5, 0.6] as const]
    const means = found.changes.map(({ offers }) => offers.fin.mean)
    expect(means[0].value).toBeCloseTo(share(200, price, rate), 9)
    expect(means[1].value).toBeCloseTo(share(0.1, volume, price), 9)
    expect(means[2].value).toBeCloseTo(share(0.1, volume, rate), 9)
    expect(means.map(({ se }) => se)).toEqual([0, 0, 0])
    expect(found.offers.fin.change.mean.value).toBeCloseTo(792 - 500, 9)
    expect(found.changes[2].offers.flat.mean.value).toBe(0)
  })

  it('has effects on mean and P80 that add up to the whole change', async () => {
    const noisy = { base: '45k to 60k', noise: { cv: '8%' } }
    const from = { ...plan(1, '$0.99', '60% to 70%'), months: 12, conversations: noisy }
    const to = {
      ...plan(1, '$1.05', '65% to 75%'),
      months: 12,
      conversations: { ...noisy, base: '50k to 65k', growth: '1%/month', noise: { cv: '10%' } },
    }
    const { offers, changes } = await of(from, to)
    expect(changes).toHaveLength(5)
    for (const offer of ['fin', 'flat'])
      for (const figure of ['mean', 'p80'] as const) {
        const { from: before, to: after, change } = offers[offer]
        const sum = changes.reduce((all, step) => all + step.offers[offer][figure].value, 0)
        expect(sum).toBeCloseTo(change[figure].value, 6)
        expect(after[figure].value - before[figure].value).toBeCloseTo(change[figure].value, 6)
        // On the same trials, a difference has a smaller error than its parts.
        if (figure === 'mean') expect(change.mean.se).toBeLessThan(after.mean.se)
      }
    const growth = changes.find(({ path }) => path === 'conversations.growth')
    expect(growth?.from).toBeUndefined()
    expect(growth?.to).toBe('1%/month')
  })

  it('applies more than six changes one after the other, in the order of the second plan', async () => {
    const charges = (prices: readonly number[]) => ({
      many: { charges: prices.map((price) => ({ meter: 'conversations', price })) },
    })
    const one = { months: 1, conversations: { base: 100 }, offers: charges([1, 2, 3, 4, 5, 6]) }
    const two = { months: 1, conversations: { base: 200 }, offers: charges([2, 3, 4, 5, 6, 7]) }
    const { method, changes, offers } = await of(one, two)
    expect(method).toBe('sequential')
    expect(changes.map(({ offers: own }) => own.many.mean.value)).toEqual(
      [2100, 200, 200, 200, 200, 200, 200].map((x) => expect.closeTo(x, 9)),
    )
    expect(offers.many.change.p80.value).toBeCloseTo(3300, 9)
  })

  it('ignores changes of notation', async () => {
    const found = await of(
      plan(1000, '$1', '50%'),
      plan(1000, '$1.00', '0.5', { name: 'Next year', months: 1, run: { seed: 'other' } }),
    )
    expect(found.changes).toEqual([])
    expect(found.offers.fin.change.mean).toEqual({ value: 0, se: 0 })
  })

  it('shows added terms, added charges and changed charge models', async () => {
    const from = plan(1000, '$1', '50%')
    const to = {
      ...plan(1000, '$1', '50%'),
      offers: {
        fin: {
          minimum: '$700/month',
          charges: [{ id: 'usage', meter: 'resolutions', commitment: '400/month', price: '$1', overage: '$2' }],
        },
        flat: { charges: [{ meter: 'conversations', price: '$0.80' }, { fee: '$50/month' }] },
        other: { charges: [{ fee: '$1' }] },
      },
    }
    const { changes, offers } = await of(from, to)
    expect(Object.keys(offers)).toEqual(['fin', 'flat'])
    expect(changes.map(({ path }) => path)).toEqual(['offers.fin.minimum', 'offers.fin.charges.usage', 'offers.flat.charges'])
    expect(offers.fin.to.mean.value).toBeCloseTo(700, 9)
    expect(offers.flat.change.mean.value).toBeCloseTo(50, 9)
  })

  it('groups changes that a plan allows only together', async () => {
    const monthly = { ...plan(1, '$1', '50%'), months: 2, conversations: { monthly: [1000, 2000] } }
    const { changes, offers } = await of(plan(1000, '$1', '50%'), monthly)
    expect(changes.length).toBeLessThanOrEqual(2)
    expect(offers.fin.change.mean.value).toBeCloseTo(1000, 9)
  })

  it('needs an offer in both plans, and the same currency', async () => {
    const other = { ...plan(1, '$1', '50%'), offers: { x: { charges: [{ fee: 1 }] } } }
    await expect(of(plan(1, '$1', '50%'), other)).rejects.toThrow(
      'expected an offer that both plans have. The first plan has fin, flat, the second x',
    )
    await expect(of(plan(1, '1', '50%'), plan(1, '1', '50%', { currency: 'EUR' }))).rejects.toThrow()
  })
})
