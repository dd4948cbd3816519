// What an offer's meters count in a month of one future, with the share of it in which the AI works.
import type { MeterProgram, Program } from '../compile/program.ts'
import { type Happening, plainValue } from './drivers.ts'

export class Meters {
  readonly #program: Program
  readonly #happening: Happening
  /** Counts before credits of the months so far, by meter. */
  readonly #history = new Map<number, number[]>()

  constructor(program: Program, happening: Happening) {
    this.#program = program
    this.#happening = happening
  }

  /** What meter k counts in month m if the AI works in a share `factor` of it. */
  count(k: number, m: number, factor: number): number {
    const meter = this.#program.meters[k]
    const { tickets, involved, rate } = this.#happening
    const handled = involved[m] * factor
    switch (meter.kind) {
      case 'tickets':
        return tickets[m]
      case 'conversations':
        return handled
      case 'actions':
        return plainValue(this.#program.volume.actions) * handled
      case 'genuine':
        return handled * rate[m]
      case 'escalations':
        return handled - handled * rate[m]
      case 'people':
        return tickets[m] - handled * rate[m]
      case 'billable': {
        const counted = this.#counted(meter, m, factor)
        const credit = plainValue(meter.reopened)
        if (meter.lag === 0) return counted - credit * counted
        const before = this.#history.get(k)?.[m - meter.lag] ?? 0
        return Math.max(0, counted - credit * before)
      }
    }
  }

  /** Months are settled in order: a later credit refers to what was counted here. */
  settle(m: number, factor: number): void {
    this.#program.meters.forEach((meter, k) => {
      if (meter.kind !== 'billable' || meter.lag === 0) return
      const counts = this.#history.get(k) ?? []
      counts[m] = this.#counted(meter, m, factor)
      this.#history.set(k, counts)
    })
  }

  #counted(meter: Extract<MeterProgram, { kind: 'billable' }>, m: number, factor: number): number {
    const handled = this.#happening.involved[m] * factor
    const genuine = handled * this.#happening.rate[m]
    return plainValue(meter.resolved) * genuine + plainValue(meter.unresolved) * (handled - genuine)
  }
}
