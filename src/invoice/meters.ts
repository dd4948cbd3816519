// Counts an offer's meters month by month, given the share of each month in which the AI works.
import type { MeterProgram, Program } from '../compile/program.ts'
import { type MonthlyDrivers, plainValue } from './drivers.ts'

export class Meters {
  readonly #program: Program
  readonly #drivers: MonthlyDrivers
  /** Counts of past months before credits, by meter. */
  readonly #history = new Map<number, number[]>()

  constructor(program: Program, drivers: MonthlyDrivers) {
    this.#program = program
    this.#drivers = drivers
  }

  /** The count of meter k in month m if the AI works in a share `factor` of it. */
  count(k: number, m: number, factor: number): number {
    const meter = this.#program.meters[k]
    const { tickets, involved, rate } = this.#drivers
    const handled = involved[m] * factor
    switch (meter.kind) {
      case 'tickets':
        return tickets[m]
      case 'conversations':
        return handled
      case 'actions':
        return plainValue(this.#program.volume.actions[m]) * handled
      case 'genuine':
        return handled * rate[m]
      case 'escalations':
        return handled - handled * rate[m]
      case 'people':
        return tickets[m] - handled * rate[m]
      case 'billable': {
        const counted = this.#counted(meter, m, factor)
        if (meter.lag === 0) return counted - plainValue(meter.reopened[m]) * counted
        if (m < meter.lag) return counted
        const before = this.#history.get(k)?.[m - meter.lag] ?? 0
        return Math.max(0, counted - plainValue(meter.reopened[m - meter.lag]) * before)
      }
    }
  }

  /** Months must be settled in order, since a later credit refers to the counts of its month. */
  settle(m: number, factor: number): void {
    this.#program.meters.forEach((meter, k) => {
      if (meter.kind !== 'billable' || meter.lag === 0) return
      const counts = this.#history.get(k) ?? []
      counts[m] = this.#counted(meter, m, factor)
      this.#history.set(k, counts)
    })
  }

  #counted(meter: Extract<MeterProgram, { kind: 'billable' }>, m: number, factor: number): number {
    const handled = this.#drivers.involved[m] * factor
    const genuine = handled * this.#drivers.rate[m]
    return plainValue(meter.resolved[m]) * genuine + plainValue(meter.unresolved[m]) * (handled - genuine)
  }
}
