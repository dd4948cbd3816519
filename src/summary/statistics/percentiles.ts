import type { Estimate } from '../../numerics/estimators/estimate.ts'
import { percentileFigure } from '../../numerics/estimators/figures.ts'
import { PERCENTILE_LEVELS } from '../../numerics/estimators/levels.ts'
import { sharperOf } from '../sharper.ts'
import { type CostSource, type Estimates, type Percentile, percentIn, statistic } from '../statistic.ts'

/** Sampled percentiles stay between the integrated ones on either side, which are surer. */
function rising(all: readonly Estimate[]): Estimate[] {
  const isSure = ({ by }: Estimate) => by !== undefined
  return all.map((one, k) => {
    if (isSure(one)) return one
    const low = Math.max(
      -Infinity,
      ...all
        .slice(0, k)
        .filter(isSure)
        .map(({ value }) => value),
    )
    const high = Math.min(
      Infinity,
      ...all
        .slice(k + 1)
        .filter(isSure)
        .map(({ value }) => value),
    )
    const value = Math.max(low, Math.min(high, one.value))
    return value === one.value ? one : { ...one, value }
  })
}

export const percentiles = statistic({
  key: 'percentiles',
  order: 50,
  cost: {
    needs: 'order',
    read: ({ order, integrated }: CostSource): Estimates<Percentile> => {
      const found = PERCENTILE_LEVELS.map((p, k) => {
        const sampled = { value: order.percentiles[k], se: order.percentileErrors[k] }
        // Next to no density lies around a percentile whose error is so large: it lies in a gap, where Newton's step leads nowhere.
        const other = integrated && sampled.se <= integrated.gap ? integrated.percentile(`p${p}`) : undefined
        return sharperOf(sampled, other)
      })
      const values = rising(found)
      return Object.fromEntries(PERCENTILE_LEVELS.map((p, k) => [`p${p}`, values[k]])) as Estimates<Percentile>
    },
    columns: (figure: Estimates<Percentile>) => figure,
  },
  asked: {
    written: 'a percentile such as p90',
    minimized: true,
    parse(name) {
      const percent = percentIn(/^p(.+)$/.exec(name)?.[1])
      if (percent === undefined) return undefined
      return {
        name: `p${percent}`,
        title: `P${percent}`,
        unit: 'money',
        all: false,
        figure: ({ own }) => percentileFigure(own, percent / 100),
      }
    },
  },
  documentation: {
    where: '`percentiles`',
    meaning: 'p1 p5 p10 p25 p50 p75 p80 p90 p95 p99: the amount that suffices in so many of 100 trials',
    error: 'error of F(q), over the density at q; half of a step where the cost has steps',
  },
})
