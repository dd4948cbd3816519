// Thresholds with a slack, because 3,000 · 0.55 is 1650.0000000000002 and rounding must neither enter a tier nor start a package. The
// kernel's `exceeds` and `packages` apply the same slack to columns.

const slack = (x: number): number => 1e-9 * Math.max(1, x)

/** q > threshold, by more than the slack. */
export const exceeds = (q: number, threshold: number): boolean => q - threshold > slack(threshold)

/** A number within the slack of a whole one is whole. */
export function settledCount(x: number): number {
  const whole = Math.round(x)
  return Math.abs(x - whole) <= slack(x) ? whole : x
}

/** ⌈x⌉, except that a remainder within the slack does not count. */
export const roundedUp = (x: number): number => Math.max(0, Math.ceil(x - slack(x)))
