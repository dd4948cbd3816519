/** A statistic with its Monte Carlo standard error, in the statistic's own unit. */
export interface Estimate {
  readonly value: number
  readonly se: number
  /** Present if the figure was integrated along one direction instead of counted in the sample. */
  readonly by?: 'preintegration'
}
