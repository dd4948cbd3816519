import { type CostSource, statistic } from '../statistic.ts'

export const min = statistic({
  key: 'min',
  order: 30,
  cost: { needs: 'moments', read: (source: CostSource): number => source.moments.min },
  documentation: { where: '`min`', meaning: 'the lowest cost of any trial', error: '–' },
})
