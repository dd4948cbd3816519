// The S-curves of all offers on one axis, with a marked amount.
import { trialsWord } from '../../months.ts'
import { capital, inSentence } from '../../questions/compare/verdict-words.ts'
import { shortTitles } from '../../questions/compare/verdict.ts'
import type { CurvePoint } from '../../questions/budget/curve.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { apart, besideWidth, haloed } from './labels.ts'
import { fittingText } from './letters.ts'
import { aboutRun, clearlyAbove, heightIn, moneyAxis, offerColor, quantity, shortMoney, TITLE } from './theme.ts'

export interface OfferCurve {
  readonly offer: string
  readonly points: readonly CurvePoint[]
  /** How likely the marked amount is to be enough. */
  readonly holds: Estimate
}

/** Pixels from a point to its label. */
const BELOW = 10

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
  const marks = lines.map(({ name, color, holds }) => ({ amount, holds, color, label: `${hundred(holds)} ${name}` }))
  const y = (field: string) =>
    quantity(field, { scale: { domain: [0, 1] }, axis: { title: null, labelExpr: 'round(100 * datum.value)' } })
  const x = quantity('amount', { scale: { zero: false }, axis: { ...moneyAxis(currency, null), tickCount: 6 } })
  const color = { field: 'color', type: 'nominal', scale: null }
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
      // Labels stand below their points, where the curves have risen.
      const placed = apart(
        marks.map((mark) => ({ ...mark, at: Math.max(0, mark.holds - BELOW / pixels) })),
        { low: 0, high: 1, pixels },
      )
      return {
        height: pixels,
        layer: [
          {
            data: {
              values: lines.flatMap(({ name, color: own, points }) =>
                points.map((point) => ({ offer: name, color: own, ...point })),
              ),
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
          ...haloed(
            { align: 'left', dx: 12, fontWeight: 700 },
            {
              data: {
                values: placed.map((mark) => ({ ...mark, label: fittingText(mark.label, besideWidth(room.width), 12, true) })),
              },
              encoding: { x, y: y('at'), text: { field: 'label' }, color },
            },
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
