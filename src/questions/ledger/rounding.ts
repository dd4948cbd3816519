// Rounds amounts to the smallest unit of a currency so that a total, and every group below it, adds up: the total is divided among its groups,
// each group's amount among the groups inside it, and so on, every time by the largest remainder.
import { inWholeUnits, type Rounded } from '../budget/phased.ts'

export interface Leaf {
  /** The names of the groups that hold it, the widest first. */
  readonly groups: readonly string[]
  readonly value: number
}

/** @returns the rounded amounts in the order of the leaves */
export function roundedLeaves(leaves: readonly Leaf[], total: Rounded): number[] {
  const amounts = new Array<number>(leaves.length).fill(0)
  divide([...leaves.keys()], leaves, 0, total, amounts)
  return amounts
}

function divide(places: readonly number[], leaves: readonly Leaf[], depth: number, total: Rounded, into: number[]): void {
  if (places.length === 0) return
  const deepest = places.every((place) => leaves[place].groups.length <= depth)
  const groups = new Map<string | number, number[]>()
  for (const place of places) {
    const name = deepest ? place : (leaves[place].groups[depth] ?? '')
    const group = groups.get(name)
    if (group) group.push(place)
    else groups.set(name, [place])
  }
  const members = [...groups.values()]
  const sums = members.map((own) => own.reduce((sum, place) => sum + leaves[place].value, 0))
  const rounded = inWholeUnits(sums, total)
  members.forEach((own, k) => {
    if (deepest) into[own[0]] = rounded[k]
    else divide(own, leaves, depth + 1, { ...total, rounded: rounded[k] }, into)
  })
}
