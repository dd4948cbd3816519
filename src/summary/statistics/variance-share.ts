import { statistic } from '../statistic.ts'

export const varianceShare = statistic({
  key: 'varianceShare',
  order: 140,
  documentation: {
    where: '`offers.X.segments.S.risk.variance`, `result.segmentRisk(offer, level)`',
    meaning:
      "a segment's share of the variance of the bill: its covariance with the bill over that variance (Euler's rule); the shares add up to 1, and a segment that moves against the others has a negative one",
    error: 'spread of the replicates, and rare values',
  },
})
