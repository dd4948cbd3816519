/** A statistic with its Monte Carlo standard error, in the statistic's own unit. */
export interface Estimate {
  readonly value: number
  /** Infinity if the figure has no standard error. Files write it as null. */
  readonly se: number
  /** Why the figure has no standard error. */
  readonly noError?: string
  /** Present if the figure was integrated along one direction instead of counted in the sample. */
  readonly by?: 'preintegration'
}

/** For JSON.parse: JSON has no Infinity, so that files hold null for an error that does not exist. */
export const revivedEstimate = (_: string, read: unknown): unknown =>
  typeof read === 'object' && read !== null && 'se' in read && read.se === null ? { ...read, se: Infinity } : read
