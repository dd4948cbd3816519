// How the choice depends on one input: how often each offer is cheapest as areas, and the offer with the lowest mean as a strip below.
import type { Acceptability } from '../../questions/compare/acceptability.ts'
import type { Summary } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { inputAxis } from './inputs.ts'
import { aboutRun, LIGHT_ON_COLOR, offerScale, PAPER, quantity, shareAxis, WIDTH } from './theme.ts'

const STRIP = 26
/** Narrower parts of the strip have no name. */
const LEAST_NAMED = 0.08

/** Values next to each other at which one offer has the lowest mean. */
interface Stretch {
  readonly offer: string
  readonly from: number
  readonly to: number
}

/** Borders lie halfway between the means of two classes. The outer classes reach to their own means, since their extremes are rare. */
function stripParts(points: Acceptability['points']): Stretch[] {
  const middle = (k: number) => (points[k - 1].at + points[k].at) / 2
  const starts = points.flatMap((point, k) => (k === 0 || points[k - 1].frontier !== point.frontier ? [k] : []))
  return starts.map((k, n) => ({
    offer: points[k].frontier,
    from: k === 0 ? points[0].at : middle(k),
    to: n + 1 < starts.length ? middle(starts[n + 1]) : points[points.length - 1].at,
  }))
}

export function breakEvenStrip({ against, points, words }: Acceptability, summary: Summary): Chart {
  const names = Object.keys(summary.offers)
  const areas = points.flatMap(({ at, offers }) =>
    names.map((offer, k) => ({ at, offer, chance: offers[offer].cheapest.value, order: k })),
  )
  const stretches = stripParts(points)
  const [low, high] = [points[0].at, points[points.length - 1].at]
  const { title, ...format } = inputAxis(against)
  const scale = { zero: false, nice: false, domain: [low, high] }
  const color = {
    field: 'offer',
    type: 'nominal',
    scale: offerScale(names),
    legend: { values: names.filter((name) => areas.some((one) => one.offer === name && one.chance >= 0.005)) },
  }
  const named = stretches.filter(({ from, to }) => to - from >= LEAST_NAMED * (high - low))
  const [first, second] = stretches
  return new Chart(
    second === undefined
      ? `${first.offer} has the lowest mean at every ${title.toLowerCase()} shown`
      : `The offer with the lowest mean depends on the ${title.toLowerCase()}`,
    words,
    {
      vconcat: [
        {
          ...{ width: WIDTH, height: 200, data: { values: areas } },
          mark: { type: 'area', opacity: 0.45, line: false },
          encoding: {
            x: quantity('at', { scale, axis: null }),
            y: quantity('chance', { stack: 'zero', scale: { domain: [0, 1] }, axis: shareAxis(null) }),
            color,
            order: quantity('order'),
          },
        },
        {
          ...{ width: WIDTH, height: STRIP },
          layer: [
            {
              data: { values: stretches },
              mark: { type: 'rect', stroke: PAPER, strokeWidth: 2 },
              encoding: {
                x: quantity('from', { scale, axis: { title, ...format, grid: false } }),
                x2: { field: 'to' },
                color: { ...color, legend: null },
              },
            },
            {
              data: { values: named.map((one) => ({ ...one, middle: (one.from + one.to) / 2 })) },
              mark: { type: 'text', color: LIGHT_ON_COLOR, fontWeight: 700 },
              encoding: { x: quantity('middle', { scale }), text: { field: 'offer' } },
            },
          ],
        },
      ],
      spacing: 6,
    },
    aboutRun(summary, `How often each offer is the cheapest. Strip: lowest mean. By ${title.toLowerCase()}`, ''),
  )
}
