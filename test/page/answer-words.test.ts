// The words and drawings that the calculator adds to an answer: who is better at what, what people cost, titles in color, the year's months.
import { describe, expect, it } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { runScenario } from '../../src/api/run.ts'
import { answerOfRun } from '../../src/page/calculator/answer-of-run.ts'
import { peopleWords, strengthsOf } from '../../src/page/calculator/better-at.ts'
import { FIRST_PLAN } from '../../src/page/calculator/plan.ts'
import type { Strip } from '../../src/page/calculator/protocol.ts'
import { unnamedOn } from '../../src/page/calculator/strip-view.ts'
import { titledParts } from '../../src/page/calculator/underlined.ts'
import { curvesOf } from '../../src/page/calculator/year-drawing.ts'
import { QUICK } from '../../src/page/quick.ts'
import { listWords } from '../../src/questions/compare/verdict-words.ts'
import { inlineExecutor } from '../../src/run/executor.ts'
import type { Summary } from '../../src/summary/summary.ts'

type Offer = readonly [p80: number, odds: number, people?: number]
const exactly = (value: number) => ({ value, se: 0 })

/** A summary of offers with the same average bill, by their P80, their odds and what people cost. */
function summaryOf(offers: Readonly<Record<string, Offer>>): Summary {
  const entries = Object.entries(offers)
  return {
    currency: 'USD',
    months: ['2027-01'],
    offers: Object.fromEntries(
      entries.map(([name, [p80, , people = 0]]) => [
        name,
        { bill: { mean: exactly(400_000), percentiles: { p80: exactly(p80) } }, total: { mean: exactly(400_000 + people) } },
      ]),
    ),
    comparison: { measure: 'bill', cheapest: Object.fromEntries(entries.map(([name, [, odds]]) => [name, exactly(odds / 100)])) },
  } as unknown as Summary
}

const strengths = (offers: Readonly<Record<string, Offer>>, named = Object.keys(offers)) =>
  strengthsOf(summaryOf(offers), {
    grade: 'toss-up',
    offers: named,
    odds: Object.fromEntries(Object.entries(offers).map(([name, [, odds]]) => [name, odds])),
  }).map(({ offer, words }) => `${offer}: ${words}`)

describe('the line below a toss-up', () => {
  it('says who needs the smallest budget and who is cheapest most often, in the order of the budgets', () => {
    expect(strengths({ fin: [451_000, 11], flat: [444_000, 43], zendesk: [456_000, 46] })).toEqual([
      'flat: Smallest budget: $444,000 (P80)',
      'fin: Cheapest in 11 of 100',
      'zendesk: Cheapest most often: 46 of 100',
    ])
    expect(strengths({ fin: [440_000, 60], flat: [460_000, 40] })[0]).toBe(
      'fin: Smallest budget: $440,000 (P80), cheapest most often: 60 of 100',
    )
  })

  it('names no smallest budget where all need the same, and nobody as cheapest most often where two are', () => {
    expect(strengths({ fin: [450_000, 50], flat: [451_000, 50] })).toEqual([
      'fin: Cheapest in 50 of 100',
      'flat: Cheapest in 50 of 100',
    ])
  })

  it('claims the smallest budget only among the named where another contract needs less', () => {
    expect(strengths({ fin: [451_000, 40], flat: [440_000, 40], ada: [400_000, 20] }, ['fin', 'flat'])).toContain(
      'flat: Smallest budget of these: $440,000 (P80)',
    )
  })

  it('stands below no other verdict', () => {
    expect(strengthsOf(summaryOf({ a: [1, 50], b: [1, 50] }), { grade: 'clear', offers: ['a', 'b'], odds: {} })).toEqual([])
  })
})

describe('what people cost', () => {
  it('is one amount where it is the same with every offer, and else a range', () => {
    expect(peopleWords(summaryOf({ a: [1, 50, 1_074_000], b: [1, 50, 1_075_000] }))).toBe(
      'People cost $1,075,000 on average, with every offer.',
    )
    expect(peopleWords(summaryOf({ a: [1, 50, 900_000], b: [1, 50, 1_200_000] }))).toBe(
      'People cost $900,000 to $1,200,000 on average, by offer.',
    )
    expect(peopleWords(summaryOf({ a: [1, 50], b: [1, 50] }))).toBeUndefined()
  })
})

describe('titles in a verdict', () => {
  const offers = [{ title: 'A flat rate', color: 1 }, { title: 'Ada', color: 2 }, { title: 'Ada Pro' }]

  it('have their colors, also with a small first letter, and not within a word or within another title', () => {
    const text = 'Sign a flat rate, not Ada. Adamant buyers take Ada Pro.'
    const pieces = titledParts(text, offers)
    expect(pieces.map((piece) => piece.text).join('')).toBe(text)
    expect(pieces.filter(({ color }) => color !== undefined)).toEqual([
      { text: 'a flat rate', color: 1 },
      { text: 'Ada', color: 2 },
    ])
  })

  it('may hold any sign', () => {
    expect(titledParts('Take C++ (new).', [{ title: 'C++ (new)', color: 0 }])[1]).toEqual({ text: 'C++ (new)', color: 0 })
    expect(titledParts('Nothing here.', [])).toEqual([{ text: 'Nothing here.' }])
  })

  it('are joined in a list as English does', () => {
    const names = ['One', 'Two', 'Three', 'Four']
    for (let k = 1; k <= names.length; k++)
      expect(listWords(names.slice(0, k))).toBe(new Intl.ListFormat('en', { type: 'conjunction' }).format(names.slice(0, k)))
    expect(listWords([])).toBe('')
  })
})

describe('the drawing of the year', () => {
  it('marks the lowest and the highest month in the order of the year, within its band', () => {
    const months = [3, 1, 5].map((mean, k) => ({ month: `Month ${k}`, mean, low: mean - 1, high: mean + 1 }))
    const curves = curvesOf(months)
    expect(curves?.ends).toEqual([
      { month: 'Month 1', mean: 1, x: 0.5, y: 1 - 1 / 6 },
      { month: 'Month 2', mean: 5, x: 1, y: 1 - 5 / 6 },
    ])
    expect(curves?.line).toBe('M0.00 20.00L50.00 33.33L100.00 6.67')
    expect(curvesOf(months.slice(0, 1))).toBeUndefined()
  })

  it('has the conversations of every month with a band of 90 of 100 trials', async () => {
    const finished = await runScenario(FIRST_PLAN, QUICK, { executor: () => inlineExecutor, reader: givenFiles({}) })
    const { volume } = answerOfRun(finished, 1, false)
    expect(volume.words).toMatch(/^61\d,000 conversations in 2027$/)
    expect(volume.months).toHaveLength(12)
    // August has the highest season, and spikes lift the average by 2%.
    expect(volume.months[7]).toMatchObject({ month: 'Aug 2027' })
    expect(Math.abs(volume.months[7].mean / (50_000 * 1.127 * 1.019) - 1)).toBeLessThan(0.01)
    for (const { low, mean, high } of volume.months) expect(low < mean && mean < high).toBe(true)
  })
})

it('names the offers above the strips whose name has room on none of them', () => {
  const part = (from: number, to: number, place: number, title: string) => ({ from, to, place, title, pale: false })
  const strip = (key: Strip['key'], parts: Strip['parts']): Strip => ({ key, low: 0, high: 100, parts })
  const rate = strip('rate', [part(0, 40, 0, 'Fin'), part(40, 45, 1, 'Zendesk'), part(45, 100, 2, 'Flat rate')])
  expect(unnamedOn([rate])).toEqual([1])
  expect(unnamedOn([rate, strip('volume', [part(0, 100, 1, 'Zendesk')])])).toEqual([])
})
