// What people cost beside an offer without uncertainty, by segment and month. The steps of a pool of heads are those of the simulation.
import { poolOf } from '../compile/people.ts'
import type { Program, StaffProgram } from '../compile/program.ts'
import { type Arithmetic, staffing } from '../contract/staffing.ts'
import { exp, log1p } from '../numerics/kernel/math.ts'
import { plainValue } from './drivers.ts'

const NUMBERS: Arithmetic<number> = {
  constant: (value) => value,
  linear: (constant, terms) => terms.reduce((sum, [coefficient, value]) => sum + coefficient * value, constant),
  multiply: (a, b) => a * b,
  divide: (a, b) => (b === 0 ? 0 : a / b),
  least: Math.min,
  greatest: Math.max,
  positive: (value) => Math.max(0, value),
  exponential: exp,
  logarithm1p: log1p,
}

/** A number of a segment in a month. */
type OfMonth = (segment: number, m: number) => number

interface Handling {
  /** Conversations without the AI. */
  readonly alone: OfMonth
  /** All conversations, with those that come back to the AI. */
  readonly all: OfMonth
  /** Those that people handle. */
  readonly left: OfMonth
  /** Genuine resolutions. */
  readonly resolved: OfMonth
}

/** By segment and month. */
export function peopleCosts(program: Program, { alone, all, left, resolved }: Handling): number[][] {
  const { segments, staff } = program
  const months = Array.from({ length: program.months }, (_, m) => m)
  const dearer = (s: number, m: number) => {
    const uplift = plainValue(segments[s].human?.uplift[m] ?? 0)
    return all(s, m) > 0 ? 1 + (uplift * resolved(s, m)) / all(s, m) : 1
  }
  const pools = staff.map((pool) => poolCosts(program, pool, left, dearer))
  return segments.map(({ human }, s) =>
    months.map((m) => {
      if (!human) return 0
      if ('pool' in human) return pools[human.pool](s, m)
      const cost = plainValue(human.cost[m])
      const cashable = human.cashable[m]
      return (1 - cashable) * cost * alone(s, m) + cashable * (left(s, m) * cost * dearer(s, m))
    }),
  )
}

/** The cost of a pool in a month, split by the minutes of its segments. */
function poolCosts({ prices }: Program, pool: StaffProgram, contacts: OfMonth, dearer: OfMonth): OfMonth {
  const { segments, pay, hire, release, shortfall } = pool
  const minutesIn = ({ segment, minutes }: StaffProgram['segments'][number], m: number) =>
    plainValue(minutes[m]) * contacts(segment, m) * dearer(segment, m)
  const sumOver = (m: number, of: (own: StaffProgram['segments'][number], m: number) => number) =>
    segments.reduce((sum, own) => sum + of(own, m), 0)
  const work = pool.hours.map((_, m) => sumOver(m, minutesIn))
  const { heads, arrivals, departures, unmet } = staffing(NUMBERS, poolOf(NUMBERS, plainValue, pool), work)
  const price = prices[pay.price]
  const costs = pool.hours.map(
    (_, m) =>
      plainValue(price.values[m]) * price.factors[m] * pay.times * heads[m] +
      plainValue(hire.cost[m]) * arrivals[m] +
      (release ? plainValue(release.cost[m]) * departures[m] : 0) +
      plainValue(shortfall[m]) * unmet[m] * sumOver(m, (own) => contacts(own.segment, m)),
  )
  return (segment, m) => {
    const own = segments.find((each) => each.segment === segment)
    if (!own) return 0
    return costs[m] * (work[m] > 0 ? minutesIn(own, m) / work[m] : 1 / segments.length)
  }
}
