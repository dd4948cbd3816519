// Charts of a fit: the values beside the distributions that describe them best.
import type { Fit, FittedDistribution } from '../../questions/fit/fit.ts'
import { distributionOf } from '../../numerics/distributions/index.ts'
import { UsageError } from '../../errors.ts'
import { formatNumber } from '../../notation/number.ts'
import { Chart } from './chart.ts'
import { category, COLORS, GRAY, HEIGHT, heightIn, INK, plot, quantity, shortNumber } from './theme.ts'

/** Curves that a histogram can hold without confusion. */
const SHOWN = 3

const axisOf = ({ as, column, name }: Fit): object => ({
  title: column ?? name,
  format: as === 'share' ? '.0%' : '~s',
})

function fitted({ distributions, constant, name }: Fit): readonly [FittedDistribution, ...FittedDistribution[]] {
  const [best, ...rest] = distributions
  if (best) return [best, ...rest]
  throw new UsageError(`${name}: expected a fit with distributions to draw. All values are ${constant}`)
}

/**
 * The quantiles of a fitted distribution beside the values of the same rank. Points on the line mean that it describes the values.
 * @param distribution its name, by default that of the best one
 * @throws UsageError if it was not fitted
 */
export function fitQuantiles(fit: Fit, distribution?: string): Chart {
  const all = fitted(fit)
  const one = distribution === undefined ? all[0] : all.find((own) => own.distribution === distribution)
  if (!one)
    throw new UsageError(
      `there is no fit of "${distribution}": the distributions are ${all.map((own) => own.distribution).join(', ')}`,
    )
  const made = distributionOf(one.spec)
  const values = fit.ranks.map(({ probability, value }) => ({ value, quantile: made.quantile(probability, 1 - probability) }))
  const [middle, last] = [values[Math.floor(values.length / 2)], values[values.length - 1]]
  const ends = [Math.min(fit.min, values[0].quantile), Math.max(fit.max, last.quantile)]
  const scale = { zero: false, domain: ends, nice: false }
  const axis = axisOf(fit)
  return new Chart(
    `Q-Q plot: the values beside ${one.notation.startsWith('{') ? 'a metalog' : one.distribution}`,
    `Each point is a value and the quantile of ${one.notation} at its rank. On the line both are equal. The middle value is ${shortNumber(middle.value, 3)} and its quantile ${shortNumber(middle.quantile, 3)}. The largest value is ${shortNumber(last.value, 3)} and its quantile ${shortNumber(last.quantile, 3)}.`,
    ({ width }) =>
      plot(values, {
        ...{ width: Math.min(HEIGHT, width - 70), height: Math.min(HEIGHT, width - 70) },
        layer: [
          {
            data: { values: ends.map((end) => ({ quantile: end, value: end })) },
            mark: { type: 'line', color: INK, strokeDash: [4, 3] },
            encoding: { x: quantity('quantile', { scale }), y: quantity('value', { scale }) },
          },
          {
            mark: { type: 'point', color: COLORS[0], size: 18, filled: true },
            encoding: {
              x: quantity('quantile', { scale, axis: { ...axis, title: `quantile of ${one.distribution}` } }),
              y: quantity('value', { scale, axis }),
            },
          },
        ],
      }),
    { subtitle: 'Values against the quantiles of the distribution. On the line both are equal' },
  )
}

/** A difference in BIC below this says little. */
const ALIKE = 2

/** Names the best distribution, and those that describe the values about as well. */
function fitFinding([best, ...others]: readonly FittedDistribution[], count: number): string {
  const alike = others.filter(({ bic }) => bic - best.bic < ALIKE)
  return alike.length === 0
    ? `${best.distribution} describes the ${formatNumber(count)} values best`
    : `${best.distribution} and ${alike[0].distribution} describe the ${formatNumber(count)} values about equally well`
}

/** Counts of the values in classes, and the counts that the best three distributions expect there. */
export function fitHistogram(fit: Fit): Chart {
  const shown = fitted(fit).slice(0, SHOWN)
  const curves = shown.flatMap(({ distribution, spec }) => {
    const { cdf } = distributionOf(spec)
    return fit.histogram.map(({ from, to }) => ({
      ...{ distribution, at: (from + to) / 2 },
      expected: fit.count * (cdf(to) - cdf(from)),
    }))
  })
  const most = fit.histogram.reduce((a, b) => (b.count > a.count ? b : a))
  const [{ from, to }] = fit.histogram
  const x = { scale: { zero: false, nice: false }, axis: axisOf(fit) }
  const names = shown.map(({ distribution }) => distribution)
  const right = (most.from + most.to) / 2 <= (fit.min + fit.max) / 2
  return new Chart(
    fitFinding(shown, fit.count),
    `The bars count ${formatNumber(fit.count)} values from ${shortNumber(fit.min, 3)} to ${shortNumber(fit.max, 3)} in ${fit.histogram.length} classes. The fullest class, ${shortNumber(most.from, 3)} to ${shortNumber(most.to, 3)}, holds ${formatNumber(most.count)}. The lines are the counts that ${shown.map(({ notation }) => notation).join('; ')} expect.`,
    (room) => ({
      height: heightIn(room),
      layer: [
        {
          data: { values: fit.histogram },
          mark: { type: 'bar', color: GRAY, opacity: 0.5, binSpacing: 1 },
          encoding: {
            x: quantity('from', {
              bin: { binned: true, step: to - from },
              ...x,
              axis: { ...axisOf(fit), tickCount: room.narrow ? 4 : 8 },
            }),
            x2: { field: 'to' },
            y: quantity('count', { axis: { title: 'values', tickMinStep: 1 } }),
          },
        },
        {
          data: { values: curves },
          mark: { type: 'line', interpolate: 'monotone' },
          encoding: {
            x: quantity('at', x),
            y: quantity('expected'),
            color: category('distribution', { sort: names, scale: { domain: names, range: COLORS }, legend: null }),
          },
        },
        // The curves lie upon each other, so that their names stand apart, on the side with more room.
        ...names.map((name, k) => ({
          data: { values: [{ name }] },
          mark: { type: 'text', align: right ? 'right' : 'left', color: COLORS[k], fontWeight: 700 },
          encoding: { x: { value: right ? 'width' : 4 }, y: { value: 8 + 16 * k }, text: { field: 'name' } },
        })),
      ],
    }),
    { subtitle: 'Values in classes, and what the distributions expect' },
  )
}
