// Where a simulated figure, as a function of one number, is 0.
import { combined, difference, estimateOf, type Figure } from '../../numerics/estimators/figure.ts'

/** The figure at several numbers, all on the same futures. */
export type FigureAt = (values: readonly number[]) => Promise<readonly Figure[]>

export interface Root {
  readonly value: number
  readonly se: number
}

/** A stretch at whose ends the figure has different signs, or is 0. */
export interface Bracket {
  readonly low: number
  readonly high: number
}

export interface RootPrecision {
  /** Of the number, as a share of it. */
  readonly tolerance: number
  /** A figure that is no further from 0 is 0 but for rounding. */
  readonly small: number
  /** Only whole numbers may stand in the field. */
  readonly whole: boolean
}

/** Steps of the search; halving alone would need fewer to the last bit of most brackets. */
const MOST_STEPS = 80
/** Widths at which the slope is taken, as shares of the number: wider where the figure does not move. */
const WIDTHS = [1e-4, 1e-3, 1e-2, 5e-2]

/** The stretches between neighbours where the figure changes its sign, that nearest to `near` first. */
export function brackets(values: readonly number[], figures: readonly Figure[], near: number): readonly Bracket[] {
  const found = values.slice(1).flatMap((high, k): Bracket[] => {
    const [a, b] = [figures[k].value, figures[k + 1].value]
    return (a < 0 && b > 0) || (a > 0 && b < 0) || (b === 0 && a !== 0) || (a === 0 && b !== 0 && k === 0)
      ? [{ low: values[k], high }]
      : []
  })
  const away = ({ low, high }: Bracket) => Math.max(low - near, near - high, 0)
  return found.sort((a, b) => away(a) - away(b))
}

/** Anderson and Björck's secant, safeguarded by halving: a straight line takes one step, a staircase is halved. */
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
  // Between two whole numbers the figure is taken as a straight line.
  const [one, two] = (await at([a, b])).map(({ value }) => value)
  return a - (one * (b - a)) / (two - one)
}

/** The standard error of a root: that of the figure there, over its slope. Undefined where the figure does not move. */
export async function errorOfRoot(
  at: FigureAt,
  root: number,
  [least, most]: readonly [number, number],
  whole: boolean,
): Promise<number | undefined> {
  const scale = root === 0 ? most - least : Math.abs(root)
  for (const share of WIDTHS) {
    const half = whole ? Math.max(1, Math.round(share * scale)) : share * scale
    const centre = whole ? Math.round(root) : root
    const [low, high] = [Math.max(least, centre - half), Math.min(most, centre + half)]
    const [below, middle, above] = await at([low, centre, high])
    const rise = difference(above, below)
    // A step of a staircase says nothing about its slope.
    if (Math.abs(rise.value) <= 3 * Math.max(above.least, 1e-12 * Math.abs(below.value))) continue
    return estimateOf(combined([[(high - low) / rise.value, middle]])).se
  }
  return undefined
}
