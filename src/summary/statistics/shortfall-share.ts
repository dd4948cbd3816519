import { statistic } from '../statistic.ts'

export const shortfallShare = statistic({
  key: 'shortfallShare',
  order: 150,
  documentation: {
    where: '`offers.X.segments.S.risk.expectedShortfall.p90`, `p95`, `result.segmentRisk(offer, level)`',
    meaning:
      "a segment's share of the expected shortfall of the bill: its mean in the worst 10% and 5% of trials over that of the bill (Euler's rule); the shares add up to 1; from the recorded trials, 65,536 at most",
    error: 'that of the mean excess of the segment over its level at the percentile, less its share of that of the bill',
  },
})
