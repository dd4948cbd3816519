// Rounds amounts to the smallest unit of a currency so that a total, and every group below it, adds up: the total is divided among its groups,
// each group's amount among the groups inside it, and so on, every time by the largest remainder. A group that recurs, such as a charge in
// each month, carries what rounding took from it to its next place, so that its own sum stays close as well.
import type { Rounded } from '../budget/phased.ts'

export interface Leaf {
  /** The names of the groups that hold it, the widest first. */
  readonly groups: readonly string[]
  readonly value: number
}

interface Rounding {
  readonly leaves: readonly Leaf[]
  readonly scale: number
  /** By depth and name of a group, what rounding has taken from it so far, in units. */
  readonly carried: Map<string, number>
  /** The rounded amounts, in units. */
  readonly units: number[]
}

/** @returns the rounded amounts in the order of the leaves */
export function roundedLeaves(leaves: readonly Leaf[], { rounded, scale }: Rounded): number[] {
  const units = new Array<number>(leaves.length).fill(0)
  divide([...leaves.keys()], 0, Math.round(rounded * scale), { leaves, scale, carried: new Map(), units })
  return units.map((count) => count / scale)
}

function divide(places: readonly number[], depth: number, total: number, rounding: Rounding): void {
  if (places.length === 0) return
  const { leaves, units } = rounding
  const deepest = places.every((place) => leaves[place].groups.length <= depth)
  const groups = new Map<string, number[]>()
  for (const place of places) {
    const name = deepest ? String(place) : (leaves[place].groups[depth] ?? '')
    const group = groups.get(name)
    if (group) group.push(place)
    else groups.set(name, [place])
  }
  const members = [...groups]
  const counts = wholeUnits(members, depth, total, rounding)
  members.forEach(([, own], k) => {
    if (deepest) units[own[0]] = counts[k]
    else divide(own, depth + 1, counts[k], rounding)
  })
}

/** Whole units for groups that add up to a total. Those with the largest remainders, and what they carry, are rounded up. */
function wholeUnits(
  groups: readonly (readonly [string, readonly number[]])[],
  depth: number,
  total: number,
  { leaves, scale, carried }: Rounding,
): number[] {
  const exact = groups.map(([, own]) => scale * own.reduce((sum, place) => sum + leaves[place].value, 0))
  const counts = exact.map(Math.floor)
  const left = total - counts.reduce((a, b) => a + b, 0)
  const keys = groups.map(([name]) => `${depth} ${name}`)
  const order = exact
    .map((value, k) => ({ k, rest: priority(value - counts[k], depth === 0 ? 0 : (carried.get(keys[k]) ?? 0)) }))
    .sort((a, b) => (left < 0 ? a.rest - b.rest : b.rest - a.rest))
  for (let j = 0; j < Math.abs(left); j++) counts[order[j % order.length].k] += Math.sign(left)
  keys.forEach((key, k) => carried.set(key, (carried.get(key) ?? 0) + exact[k] - counts[k]))
  return counts
}

/** A smaller remainder is the rounding of binary numbers. */
const WHOLE = 1e-6

/** Amounts that are whole already stay as they are, whatever their groups carry. */
const priority = (rest: number, carry: number): number =>
  rest < WHOLE ? -1e9 + rest : rest > 1 - WHOLE ? 1e9 + rest : rest + carry
