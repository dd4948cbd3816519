// Charts that need the trials of a run: curves, densities and maps of inputs.
import { trialsWord } from '../../months.ts'
import type { Acceptability } from '../../questions/compare/acceptability.ts'
import type { CurvePoint } from '../../questions/budget/curve.ts'
import type { WinnerMap } from '../../questions/compare/winners.ts'
import { inSentence } from '../../questions/compare/verdict-words.ts'
import type { Densities } from '../../summary/densities.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { alignAt, apart, belowPoints, haloed, namesWidth } from './labels.ts'
import { fittingText } from './letters.ts'
import { chosenOf, costIn } from './summary.ts'
import { inputAxis, inputInWords } from './inputs.ts'
import {
  aboutRun,
  around,
  capitalMeasure,
  category,
  clearlyAbove,
  COLORS,
  heightIn,
  INK,
  moneyAcross,
  EXACT_ZERO,
  isMany,
  offerColor,
  offerScale,
  OWN_COLOR,
  PAPER,
  percent,
  plot,
  quantity,
  shareAxis,
  shortMoney,
} from './theme.ts'

interface CurveMarks {
  readonly point: number
  readonly pointSuffices: Estimate
  readonly p80: Estimate
  readonly budget?: { readonly amount: number; readonly holds: Estimate }
}

/** The S-curve: the probability that an amount is enough, with marks for the single-number plan, P80 and a stated budget. */
export function sCurve(
  offer: string,
  curve: readonly Pick<CurvePoint, 'probability' | 'amount'>[],
  { point, pointSuffices, p80, budget }: CurveMarks,
  summary: Summary,
): Chart {
  const { currency } = summary
  const mark = (name: string, amount: number, probability: number, odds = `: ${percent(probability)}`) => ({
    amount,
    probability,
    label: `${name} ${shortMoney(amount, currency)}${odds}`,
  })
  const marks = [
    mark('plan', point, pointSuffices.value),
    mark('P80', p80.value, 0.8, ''),
    ...(budget ? [mark('budget', budget.amount, budget.holds.value)] : []),
  ]
  const years = trialsWord(summary.months.length)
  const y = quantity('probability', { scale: { domain: [0, 1] }, axis: shareAxis(null) })
  return new Chart(
    `A single-number plan for ${inSentence(offer)} is enough in ${Math.round(100 * pointSuffices.value)} of 100 ${years}`,
    `The S-curve shows how likely an amount is to be enough for ${inSentence(offer)}, and marks ${marks.map(({ label }) => label).join(', ')}.`,
    (room) => {
      const x = quantity('amount', { scale: { zero: false }, axis: moneyAcross(currency, null, room.narrow) })
      const pixels = heightIn(room)
      const placed = belowPoints(marks, ({ probability }) => probability, pixels)
      return {
        height: pixels,
        layer: [
          { data: { values: curve }, mark: { type: 'line', color: COLORS[0] }, encoding: { x, y } },
          { data: { values: marks }, mark: { type: 'rule', strokeDash: [4, 3], color: INK }, encoding: { x } },
          { data: { values: marks }, mark: { type: 'point', filled: true, size: 60, color: COLORS[1] }, encoding: { x, y } },
          ...haloed(
            { align: 'left', dx: 8 },
            { data: { values: placed }, encoding: { x, y: { ...y, field: 'at' }, text: { field: 'label' } } },
          ),
        ],
      }
    },
    aboutRun(summary, `How likely an amount is to be enough for ${offer}`),
  )
}

/** The share of trials in each class of cost, for all offers on one axis. */
export function costDistributions({ low, width, offers }: Densities, summary: Summary): Chart {
  const { currency } = summary
  const names = offers.map(({ offer }) => offer)
  const values = offers.flatMap(({ offer, shares }) =>
    shares.map((share, k) => ({ offer, amount: low + (k + 0.5) * width, share })),
  )
  const medians = offers
    .map(({ offer, median }) => ({ offer, ...(costIn(summary, offer).percentiles.p50 ?? { value: median, se: Infinity }) }))
    .sort((a, b) => a.value - b.value)
  const [lowest, next] = medians
  return new Chart(
    next === undefined || clearlyAbove(next, lowest)
      ? `${lowest.offer} has the lowest median cost: ${shortMoney(lowest.value, currency)}`
      : `${lowest.offer} and ${next.offer} have about the same median cost: ${shortMoney(lowest.value, currency)}`,
    `The areas show how each offer's cost is distributed. The medians are ${medians.map(({ offer, value }) => `${offer} ${shortMoney(value, currency)}`).join(', ')}.`,
    ({ width, narrow }) => {
      const beside = namesWidth(names, narrow, 200)
      const header = { labelAngle: 0, labelAlign: 'left', labelLimit: beside, labelAnchor: 'middle' }
      return plot(values, {
        width: width - beside - 40,
        height: 60,
        mark: { type: 'area', opacity: 0.7, interpolate: 'monotone' },
        encoding: {
          row: category('offer', { sort: names, header }),
          x: quantity('amount', { scale: { zero: false }, axis: moneyAcross(currency, null, narrow) }),
          y: quantity('share', { axis: null }),
          color: { field: 'offer', type: 'nominal', sort: null, legend: null, scale: offerScale(Object.keys(summary.offers)) },
        },
        resolve: { scale: { y: 'independent' } },
        spacing: 4,
      })
    },
    aboutRun(summary, `${capitalMeasure(summary)}, share of ${trialsWord(summary.months.length)}`),
  )
}

/** Each offer's probability of being the cheapest as one input changes, with two standard errors to each side. */
export function acceptability({ against, points, words }: Acceptability, summary: Summary): Chart {
  const values = points.flatMap(({ at, offers, frontier }) =>
    Object.entries(offers).map(([offer, { cheapest }]) => ({
      ...{ at, offer, chance: cheapest.value },
      ...around(cheapest, 0, 1),
      frontier: offer === frontier,
    })),
  )
  const names = Object.keys(summary.offers)
  const input = inputAxis(against)
  return new Chart(
    acceptedFinding(points, inputInWords(against)),
    words,
    (room) => {
      const x = quantity('at', { scale: { zero: false, nice: false }, axis: { ...input, tickCount: room.narrow ? 4 : 8 } })
      const best = chosenOf(summary)
      const color = category('offer', { sort: null, scale: offerScale(names, best), legend: null })
      const y = quantity('chance', { scale: { domain: [0, 1] }, axis: shareAxis(null) })
      const pixels = heightIn(room)
      return plot(values, {
        height: pixels,
        layer: [
          { mark: { type: 'area', opacity: 0.2 }, encoding: { x, color, y: quantity('low'), y2: { field: 'high' } } },
          { mark: { type: 'line' }, encoding: { x, y, color } },
          { transform: [{ filter: 'datum.frontier' }], mark: { type: 'point', filled: true, size: 36 }, encoding: { x, y, color } },
          ...peakLabels(values, names, best, { pixels, width: room.width }).map(({ align, dx, ...label }) => ({
            data: { values: [label] },
            mark: { type: 'text', align, dx, dy: -9, fontWeight: 700 },
            encoding: {
              x: { ...x, field: 'x' },
              y: { ...y, field: 'at' },
              text: { field: 'label' },
              color: OWN_COLOR,
            },
          })),
        ],
      })
    },
    aboutRun(summary, `How often each offer is the cheapest, by ${inputInWords(against)}`, ''),
  )
}

/** Lines below this chance everywhere have no name. */
const LEAST_CHANCE = 0.02

interface ChancePlace {
  readonly at: number
  readonly offer: string
  readonly chance: number
}

/** Names each line at its highest point, which is at an edge or above all else. */
function peakLabels(
  values: readonly ChancePlace[],
  names: readonly string[],
  chosen: string,
  { pixels, width }: { readonly pixels: number; readonly width: number },
) {
  const xs = values.map(({ at }) => at)
  const [left, right] = [Math.min(...xs), Math.max(...xs)]
  const shown = isMany(names) ? [chosen] : names
  const peaks = shown.flatMap((name) => {
    const own = values.filter(({ offer }) => offer === name)
    const peak = own.reduce((a, b) => (b.chance > a.chance ? b : a))
    return peak.chance < LEAST_CHANCE
      ? []
      : [{ label: fittingText(name, 0.6 * width, 12, true), x: peak.at, at: peak.chance, color: offerColor(names.indexOf(name)) }]
  })
  return apart(peaks, { low: 0, high: 1, pixels }).map((peak) => {
    const align = alignAt((peak.x - left) / (right - left || 1))
    return { ...peak, align, dx: { left: 4, right: -4, center: 0 }[align] }
  })
}

/** Whether the offer that is clearly the most likely to be cheapest changes with the input. */
function acceptedFinding(points: Acceptability['points'], against: string): string {
  const clear = points.flatMap(({ offers }) => {
    const all = Object.entries(offers).map(([offer, { cheapest }]) => ({ offer, ...cheapest }))
    const best = all.find((one) => all.every((other) => other === one || clearlyAbove(one, other)))
    return best ? [best.offer] : []
  })
  const [first, second] = new Set(clear)
  if (second !== undefined) return `The cheapest offer depends on ${against}`
  if (first === undefined) return `No offer is clearly the most likely to be cheapest at any ${against}`
  return clear.length === points.length
    ? `${first} is the most likely to be cheapest at every ${against}`
    : `No ${against} clearly favors another offer than ${first}`
}

/** The offer with the lowest mean or P80 in each cell of two inputs. */
export function winners({ x, y, cells, statistic }: WinnerMap, summary: Summary): Chart {
  const values = cells.flatMap((row, j) =>
    row.map((cell, k) => ({
      ...{ x1: x.edges[k], x2: x.edges[k + 1], y1: y.edges[j], y2: y.edges[j + 1] },
      winner: cell.winner ?? 'none',
      lead: cell.lead?.value ?? 0,
    })),
  )
  const countOf = (names: readonly string[]): [name: string, count: number][] => {
    const won = new Map<string, number>()
    for (const winner of names) won.set(winner, (won.get(winner) ?? 0) + 1)
    return [...won].sort(([, a], [, b]) => b - a)
  }
  const clear = cells
    .flat()
    .flatMap(({ winner, lead }) => (winner !== undefined && (lead === undefined || clearlyAbove(lead, EXACT_ZERO)) ? [winner] : []))
  const [most] = countOf(clear)
  const figure = statistic === 'mean' ? 'mean' : 'P80'
  const axis = (input: string) => ({ scale: { zero: false }, axis: { ...inputAxis(input), grid: false } })
  return new Chart(
    most
      ? `${most[0]} clearly has the lowest ${figure} in ${most[1]} of ${values.length} cells`
      : `No offer clearly has the lowest ${figure} in any cell`,
    `Each cell shows the offer with the lowest ${figure} for a range of ${x.input} and ${y.input}: ${countOf(
      values.map(({ winner }) => winner),
    )
      .map(([name, count]) => `${name} in ${count}`)
      .join(', ')} cells.`,
    ({ width, narrow }) => {
      const names = Object.keys(summary.offers)
      const label = {
        data: { values: regionLabels(values, width) },
        encoding: { x: quantity('x', axis(x.input)), y: quantity('y', axis(y.input)), text: { field: 'label' } },
      }
      return plot(values, {
        layer: [
          {
            mark: { type: 'rect', stroke: PAPER, strokeWidth: 0.5 },
            encoding: {
              x: quantity('x1', { ...axis(x.input), axis: { ...axis(x.input).axis, tickCount: narrow ? 4 : 7 } }),
              x2: { field: 'x2' },
              y: quantity('y1', axis(y.input)),
              y2: { field: 'y2' },
              color: category('winner', { scale: offerScale(names, most?.[0]), legend: null }),
            },
          },
          ...haloed({ fontWeight: 700, fontSize: 13 }, label),
        ],
      })
    },
    aboutRun(summary, `Offer with the lowest ${figure} by ${inputInWords(x.input)} and ${inputInWords(y.input)}`, ''),
  )
}

interface WonCell {
  readonly x1: number
  readonly x2: number
  readonly y1: number
  readonly y2: number
  readonly winner: string
}

/** Names each winner in the cell of its own that is nearest to the middle of all its cells, by area. */
function regionLabels(cells: readonly WonCell[], width: number): object[] {
  const place = ({ x1, x2, y1, y2 }: WonCell) => ({ x: (x1 + x2) / 2, y: (y1 + y2) / 2, area: (x2 - x1) * (y2 - y1) })
  const [wide, high] = [
    Math.max(...cells.map(({ x2 }) => x2)) - Math.min(...cells.map(({ x1 }) => x1)),
    Math.max(...cells.map(({ y2 }) => y2)) - Math.min(...cells.map(({ y1 }) => y1)),
  ]
  return [...new Set(cells.map(({ winner }) => winner))].map((winner) => {
    const own = cells.filter((cell) => cell.winner === winner).map(place)
    const area = own.reduce((sum, one) => sum + one.area, 0) || 1
    const middle = (axis: 'x' | 'y') => own.reduce((sum, one) => sum + one[axis] * one.area, 0) / area
    const [x, y] = [middle('x'), middle('y')]
    const away = (one: { readonly x: number; readonly y: number }) =>
      Math.abs(one.x - x) / (wide || 1) + Math.abs(one.y - y) / (high || 1)
    const nearest = own.reduce((a, b) => (away(b) < away(a) ? b : a))
    return { label: winner === 'none' ? 'no offer' : fittingText(winner, 0.4 * width, 13, true), x: nearest.x, y: nearest.y }
  })
}
