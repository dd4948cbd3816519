// The conversations of each month: the average and a band around it, from a few thousand trials of a run.
import { allAtOnce } from '../pace.ts'
import { recording } from '../simulation/recorded.ts'
import type { Trials } from './trials.ts'

export interface VolumeBand {
  /** Over all these trials. */
  readonly mean: number
  /** 5 and 95 of 100 trials are below. */
  readonly low: number
  readonly high: number
}

/** Enough for a drawing: the band of 2,048 trials is within a hundredth of its width of the exact one. */
const MOST = 2_048

/** By month of the plan. */
export function volumeMonths({ model, outcome: { plan, seed } }: Trials): readonly VolumeBand[] {
  return allAtOnce(recording(model, plan, seed, model.conversations.volume, MOST)).map((values) => {
    const sorted = Float64Array.from(values).sort()
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
    return { mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length, low: at(0.05), high: at(0.95) }
  })
}
