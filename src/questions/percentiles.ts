// Apart from the trials, so that a result's questions do not load the reader of scenarios.
import type { Estimate } from '../numerics/estimators/estimate.ts'
import { percentileOf } from '../numerics/estimators/percentile.ts'
import type { SampledColumn } from '../numerics/estimators/sorted.ts'

/** Percentiles of a column by name, such as `p80`. */
export function percentilesOf<P extends number>(column: SampledColumn, percents: readonly P[]): Record<`p${P}`, Estimate> {
  const sample = column.select(percents.map((percent) => percent / 100))
  const found = percents.map((percent) => {
    const { value, se } = percentileOf(sample, percent / 100)
    return [`p${percent}`, { value, se }] as const
  })
  return Object.fromEntries(found) as Record<`p${P}`, Estimate>
}
