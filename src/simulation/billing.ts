// One offer's bill, month by month, on the block's futures.
import type { Hinge, Operation } from '../contract/operation.ts'
import { type Arena, BLOCK, type Pointer } from '../kernel/arena.ts'
import type { ChargeProgram, OfferProgram, Program } from '../program/program.ts'
import type { Values } from './columns.ts'
import type { UsageWork } from './usage.ts'

/** A period cut off by the horizon's end is complete in itself: its quantities count pro rata by months. */
export function periodOf(
  m: number,
  length: number,
  months: number,
): { readonly first: boolean; readonly last: boolean; readonly share: number } {
  const start = m - (m % length)
  const end = Math.min(start + length, months)
  return { first: m === start, last: m === end - 1, share: (end - start) / length }
}

const LENGTH = { month: 1, quarter: 3, year: 12 } as const

/** What a fixed amount adds in month m, in units of the amount. */
export function fixedShare(operation: Operation & { readonly kind: 'fixed' }, m: number, months: number): number {
  if (operation.per === 'once') return m === 0 ? operation.times : 0
  const length = LENGTH[operation.per]
  const { first, share } = periodOf(m, length, months)
  if (operation.upfront) return first ? operation.times * share : 0
  return operation.times / length
}

class ChargeWork {
  readonly #arena: Arena
  readonly #values: Values
  readonly #program: ChargeProgram
  readonly #months: number
  readonly #quantity: Pointer
  readonly #before: readonly Pointer[]
  readonly #amount: Pointer
  readonly #spent: Pointer
  readonly #scratch: Pointer

  constructor(arena: Arena, values: Values, program: ChargeProgram, months: number) {
    this.#arena = arena
    this.#values = values
    this.#program = program
    this.#months = months
    this.#quantity = arena.column()
    this.#before = program.billing.operations.map(() => arena.column())
    this.#amount = arena.column()
    this.#spent = arena.column()
    this.#scratch = arena.column()
  }

  /** Adds each operation's amount of month m to what `layerColumn` gives, and tells of overage. */
  month(m: number, usage: UsageWork, layerColumn: (operation: Operation) => Pointer, overage: OverageWork | undefined): void {
    const { ops } = this.#arena.kernel
    const { billing, meter } = this.#program
    const { period, operations, minimum } = billing
    const { first, share } = periodOf(m, period, this.#months)
    let quantity = meter === undefined ? this.#quantity : usage.month[meter]
    if (meter !== undefined && period > 1) {
      if (first) ops.fill(this.#quantity, BLOCK, 0)
      ops.add(quantity, this.#quantity, BLOCK)
      quantity = this.#quantity
    }
    if (minimum && periodOf(m, minimum.period, this.#months).first) ops.fill(this.#spent, BLOCK, 0)
    operations.forEach((operation, k) => {
      const amount = this.#amount
      ops.fill(amount, BLOCK, 0)
      if (operation.kind === 'fixed') {
        const times = fixedShare(operation, m, this.#months)
        if (times === 0) return
        this.#values.add(operation.amount, times, amount)
      } else {
        this.#running(operation, quantity, share)
        if (period > 1) {
          // The month's units are what the period's running units grew by.
          if (first) ops.fill(this.#before[k], BLOCK, 0)
          ops.subtract(this.#scratch, this.#before[k], amount, BLOCK)
          ops.copy(this.#scratch, this.#before[k], BLOCK)
          ops.copy(amount, this.#scratch, BLOCK)
          ops.fill(amount, BLOCK, 0)
        }
        if (overage && operation.kind === 'hinge' && operation.overage) overage.add(this.#scratch, operation, quantity, share, m)
        const price = operation.kind === 'hinge' ? operation.price : operation.amount
        this.#values.addTimes(price, operation.kind === 'package' ? operation.times : 1, this.#scratch, amount)
      }
      ops.add(amount, layerColumn(operation), BLOCK)
      if (minimum) ops.add(amount, this.#spent, BLOCK)
    })
    if (minimum) {
      const due = periodOf(m, minimum.period, this.#months)
      if (!due.last) return
      // What is missing to the floor, in the charge's own layer.
      ops.fill(this.#scratch, BLOCK, 0)
      this.#values.add(minimum.amount, minimum.times * due.share, this.#scratch)
      ops.subtract(this.#scratch, this.#spent, this.#scratch, BLOCK)
      ops.clamp(this.#scratch, this.#scratch, BLOCK, 0, Infinity)
      ops.add(this.#scratch, layerColumn(operations[0]), BLOCK)
    }
  }

  /** scratch = the operation's units at the running quantity, thresholds pro rata. */
  #running(operation: Exclude<Operation, { kind: 'fixed' }>, quantity: Pointer, share: number): void {
    const { ops } = this.#arena.kernel
    if (operation.kind === 'hinge') {
      if (operation.above === 0) ops.copy(quantity, this.#scratch, BLOCK)
      else ops.excess(quantity, this.#scratch, BLOCK, operation.above * share)
    } else if (operation.kind === 'step') ops.exceeds(quantity, this.#scratch, BLOCK, operation.above * share)
    else ops.packages(quantity, this.#scratch, BLOCK, operation.above * share, operation.size)
  }
}

/** What exceeds an offer's commitments, and what of them is left. */
class OverageWork {
  readonly #arena: Arena
  readonly #values: Values
  readonly #months: number
  readonly #scratch: Pointer
  readonly hit: Pointer
  readonly count: Pointer
  readonly any: Pointer
  readonly quantity: Pointer
  readonly amount: Pointer
  readonly unused: Pointer

  constructor(arena: Arena, values: Values, months: number) {
    this.#arena = arena
    this.#values = values
    this.#months = months
    this.#scratch = arena.column()
    this.hit = arena.column()
    this.count = arena.column()
    this.any = arena.column()
    this.quantity = arena.column()
    this.amount = arena.column()
    this.unused = arena.column()
  }

  begin(): void {
    for (const column of [this.count, this.any, this.quantity, this.amount, this.unused])
      this.#arena.kernel.ops.fill(column, BLOCK, 0)
  }

  beginMonth(): void {
    this.#arena.kernel.ops.fill(this.hit, BLOCK, 0)
  }

  add(over: Pointer, operation: Hinge, quantity: Pointer, share: number, m: number): void {
    const { ops } = this.#arena.kernel
    ops.add(over, this.quantity, BLOCK)
    this.#values.addTimes(operation.price, 1, over, this.amount)
    // Overage is billed in this month where the running quantity passes the commitment and has grown.
    ops.exceeds(quantity, this.#scratch, BLOCK, operation.above * share)
    ops.multiply(this.#scratch, over, this.#scratch, BLOCK)
    ops.exceeds(this.#scratch, this.#scratch, BLOCK, 0)
    ops.greater(this.#scratch, this.hit, this.hit, BLOCK)
    const length = operation.period ?? 1
    if (!periodOf(m, length, this.#months).last) return
    ops.scale(quantity, this.#scratch, BLOCK, -1)
    ops.shift(this.#scratch, this.#scratch, BLOCK, operation.above * share)
    ops.clamp(this.#scratch, this.#scratch, BLOCK, 0, Infinity)
    ops.add(this.#scratch, this.unused, BLOCK)
  }

  endMonth(): void {
    const { ops } = this.#arena.kernel
    ops.add(this.hit, this.count, BLOCK)
    ops.greater(this.hit, this.any, this.any, BLOCK)
  }
}

export class OfferWork {
  readonly program: OfferProgram
  readonly #arena: Arena
  readonly #values: Values
  readonly #scenario: Program
  readonly #charges: readonly ChargeWork[]
  readonly #layerMonth: readonly Pointer[]
  readonly #scratch: Pointer
  readonly overage: OverageWork | undefined
  readonly layers: readonly Pointer[]
  readonly billMonth: Pointer
  readonly totalMonth: Pointer
  readonly bill: Pointer
  readonly total: Pointer
  readonly people: Pointer
  readonly running: Pointer

  constructor(arena: Arena, values: Values, scenario: Program, program: OfferProgram) {
    this.program = program
    this.#arena = arena
    this.#values = values
    this.#scenario = scenario
    this.#charges = program.charges.map((charge) => new ChargeWork(arena, values, charge, scenario.months))
    this.overage = program.overage ? new OverageWork(arena, values, scenario.months) : undefined
    this.layers = program.layers.map(() => arena.column())
    this.#layerMonth = program.layers.map(() => arena.column())
    this.#scratch = arena.column()
    this.billMonth = arena.column()
    this.totalMonth = scenario.distinctTotal ? arena.column() : this.billMonth
    this.bill = arena.column()
    this.total = scenario.distinctTotal ? arena.column() : this.bill
    this.people = arena.column()
    this.running = arena.column()
  }

  begin(): void {
    const { ops } = this.#arena.kernel
    for (const column of [...this.layers, this.bill, this.total, this.people, this.running]) ops.fill(column, BLOCK, 0)
    this.overage?.begin()
  }

  month(m: number, usage: UsageWork, volume: Pointer): void {
    const { ops } = this.#arena.kernel
    for (const column of this.#layerMonth) ops.fill(column, BLOCK, 0)
    this.overage?.beginMonth()
    const layerColumn = (operation: Operation) => this.#layerMonth[this.program.layers.indexOf(operation.layer)]
    for (const charge of this.#charges) charge.month(m, usage, layerColumn, this.overage)
    this.overage?.endMonth()
    ops.fill(this.billMonth, BLOCK, 0)
    for (let k = 0; k < this.layers.length; k++) {
      ops.add(this.#layerMonth[k], this.billMonth, BLOCK)
      ops.add(this.#layerMonth[k], this.layers[k], BLOCK)
    }
    ops.add(this.billMonth, this.bill, BLOCK)
    if (!this.#scenario.distinctTotal) return
    ops.copy(this.billMonth, this.totalMonth, BLOCK)
    this.#handling(usage, volume)
    const { running } = this.program
    if (running) {
      this.#values.add(running.value, running.times, this.totalMonth)
      this.#values.add(running.value, running.times, this.running)
    }
    ops.add(this.totalMonth, this.total, BLOCK)
  }

  /** What people cost: each conversation that the AI did not resolve, dearer by the uplift where it resolves much. */
  #handling(usage: UsageWork, volume: Pointer): void {
    const { ops } = this.#arena.kernel
    const { human } = this.#scenario
    const { people, genuine } = this.program
    if (!human) return
    const cost = this.#scratch
    const handled = people === undefined ? volume : usage.month[people]
    if (human.uplift === 0 || genuine === undefined) ops.copy(handled, cost, BLOCK)
    else {
      ops.divide(usage.month[genuine], volume, cost, BLOCK)
      this.#values.times(human.uplift, cost, cost)
      ops.shift(cost, cost, BLOCK, 1)
      ops.multiply(handled, cost, cost, BLOCK)
    }
    this.#values.times(human.cost, cost, cost)
    ops.add(cost, this.people, BLOCK)
    ops.add(cost, this.totalMonth, BLOCK)
  }
}
