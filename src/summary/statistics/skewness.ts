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
    meaning: 'E[(x − mean)³] / sd³: above 0 where dear years lie farther out than cheap ones; absent where nothing varies',
    error: 'spread of the replicates’ influence on it, and one trial at its far end',
  },
})
