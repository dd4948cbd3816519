// The statistics of a cost from its trials, in the shape that the summary of a run has.
import { estimateOf } from '../../numerics/estimators/figure.ts'
import { columnMean, drawnOf, skewnessFigure } from '../../numerics/estimators/figures.ts'
import { orderFiguresOf, withUnseen } from '../../numerics/estimators/levels.ts'
import { momentsOf } from '../../numerics/estimators/moments.ts'
import type { SampledColumn } from '../../numerics/estimators/sorted.ts'
import { unseenSd } from '../../numerics/estimators/unseen.ts'
import { statisticsOf } from '../../summary/cost.ts'
import type { CostStatistics } from '../../summary/summary.ts'
import { settledSd } from '../../summary/tails.ts'

export function costStatistics(column: SampledColumn): CostStatistics {
  const { values, heavy, heaviness, beyond } = column
  const drawn = drawnOf(column)
  const { mean, sd, sdError, skewness, min, max } = momentsOf(values, drawn.replicates)
  const error = Math.max(sdError, unseenSd(beyond.unseen, mean, sd))
  return statisticsOf(
    {
      mean: estimateOf(columnMean(column)),
      moments: {
        sd: settledSd({ value: sd, se: error }, mean, { heavy, heaviness }, drawn),
        skewness: skewness && estimateOf(skewnessFigure(column)),
        min,
        max,
      },
      order: withUnseen(orderFiguresOf(column.sample, true), {
        unseen: beyond.unseen,
        trials: values.length,
        highest: () => (beyond.constant || column.design.certain ? -Infinity : (beyond.highest?.() ?? -Infinity)),
      }),
      heaviness,
    },
    () => true,
  ) as CostStatistics
}
