import type { Estimate } from '../../numerics/estimators/estimate.ts'
import { columnMean } from '../../numerics/estimators/figures.ts'
import { type CostSource, statistic } from '../statistic.ts'

export const mean = statistic({
  key: 'mean',
  order: 10,
  cost: { needs: 'mean', read: (source: CostSource): Estimate => source.mean, columns: (figure: Estimate) => ({ mean: figure }) },
  asked: {
    written: 'mean',
    minimized: true,
    parse: (name) =>
      name === 'mean' ? { name, title: 'mean', unit: 'money', all: false, figure: ({ own }) => columnMean(own) } : undefined,
  },
  documentation: { where: '`mean`', meaning: 'mean cost', error: 'spread of the replicates' },
})
