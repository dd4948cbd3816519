// A rule of a program's own on a block of trials. It runs trial by trial, outside of the kernel.
import { type PlacedRule, RuleRun } from '../contract/rule.ts'
import { type Arena, BLOCK, type Pointer } from '../numerics/kernel/arena.ts'

export class RuleColumns {
  readonly #run: RuleRun
  readonly #arena: Arena
  /** By month. */
  readonly #amounts: readonly Float64Array[]

  constructor(rule: PlacedRule, arena: Arena) {
    this.#run = new RuleRun(rule)
    this.#arena = arena
    this.#amounts = rule.months.map(() => new Float64Array(BLOCK))
  }

  /** Bills every trial. @param columns the units of each meter, month by month */
  bill(columns: readonly Pointer[], rows: number): void {
    const { usage } = this.#run
    const views = columns.map((column) => this.#arena.view(column, rows))
    for (let row = 0; row < rows; row++) {
      let column = 0
      for (const units of usage) for (let m = 0; m < units.length; m++) units[m] = views[column++][row]
      // One trial of a block shows whether the rule depends on something else than its usage.
      const amounts = row === 0 ? this.#run.billTwice() : this.#run.bill()
      for (let m = 0; m < amounts.length; m++) this.#amounts[m][row] = amounts[m]
    }
    for (const amounts of this.#amounts) amounts.fill(0, rows)
  }

  /** Writes the amounts of a month into a column. */
  write(month: number, out: Pointer, padded: number): void {
    this.#arena.view(out, padded).set(this.#amounts[month].subarray(0, padded))
  }
}
