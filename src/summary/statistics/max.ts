import { type CostSource, statistic } from '../statistic.ts'

export const max = statistic({
  key: 'max',
  order: 40,
  cost: { needs: 'moments', read: (source: CostSource): number => source.moments.max },
  documentation: { where: '`max`', meaning: 'the highest cost of any trial', error: '–' },
})
