import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { verdictOf } from '../../../src/questions/compare/verdict.ts'
import { outOf100 } from '../../../src/questions/compare/verdict-words.ts'
import { formatShare } from '../../../src/notation/money.ts'
import type { Summary } from '../../../src/summary/summary.ts'
import { simulate } from '../../simulate.ts'

interface Stated {
  readonly mean: number
  readonly p80: number
  readonly odds: number
  readonly shortfall?: number
  /** The mean of bill, people and running costs, if it differs from the bill's. */
  readonly total?: number
}

const exactly = (value: number) => ({ value, se: 0 })

/** A summary of offers with stated figures, of which a verdict reads no others. */
function summaryOf(offers: Readonly<Record<string, Stated>>, se = 0): Summary {
  const cost = ({ mean, p80, shortfall = p80, total = mean }: Stated) => ({
    total: { mean: { value: total, se } },
    bill: {
      mean: { value: mean, se },
      percentiles: { p80: { value: p80, se } },
      expectedShortfall: { p95: exactly(shortfall) },
    },
  })
  const entries = Object.entries(offers)
  return {
    currency: 'USD',
    months: Array.from({ length: 12 }, (_, m) => `2027-${String(m + 1).padStart(2, '0')}`),
    offers: Object.fromEntries(entries.map(([name, one]) => [name, cost(one)])),
    comparison: { measure: 'bill', cheapest: Object.fromEntries(entries.map(([name, { odds }]) => [name, exactly(odds)])) },
  } as unknown as Summary
}

const graded = (offers: Readonly<Record<string, Stated>>, clearAt?: number) =>
  verdictOf(summaryOf(offers), clearAt === undefined ? {} : { clearAt })

describe('a verdict by the bill alone', () => {
  const fin = { mean: 400_000, p80: 451_200, odds: 0.96, total: 900_000 }
  const flat = { mean: 461_000, p80: 480_000, odds: 0.04, total: 700_000 }

  it('names the offer that costs less if people and running costs count', () => {
    expect(graded({ fin, flat })?.sentences.at(-1)).toBe(
      'Counting people and running costs, flat costs $200,000 less on average than fin.',
    )
  })

  it('says nothing of an offer that costs about the same in total, or that it recommends', () => {
    const words = (total: number) => graded({ fin, flat: { ...flat, total } })?.words
    expect(words(892_000)).not.toContain('Counting people')
    expect(words(890_000)).toContain('Counting people and running costs, flat costs $10,000 less')
    expect(words(1_200_000)).not.toContain('Counting people')
  })
})

describe('a verdict is clear', () => {
  const clear = { fin: { mean: 400_000, p80: 451_200, odds: 0.96 }, flat: { mean: 461_000, p80: 480_000, odds: 0.04 } }

  it('if one offer is best by mean, by P80 and in at least 80% of trials', () => {
    expect(graded(clear)).toMatchObject({ grade: 'clear', offer: 'fin', offers: ['fin'], odds: { fin: 96, flat: 4 } })
    expect(graded(clear)?.words).toBe(
      'Sign fin: cheapest in 96 of 100 simulated years and $61,000 cheaper on average than flat. Budget $451,000 (P80).',
    )
  })

  it('with the titles of the offers, up to the first comma', () => {
    const titles = { fin: 'Fin, $0.99 a resolution', flat: 'A flat rate' }
    expect(verdictOf(summaryOf(clear), { titles })?.words).toContain('Sign Fin: cheapest in 96')
    expect(verdictOf(summaryOf(clear), { titles: { fin: 'AI, small', flat: 'AI, large' } })?.words).toContain('Sign fin:')
  })

  it('at other odds if a reader asks for them', () => {
    expect(graded(clear, 0.97)?.grade).toBe('leaning')
  })

  it('only beyond two standard errors', () => {
    expect(verdictOf(summaryOf(clear, 40_000), {})?.grade).toBe('toss-up')
  })

  it('and says "more than 99" for odds that are not certain', () => {
    const sure = { fin: { mean: 1, p80: 1, odds: 0.9999 }, flat: { mean: 2, p80: 2, odds: 0.0001 } }
    expect(graded(sure)?.words).toContain('cheapest in more than 99 of 100')
  })

  it('and names the budget alone if there is one offer', () => {
    expect(graded({ fin: { mean: 400_000, p80: 451_200, odds: 1 } })?.words).toBe(
      'Fin: a budget of $451,000 is enough in 80 of 100 simulated years (P80).',
    )
  })
})

describe('a verdict leans', () => {
  it('to the lowest mean if its P80 is no worse and its odds are the highest', () => {
    const found = graded({ fin: { mean: 400_000, p80: 470_000, odds: 0.63 }, flat: { mean: 409_000, p80: 471_000, odds: 0.37 } })
    expect(found).toMatchObject({ grade: 'leaning', offer: 'fin' })
    expect(found?.words).toBe(
      'Fin leads: cheapest in 63 of 100 simulated years and $9,000 cheaper on average than flat. Budget $470,000 (P80).',
    )
  })

  it('to high odds if the mean says the same, and names the budget that says otherwise', () => {
    const found = graded({ fin: { mean: 400_000, p80: 470_000, odds: 0.84 }, flat: { mean: 410_000, p80: 460_000, odds: 0.16 } })
    expect(found).toMatchObject({ grade: 'leaning', offer: 'fin' })
    expect(found?.words).toContain('But flat needs $10,000 less budget.')
  })

  it('and names a lower cost of bad years', () => {
    const found = graded({
      fin: { mean: 400_000, p80: 450_000, shortfall: 600_000, odds: 0.9 },
      flat: { mean: 450_000, p80: 480_000, shortfall: 500_000, odds: 0.1 },
    })
    expect(found).toMatchObject({ grade: 'clear', offer: 'fin' })
    expect(found?.words).toContain('Flat costs $100,000 less in the worst 5% of simulated years.')
  })
})

describe('a verdict is a toss-up', () => {
  it('if means differ by less than 1%, whatever the odds', () => {
    const found = graded({ fin: { mean: 400_000, p80: 450_000, odds: 0.99 }, flat: { mean: 403_000, p80: 451_000, odds: 0.01 } })
    expect(found).toMatchObject({ grade: 'toss-up', offers: ['fin', 'flat'] })
    expect(found?.words).toBe(
      'Fin and flat cost the same on average. They need about the same budget (P80). Fin is the cheapest most often: in 99 of 100 simulated years. Decide on other terms.',
    )
  })

  it('says what each is better at, and counts budgets within 1% as the same', () => {
    const words = (fin: Stated, flat: Stated, pool: Stated) => graded({ fin, flat, pool })?.sentences
    const one = { mean: 400_000, p80: 460_000, odds: 0.5 }
    expect(words(one, { ...one, p80: 450_000, odds: 0.2 }, { ...one, p80: 470_000, odds: 0.3 })).toEqual([
      'All three contracts cost the same on average.',
      'Flat needs the smallest budget, $10,000 less than fin (P80).',
      'Fin is the cheapest most often: in 50 of 100 simulated years.',
      'Decide on other terms.',
    ])
    expect(words(one, { ...one, p80: 461_000, odds: 0.5 }, { ...one, p80: 480_000, odds: 0 })?.slice(1, 3)).toEqual([
      'Fin and flat need the smallest budget, $19,000 less than pool (P80).',
      'None of them is the cheapest more often than the others.',
    ])
  })

  it('of the cheap one and the safe one, if mean and budget disagree', () => {
    const found = graded({ fin: { mean: 400_000, p80: 470_000, odds: 0.6 }, flat: { mean: 409_000, p80: 450_000, odds: 0.4 } })
    expect(found).toMatchObject({ grade: 'toss-up', offers: ['fin', 'flat'], offer: 'flat' })
    expect(found?.words).toBe(
      'Fin costs $9,000 less on average than flat, but flat needs $20,000 less budget (P80). Decide whether the average or the risk matters more.',
    )
  })

  it('of three close offers of the market, with the smallest budget', async () => {
    const rows = readFileSync('examples/data/plan-2027.csv', 'utf8').trim().split('\n').slice(1)
    const plan = parse(readFileSync('examples/annual-budget.yaml', 'utf8'))
    plan.conversations.monthly = rows.map((row) => Number(row.split(',')[1]))
    const result = await simulate(plan, { trials: 16_384 })
    const verdict = result.verdict()
    expect(verdict).toMatchObject({ grade: 'toss-up', offers: ['fin', 'per-conversation', 'zendesk'], offer: 'per-conversation' })
    expect(verdict.words).toMatch(
      /^Fin, a flat rate, and Zendesk cost the same on average\. A flat rate needs the smallest budget, \$\d,000 less than Fin \(P80\)\. Zendesk is the cheapest most often: in \d\d of 100 simulated years\. Decide on other terms\.$/,
    )
    // The summary states the same verdict.
    const { grade, offer, offers, sentences } = verdict
    expect(result.summary.verdict).toEqual({ grade, offer, offers, sentences, clearAt: 0.8 })
  })
})

describe('odds out of 100', () => {
  it('add up to 100, by largest remainder', () => {
    expect(
      outOf100([
        ['a', 1 / 3],
        ['b', 1 / 3],
        ['c', 1 / 3],
      ]),
    ).toEqual({ a: 34, b: 33, c: 33 })
    expect(
      outOf100([
        ['a', 0.464],
        ['b', 0.428],
        ['c', 0.108],
      ]),
    ).toEqual({ a: 46, b: 43, c: 11 })
  })

  it('print as more than 99.9% if they only round to 100%', () => {
    expect([1, 0.99996, 0.9994].map((share) => formatShare(share))).toEqual(['100.0%', '>99.9%', '99.9%'])
  })
})
