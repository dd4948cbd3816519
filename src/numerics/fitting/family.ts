// How one family of distributions is fitted.
import type { DistributionSpec } from '../distributions/index.ts'
import type { FitSample } from './sample.ts'

/** Values that a family can hold. */
export type Holds = 'any' | 'at least 0' | 'above 0' | 'between 0 and 1'

/** No member of the family has the largest likelihood. The reason continues "not fitted: ". */
export class Unfit {
  readonly reason: string
  constructor(reason: string) {
    this.reason = reason
  }
}

export interface Family {
  readonly holds: Holds
  /**
   * The member with the largest likelihood, as plain data, or that of each part of the family.
   * @param near whether a member near it is enough, from which a search goes on
   */
  readonly fit: (sample: FitSample, near?: boolean) => DistributionSpec | readonly DistributionSpec[] | Unfit
  /**
   * The members near a stated one with the largest likelihood: faster, for many samples of one distribution. The default is `fit`.
   * @returns undefined if there is none
   */
  readonly near?: (sample: FitSample, spec: DistributionSpec) => DistributionSpec | undefined
  /** How many numbers the fit chooses. The default counts the parameters. */
  readonly free?: (spec: DistributionSpec) => number
  /** Set if an end of the distribution is a parameter, so that errors do not follow from the likelihood's bend. */
  readonly ends?: true
  /** Set if the family holds the values themselves, whether or not they are rounded. */
  readonly exact?: true
}

/** A family, or the reason why it is not fitted. */
export type Fitting = Family | string

export const canHold = (holds: Holds, { min, max }: FitSample): boolean =>
  holds === 'any' || (holds === 'at least 0' ? min >= 0 : min > 0 && (holds === 'above 0' || max < 1))

/** How many numbers a fit of the family chose. */
export const freeIn = ({ free }: Family, spec: DistributionSpec): number => free?.(spec) ?? Object.keys(spec).length - 1
