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
      case 'genuine':
        return handled * rate[m]
      case 'escalations':
        return handled - handled * rate[m]
      case 'people':
        return tickets[m] - handled * rate[m]
      case 'billable': {
        const counted = this.#counted(meter, m, worked)
        if (meter.lag === 0) return counted - plainValue(meter.reopened[m]) * counted
        if (m < meter.lag) return counted
        const before = this.#history.get(k)?.[m - meter.lag] ?? 0
        return Math.max(0, counted - plainValue(meter.reopened[m - meter.lag]) * before)
      }
    }
  }

  /** Months must be settled in order, since a later credit refers to the counts of its month. */
  settle(m: number, worked: Worked): void {
    this.#program.meters.forEach((meter, k) => {
      if (meter.kind !== 'billable' || meter.lag === 0) return
      const counts = this.#history.get(k) ?? []
      counts[m] = this.#counted(meter, m, worked)
      this.#history.set(k, counts)
    })
  }

  #counted(meter: Extract<MeterProgram, { kind: 'billable' }>, m: number, worked: Worked): number {
    const { involved, rate } = this.#drivers[meter.segment]
    const handled = involved[m] * worked[meter.segment]
    const genuine = handled * rate[m]
    return plainValue(meter.resolved[m]) * genuine + plainValue(meter.unresolved[m]) * (handled - genuine)
  }
}

/** What a quantity has a number of. */
function countedBy({ per }: Extract<MeterProgram, { kind: 'quantity' }>, tickets: number, handled: number, rate: number): number {
  if (per === 'ticket') return tickets
  if (per === 'conversation') return handled
  return per === 'resolution' ? handled * rate : handled - handled * rate
}
