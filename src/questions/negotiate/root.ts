// Finds the number at which a simulated figure is 0.
import { combined, difference, estimateOf, type Figure } from '../../numerics/estimators/figure.ts'

/** Returns the figure at several numbers, all on the same trials. */
export type FigureAt = (values: readonly number[]) => Promise<readonly Figure[]>

/** A range at whose ends the figure has different signs. */
type Bracket = { readonly low: number; readonly high: number }

interface RootPrecision {
  /** The search ends when the number is known to this share of it. */
  readonly tolerance: number
  /** A figure this close to 0 counts as 0, because rounding explains it. */
  readonly small: number
  /** Whether the field takes whole numbers only. */
  readonly whole: boolean
}

/** A limit on the steps of a search. Halving alone would need fewer. */
const MOST_STEPS = 80
/** Widths for the slope, as shares of the number. A wider one follows if the figure does not move. */
const WIDTHS = [1e-4, 1e-3, 1e-2, 5e-2]

/** Anderson and Björck's secant method, safeguarded by halving. It needs one step for a straight line and halves a staircase. */
export async function rootIn(at: FigureAt, { low, high }: Bracket, { tolerance, small, whole }: RootPrecision): Promise<number> {
  let [a, b] = [low, high]
  let [fa, fb] = (await at([a, b])).map(({ value }) => value)
  if (Math.abs(fa) <= small) return a
  if (Math.abs(fb) <= small) return b
  let halve = false
  for (let step = 0; step < MOST_STEPS; step++) {
    const width = Math.abs(b - a)
    if (whole ? width <= 1 : width <= tolerance * Math.max(Math.abs(a), Math.abs(b))) break
    const secant = b - (fb * (b - a)) / (fb - fa)
    const inside = secant > Math.min(a, b) && secant < Math.max(a, b)
    const tried = halve || !inside ? (a + b) / 2 : secant
    const c = whole ? Math.min(Math.max(Math.round(tried), Math.min(a, b) + 1), Math.max(a, b) - 1) : tried
    const [{ value: fc }] = await at([c])
    if (Math.abs(fc) <= small) return c
    if (fc > 0 !== fb > 0) [a, fa] = [b, fb]
    else {
      const factor = 1 - fc / fb
      fa *= factor > 0 ? factor : 0.5
    }
    ;[b, fb] = [c, fc]
    halve = Math.abs(b - a) > width / 2
  }
  if (!whole) return Math.abs(fa) < Math.abs(fb) ? a : b
  // The figure is interpolated between two whole numbers.
  const [one, two] = (await at([a, b])).map(({ value }) => value)
  return a - (one * (b - a)) / (two - one)
}

/** The figure's standard error divided by its slope. Undefined if the figure does not move. */
export async function errorOfRoot(
  at: FigureAt,
  root: number,
  [least, most]: readonly [number, number],
  whole: boolean,
): Promise<number | undefined> {
  const scale = root === 0 ? most - least : Math.abs(root)
  for (const share of WIDTHS) {
    const half = whole ? Math.max(1, Math.round(share * scale)) : share * scale
    const center = whole ? Math.round(root) : root
    const [low, high] = [Math.max(least, center - half), Math.min(most, center + half)]
    const [below, middle, above] = await at([low, center, high])
    const rise = difference(above, below)
    // A single step of a staircase does not show its slope.
    if (Math.abs(rise.value) <= 3 * Math.max(above.least, 1e-12 * Math.abs(below.value))) continue
    return estimateOf(combined([[(high - low) / rise.value, middle]])).se
  }
  return undefined
}
