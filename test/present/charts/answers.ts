// A chart of every kind that draws the answer of a question, with names of one's choice.
import {
  audit,
  backtest,
  calibrate,
  type Chart,
  charts,
  diff,
  fit,
  optimize,
  pilot,
  portfolio,
  sensitivity,
  sweep,
  track,
  valueOfInformation,
} from 'billcast'
import { generate } from '../../../examples/audit/generate.mjs'
import type { AnswerChart } from '../../../src/present/charts/kinds.ts'

const few = { trials: 1_024 }

/** @param offers names of two offers or more @param named the name of a history, a column or a plan */
export async function answerCharts(offers: readonly string[], named: string): Promise<Readonly<Record<AnswerChart, Chart>>> {
  const [one, two] = offers
  const plan = (price: number) => ({
    ...{ start: '2027-01', months: 3 },
    conversations: { base: '900 to 1100', noise: { cv: 0.1 } },
    resolution: { rate: '60% to 80%' },
    offers: Object.fromEntries(
      offers.map((name, k) => [
        name,
        k === 0
          ? { charges: [{ meter: 'resolutions', price }] }
          : k === 1
            ? { charges: [{ meter: 'resolutions', commitment: '600/month', price: 0.9, overage: 1.4 }] }
            : { charges: [{ meter: 'conversations', price: 0.6 + 0.03 * k }] },
      ]),
    ),
  })
  const months = Array.from({ length: 48 }, (_, k) => `${2023 + Math.floor(k / 12)}-${String((k % 12) + 1).padStart(2, '0')}`)
  const history = months.map((month, k) => ({ month, conversations: 900 + 6 * k + 70 * ((k * 7) % 5) + (k === 20 ? 900 : 0) }))
  const csv = `month,conversations\n${history.map(({ month, conversations }) => `${month},${conversations}`).join('\n')}\n`
  const files = { 'past.csv': csv, 'closed.csv': 'month,conversations\n2027-01,1250\n2027-02,1230\n' }
  const past = await backtest(history, { name: named, ...few })
  const values = Array.from({ length: 80 }, (_, k) => 5 + 3 * Math.sin(k) ** 2 + 0.02 * k)
  const fitted = await fit(values, { name: named })
  const audited = await audit(generate().conversations, 'fin')
  const first = plan(0.99)
  const group = await portfolio(
    { portfolio: named, plans: { [one]: { scenario: first, offer: one }, [two]: { scenario: plan(1.2), offer: two } } },
    few,
  )
  return {
    tornado: charts.tornado(await sensitivity(first, { offer: one, ...few }), 'USD'),
    information: charts.information(await valueOfInformation(first, few), 'USD'),
    pilot: charts.pilot(await pilot(first, { input: 'resolution.rate', ...few }), 'USD'),
    commitment: charts.commitment(
      await optimize(first, { offer: two, vary: { [`offers.${two}.commitment`]: [500, 1_000] }, minimize: 'mean', ...few }),
      'USD',
    ),
    diff: charts.diff(await diff(first, { ...plan(1.2), resolution: { rate: '65% to 80%' } }, few), one, 'USD'),
    sweep: charts.sweep(await sweep(first, { [`offers.${one}.price`]: [0.6, 0.9, 1.2] }, few), one, 'USD'),
    backtest: charts.backtest(past),
    pit: charts.pit(past),
    history: charts.history(await calibrate(history, { name: named })),
    track: charts.track(
      await track({ ...first, conversations: { history: 'past.csv' } }, { actuals: 'closed.csv', trials: 8_192, files }),
    ),
    definitions: charts.definitions(audited),
    funnel: charts.funnel(audited),
    histogram: charts.histogram(fitted),
    quantiles: charts.quantiles(fitted),
    portfolio: charts.portfolio(group),
    diversification: charts.diversification(group),
  }
}
