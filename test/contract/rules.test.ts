// The rules for doubtful cases, each with figures worked out by hand.
import { describe, expect, it } from 'vitest'
import { billed, layer, months, one } from './billed.ts'

const meter = 'conversations'
const near = (found: readonly number[], expected: readonly number[]) => {
  expect(found.length).toBe(expected.length)
  found.forEach((amount, k) => expect(amount).toBeCloseTo(expected[k], 8))
}

describe('a period', () => {
  it('that the horizon cuts off counts by its months, and a warning says so', async () => {
    const yearly = one({ meter, commitment: '1200/year', price: 1, overage: 2 })
    const { months: bills, warnings } = await billed(yearly, [...months(12, 100), 400, 0, 0])
    near(bills, [...months(12, 100), 100 + 200, 100, 100])
    expect(warnings).toContain('offers.one.charges[0]: 2028-01 to 2028-03 is an incomplete year, which counts as 3 of 12 months')
  })
  it('that dates cut off counts by its months, anchored at the start of the plan', async () => {
    const dated = one({ meter, price: 1, minimum: '$300/quarter', from: '2027-02', until: '2027-05' })
    near((await billed(dated, months(6, 10))).months, [0, 10, 190, 10, 190, 0])
  })
  it('that is cut off has tier bounds pro rata', async () => {
    const tiers = one({ meter, period: 'quarter', graduated: [{ to: 300, price: 1 }, { price: 0.5 }] })
    near((await billed(tiers, [200, 200, 0, 200])).months, [200, 150, 0, 150])
  })
  it('keeps the prices of earlier months when a price changes', async () => {
    const scheduled = one({
      meter,
      period: 'year',
      graduated: [{ to: 100, price: [{ until: '2027-01', value: 1 }, { value: 3 }] }, { price: 0.5 }],
    })
    near((await billed(scheduled, [50, 70])).months, [16.666666666666668 + 0.5 * (50 - 100 / 6), 35])
  })
})

describe('an escalator', () => {
  it('raises prices, fees, minimum and maximum at each anniversary', async () => {
    const used = months(25, 100)
    near((await billed(one({ meter, price: 1, escalator: '10%/year' }), used)).months, [
      ...months(12, 100),
      ...months(12, 110),
      121,
    ])
    near((await billed(one({ meter, price: 1, minimum: '$150', escalator: '10%/year' }), used)).months, [
      ...months(12, 150),
      ...months(12, 165),
      181.5,
    ])
    near((await billed(one({ meter, price: 1, maximum: 50, escalator: '10%/year' }), used)).months, [
      ...months(12, 50),
      ...months(12, 55),
      60.5,
    ])
  })
  it('comes before the renewal, which multiplies the raised price', async () => {
    const terms = { renewal: { month: 12, change: '-50%' } }
    near((await billed(one({ meter, price: 1, escalator: '10%' }, terms), months(13, 100))).months, [...months(12, 100), 55])
  })
})

describe('a discount', () => {
  it('comes after tiers and before minimum and maximum', async () => {
    const charge = { meter, price: 1, discount: '10%' }
    expect((await billed(one({ ...charge, minimum: '$95' }), [100])).total).toBeCloseTo(95, 9)
    expect((await billed(one({ ...charge, maximum: 95 }), [100])).total).toBeCloseTo(90, 9)
    // A minimum by quantity uses the price of the charge before discount.
    expect((await billed(one({ ...charge, minimum: 100 }), [100])).total).toBeCloseTo(100, 9)
  })
})

describe('a limit', () => {
  it('stops all usage exactly at the stated quantity', async () => {
    const charges = [
      { meter: 'resolutions', price: 1, limit: '30/month' },
      { meter, price: 0.1 },
      { meter: 'tickets', price: 0.01 },
    ]
    const bill = await billed({ charges }, [100], { resolution: { rate: '60%' } })
    near(
      bill.lines.map(({ quantity = 0 }) => quantity),
      [30, 50, 100],
    )
  })
  it('holds until its period ends', async () => {
    near((await billed(one({ meter, price: 1, limit: '100/quarter' }), [80, 80, 80, 80])).months, [80, 20, 0, 33 + 1 / 3])
  })
  it('in money applies to usage before discount and maximum', async () => {
    const charge = { meter, price: 2, limit: '$100', discount: '50%', maximum: 10 }
    const { lines } = await billed(one(charge), [80])
    expect(lines[0].quantity).toBe(50)
  })
  it('among several is the one that binds first', async () => {
    const charges = [
      { meter: 'resolutions', price: 1, limit: 30 },
      { meter, price: 1, limit: 40 },
    ]
    near(
      (await billed({ charges }, [100], { resolution: { rate: '50%' } })).lines.map(({ quantity = 0 }) => quantity),
      [20, 40],
    )
  })
})

describe('a refund or guarantee', () => {
  const refund = { months: 2, below: '65%', share: '50%', maximum: '$1m' }
  it('is credited in the last of its months, from usage, commitment, overage and add-on', async () => {
    const charges = [{ meter, price: 1 }, { fee: 10, layer: 'add-on' }, { fee: 7 }]
    const bill = await billed({ charges, refund }, [100, 100, 100], { resolution: { rate: '64%' } })
    near(bill.months, [117, 117 - 110, 117])
    expect(layer(bill, 'credits')).toBe(-110)
  })
  it('has a strict threshold: a rate at it gets no refund, but the payment of a guarantee', async () => {
    const at = { resolution: { rate: '65%' } }
    expect((await billed(one({ meter, price: 1 }, { refund }), [100, 100], at)).total).toBe(200)
    expect(
      (await billed(one({ meter, price: 1 }, { guarantee: { months: 2, notAbove: '65%', payment: 50 } }), [100, 100], at)).total,
    ).toBe(150)
  })
  it('has no effect beyond the end of the plan, and a warning says so', async () => {
    const { total, warnings } = await billed(
      one({ meter, price: 1 }, { refund: { ...refund, months: 3, below: '100%' } }),
      [1, 1],
      { resolution: { rate: 0.1 } },
    )
    expect(total).toBe(2)
    expect(warnings).toContain(
      "offers.one.refund: settles after 3 months, which is beyond the plan's 2 months, so it has no effect",
    )
  })
})

describe('an included quantity', () => {
  it('is used before the commitment and the overage', async () => {
    const charge = { meter, included: 10, commitment: 100, price: 1, overage: 2 }
    const { lines, total } = await billed(one(charge), [130])
    expect(total).toBe(140)
    expect(lines[1].why).toBe('10 of 130 included; 100 committed; 20 over at $2.00')
  })
  it('rolls over for the stated number of periods, and the oldest units are used first', async () => {
    const charge = { meter, price: 1, included: 100 }
    near((await billed(one(charge), [0, 150, 150])).months, [0, 50, 50])
    near((await billed(one({ ...charge, rollover: 1 }), [0, 150, 150, 0, 0, 250])).months, [0, 0, 0, 0, 0, 50])
    near((await billed(one({ ...charge, rollover: 2 }), [0, 0, 0, 350])).months, [0, 0, 0, 50])
  })
  it('is granted for each seat of the first seats charge', async () => {
    const resolutions = { meter, price: 1, included: { perSeat: 10 } }
    near((await billed({ charges: [{ seats: 3, price: 0 }, { seats: 99, price: 0 }, resolutions] }, [50, 20])).months, [20, 0])
    near(
      (
        await billed(
          {
            charges: [
              { seats: 3, price: 0 },
              { ...resolutions, period: 'year' },
            ],
          },
          [70, 20, 10],
        )
      ).months,
      [0, 0, 10],
    )
    near(
      (
        await billed(
          {
            charges: [
              { seats: 3, price: 0 },
              { ...resolutions, included: { perSeat: '120/year' } },
            ],
          },
          [70, 20, 10],
        )
      ).months,
      [0, 0, 10],
    )
  })
  it('is subtracted within its own period, and the remaining units add up in the period of the charge', async () => {
    const charge = { meter, included: '10/month', period: 'quarter', package: 100, price: 1 }
    near((await billed(one(charge), [60, 60, 5])).months, [1, 0, 0])
    near((await billed(one(charge), [70, 70, 5])).months, [1, 1, 0])
  })
})

describe('minimums and maximums', () => {
  it('cap the running sum, then fill it up to the minimum in the last month', async () => {
    const charge = { meter, price: 1, maximum: '100/quarter', minimum: '$50/month' }
    near((await billed(one(charge), [20, 70, 70, 0])).months, [50, 70, 50, 50])
  })
  it('of the offer are trued up in the layer commitment, or billed upfront and drawn down', async () => {
    const charges = [{ meter, price: 1 }, { fee: 5 }]
    const trued = await billed({ charges, minimum: '$300/quarter' }, [50, 50, 50, 200])
    near(trued.months, [55, 55, 55 + 150, 205])
    expect(layer(trued, 'commitment')).toBe(150)
    const upfront = await billed({ charges, minimum: '$100/quarter', paid: 'upfront' }, [50, 70, 50])
    near(upfront.months, [105, 25, 55])
  })
  it('of the offer follow the renewal', async () => {
    near(
      (await billed(one({ meter, price: 1 }, { minimum: 100, renewal: { month: 1, change: '50%' } }), [10, 10])).months,
      [100, 150],
    )
  })
})

describe('a ramp', () => {
  it('within a year adds up by the twelfths of its months', async () => {
    const commitment = [{ until: '2027-06', value: '1200/year' }, { value: '2400/year' }]
    const charge = { meter, commitment, price: 1, overage: 2 }
    near((await billed(one(charge), [1800, ...months(10, 0), 50])).months, [...months(6, 100), ...months(5, 200), 300])
    near((await billed(one({ ...charge, paid: 'upfront' }), months(12, 150))).months, [1800, ...months(11, 0)])
  })
})

describe('thresholds', () => {
  it('have a slack for rounding: 55% of 3,000 are 33 packages of 50', async () => {
    const charge = { meter: 'resolutions', package: 50, price: 1 }
    expect((await billed(one(charge), [3000], { resolution: { rate: '55%' } })).total).toBe(33)
  })
})

describe('other currencies', () => {
  const more = { exchange: { EUR: 1.5, GBP: 2 } }
  it('are converted for single amounts or for a whole offer', async () => {
    expect((await billed({ charges: [{ meter, price: '€1' }, { fee: '£10' }, { fee: '$1' }] }, [100], more)).total).toBe(171)
    expect((await billed({ currency: 'EUR', charges: [{ meter, price: 1, minimum: '€200' }] }, [100], more)).total).toBe(300)
    const limited = { currency: 'EUR', charges: [{ meter, price: 1, limit: '€50' }] }
    expect((await billed(limited, [100], more)).total).toBe(75)
  })
  it('leave the buyer’s own cost and an amount in the plan’s dollars unchanged', async () => {
    expect((await billed({ charges: [{ meter, price: '$1' }] }, [100], { currency: 'CAD' })).total).toBe(100)
  })
})

describe('credits for reopened conversations', () => {
  it('never make a month negative', async () => {
    const terms = { counted: { reopened: { share: '50%', lag: 1 } } }
    near((await billed(one({ meter: 'resolutions', price: 1 }, terms), [100, 100, 10, 10])).months, [100, 50, 0, 5])
  })
})
