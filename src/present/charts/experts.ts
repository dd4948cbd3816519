// Shows the opinion of each expert on one value, beside the pool of all.
import type { Opinions } from '../../numerics/distributions/experts.ts'
import type { Distribution } from '../../numerics/distributions/index.ts'
import { Chart } from './chart.ts'
import { inputAxis } from './inputs.ts'
import { namesWidth } from './labels.ts'
import { COLORS, INK, percent, quantity, shortNumber } from './theme.ts'

const POINTS = 160
const POOL = 'all experts'

/** @param input the name of the input that the opinions are about */
export function expertsChart(input: string, { pool, experts }: Opinions): Chart {
  const opinions = [
    ...experts.map(({ name, distribution, share }) => ({ who: `${name} (${percent(share)})`, distribution })),
    { who: POOL, distribution: pool },
  ]
  const low = Math.min(...opinions.map(({ distribution }) => distribution.quantile(0.005, 0.995)))
  const high = Math.max(...opinions.map(({ distribution }) => distribution.quantile(0.995, 0.005)))
  const step = (high - low) / POINTS
  // The share between two neighboring points. Each row has its own scale, since shapes compare and heights do not.
  const between = (distribution: Distribution, at: number) =>
    Math.max(0, distribution.cdf(at + step / 2) - distribution.cdf(at - step / 2))
  const values = opinions.flatMap(({ who, distribution }) =>
    Array.from({ length: POINTS + 1 }, (_, k) => {
      const at = low + k * step
      return { who, at, share: between(distribution, at) }
    }),
  )
  const ranges = opinions.map(({ who, distribution }) => ({
    who,
    p10: distribution.quantile(0.1, 0.9),
    p50: distribution.quantile(0.5, 0.5),
    p90: distribution.quantile(0.9, 0.1),
  }))
  const words = ranges.map(({ who, p10, p50, p90 }) => {
    const [least, middle, most] = [p10, p50, p90].map((value) => shortNumber(value, 3))
    return { who, range: `${middle}, and ${least} to ${most} in 80 of 100 cases` }
  })
  const { title, ...format } = inputAxis(input)
  const share = format.format === undefined ? (value: number) => shortNumber(value, 3) : percent
  const all = ranges[ranges.length - 1]
  return new Chart(
    `All experts: ${share(all.p50)}, and ${share(all.p10)} to ${share(all.p90)} in 80 of 100 cases`,
    `Each expert has an opinion on ${input}, with its weight: ${words.map(({ who, range }) => `${who} ${range}`).join('; ')}.`,
    ({ width, narrow }) => {
      const beside = namesWidth(
        opinions.map(({ who }) => who),
        narrow,
      )
      const header = { labelAngle: 0, labelAlign: 'left', labelLimit: beside }
      const x = quantity('at', {
        scale: { zero: false, domain: [low, high] },
        axis: { title, ...format, tickCount: narrow ? 3 : 6 },
      })
      return {
        data: { values: [...values, ...ranges] },
        facet: { row: { field: 'who', type: 'nominal', sort: opinions.map(({ who }) => who), title: null, header } },
        spec: {
          width: width - beside - 40,
          height: 48,
          layer: [
            {
              transform: [{ filter: 'isValid(datum.share)' }],
              mark: { type: 'area', opacity: 0.6, interpolate: 'monotone' },
              encoding: {
                x,
                y: quantity('share', { axis: null }),
                color: { condition: { test: `datum.who === '${POOL}'`, value: COLORS[1] }, value: COLORS[0] },
              },
            },
            {
              transform: [{ filter: 'isValid(datum.p50)' }],
              mark: { type: 'rule', color: INK, strokeWidth: 2 },
              encoding: { x: quantity('p50') },
            },
          ],
        },
        resolve: { scale: { y: 'independent' } },
        spacing: 4,
      }
    },
    { subtitle: `${title}: each expert’s distribution with its weight, and all together. Lines mark the medians` },
  )
}
