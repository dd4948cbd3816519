// Tests the picture of the first screen: places on the scale, order, colors, and offers beyond the scale.
import { describe, expect, it } from 'vitest'
import { rangesHtml } from '../../../src/present/report/ranges-html.ts'
import { rangesOf } from '../../../src/present/report/ranges.ts'
import { verdictOf } from '../../../src/questions/compare/verdict.ts'
import type { Summary } from '../../../src/summary/summary.ts'

type Bar = readonly [p5: number, p50: number, p80: number, p95: number, mean: number, odds: number]
const exactly = (value: number) => ({ value, se: 0 })

/** A summary of offers with stated figures, of which the picture reads no others. */
function summaryOf(bars: Readonly<Record<string, Bar>>): Summary {
  const cost = ([p5, p50, p80, p95, mean]: Bar) => ({
    total: { mean: exactly(mean) },
    bill: {
      mean: exactly(mean),
      percentiles: { p5: exactly(p5), p50: exactly(p50), p80: exactly(p80), p95: exactly(p95) },
      expectedShortfall: {},
    },
  })
  const entries = Object.entries(bars)
  return {
    currency: 'USD',
    months: Array.from({ length: 12 }, (_, m) => `2027-${String(m + 1).padStart(2, '0')}`),
    offers: Object.fromEntries(entries.map(([name, bar]) => [name, cost(bar)])),
    comparison: { measure: 'bill', cheapest: Object.fromEntries(entries.map(([name, bar]) => [name, exactly(bar[5])])) },
  } as unknown as Summary
}

function picture(bars: Readonly<Record<string, Bar>>, titles: Readonly<Record<string, string>> = {}) {
  const summary = summaryOf(bars)
  const verdict = verdictOf(summary, { titles })
  const ranges = verdict && rangesOf(summary, verdict, titles)
  if (!ranges) throw new Error('there is no picture')
  return ranges
}

const close = {
  fin: [384_000, 427_000, 451_200, 476_000, 427_900, 0.105],
  zendesk: [370_000, 424_000, 455_900, 490_000, 426_000, 0.464],
  ada: [686_000, 1_372_000, 1_830_600, 2_072_000, 1_376_000, 0],
  flat: [397_000, 426_000, 444_300, 464_000, 428_000, 0.431],
} as const satisfies Readonly<Record<string, Bar>>

describe('the bars of the first screen', () => {
  it('stand in the order of P80, with amounts to the digits of the smallest budget and odds that add up to 100', () => {
    const { rows, table } = picture(close)
    expect(rows.map(({ title, p80, mean, odds }) => [title, p80, mean, odds])).toEqual([
      ['Flat', '$444,000', '$428,000', '43'],
      ['Fin', '$451,000', '$428,000', '11'],
      ['Zendesk', '$456,000', '$426,000', '46'],
      ['Ada', '$1,831,000', '$1,376,000', '0'],
    ])
    expect(table.rows[0]).toEqual(['Flat', '$397,000', '$426,000', '$444,000', '$464,000', '$428,000', '43 of 100'])
  })

  it('keep the order, the axis and the room of an earlier picture while a slider moves', () => {
    const before = picture(close)
    // Zendesk now needs the smallest budget, and Ada no longer lies beyond the scale.
    const moved = {
      ...close,
      zendesk: [300_000, 350_000, 390_000, 420_000, 352_000, 0.9],
      ada: [400_000, 450_000, 480_000, 520_000, 452_000, 0],
    } as const
    const summary = summaryOf(moved)
    const verdict = verdictOf(summary)
    const held = verdict && rangesOf(summary, verdict, {}, { held: before.scale })
    expect(held?.rows.map(({ offer }) => offer)).toEqual(before.rows.map(({ offer }) => offer))
    expect(held?.ticks).toEqual(before.ticks)
    expect(held?.rows.map(({ places }) => places !== undefined)).toEqual([true, true, true, false])
    // A bar that leaves the axis ends at its end.
    expect(held?.rows.find(({ offer }) => offer === 'zendesk')?.places?.p5).toBe(0)
    expect(held?.title).toBe('Zendesk needs the smallest budget: $390,000 (P80)')
    expect(picture(moved).rows[0].offer).toBe('zendesk')
  })

  it('have their places on a scale with round ends', () => {
    // From $370,000 to $490,000, four steps of at least $30,000 are steps of $50,000: from $350,000 to $500,000.
    const { rows, ticks } = picture(close)
    expect(ticks.map(({ text }) => text)).toEqual(['$350,000', '$400,000', '$450,000', '$500,000'])
    const zendesk = rows.find(({ offer }) => offer === 'zendesk')?.places
    expect(zendesk?.p5).toBeCloseTo(20 / 150, 12)
    expect(zendesk?.p80).toBeCloseTo(105.9 / 150, 12)
  })

  it('have the color of their place in the plan if they are recommended or tied, and are gray otherwise', () => {
    expect(picture(close).rows.map(({ offer, color }) => [offer, color])).toEqual([
      ['flat', 3],
      ['fin', 0],
      ['zendesk', 1],
      ['ada', undefined],
    ])
    const clear = picture({ slow: [500, 550, 600, 650, 550, 0.02], fast: [300, 320, 340, 360, 320, 0.98] })
    expect(clear.rows.map(({ offer, color, recommended }) => [offer, color, recommended])).toEqual([
      ['fast', 1, true],
      ['slow', undefined, false],
    ])
  })

  it('become arrows beyond twice the lowest P80, and stay bars at exactly twice', () => {
    const bars = (p80: number) =>
      picture({ low: [80, 90, 100, 110, 92, 1], high: [100, 150, p80, 260, 160, 0] }).rows.map(({ places }) => places !== undefined)
    expect(bars(200)).toEqual([true, true])
    expect(bars(200.01)).toEqual([true, false])
  })

  it('name all offers whose budgets the verdict counts as the same, within 1%', () => {
    const bars = {
      low: [390_000, 410_000, 444_200, 460_000, 415_000, 0.4],
      near: [390_000, 410_000, 447_900, 460_000, 415_000, 0.3],
      high: [390_000, 410_000, 470_000, 490_000, 415_000, 0.3],
    } as const
    const summary = summaryOf(bars)
    expect(picture(bars).title).toBe('Low and near need the smallest budget: $444,000 to $448,000 (P80)')
    expect(verdictOf(summary)?.sentences[1]).toBe('Low and near need the smallest budget, $22,000 less than high (P80).')
    const { high: _, ...same } = bars
    expect(picture(same).title).toBe('Low and near need about the same budget: $444,000 to $448,000 (P80)')
    expect(verdictOf(summaryOf(same))?.sentences[1]).toBe('They need about the same budget (P80).')
    expect(picture(close, { flat: 'A flat rate, $0.70 each' }).title).toBe('A flat rate needs the smallest budget: $444,000 (P80)')
  })

  it('stand in groups on a page at rest: tied ones first, and those beyond the scale last, with how much more they cost', () => {
    const summary = summaryOf({ ...close, second: [1_100_000, 1_200_000, 1_269_000, 1_300_000, 1_223_000, 0] })
    const verdict = verdictOf(summary)
    const ranges = verdict && rangesOf(summary, verdict, {}, { about: { fin: '$0.99 a resolution' } })
    expect(ranges?.groups).toEqual({
      tied: ['flat', 'fin', 'zendesk'],
      heading: 'Same average cost: within 1%',
      next: 'Higher average cost',
    })
    // $1,223,000 and $1,376,000 against $426,000.
    expect(ranges?.beyond).toBe('About three times the cost: off this scale')
    const words = (ranges ? rangesHtml(ranges) : '').replace(/<div class="track".*?<\/div>/g, '').replace(/<[^>]+>/g, ' ')
    expect(words).toMatch(
      /Same average cost: within 1%.*Flat.*Fin +\$0\.99 a resolution.*Zendesk.*About three times the cost.*Ada/s,
    )
    expect(picture(close).groups).toBeUndefined()
  })

  it('have no groups if an offer that costs more needs less budget than a tied one', () => {
    const summary = summaryOf({
      a: [380, 400, 420, 440, 400, 0.5],
      b: [300, 400, 480, 540, 401, 0.5],
      safe: [429, 430, 431, 432, 430, 0],
    })
    const verdict = verdictOf(summary)
    expect(verdict?.offers).toEqual(['a', 'b'])
    expect(verdict && rangesOf(summary, verdict, {}, { about: {} })?.groups).toBeUndefined()
  })

  it('agree with a tie whose smallest budget is that of an offer which costs more on average', () => {
    const bars = {
      a: [380, 400, 460, 490, 400, 0.5],
      b: [300, 400, 480, 540, 401, 0.5],
      safe: [429, 430, 431, 432, 430, 0],
    } as const
    expect(picture(bars).title).toBe('Safe needs the smallest budget: $431 (P80)')
    expect(verdictOf(summaryOf(bars))?.sentences[1]).toBe('Of these, a needs the smallest budget, $20 less than b (P80).')
  })

  it('have a scale also for a cost that is certain or 0', () => {
    for (const amount of [0, 1200]) {
      const { rows, ticks } = picture({ one: [amount, amount, amount, amount, amount, 1] })
      const { p5 = -1, p95 = -1 } = rows[0].places ?? {}
      expect(p5).toBe(p95)
      expect(p5).toBeGreaterThanOrEqual(0)
      expect(p95).toBeLessThanOrEqual(1)
      expect(ticks.length).toBeGreaterThanOrEqual(2)
    }
  })

  it('are text for a screen reader, and escape titles', () => {
    const html = rangesHtml(picture(close, { flat: '<b>"Flat"</b>' }))
    expect(html).not.toContain('<b>"Flat"')
    expect(
      html
        .replace(/<details.*/s, '')
        .replace(/<div class="track".*?<\/div>/g, '')
        .replace(/<[^>]+>/g, ''),
    ).toContain('Fin P80 $451,000average $428,000cheapest in 11 of 100 simulated years')
  })
})
