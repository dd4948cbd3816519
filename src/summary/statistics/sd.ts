import type { Estimate } from '../../numerics/estimators/estimate.ts'
import { type CostSource, statistic } from '../statistic.ts'

export const sd = statistic({
  key: 'sd',
  order: 20,
  cost: {
    needs: 'moments',
    read: (source: CostSource): Estimate => source.moments.sd,
    columns: (figure: Estimate) => ({ sd: figure }),
  },
  documentation: {
    where: '`sd`',
    meaning: 'standard deviation, with n − 1',
    error: 'spread of the mean squares of the replicates',
  },
})
