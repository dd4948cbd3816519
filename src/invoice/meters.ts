// Counts an offer's meters month by month, given the share of each month in which the AI works in each segment.
import type { MeterProgram, Program } from '../compile/program.ts'
import { type MonthlyDrivers, plainValue } from './drivers.ts'

/** The share of a month in which the AI works, by segment. */
export type Worked = readonly number[]

export class Meters {
  readonly #program: Program
  readonly #drivers: readonly MonthlyDrivers[]
  /** Counts of past months before credits, by meter. */
  readonly #history = new Map<number, number[]>()
  /** Of what seemed resolved in past months, the number that comes back later, by meter. */
  readonly #returned = new Map<number, number[]>()

  /** @param drivers by segment */
  constructor(program: Program, drivers: readonly MonthlyDrivers[]) {
    this.#program = program
    this.#drivers = drivers
  }

  /** The count of meter k in month m if the AI works in these shares of it. */
  count(k: number, m: number, worked: Worked): number {
    const meter = this.#program.meters[k]
    const { tickets, involved, rate } = this.#drivers[meter.segment]
    const handled = involved[m] * worked[meter.segment]
    switch (meter.kind) {
      case 'tickets':
        return tickets[m]
      case 'conversations':
        return handled
      case 'quantity':
        return plainValue(meter.each[m]) * countedBy(meter, tickets[m], handled, rate[m])
      case 'seeming':
        return handled * rate[m]
      case 'genuine':
        return handled * rate[m] - this.#returning(meter, m, worked)
      case 'escalations':
        return handled - handled * rate[m]
      case 'people':
        return tickets[m] - handled * rate[m] + this.#back(k, m, worked)
      case 'billable': {
        const counted = this.#counted(meter, m, worked)
        if (meter.returned) return Math.max(0, counted - this.#credit(k, m, worked))
        if (meter.lag === 0) return counted - plainValue(meter.reopened[m]) * counted
        if (m < meter.lag) return counted
        const before = this.#history.get(k)?.[m - meter.lag] ?? 0
        return Math.max(0, counted - plainValue(meter.reopened[m - meter.lag]) * before)
      }
    }
  }

  /** The units of meter k that month m credits because their customers came back. */
  credited(k: number, m: number, worked: Worked): number {
    const meter = this.#program.meters[k]
    if (meter.kind !== 'billable' || !meter.returned) return 0
    return Math.min(this.#counted(meter, m, worked), this.#credit(k, m, worked))
  }

  #credit(k: number, m: number, worked: Worked): number {
    const meter = this.#program.meters[k]
    if (meter.kind !== 'billable' || !meter.returned || m < meter.returned.lag) return 0
    return plainValue(meter.resolved[m - meter.returned.lag]) * this.#back(k, m, worked)
  }

  /** Of what seems resolved in month m, the number that comes back later. */
  #returning(meter: MeterProgram, m: number, worked: Worked): number {
    if (!('returned' in meter) || !meter.returned) return 0
    const { involved, rate } = this.#drivers[meter.segment]
    return plainValue(meter.returned.shares[m]) * (involved[m] * worked[meter.segment] * rate[m])
  }

  /** What comes back in month m. */
  #back(k: number, m: number, worked: Worked): number {
    const meter = this.#program.meters[k]
    if (!('returned' in meter) || !meter.returned) return 0
    const { lag } = meter.returned
    return lag === 0 ? this.#returning(meter, m, worked) : (this.#returned.get(k)?.[m - lag] ?? 0)
  }

  /** Months must be settled in order, since what comes back or is credited later refers to the counts of its month. */
  settle(m: number, worked: Worked): void {
    this.#program.meters.forEach((meter, k) => {
      if ('returned' in meter && meter.returned) noted(this.#returned, k, m, this.#returning(meter, m, worked))
      if (meter.kind === 'billable' && meter.lag !== 0) noted(this.#history, k, m, this.#counted(meter, m, worked))
    })
  }

  #counted(meter: Extract<MeterProgram, { kind: 'billable' }>, m: number, worked: Worked): number {
    const { involved, rate } = this.#drivers[meter.segment]
    const handled = involved[m] * worked[meter.segment]
    const genuine = handled * rate[m]
    return plainValue(meter.resolved[m]) * genuine + plainValue(meter.unresolved[m]) * (handled - genuine)
  }
}

function noted(all: Map<number, number[]>, k: number, m: number, count: number): void {
  const counts = all.get(k) ?? []
  counts[m] = count
  all.set(k, counts)
}

/** What a quantity has a number of. */
function countedBy({ per }: Extract<MeterProgram, { kind: 'quantity' }>, tickets: number, handled: number, rate: number): number {
  if (per === 'ticket') return tickets
  if (per === 'conversation') return handled
  return per === 'resolution' ? handled * rate : handled - handled * rate
}
