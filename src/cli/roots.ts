// Prints the numbers at which two offers are equal or change places.
import { formatMoney } from '../notation/money.ts'
import { formatNumber } from '../notation/number.ts'
import { align } from '../present/report/text.ts'
import type { Root, Roots } from '../questions/negotiate/search.ts'
import type { NumberNotation } from '../scenario/edit/notation.ts'
import { errorInUnits, inPlan, inUnits } from './print.ts'

interface Shown extends Roots {
  readonly path: string
  readonly notation: NumberNotation
  /** The heading of the column of numbers. */
  readonly title: string
}

/** A row for each number, the nearest first. With several, each row says which offer is ahead on its two sides. */
export function rootsTable({ roots, path, notation, title }: Shown): string[] {
  const several = roots.length > 1
  const rows = roots.map((root, k) => [
    k === 0 ? path : '',
    root.to === undefined ? inUnits(root.value, notation) : `${inUnits(root.value, notation)} to ${inUnits(root.to, notation)}`,
    root.exact || (root.kind === 'jump' && root.se === 0) ? 'exact' : errorInUnits(root.se, notation),
    k === 0 ? inPlan(notation) : '',
    ...(several ? [root.below ?? '–', root.above ?? '–'] : []),
  ])
  return align([['', title, '±', 'in the plan', ...(several ? ['ahead below', 'ahead above'] : [])], ...rows])
}

/** How the offers meet at a number that is no plain crossing. Undefined for a crossing. */
export function meeting(
  { kind, value, to, above, costs }: Root,
  [a, b]: readonly [string, string],
  notation: NumberNotation,
  currency: string,
): string | undefined {
  const at = inUnits(value, notation)
  if (kind === 'touch') return `At ${at}, ${a} and ${b} only touch. ${above} is ahead on both sides.`
  if (kind === 'equal') return `From ${at} to ${inUnits(to ?? value, notation)}, ${a} and ${b} are equal.`
  if (kind === 'crossing' || !costs) return undefined
  const side = (amounts: Readonly<Record<string, number>>) =>
    [a, b].map((offer) => `${offer} costs ${formatMoney(amounts[offer], currency)}`).join(' and ')
  return `At ${at}, a cost jumps, so ${a} and ${b} change places without costing the same. Just below it, ${side(costs.below)}. Just above it, ${side(costs.above)}.`
}

/** What the search says about numbers that it did not find. */
export function otherwise({ roots, searched: { from, to, points, proven } }: Roots, notation: NumberNotation): string {
  const range = [from, to].map((end) => inUnits(end, notation))
  const other = roots.length > 1 ? 'No further' : 'No other'
  return proven
    ? `${other} crossing exists between ${range[0]} and ${range[1]}.`
    : `${other} crossing was found between ${range[0]} and ${range[1]} at ${formatNumber(points)} points.`
}
