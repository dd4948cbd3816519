// The S-curves of all offers on one axis, with a marked amount.
import { trialsWord } from '../../months.ts'
import { capital, inSentence } from '../../questions/compare/verdict-words.ts'
import { shortTitles } from '../../questions/compare/verdict.ts'
import type { CurvePoint } from '../../questions/budget/curve.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { belowPoints, besideWidth, haloed } from './labels.ts'
import { fittingText } from './letters.ts'
import { aboutRun, clearlyAbove, colorAmong, heightIn, moneyAxis, OWN_COLOR, quantity, shortMoney, TITLE } from './theme.ts'

export interface OfferCurve {
  readonly offer: string
  readonly points: readonly CurvePoint[]
  /** How likely the marked amount is to be enough. */
  readonly holds: Estimate
}

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
    color: colorAmong(names, offer, curves[0].offer),
    points,
    holds: holds.value,
  }))
  const curvePoints = lines.flatMap(({ name, color, points }) => points.map((point) => ({ offer: name, color, ...point })))
  const hundred = (share: number) => Math.round(100 * share)
  const marks = lines.map(({ name, color, holds }) => ({ amount, holds, color, label: `${hundred(holds)} ${name}` }))
  const y = (field: string) =>
    quantity(field, { scale: { domain: [0, 1] }, axis: { title: null, labelExpr: 'round(100 * datum.value)' } })
  const x = quantity('amount', { scale: { zero: false }, axis: { ...moneyAxis(currency, null), tickCount: 6 } })
  const money = shortMoney(amount, currency)
  return new Chart(
    findingOf(
      curves.map(({ holds }, k) => ({ name: inSentence(lines[k].name), holds })),
      money,
      years.replace('simulated ', ''),
    ),
    `The S-curves show how many of 100 ${years} an amount is enough for. ${money} is enough ${lines.map(({ name, holds }) => `for ${inSentence(name)} in ${hundred(holds)}`).join(', ')}.`,
    (room) => {
      const pixels = heightIn(room)
      const labels = belowPoints(marks, ({ holds }) => holds, pixels).map((mark) => ({
        ...mark,
        label: fittingText(mark.label, besideWidth(room.width), 12, true),
      }))
      return {
        height: pixels,
        layer: [
          {
            data: { values: curvePoints },
            mark: { type: 'line', strokeWidth: 2 },
            encoding: { x, y: y('probability'), color: OWN_COLOR, detail: { field: 'offer' } },
          },
          { data: { values: [{ amount }] }, mark: { type: 'rule', color: TITLE }, encoding: { x } },
          {
            data: { values: marks },
            mark: { type: 'point', filled: true, size: 50, opacity: 1 },
            encoding: { x, y: y('holds'), color: OWN_COLOR },
          },
          ...haloed(
            { align: 'left', dx: 12, fontWeight: 700 },
            { data: { values: labels }, encoding: { x, y: y('at'), text: { field: 'label' }, color: OWN_COLOR } },
          ),
          {
            data: { values: [{ amount, label: money }] },
            mark: { type: 'text', align: 'right', dx: -6, baseline: 'top', fontWeight: 700 },
            encoding: { x, y: { value: 2 }, text: { field: 'label' } },
          },
        ],
      }
    },
    aboutRun(summary, `How many of 100 ${years} an amount is enough for`),
  )
}

/** Names a difference only if it exceeds the error of the simulation. */
function findingOf(
  [first, second]: readonly { readonly name: string; readonly holds: Estimate }[],
  money: string,
  years: string,
): string {
  const [one, other] = [first, second].map((own) => Math.round(100 * (own?.holds.value ?? 0)))
  if (second === undefined) return `${money} is enough for ${first.name} in ${one} of 100 ${years}`
  return clearlyAbove(first.holds, second.holds) || clearlyAbove(second.holds, first.holds)
    ? `${money} is enough for ${first.name} in ${one} of 100 ${years}, for ${second.name} in ${other}`
    : `${money} is enough for ${first.name} and ${second.name} in about ${one} of 100 ${years}`
}
