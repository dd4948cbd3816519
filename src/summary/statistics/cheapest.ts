import { cheapestOf } from '../../numerics/estimators/figures.ts'
import { statistic } from '../statistic.ts'

export const cheapest = statistic({
  key: 'cheapest',
  order: 110,
  asked: {
    written: 'P(cheapest)',
    minimized: false,
    parse: (name) =>
      name === 'cheapest' || name === 'p(cheapest)'
        ? {
            name: 'cheapest',
            title: 'P(cheapest)',
            unit: 'share',
            all: true,
            figure: ({ own, all, place }) => cheapestOf(all(), place(), own.design),
          }
        : undefined,
  },
  documentation: {
    where: '`comparison.cheapest.X`',
    meaning: 'probability that X is the cheapest offer; ties are shared',
    error: 'counted, or integrated for all offers',
  },
})
