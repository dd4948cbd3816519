// The state of one charge from month to month: included units that are left, and the quantity of its period so far.
import type { ChargeProgram, IncludedProgram, Operation, Span } from '../contract/compiled.ts'
import { inHorizon, wholeOf } from '../contract/spans.ts'
import { roundedUp } from '../contract/thresholds.ts'
import { unitsAt } from '../contract/units.ts'
import { plainValue } from './drivers.ts'

export interface ChargeCount {
  readonly used: number
  readonly included: number
  /** Quantity of the charge's period so far, without included units. */
  readonly running: number
}

/** The span that holds a month. */
export const spanAt = <T extends Span>(spans: readonly T[], m: number): T | undefined =>
  spans.find(({ start, end }) => start <= m && m < end)

/** Included quantities that are left, oldest first; `lasts` is the last period in which they may be used. */
type Grants = readonly { readonly left: number; readonly lasts: number }[]

function granted(included: IncludedProgram, grants: Grants, m: number, people: number): Grants {
  const k = included.spans.findIndex(({ start }) => start === m)
  if (k < 0) return grants
  const span = included.spans[k]
  const { quantity, perSeat, used = 0 } = span
  const [first, last] = wholeOf(span)
  const { seats } = included
  let each = 0
  if (seats && 'months' in seats)
    for (let i = first; i < last; i++) each += plainValue(seats.months[inHorizon(i, seats.months.length)])
  else if (seats) each = roundedUp(people / seats.perAgent)
  const all = [...grants.filter(({ lasts }) => lasts >= k), { left: quantity + perSeat * each, lasts: k + included.rollover }]
  return used === 0 ? all : taken(all, used).grants
}

function taken(grants: Grants, quantity: number): { readonly rest: number; readonly grants: Grants } {
  let rest = quantity
  const left = grants.map((grant) => {
    const part = Math.min(grant.left, rest)
    rest -= part
    return { ...grant, left: grant.left - part }
  })
  return { rest, grants: left }
}

/** The state of one charge from month to month. */
export class ChargeCourse {
  readonly program: ChargeProgram
  readonly counted: (ChargeCount | undefined)[] = []
  #grants: Grants = []
  #running = 0
  #peak = 0
  #held = 0
  unused = 0

  constructor(program: ChargeProgram) {
    this.program = program
  }

  /** Adds the included quantities of month m; a period that begins starts at 0. */
  begin(m: number, people: number): void {
    const { included, periods, ratchet } = this.program
    if (included) this.#grants = granted(included, this.#grants, m, people)
    const period = periods.find(({ start }) => start === m)
    if (!period) return
    this.#peak = period.restarts ? 0 : Math.max(this.#peak, this.#running)
    this.#held = ratchet ? this.#peak : 0
    this.#running = period.used ?? 0
  }

  /** Whether the people of a month decide how much is included. */
  get byNeed(): boolean {
    const seats = this.program.included?.seats
    return seats !== undefined && 'perAgent' in seats
  }

  /** The same for a charge whose included quantities depend on the people of some segments. */
  beginByNeed(m: number, people: (segments: readonly number[]) => number): void {
    const seats = this.program.included?.seats
    if (seats && 'perAgent' in seats) this.begin(m, people(seats.segments))
  }

  applies(m: number): boolean {
    return spanAt(this.program.periods, m) !== undefined
  }

  /** Units that `quantity` in month m adds to each operation. */
  growth(m: number, quantity: number): { readonly operation: Operation; readonly units: number }[] {
    const period = spanAt(this.program.periods, m)
    if (!period) return []
    const { rest } = taken(this.#grants, quantity)
    const [before, after] = [Math.max(this.#held, this.#running), Math.max(this.#held, this.#running + rest)]
    return period.operations.map((operation) => ({
      operation,
      units: unitsAt(operation, after) - (period.start === m && period.used === undefined ? 0 : unitsAt(operation, before)),
    }))
  }

  settle(m: number, quantity: number): void {
    const period = spanAt(this.program.periods, m)
    if (!period) {
      this.counted.push(undefined)
      return
    }
    const { rest, grants } = taken(this.#grants, quantity)
    this.#grants = grants
    this.#running += rest
    this.counted.push({ used: quantity, included: quantity - rest, running: Math.max(this.#held, this.#running) })
    // The unused quantity of a period is known at its end.
    if (period.end - 1 !== m || period.left !== undefined) return
    for (const operation of period.operations)
      if (operation.kind === 'hinge' && operation.committed) this.unused += Math.max(0, operation.above - this.#running)
  }
}
