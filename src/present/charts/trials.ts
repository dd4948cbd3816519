// Charts that need a run's futures: curves and densities.
import type { Acceptability } from '../../questions/compare/acceptability.ts'
import type { CurvePoint } from '../../questions/budget/curve.ts'
import type { WinnerMap } from '../../questions/compare/winners.ts'
import type { Densities } from '../../summary/densities.ts'
import type { Estimate } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { COLOURS, HEIGHT, moneyAxis, percent, shareAxis, shortMoney, WIDTH } from './theme.ts'

export interface CurveMarks {
  readonly point: number
  readonly pointSuffices: Estimate
  readonly p80: Estimate
  readonly budget?: { readonly amount: number; readonly holds: Estimate }
}

/** The S-curve: with what probability an amount suffices; marks for the plan's number, P80 and a stated budget. */
export function sCurve(
  offer: string,
  curve: readonly Pick<CurvePoint, 'probability' | 'amount'>[],
  { point, pointSuffices, p80, budget }: CurveMarks,
  currency: string,
): Chart {
  const marks = [
    {
      amount: point,
      probability: pointSuffices.value,
      label: `plan ${shortMoney(point, currency)}: ${percent(pointSuffices.value)}`,
    },
    { amount: p80.value, probability: 0.8, label: `P80 ${shortMoney(p80.value, currency)}` },
    ...(budget
      ? [
          {
            amount: budget.amount,
            probability: budget.holds.value,
            label: `budget ${shortMoney(budget.amount, currency)}: ${percent(budget.holds.value)}`,
          },
        ]
      : []),
  ]
  const y = {
    field: 'probability',
    type: 'quantitative',
    scale: { domain: [0, 1] },
    axis: shareAxis('of futures in which it suffices'),
  }
  const x = { field: 'amount', type: 'quantitative', scale: { zero: false }, axis: moneyAxis(currency, 'amount') }
  return new Chart(
    `The single-number plan for ${offer} is enough in ${percent(pointSuffices.value)} of futures`,
    `S-curve of ${offer}: ${marks.map(({ label }) => label).join(', ')}.`,
    {
      width: WIDTH,
      height: HEIGHT,
      layer: [
        { data: { values: curve }, mark: { type: 'line', color: COLOURS[0] }, encoding: { x, y } },
        { data: { values: marks }, mark: { type: 'rule', strokeDash: [4, 3], color: '#767676' }, encoding: { x } },
        { data: { values: marks }, mark: { type: 'point', filled: true, size: 60, color: COLOURS[1] }, encoding: { x, y } },
        {
          data: { values: marks },
          mark: { type: 'text', align: 'left', dx: 8, dy: 8 },
          encoding: { x, y, text: { field: 'label' } },
        },
      ],
    },
  )
}

/** Densities of all offers on one axis: the share of futures in each class of cost. */
export function costDistributions({ low, width, offers }: Densities, currency: string): Chart {
  const names = offers.map(({ offer }) => offer)
  const values = offers.flatMap(({ offer, shares }) =>
    shares.map((share, k) => ({ offer, amount: low + (k + 0.5) * width, share })),
  )
  const cheapest = offers.reduce((a, b) => (b.median < a.median ? b : a))
  return new Chart(
    `${cheapest.offer} has the lowest median: ${shortMoney(cheapest.median, currency)}`,
    `Distribution of each offer's cost. Medians: ${offers.map(({ offer, median }) => `${offer} ${shortMoney(median, currency)}`).join(', ')}.`,
    {
      width: WIDTH,
      height: 60,
      data: { values },
      mark: { type: 'area', opacity: 0.7, interpolate: 'monotone' },
      encoding: {
        row: { field: 'offer', type: 'nominal', sort: names, title: null, header: { labelAngle: 0, labelAlign: 'left' } },
        x: { field: 'amount', type: 'quantitative', scale: { zero: false }, axis: moneyAxis(currency, 'cost') },
        y: { field: 'share', type: 'quantitative', axis: null },
        color: { field: 'offer', type: 'nominal', sort: null, legend: null },
      },
      resolve: { scale: { y: 'independent' } },
      spacing: 4,
    },
  )
}

/** P(each is the cheapest) as one input takes its values, with two standard errors to each side. */
export function acceptability({ against, points, words }: Acceptability): Chart {
  const values = points.flatMap(({ at, offers, frontier }) =>
    Object.entries(offers).map(
      ([
        offer,
        {
          cheapest: { value, se },
        },
      ]) => ({
        at,
        offer,
        chance: value,
        low: Math.max(0, value - 2 * se),
        high: Math.min(1, value + 2 * se),
        frontier: offer === frontier,
      }),
    ),
  )
  const x = { field: 'at', type: 'quantitative', scale: { zero: false }, axis: { title: against } }
  const color = { field: 'offer', type: 'nominal', sort: null, title: null }
  const y = {
    field: 'chance',
    type: 'quantitative',
    scale: { domain: [0, 1] },
    axis: shareAxis('of futures in which it is the cheapest'),
  }
  return new Chart(`Who is the cheapest depends on ${against}`, words, {
    width: WIDTH,
    height: HEIGHT,
    data: { values },
    layer: [
      {
        mark: { type: 'area', opacity: 0.2 },
        encoding: { x, color, y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } },
      },
      { mark: { type: 'line' }, encoding: { x, y, color } },
      { transform: [{ filter: 'datum.frontier' }], mark: { type: 'point', filled: true, size: 36 }, encoding: { x, y, color } },
    ],
  })
}

/** The offer with the lowest mean, or P80, in each cell of two inputs. */
export function winners({ x, y, cells, statistic }: WinnerMap): Chart {
  const values = cells.flatMap((row, j) =>
    row.map((cell, k) => ({
      x1: x.edges[k],
      x2: x.edges[k + 1],
      y1: y.edges[j],
      y2: y.edges[j + 1],
      winner: cell.winner ?? 'none',
      lead: cell.lead?.value ?? 0,
    })),
  )
  const won = new Map<string, number>()
  for (const { winner } of values) won.set(winner, (won.get(winner) ?? 0) + 1)
  const [most] = [...won].sort(([, a], [, b]) => b - a)
  const what = statistic === 'mean' ? 'mean' : 'P80'
  return new Chart(
    `${most[0]} has the lowest ${what} in ${most[1]} of ${values.length} cells`,
    `Offer with the lowest ${what} by ${x.input} and ${y.input}: ${[...won].map(([name, count]) => `${name} in ${count}`).join(', ')} cells.`,
    {
      width: WIDTH,
      height: HEIGHT,
      data: { values },
      mark: { type: 'rect', stroke: '#ffffff', strokeWidth: 0.5 },
      encoding: {
        x: { field: 'x1', type: 'quantitative', scale: { zero: false }, axis: { title: x.input, grid: false } },
        x2: { field: 'x2' },
        y: { field: 'y1', type: 'quantitative', scale: { zero: false }, axis: { title: y.input, grid: false } },
        y2: { field: 'y2' },
        color: { field: 'winner', type: 'nominal', title: null },
      },
    },
  )
}
