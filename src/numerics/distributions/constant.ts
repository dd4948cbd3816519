import type { Distribution } from './distribution.ts'

/** All mass at one value: a number where a distribution could stand. */
export function constant(value: number): Distribution {
  return {
    name: 'constant',
    mean: value,
    sd: 0,
    support: [value, value],
    kinks: [],
    atoms: { values: Float64Array.of(value), cumulative: Float64Array.of(1) },
    quantile: () => value,
    cdf: (x) => (x >= value ? 1 : 0),
    survival: (x) => (x >= value ? 0 : 1),
  }
}
