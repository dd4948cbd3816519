// Thresholds with a slack, since 3,000 · 0.55 is 1650.0000000000002: rounding opens no tier and begins no package. The kernel's
// `exceeds` and `packages` do the same to columns.

/** By how much a quantity must pass x: 1e-9 · max(1, x). */
const slack = (x: number): number => 1e-9 * Math.max(1, x)

/** q > threshold, by more than the slack. */
export const exceeds = (q: number, threshold: number): boolean => q - threshold > slack(threshold)

/** ⌈x⌉, a remainder within the slack not counting. */
export const roundedUp = (x: number): number => Math.max(0, Math.ceil(x - slack(x)))
