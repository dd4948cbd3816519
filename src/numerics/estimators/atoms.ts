// Finds values that many trials share (a cap, a minimum, a package) in a histogram. Such values do not lie evenly in their bin.
import type { BinTable } from './histogram.ts'

/** The smallest share of all values that marks a bin as filled by a single value. */
const LEAST = 0.005
/** Such a bin is more than this many times as dense as each of its neighbors. */
const DENSER = 4

interface Place {
  readonly low: number
  readonly high: number
  /** Standard error of the value's place in its bin. It is 0 at an end, where the place is known. */
  readonly error: number
}

/** The true place of bins, by their lower end. */
export type Atoms = ReadonlyMap<number, Place>

/**
 * A bin that a single value fills becomes that value: the minimum for the first bin, the maximum for the last, else the middle. Other
 * bins end where the values do.
 */
export function atomsOf({ total, low, high, counts }: BinTable, min: number, max: number): Atoms {
  const size = counts.length
  const atoms = new Map<number, Place>()
  const density = (k: number, beside: number) => {
    const touches = k >= 0 && k < size && (k < beside ? high[k] === low[beside] : low[k] === high[beside])
    return touches ? counts[k] / (high[k] - low[k]) : 0
  }
  for (let k = 0; k < size; k++) {
    const own = counts[k] / (high[k] - low[k])
    const isAtom = size > 1 && counts[k] >= LEAST * total && own > DENSER * Math.max(density(k - 1, k), density(k + 1, k))
    const [from, to] = [Math.max(low[k], min), Math.min(high[k], max)]
    if (isAtom) {
      const at = k === 0 ? min : k === size - 1 ? max : (low[k] + high[k]) / 2
      atoms.set(low[k], { low: at, high: at, error: k === 0 || k === size - 1 ? 0 : (high[k] - low[k]) / Math.sqrt(12) })
    } else if (from > low[k] || to < high[k]) atoms.set(low[k], { low: from, high: to, error: 0 })
  }
  return atoms
}

/** Moves the bins of a table to their true places. */
export function settle(table: BinTable, atoms: Atoms): void {
  for (let k = 0; k < table.low.length; k++) {
    const place = atoms.get(table.low[k])
    if (place) [table.low[k], table.high[k]] = [place.low, place.high]
  }
}

/** Standard error of a value at an atom whose place is unknown. */
export const placeError = (atoms: Atoms, value: number): number =>
  Math.max(0, ...[...atoms.values()].map(({ low, error }) => (low === value ? error : 0)))
