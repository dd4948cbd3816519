// Questions about numbers inside a part of an offer, which are linear in it, so that every answer has a closed form.
import { describe, expect, it } from 'vitest'
import { breakEvenOf } from '../../../src/questions/negotiate/break-even.ts'
import { fairPriceOf } from '../../../src/questions/negotiate/fair-price.ts'
import { sweepRows } from '../../../src/questions/negotiate/sweep.ts'
import { reader } from '../reader.ts'

// 10 months of 1,000 conversations: the old part has 4 · 1,000 + 6 · 500, the new one 6 · 500 at 60%.
const plan = {
  start: '2027-01',
  months: 10,
  conversations: { base: 1_000 },
  resolution: { rate: '60%' },
  offers: {
    switch: {
      parts: {
        old: { charges: [{ id: 'talk', meter: 'conversations', price: '$0.50' }] },
        new: { from: '2027-05', charges: [{ id: 'solved', meter: 'resolutions', price: '$1.00' }, { fee: '$100/once' }] },
      },
      traffic: { new: '50%' },
    },
    stay: { charges: [{ meter: 'conversations', price: '$0.60' }] },
  },
}
const options = { trials: 64 }

describe('a price inside a part', () => {
  it('is swept', async () => {
    const { rows } = await sweepRows(plan, { 'offers.switch.parts.new.charges.solved.price': ['$1', '$2'] }, reader, options)
    const means = rows.filter(({ offer }) => offer === 'switch').map(({ mean }) => mean.value)
    expect(means).toEqual([7_000 * 0.5 + 1_800 + 100, 7_000 * 0.5 + 3_600 + 100])
  })

  it('has a fair value against another offer', async () => {
    const { value } = await fairPriceOf(
      plan,
      'offers.switch.parts.new.charges.solved.price',
      { against: 'stay', ...options },
      reader,
    )
    expect(value).toBeCloseTo((6_000 - 3_500 - 100) / 1_800, 12)
  })

  it('has a fair value by its place in a list', async () => {
    const { value } = await fairPriceOf(plan, 'offers.switch.parts.old.charges[0].price', { against: 'stay', ...options }, reader)
    expect(value).toBeCloseTo((6_000 - 1_900) / 7_000, 12)
  })
})

it('a share of traffic breaks even', async () => {
  const cheaper = { ...plan, offers: { ...plan.offers, stay: { charges: [{ meter: 'conversations', price: '$0.53' }] } } }
  const { value } = await breakEvenOf(cheaper, 'offers.switch.traffic.new', ['switch', 'stay'], reader, options)
  // 0.5 · (10,000 − 6,000 t) + 3,600 t + 100 = 5,300
  expect(value).toBeCloseTo(1 / 3, 12)
})
