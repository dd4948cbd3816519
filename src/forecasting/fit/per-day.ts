// Fits a history: small counts as counts, and other volumes by the ensemble, a day so that a leap day is no spike and February no season.
import type { PastVolumes } from '../ensemble/past-fit.ts'
import { fitCounts } from './counts.ts'
import { fitByEnsemble } from './ensemble-volume.ts'
import type { VolumeFit } from './volume.ts'

/**
 * @param past its volumes are NaN if unknown, and 0 only if small counts are among them
 * @param start the first planned month
 * @param months of the plan, for which the fit is kept
 */
export const fitHistory = (past: PastVolumes, start: number, months?: number): VolumeFit =>
  past.volumes.includes(0) ? fitCounts(past.volumes) : fitByEnsemble(past, start, months)
