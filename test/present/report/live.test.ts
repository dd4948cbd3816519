// Tests what a report shows beside its sliders: figures that move by the difference of two runs on the same trials.
import { expect, it } from 'vitest'
import { runScenario } from '../../../src/api/run.ts'
import { givenFiles } from '../../../src/api/given.ts'
import { type Figures, figuresOf } from '../../../src/present/report/figures.ts'
import { liveAnswerOf, movedFigures } from '../../../src/present/report/live.ts'
import { inlineExecutor } from '../../../src/run/executor.ts'

const plan = (price: string) => `months: 3
conversations: { base: 10k to 12k }
resolution: { rate: 60% to 70% }
offers:
  fin: { title: "Fin, per resolution", charges: [{ meter: resolutions, price: ${price} }] }
  flat: { charges: [{ meter: conversations, price: $0.65 }] }
`

async function figures(price: string, trials: number): Promise<Figures> {
  const finished = await runScenario(plan(price), { trials }, { executor: () => inlineExecutor, reader: givenFiles({}) })
  return figuresOf(finished.summary, finished.trials)
}

const [report, own, dearer] = await Promise.all([figures('$0.99', 8_192), figures('$0.99', 1_024), figures('$1.10', 1_024)])
const moved = movedFigures(report, own, dearer)

it('an offer that the change does not touch keeps the figures of the report', () => {
  const { mean, percentiles } = moved.summary.offers.flat.bill
  expect(mean.value).toBe(report.summary.offers.flat.bill.mean.value)
  expect(percentiles.p80?.value).toBe(report.summary.offers.flat.bill.percentiles.p80?.value)
  expect(moved.curves.flat.points.map(({ amount }) => amount)).toEqual(report.curves.flat.points.map(({ amount }) => amount))
})

it('the others move as a run with the trials of the report moves them, within three standard errors', async () => {
  const whole = (await figures('$1.10', 8_192)).summary
  const [near, exact] = [moved.summary.offers.fin.bill, whole.offers.fin.bill]
  expect(Math.abs(near.mean.value - exact.mean.value)).toBeLessThan(3 * exact.mean.se)
  const [p80, right] = [near.percentiles.p80, exact.percentiles.p80]
  expect(Math.abs((p80?.value ?? 0) - (right?.value ?? 0))).toBeLessThan(3 * (p80?.se ?? 0))
  // Both differ from the figure before the change by far more than that.
  expect(exact.mean.value - report.summary.offers.fin.bill.mean.value).toBeGreaterThan(100 * exact.mean.se)
  const odds = Object.values(moved.summary.comparison.cheapest).reduce((sum, { value }) => sum + value, 0)
  expect(odds).toBeCloseTo(1, 9)
})

it('the answer states changes of rounded amounts, and none for what stays', () => {
  const answer = liveAnswerOf(moved, { titles: { fin: 'Fin, per resolution' } }, report.summary)
  const [fin, flat] = answer.offers
  expect([flat.mean.change, flat.p80?.change]).toEqual(['', ''])
  const amount = (text: string) => Number(text.replace(/[^\d]/g, ''))
  const before = liveAnswerOf(report, { titles: { fin: 'Fin, per resolution' } }).offers[0]
  expect(amount(fin.mean.change)).toBe(amount(fin.mean.text) - amount(before.mean.text))
  expect([fin.title, fin.mean.change.charAt(0), before.mean.change]).toEqual(['Fin', '+', ''])
})
