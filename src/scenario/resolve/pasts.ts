import type { PastVolumes } from '../../forecasting/ensemble/past-fit.ts'

/** Past volumes whose futures are drawn, by the name of the segment that they are of; those of the plan itself by `PLAN`. */
export type Pasts = ReadonlyMap<string, PastVolumes>
export const PLAN = ''
