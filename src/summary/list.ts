// The statistics in their order.
import type { Asking, CostReading, StatisticRecord } from './statistic.ts'
import { statistics } from './statistics.generated.ts'

export const STATISTICS: readonly StatisticRecord[] = Object.values<StatisticRecord>(statistics).sort((a, b) => a.order - b.order)

/** The statistics of every cost in the summary. */
export const COST_STATISTICS: readonly { readonly key: string; readonly cost: CostReading }[] = STATISTICS.flatMap(
  ({ key, cost }) => (cost ? [{ key, cost }] : []),
)

/** The statistics that people ask for by name. */
export const ASKED_STATISTICS: readonly Asking[] = STATISTICS.flatMap(({ asked }) => (asked ? [asked] : []))
