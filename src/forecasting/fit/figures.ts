// What the fits say their figures in.

/** Lies between these with 95 % probability. */
export type Range = readonly [number, number]

export interface Shift {
  /** The first month of the new level. */
  readonly month: number
  /** The new level by the old one, beyond the trend. */
  readonly ratio: number
}

/** To 9 significant digits: libraries may differ in the last bits from one platform to another, scenarios must not. */
export const rounded = (value: number): number => Number(value.toPrecision(9))
