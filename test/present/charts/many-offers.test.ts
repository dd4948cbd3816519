// With more offers than colors, at most one has its own color and all others are gray, in charts and on pages.
import { describe, expect, it } from 'vitest'
import { givenFiles } from '../../../src/api/given.ts'
import { SimulationResult } from '../../../src/api/result.ts'
import { runScenario } from '../../../src/api/run.ts'
import { answerOfRun } from '../../../src/page/calculator/answer-of-run.ts'
import type { RUN_CHARTS } from '../../../src/present/charts/kinds.ts'
import { colorPlace, OFFER_COLORS, ownStyle } from '../../../src/present/charts/theme.ts'
import { stripOf } from '../../../src/present/report/changes.ts'
import { figuresOf } from '../../../src/present/report/figures.ts'
import { liveAnswerOf } from '../../../src/present/report/live.ts'
import { leadCourses } from '../../../src/questions/compare/courses.ts'
import { inlineExecutor } from '../../../src/run/executor.ts'

/** Each offer is the cheapest over a stretch of the volume: fees rise, and prices fall. */
function plan(count: number) {
  let fee = 0
  const charges = (k: number) => {
    fee += k === 0 ? 0 : 0.15 * (2_000 + 1_000 * k)
    return [{ fee }, { meter: 'resolutions', price: 2 - 0.15 * k }]
  }
  const offers = Object.fromEntries(Array.from({ length: count }, (_, k) => [`offer-${k + 1}`, { charges: charges(k) }]))
  return { months: 3, conversations: { base: '3k to 25k' }, resolution: { rate: '60% to 65%' }, offers }
}
const run = (count: number) =>
  runScenario(plan(count), { trials: 4_096 }, { executor: () => inlineExecutor, reader: givenFiles({}) })
const [eight, twelve] = await Promise.all([run(8), run(12)])

/** Charts whose lines and areas are offers. */
const OF_OFFERS = ['bars', 's-curves', 'distributions', 'monthly', 'break-even', 'acceptability', 'winners'] as const
const ASKED: Partial<Record<keyof typeof RUN_CHARTS, readonly string[]>> = {
  'break-even': ['resolution.rate'],
  acceptability: ['resolution.rate'],
  winners: ['resolution.rate', 'conversations'],
}

/** The colors of marks. The style sheet of a picture has all of them. */
const marksOf = (svg: string) => svg.replace(/<style>.*?<\/style>/s, '')
const colorsIn = (svg: string) => OFFER_COLORS.filter(([light]) => marksOf(svg).includes(light))
const result = SimulationResult.of(twelve)

describe('twelve offers have at most one color', () => {
  it.each(OF_OFFERS)('in the chart %s', async (kind) => {
    const svg = await result.chart(kind, ...(ASKED[kind] ?? [])).toSVG()
    expect(colorsIn(svg).length).toBeLessThanOrEqual(1)
    expect(marksOf(svg)).toContain('#8f8a82')
  })

  it('in the bars, strips and sliders of a report', () => {
    const { summary, trials } = twelve
    const figures = figuresOf(summary, trials)
    const { offers, bars, best } = liveAnswerOf(figures, {})
    expect(offers.filter(({ color }) => color !== undefined).map(({ name }) => name)).toEqual([best])
    expect(new Set(bars.match(/--offer\d+/g))).toHaveProperty('size', 1)
    const strips = leadCourses(trials).map((course) => stripOf(course, summary, {}))
    expect(strips.flatMap(({ parts }) => parts).length).toBeGreaterThan(2)
    expect(new Set(strips.flatMap(({ parts }) => parts.flatMap(({ color }) => color ?? []))).size).toBeLessThanOrEqual(1)
  })

  it('in the cards, squares and budgets of the calculator', () => {
    const { offers, best } = answerOfRun(twelve, 1, false)
    expect(offers.filter(({ color }) => color !== undefined).map(({ name }) => name)).toEqual([best])
    expect(ownStyle(undefined)).toBe('--own:var(--gray)')
  })
})

it('eight offers have a color each', () => {
  const { offers } = answerOfRun(eight, 1, false)
  expect(offers.map(({ color }) => color)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  const names = Object.keys(eight.summary.offers)
  expect(names.map((name) => colorPlace(names, name, 'offer-1'))).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})
