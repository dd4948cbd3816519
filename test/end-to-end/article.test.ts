// The worked example that people know: $0.99 a resolution against $0.80 a conversation.
import { describe, expect, it } from 'vitest'
import { simulate } from '../simulate.ts'

const offers = {
  resolution: { charges: [{ meter: 'resolutions', price: '$0.99' }] },
  conversation: { charges: [{ meter: 'conversations', price: '$0.80' }] },
}

const compare = async (conversations: object, resolution: object, months = 1) => {
  const { summary } = await simulate({ months, conversations, resolution, offers }, { trials: 64 })
  return summary
}

describe('with $0.99 per resolution against $0.80 per conversation', () => {
  it.each([
    ['50%', 24_750],
    ['65%', 32_175],
    ['80%', 39_600],
    ['90%', 44_550],
  ])('50,000 conversations at %s cost %d dollars against 40,000', async (rate, cost) => {
    const { offers, comparison } = await compare({ base: '50k' }, { rate })
    expect(offers.resolution.bill.mean.value).toBeCloseTo(cost, 8)
    expect(offers.resolution.bill.point).toBeCloseTo(cost, 8)
    expect(offers.conversation.bill.mean.value).toBeCloseTo(40_000, 8)
    expect(comparison.cheapest.resolution.value).toBe(cost < 40_000 ? 1 : 0)
    expect(comparison.difference?.resolution.conversation.mean.value).toBeCloseTo(cost - 40_000, 8)
  })

  it('100,000 conversations at 65% cost $64,350 against $80,000 a month: $187,800 in a year', async () => {
    const { offers, comparison } = await compare({ base: '100k' }, { rate: '65%' }, 12)
    for (const { mean } of offers.resolution.bill.monthly) expect(mean.value).toBeCloseTo(64_350, 8)
    for (const { mean } of offers.conversation.bill.monthly) expect(mean.value).toBeCloseTo(80_000, 8)
    expect(comparison.difference?.conversation.resolution.mean.value).toBeCloseTo(187_800, 7)
  })

  it('an improvement of one point a month from 65% leaves a gap of $61,230 in the first year', async () => {
    const { comparison, offers } = await compare({ base: '50k' }, { rate: '65%', improvement: '1pt/month' }, 12)
    expect(offers.conversation.bill.mean.value).toBeCloseTo(480_000, 7)
    expect(comparison.difference?.conversation.resolution.mean.value).toBeCloseTo(61_230, 7)
  })

  it('the price per resolution costs more from the 17th month on', async () => {
    const { offers } = await compare({ base: '50k' }, { rate: '65%', improvement: '1pt/month' }, 24)
    const dearer = offers.resolution.bill.monthly.map(({ mean }, m) => mean.value > offers.conversation.bill.monthly[m].mean.value)
    expect(dearer).toEqual(Array.from({ length: 24 }, (_, m) => m + 1 >= 17))
  })
})
