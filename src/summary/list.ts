// All statistics, in the order in which tables and messages list them.
import type { Asking, CostReading, StatisticRecord } from './statistic.ts'
import { statistics } from './statistics.generated.ts'

export const STATISTICS: readonly StatisticRecord[] = Object.values<StatisticRecord>(statistics).sort((a, b) => a.order - b.order)

/** The statistics that every cost in the summary has. */
export const COST_STATISTICS: readonly { readonly key: string; readonly cost: CostReading }[] = STATISTICS.flatMap(
  ({ key, cost }) => (cost ? [{ key, cost }] : []),
)

/** The statistics that users can ask for by name. */
export const ASKED_STATISTICS: readonly Asking[] = STATISTICS.flatMap(({ asked }) => (asked ? [asked] : []))
