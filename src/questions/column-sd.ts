// The standard deviation of a column of trials.
import { drawnOf } from '../numerics/estimators/figures.ts'
import { momentsOf } from '../numerics/estimators/moments.ts'
import type { SampledColumn } from '../numerics/estimators/sorted.ts'
import { unseenSd } from '../numerics/estimators/unseen.ts'
import type { Estimate } from '../summary/summary.ts'
import { settledSd } from '../summary/tails.ts'

export function sdFigure(column: SampledColumn): Estimate {
  const { values, heavy, heaviness, beyond } = column
  const drawn = drawnOf(column)
  const { mean, sd, sdError } = momentsOf(values, drawn.replicates)
  return settledSd({ value: sd, se: Math.max(sdError, unseenSd(beyond.unseen, mean, sd)) }, mean, { heavy, heaviness }, drawn)
}
