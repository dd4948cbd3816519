// Track compares the year so far with the plan: percentiles in closed form, the rule to plan again, and the rest of the year.
import { describe, expect, it } from 'vitest'
import { reforecastOf as reforecast } from '../../../src/questions/replan/reforecast.ts'
import { type Track, trackOf as track } from '../../../src/questions/replan/track.ts'
import { givenFiles } from '../../../src/api/given.ts'
import { normalCdf } from '../../closed-forms/mathematics.ts'
import { thorough } from '../../effort.ts'

const cv = 0.1
const sigma = Math.sqrt(Math.log(1 + cv * cv))
const plan = {
  months: 6,
  conversations: { base: 1_000, noise: { cv: '10%', autocorrelation: 0.5 } },
  resolution: { rate: '60%', noise: { sd: '2pt' } },
  offers: { fin: { charges: [{ meter: 'resolutions', price: 1 }] }, other: { charges: [{ meter: 'tickets', price: 0.5 }] } },
}
const closed = (rows: readonly (readonly number[])[], columns: string) =>
  `month,${columns}\n${rows.map((row, k) => `2027-0${k + 1},${row.join(',')}`).join('\n')}\n`
const tracked = (rows: readonly (readonly number[])[], columns = 'conversations', more: object = {}): Promise<Track> =>
  track(plan, { actuals: 'c.csv', trials: 16_384, ...more }, givenFiles({ 'c.csv': closed(rows, columns) }))

describe('track', () => {
  it('shows where a month falls among the planned years', async () => {
    const { months, closed: known } = await tracked([[1_050], [920]])
    expect(known).toEqual(['2027-01', '2027-02'])
    for (const [m, actual] of [1_050, 920].entries()) {
      const share = normalCdf(Math.log(actual / 1_000) / sigma + sigma / 2)
      expect(months[m].percentile).toBeCloseTo(share, 2)
      expect(months[m].actual).toBe(actual)
    }
    expect(months[2].actual).toBeUndefined()
    expect(months[2].mean / 1_000).toBeCloseTo(1, 3)
    expect(months[0].percentiles.p95).toBeCloseTo(1_000 * Math.exp(1.6449 * sigma - (sigma * sigma) / 2), -1)
  })

  it('keeps a plan that holds', async () => {
    const { verdict, yearToDate } = await tracked([[1_050], [980]])
    expect(verdict.redo).toBe(false)
    expect(verdict.words).toContain('Keep the plan')
    expect(yearToDate.conversations.actual).toBe(2_030)
    expect(yearToDate.conversations.percentile).toBeGreaterThan(0.4)
  })

  it('asks for another plan if the sum so far leaves the planned 90% interval', async () => {
    const { verdict } = await tracked([[1_150], [1_150], [1_150]])
    expect(verdict.redo).toBe(true)
    expect(verdict.reasons[0]).toBe('conversations so far are above the planned 90% interval')
  })

  it('asks for another plan if two months in a row leave the interval on the same side', async () => {
    const { verdict, yearToDate } = await tracked([[1_300], [1_000], [800], [810]])
    expect(yearToDate.conversations.percentile).toBeGreaterThan(0.05)
    expect(verdict.reasons).toEqual(['conversations in 2027-03 and 2027-04 are both below the planned 90% interval'])
    // Two months on different sides are no reason.
    expect((await tracked([[1_180], [830]])).verdict.redo).toBe(false)
  })

  it('compares resolutions and the invoices of an offer too', async () => {
    const { yearToDate, reforecast } = await tracked(
      [
        [1_000, 600, 600],
        [1_000, 610, 640],
      ],
      'conversations,resolutions,invoice',
      { offer: 'fin' },
    )
    expect(yearToDate.resolutions?.planned).toBeCloseTo(1_200, -1)
    expect(yearToDate.resolutions?.percentile).toBeGreaterThan(0.45)
    expect(yearToDate.invoice).toMatchObject({ offer: 'fin', actual: 1_240 })
    expect('none' in reforecast).toBe(false)
    if ('none' in reforecast) return
    expect(reforecast.offers.fin.closed.value).toBe(1_240)
  })

  it('says why there is no reforecast if hardly any planned year agrees, and still shows everything else', async () => {
    const wide = { ...plan, conversations: { ...plan.conversations, base: 'normal(1000, 60)' } }
    const found = await track(
      wide,
      { actuals: 'c.csv', trials: 4_096 },
      givenFiles({ 'c.csv': closed([[3_000], [3_000], [3_000]], 'conversations') }),
    )
    expect(found.verdict.redo).toBe(true)
    expect(found.months[0].percentile).toBe(1)
    expect('none' in found.reforecast && found.reforecast.none).toContain('so far from the plan')
  })

  it.each([
    [[[1_000], [0]], 'conversations', 'expected a number above 0 in line 3, column "conversations" of "c.csv", got "0"'],
    [[[1_000, 5]], 'chats,tickets', 'expected one column of conversations in line 1 of "c.csv", got "tickets", "chats"'],
    [[[1_000, 500]], 'conversations,invoice', 'actuals.offer: expected the offer that was invoiced'],
  ])('refuses %o', async (rows, columns, message) => {
    await expect(tracked(rows, columns)).rejects.toThrow(message)
  })
})

it.runIf(thorough)('a reforecast conditions the closed months on the month before the plan', async () => {
  // Two levels are equally likely. After a last month of 1,000 and a first one of 1,100, the autoregression gives their odds.
  const [levels, phi, last, first] = [[900, 1_100], 0.6, 1_000, 1_100]
  const two = {
    months: 3,
    conversations: { base: 'discrete(900: 1, 1100: 1)', noise: { cv: '10%', autocorrelation: phi }, last },
    offers: { a: { charges: [{ meter: 'tickets', price: 1 }] } },
  }
  const { inputs } = await reforecast({ ...two, actuals: 'c.csv' }, {}, givenFiles({ 'c.csv': closed([[first]], 'conversations') }))
  const likelihoods = levels.map((level) => {
    const state = (volume: number) => Math.log(volume / level) + (sigma * sigma) / 2
    return Math.exp(-((state(first) - phi * state(last)) ** 2) / (2 * sigma * sigma * (1 - phi * phi)))
  })
  const mean = (900 * likelihoods[0] + 1_100 * likelihoods[1]) / (likelihoods[0] + likelihoods[1])
  const { after } = inputs['conversations.base']
  expect(Math.abs(after.value - mean)).toBeLessThan(4 * after.se + 1e-6)
  expect(after.se).toBeLessThan(1)
})
