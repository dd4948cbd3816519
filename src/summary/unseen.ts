// The error that rare values of an input leave in figures, whether or not the trials met one. No spread of replicates and no range of the
// costs shows a value that no trial drew, so the contract is billed at that value with all other draws at their means.
import { eventsOf, type InputJumps, type Program } from '../compile/program.ts'
import { log } from '../numerics/kernel/math.ts'
import { pointCosts } from '../simulation/bends.ts'

/** A value that fewer trials than this are expected to draw may be in none (the rule of three). */
const FEWEST = 3

export interface Unseen {
  /** The standard error of an offer's mean cost. Money. */
  readonly mean: number
  /** The standard error of the mean square of the cost's distance from its mean. Money squared. */
  readonly square: number
  /** The standard error of the mean excess over any amount: that of the rare values at which the cost is higher. */
  readonly excess: number
}

export const NOTHING_UNSEEN: Unseen = { mean: 0, square: 0, excess: 0 }

/** The errors by offer, for costs in the program's measure. */
export function unseenErrors(program: Program, trials: number): Unseen[] {
  const offers = program.offers.map((_, k) => k)
  const rare = program.jumps.flatMap((own) => rareValues(own, trials).map((one) => ({ ...one, input: own.input })))
  if (rare.length === 0) return offers.map(() => NOTHING_UNSEEN)
  const costs = (input: number, value: number) => pointCosts(fixedAt(program, input, value), offers).costs
  const sums = offers.map(() => ({ mean: 0, square: 0, excess: 0 }))
  for (const { input, inner, outer, mass } of rare) {
    const [from, to] = [costs(input, inner), costs(input, outer)]
    // A number of trials with a small expectation has a Poisson distribution.
    const error = Math.sqrt(mass / trials)
    sums.forEach((sum, k) => {
      const far = to[k] - from[k]
      sum.mean += error * Math.abs(far)
      sum.square += error * far * far
      sum.excess += error * Math.max(0, far)
    })
  }
  return sums
}

/** The values on both sides of some jumps, and the probability of a value as far out as the inner one of them. */
interface Rare {
  readonly inner: number
  readonly outer: number
  readonly mass: number
}

/** Jumps behind which few trials are expected. Those whose probabilities differ by less than a factor of 2 count as one. */
function rareValues({ at, sides }: InputJumps, trials: number): Rare[] {
  const joined = new Map<string, Rare>()
  at.forEach((u, k) => {
    const [below, above] = sides[k]
    const upper = u > 0.5
    const mass = upper ? 1 - u : u
    if (trials * mass >= FEWEST) return
    const key = `${upper} ${Math.ceil(log(mass) / Math.LN2)}`
    const [inner, outer] = upper ? [below, above] : [above, below]
    const known = joined.get(key)
    // Jumps come in increasing order: in the upper tail the first is the innermost, in the lower tail the last.
    if (!known) joined.set(key, { inner, outer, mass })
    else joined.set(key, upper ? { ...known, outer } : { inner, outer: known.outer, mass })
  })
  return [...joined.values()]
}

/** An event that more trials than this are expected to meet shows in the spread of the replicates. */
const SHOWN = 12

/** The errors by offer of the cost of a month, for costs in the program's measure, that rare spikes and setbacks leave. */
export function unseenEvents(program: Program, trials: number): Unseen[] {
  const offers = program.offers.map((_, k) => k)
  const isRare = (chance: number) => trials > 0 && chance > 0 && trials * chance < SHOWN
  const rare = eventsOf(program).filter(({ probability, months }) => isRare(probability * months))
  const sums = offers.map(() => ({ mean: 0, square: 0, excess: 0 }))
  if (rare.length === 0) return sums
  const usual = pointCosts(program, offers).costs
  for (const { probability, months, dimensions, typical } of rare) {
    // Each start of an event changes several months. Contracts may differ between the first, a middle and the last month.
    const last = Math.max(0, dimensions.length - months)
    const starts = [...new Set([0, Math.floor(last / 2), last])].map((month) => new Map([[dimensions[month], typical]]))
    const costs = starts.map((given) => pointCosts(program, offers, given).costs)
    const length = Math.min(months, dimensions.length)
    const error = Math.sqrt((probability * length) / trials)
    sums.forEach((sum, k) => {
      const changes = costs.map((own) => (own[k] - usual[k]) / length)
      const far = Math.max(...changes.map(Math.abs))
      sum.mean += error * far
      sum.square += error * far * far
      sum.excess += error * Math.max(0, ...changes)
    })
  }
  return sums
}

/** The program with another mean of one input. Its table is copied, since means go by table. */
function fixedAt(program: Program, input: number, mean: number): Program {
  const inputs = program.inputs.map((own, k) => (k === input ? { ...own, mean, table: own.table.slice() } : own))
  return { ...program, inputs }
}
