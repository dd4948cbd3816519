// What each expert thinks of one value, beside the pool of all.

import type { Opinions } from '../../numerics/distributions/experts.ts'
import type { Distribution } from '../../numerics/distributions/index.ts'
import { Chart } from './chart.ts'
import { COLOURS, percent, WIDTH } from './theme.ts'

const POINTS = 160
const POOL = 'all together'

const number = (value: number): string => String(Number(value.toPrecision(3)))

/** @param input what the opinions are about, by its name */
export function expertsChart(input: string, { pool, experts }: Opinions): Chart {
  const distributions = [
    ...experts.map(({ name, distribution, share }) => ({ who: `${name} (${percent(share)})`, distribution })),
    { who: POOL, distribution: pool },
  ]
  const low = Math.min(...distributions.map(({ distribution }) => distribution.quantile(0.005, 0.995)))
  const high = Math.max(...distributions.map(({ distribution }) => distribution.quantile(0.995, 0.005)))
  const step = (high - low) / POINTS
  // The share of a distribution between two neighbours: rows have scales of their own, since shapes compare and heights do not.
  const between = (distribution: Distribution, at: number) =>
    Math.max(0, distribution.cdf(at + step / 2) - distribution.cdf(at - step / 2))
  const values = distributions.flatMap(({ who, distribution }) =>
    Array.from({ length: POINTS + 1 }, (_, k) => {
      const at = low + k * step
      return { who, at, share: between(distribution, at) }
    }),
  )
  const ranges = distributions.map(({ who, distribution }) => ({
    who,
    p10: distribution.quantile(0.1, 0.9),
    p50: distribution.quantile(0.5, 0.5),
    p90: distribution.quantile(0.9, 0.1),
  }))
  const words = ranges.map(({ who, p10, p50, p90 }) => `${who} ${number(p50)}, in 80 of 100 cases ${number(p10)} to ${number(p90)}`)
  const together = ranges[ranges.length - 1]
  const row = {
    field: 'who',
    type: 'nominal',
    sort: distributions.map(({ who }) => who),
    title: null,
    header: { labelAngle: 0, labelAlign: 'left' },
  }
  const x = { field: 'at', type: 'quantitative', scale: { zero: false, domain: [low, high] }, axis: { title: input } }
  return new Chart(
    `${input}: ${number(together.p50)}, in 80 of 100 cases ${number(together.p10)} to ${number(together.p90)}`,
    `What each expert thinks of ${input}, with its weight: ${words.join('; ')}.`,
    {
      data: { values: [...values, ...ranges] },
      facet: { row },
      spec: {
        width: WIDTH,
        height: 48,
        layer: [
          {
            transform: [{ filter: 'isValid(datum.share)' }],
            mark: { type: 'area', opacity: 0.6, interpolate: 'monotone' },
            encoding: {
              x,
              y: { field: 'share', type: 'quantitative', axis: null },
              color: {
                condition: { test: `datum.who === '${POOL}'`, value: COLOURS[1] },
                value: COLOURS[0],
              },
            },
          },
          {
            transform: [{ filter: 'isValid(datum.p50)' }],
            mark: { type: 'rule', color: '#767676', strokeWidth: 2 },
            encoding: { x: { field: 'p50', type: 'quantitative' } },
          },
        ],
      },
      resolve: { scale: { y: 'independent' } },
      spacing: 4,
    },
  )
}
