// The budgets of all offers: a bar from P5 to P95 for each, sorted by P80, with the median and P80.
import { trialsWord } from '../../months.ts'
import { capital, smallestBudgetWords } from '../../questions/compare/verdict-words.ts'
import { shortTitles, type Verdict } from '../../questions/compare/verdict.ts'
import type { Summary } from '../../summary/summary.ts'
import { isWithinScale } from './beyond.ts'
import { Chart } from './chart.ts'
import { costIn } from './summary.ts'
import {
  aboutRun,
  capitalMeasure,
  GRAY,
  moneyAcross,
  colorAmong,
  OWN_COLOR,
  PAPER,
  plot,
  quantity,
  shortMoney,
  TITLE,
} from './theme.ts'

const ROW = 46
const BAR = 16

/** An offer's own color if it is recommended or tied, and gray otherwise. */
const colorIn = (verdict: Verdict | undefined, names: readonly string[], offer: string): string =>
  verdict === undefined || verdict.offer === offer || verdict.offers.includes(offer)
    ? colorAmong(names, offer, verdict?.offer)
    : GRAY

export function budgetBars(summary: Summary, verdict: Verdict | undefined, titles: Readonly<Record<string, string>>): Chart {
  const { currency, months } = summary
  const names = Object.keys(summary.offers)
  const short = shortTitles(names, titles)
  const rows = names
    .map((offer) => {
      const { mean, percentiles } = costIn(summary, offer)
      const { p5 = mean, p50 = mean, p80 = mean, p95 = mean } = percentiles
      const label = `P80 ${shortMoney(p80.value, currency)}`
      const values = { p5: p5.value, p50: p50.value, p80: p80.value, p95: p95.value }
      return { offer: capital(short[offer]), ...values, label, se: p80.se, color: colorIn(verdict, names, offer) }
    })
    .sort((a, b) => a.p80 - b.p80)
  const within = rows.filter(({ p80 }) => isWithinScale(p80, rows[0].p80))
  const beyond = rows
    .filter((row) => !within.includes(row))
    .map((row) => ({ ...row, near: row.label, label: `${row.label}, beyond this scale` }))
  const years = trialsWord(months.length)
  return new Chart(
    smallestBudgetWords(
      rows.map(({ offer, p80, se }) => ({ title: offer, p80: { value: p80, se } })),
      (amount) => shortMoney(amount, currency),
    ),
    `The bars hold 90 of 100 ${years} (P5 to P95) of each offer. Budgets at 80% confidence: ${rows.map(({ offer, p80 }) => `${offer} ${shortMoney(p80, currency)}`).join(', ')}.`,
    ({ narrow }) => {
      const sort = rows.map(({ offer }) => offer)
      const y = { field: 'offer', type: 'nominal', sort, axis: { title: null, labelFontSize: 13, labelLimit: narrow ? 100 : 220 } }
      const x = (field: string) => quantity(field, { scale: { zero: false }, axis: moneyAcross(currency, null, narrow) })
      const mark = (own: object, encoding: object) => ({ data: { values: within }, mark: own, encoding: { y, ...encoding } })
      const far = narrow ? beyond.map((row) => ({ ...row, label: row.near })) : beyond
      return plot(rows, {
        height: { step: ROW },
        layer: [
          mark({ type: 'bar', height: BAR }, { x: x('p5'), x2: { field: 'p95' }, color: OWN_COLOR }),
          mark({ type: 'tick', color: PAPER, thickness: 2, size: BAR }, { x: x('p50') }),
          mark({ type: 'tick', color: TITLE, thickness: 3, size: BAR + 8 }, { x: x('p80') }),
          mark({ type: 'text', dy: -19, fontWeight: 700 }, { x: x('p80'), text: { field: 'label' } }),
          {
            data: { values: far },
            mark: { type: 'text', align: 'right', fontWeight: 700 },
            encoding: { y, x: { value: 'width' }, text: { field: 'label' } },
          },
        ],
      })
    },
    aboutRun(summary, `${capitalMeasure(summary)}, 90 of 100 ${years} (P5 to P95), gap at the median, line at P80`),
  )
}
