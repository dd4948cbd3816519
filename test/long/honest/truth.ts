/** What a figure should be. */
export interface Truth {
  readonly value: number
  /** The standard error of plain trials, or a bound of the error of quadrature. */
  readonly error: number
  /** The share of trials that carry a figure's error: of a probability p, about p. An exact atom has 0. */
  readonly events: number
}
