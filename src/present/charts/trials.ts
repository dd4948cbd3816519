// Charts that need the trials of a run: curves, densities and maps of inputs.
import { trialsWord } from '../../months.ts'
import type { Acceptability } from '../../questions/compare/acceptability.ts'
import type { CurvePoint } from '../../questions/budget/curve.ts'
import type { WinnerMap } from '../../questions/compare/winners.ts'
import { inSentence } from '../../questions/compare/verdict-words.ts'
import type { Densities } from '../../summary/densities.ts'
import type { Estimate, Summary } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { costIn } from './summary.ts'
import { inputAxis } from './inputs.ts'
import {
  aboutRun,
  around,
  capitalMeasure,
  category,
  clearlyAbove,
  COLORS,
  HEIGHT,
  INK,
  moneyAxis,
  EXACT_ZERO,
  offerScale,
  PAPER,
  percent,
  plot,
  quantity,
  shareAxis,
  shortMoney,
  WIDTH,
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
  const x = quantity('amount', { scale: { zero: false }, axis: moneyAxis(currency, null) })
  return new Chart(
    `A single-number plan for ${inSentence(offer)} is enough in ${Math.round(100 * pointSuffices.value)} of 100 ${years}`,
    `The S-curve shows how likely an amount is to be enough for ${inSentence(offer)}, and marks ${marks.map(({ label }) => label).join(', ')}.`,
    {
      width: WIDTH,
      height: HEIGHT,
      layer: [
        { data: { values: curve }, mark: { type: 'line', color: COLORS[0] }, encoding: { x, y } },
        { data: { values: marks }, mark: { type: 'rule', strokeDash: [4, 3], color: INK }, encoding: { x } },
        { data: { values: marks }, mark: { type: 'point', filled: true, size: 60, color: COLORS[1] }, encoding: { x, y } },
        {
          data: { values: marks },
          mark: { type: 'text', align: 'left', dx: 8, dy: 8 },
          encoding: { x, y, text: { field: 'label' } },
        },
      ],
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
  const header = { labelAngle: 0, labelAlign: 'left' }
  return new Chart(
    next === undefined || clearlyAbove(next, lowest)
      ? `${lowest.offer} has the lowest median cost: ${shortMoney(lowest.value, currency)}`
      : `${lowest.offer} and ${next.offer} have about the same median cost: ${shortMoney(lowest.value, currency)}`,
    `The areas show how each offer's cost is distributed. The medians are ${medians.map(({ offer, value }) => `${offer} ${shortMoney(value, currency)}`).join(', ')}.`,
    plot(values, {
      height: 60,
      mark: { type: 'area', opacity: 0.7, interpolate: 'monotone' },
      encoding: {
        row: category('offer', { sort: names, header }),
        x: quantity('amount', { scale: { zero: false }, axis: moneyAxis(currency, null) }),
        y: quantity('share', { axis: null }),
        color: { field: 'offer', type: 'nominal', sort: null, legend: null, scale: offerScale(Object.keys(summary.offers)) },
      },
      resolve: { scale: { y: 'independent' } },
      spacing: 4,
    }),
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
  const x = quantity('at', { scale: { zero: false }, axis: inputAxis(against) })
  const color = category('offer', { sort: null, scale: offerScale(Object.keys(summary.offers)) })
  const y = quantity('chance', { scale: { domain: [0, 1] }, axis: shareAxis(null) })
  return new Chart(
    acceptedFinding(points, against),
    words,
    plot(values, {
      layer: [
        { mark: { type: 'area', opacity: 0.2 }, encoding: { x, color, y: quantity('low'), y2: { field: 'high' } } },
        { mark: { type: 'line' }, encoding: { x, y, color } },
        { transform: [{ filter: 'datum.frontier' }], mark: { type: 'point', filled: true, size: 36 }, encoding: { x, y, color } },
      ],
    }),
    aboutRun(summary, `How often each offer is the cheapest, by ${inputAxis(against).title}`, ''),
  )
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
    plot(values, {
      mark: { type: 'rect', stroke: PAPER, strokeWidth: 0.5 },
      encoding: {
        x: quantity('x1', axis(x.input)),
        x2: { field: 'x2' },
        y: quantity('y1', axis(y.input)),
        y2: { field: 'y2' },
        color: category('winner', { scale: offerScale(Object.keys(summary.offers)) }),
      },
    }),
    aboutRun(summary, `Offer with the lowest ${figure} by ${inputAxis(x.input).title} and ${inputAxis(y.input).title}`, ''),
  )
}
