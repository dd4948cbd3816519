import type { Estimate } from '../../numerics/estimators/estimate.ts'
import { percentileFigure } from '../../numerics/estimators/figures.ts'
import { PERCENTILE_LEVELS } from '../../numerics/estimators/levels.ts'
import { sharperOf } from '../sharper.ts'
import { type AskedSource, type CostSource, type Estimates, type Percentile, percentIn, statistic } from '../statistic.ts'

/** Keeps sampled percentiles between the integrated ones on either side, which are more precise. */
function rising(all: readonly Estimate[]): Estimate[] {
  const sure = (some: readonly Estimate[]) => some.flatMap(({ by, value }) => (by === undefined ? [] : [value]))
  return all.map((one, k) => {
    if (one.by !== undefined) return one
    const low = Math.max(-Infinity, ...sure(all.slice(0, k)))
    const high = Math.min(Infinity, ...sure(all.slice(k + 1)))
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
        // A percentile with a large sampled error lies in a gap between costs, where Newton's step goes astray.
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
      const figure = ({ own }: AskedSource) => percentileFigure(own, percent / 100)
      return { name: `p${percent}`, title: `P${percent}`, unit: 'money', all: false, figure }
    },
  },
  documentation: {
    where: '`percentiles`',
    meaning: 'p1 p5 p10 p25 p50 p75 p80 p90 p95 p99: the cost that 1, 5, 10 … of 100 trials stay within',
    error: 'error of F(q) divided by the density at q; half a step if the cost has steps',
  },
})
