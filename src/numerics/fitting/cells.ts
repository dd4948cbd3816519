// Values that are whole or rounded: each stands for the cell of values that round to it. Densities and probabilities do not compare, so
// every distribution is then fitted and judged by the probabilities of the cells.

/** The different values of a sample, and how often each occurs. */
export interface ValueCells {
  /** The width of a cell, centered on its value. */
  readonly width: number
  /** In rising order. */
  readonly values: Float64Array
  readonly counts: Float64Array
}

/** On average each value occurs this often. */
const REPEATED = 2
/** With more different values, the width of a cell is far below the spread of any smooth distribution. */
const MOST = 2_000
/** A unit below this share of the range comes from rounding. */
const FINEST = 1e-5

/** @param values in rising order, at least two of them different. @returns undefined if they hardly repeat */
export function valueCells(values: Float64Array): ValueCells | undefined {
  const found = new Map<number, number>()
  for (const x of values) {
    found.set(x, (found.get(x) ?? 0) + 1)
    if (found.size > MOST) return undefined
  }
  if (found.size * REPEATED > values.length) return undefined
  const different = Float64Array.from(found.keys())
  return { width: unitOf(different), values: different, counts: Float64Array.from(found.values()) }
}

/** The same values as cells of a known width. */
export function cellsWith(values: Float64Array, width: number): ValueCells {
  const found = new Map<number, number>()
  for (const x of values) found.set(x, (found.get(x) ?? 0) + 1)
  return { width, values: Float64Array.from(found.keys()), counts: Float64Array.from(found.values()) }
}

/** The largest unit of which all gaps are multiples, or the smallest gap if there is none. */
function unitOf(values: Float64Array): number {
  const range = values[values.length - 1] - values[0]
  let [unit, smallest] = [0, Infinity]
  for (let k = 1; k < values.length; k++) {
    const gap = values[k] - values[k - 1]
    smallest = Math.min(smallest, gap)
    unit = divisorOf(gap, unit, 1e-9 * range)
  }
  return unit > FINEST * range ? unit : smallest
}

/** Euclid's algorithm on numbers that are rounded. */
function divisorOf(a: number, b: number, least: number): number {
  let [larger, smaller] = [a, b]
  while (smaller > least) [larger, smaller] = [smaller, Math.abs(larger - smaller * Math.round(larger / smaller))]
  return larger
}
