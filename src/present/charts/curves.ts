// The S-curves of all offers on one axis, with a marked amount.
import { trialsWord } from '../../months.ts'
import { capital, inSentence } from '../../questions/compare/verdict-words.ts'
import { shortTitles } from '../../questions/compare/verdict.ts'
import type { CurvePoint } from '../../questions/budget/curve.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { aboutRun, HEIGHT, moneyAxis, offerColor, PAPER, quantity, shortMoney, TITLE, WIDTH } from './theme.ts'

export interface OfferCurve {
  readonly offer: string
  readonly points: readonly CurvePoint[]
  /** How likely the marked amount is to be enough. */
  readonly holds: Estimate
}

/** Labels at a curve may not be closer than this share of the axis. */
const APART = 0.055

/** @param curves of the offers that are near the amount. The first one is that of the recommended offer */
export function budgetCurves(
  summary: Summary,
  curves: readonly OfferCurve[],
  amount: number,
  titles: Readonly<Record<string, string>>,
): Chart {
  const { currency, months } = summary
  const names = Object.keys(summary.offers)
  const short = shortTitles(names, titles)
  const years = trialsWord(months.length)
  const lines = curves.map(({ offer, points, holds }) => ({
    name: capital(short[offer]),
    color: offerColor(names.indexOf(offer)),
    points,
    holds: holds.value,
  }))
  const hundred = (share: number) => Math.round(100 * share)
  const marks = labelsOf(
    lines.map(({ name, color, holds }) => ({ amount, holds, at: holds, color, label: `${hundred(holds)} ${name}` })),
  )
  const [first, ...others] = lines
  const y = (field: string) =>
    quantity(field, { scale: { domain: [0, 1] }, axis: { title: null, labelExpr: 'round(100 * datum.value)' } })
  const x = quantity('amount', { scale: { zero: false }, axis: { ...moneyAxis(currency, null), tickCount: 6 } })
  const color = { field: 'color', type: 'nominal', scale: null }
  const money = shortMoney(amount, currency)
  return new Chart(
    `${money} is enough for ${inSentence(first.name)} in ${hundred(first.holds)} of 100 ${years}${others.length > 0 ? `, for ${inSentence(others[0].name)} in ${hundred(others[0].holds)}` : ''}`,
    `The S-curves show how many of 100 ${years} an amount is enough for. ${money} is enough ${lines.map(({ name, holds }) => `for ${inSentence(name)} in ${hundred(holds)}`).join(', ')}.`,
    {
      ...{ width: WIDTH, height: HEIGHT },
      layer: [
        {
          data: {
            values: lines.flatMap(({ name, color: own, points }) => points.map((point) => ({ offer: name, color: own, ...point }))),
          },
          mark: { type: 'line', strokeWidth: 2 },
          encoding: { x, y: y('probability'), color, detail: { field: 'offer' } },
        },
        { data: { values: [{ amount }] }, mark: { type: 'rule', color: TITLE }, encoding: { x } },
        {
          data: { values: marks },
          mark: { type: 'point', filled: true, size: 50, opacity: 1 },
          encoding: { x, y: y('holds'), color },
        },
        ...[{ stroke: PAPER, strokeWidth: 5 }, {}].map((halo) => ({
          data: { values: marks },
          mark: { type: 'text', align: 'left', dx: 12, fontWeight: 700, ...halo },
          encoding: { x, y: y('at'), text: { field: 'label' }, color },
        })),
        {
          data: { values: [{ amount, label: money }] },
          mark: { type: 'text', align: 'right', dx: -6, baseline: 'top', fontWeight: 700 },
          encoding: { x, y: { value: 2 }, text: { field: 'label' } },
        },
      ],
    },
    aboutRun(summary, `How many of 100 ${years} an amount is enough for`),
  )
}

/** Moves labels apart, the highest first. They stand below their points where curves have risen. */
function labelsOf<T extends { readonly at: number }>(marks: readonly T[]): T[] {
  let most = Infinity
  return [...marks]
    .sort((a, b) => b.at - a.at)
    .map((mark) => {
      const at = Math.max(0, Math.min(mark.at - 0.035, most - APART))
      most = at
      return { ...mark, at }
    })
}
