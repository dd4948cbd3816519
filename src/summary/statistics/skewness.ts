import type { Estimate } from '../../numerics/estimators/estimate.ts'
import { skewnessFigure } from '../../numerics/estimators/figures.ts'
import { type CostSource, statistic } from '../statistic.ts'

export const skewness = statistic({
  key: 'skewness',
  order: 70,
  cost: {
    needs: 'moments',
    read: (source: CostSource): Estimate | undefined => source.moments.skewness,
    columns: (figure: Estimate) => ({ skewness: figure }),
  },
  asked: {
    written: 'skewness',
    minimized: false,
    parse: (name) =>
      name === 'skewness'
        ? { name, title: 'skewness', unit: 'number', all: false, figure: ({ own }) => skewnessFigure(own) }
        : undefined,
  },
  documentation: {
    where: '`skewness`',
    meaning:
      'E[(x − mean)³] / sd³: positive if expensive trials lie farther from the mean than cheap ones; absent if nothing varies',
    error: 'spread of the influence of the replicates, and of one trial at the far end',
  },
})
