// Values that many trials share (a cap, a minimum, a package), found in a histogram: there values do not lie evenly in their bin.
import type { BinTable } from './histogram.ts'

/** Share of all values from which on a bin may be one that a single value fills. */
const LEAST = 0.005
/** Times as dense as both its neighbours. */
const DENSER = 4

interface Place {
  readonly low: number
  readonly high: number
  /** Standard error of where the value is in its bin: 0 at an end, where it is known. */
  readonly error: number
}

/** Where bins truly lie: by their lower end. */
export type Atoms = ReadonlyMap<number, Place>

/**
 * Bins that a single value fills become that value: the least or the largest of all where it is the first or the last bin, else the
 * middle. The ends of the others are those of the values.
 */
export function atomsOf({ size, total, low, high, counts }: BinTable, min: number, max: number): Atoms {
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

/** Moves the bins of a table to where they lie. */
export function settle(table: BinTable, atoms: Atoms): void {
  for (let k = 0; k < table.size; k++) {
    const place = atoms.get(table.low[k])
    if (place) [table.low[k], table.high[k]] = [place.low, place.high]
  }
}

/** Standard error of a value that lies at an atom of which the place is not known. */
export const placeError = (atoms: Atoms, value: number): number =>
  Math.max(0, ...[...atoms.values()].map(({ low, error }) => (low === value ? error : 0)))
