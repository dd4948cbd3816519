// The pipeline: one block, from its number to its share of the statistics. A pure function of (program, plan, seed, block).
import { type Arena, BLOCK, type Pointer } from '../kernel/arena.ts'
import type { Program } from '../program/program.ts'
import { firstTrial, type Plan, trialsIn } from '../random/plan.ts'
import type { Measure } from '../result/measure.ts'
import { type Layout, layoutOf, SERIES, seriesAt, sumAt } from '../statistics/layout.ts'
import { OfferWork } from './billing.ts'
import { Values } from './columns.ts'
import { ConversationsWork } from './conversations.ts'
import { Draws } from './draws.ts'
import { ResolutionWork } from './resolution.ts'
import { UsageWork } from './usage.ts'

/** Where a block's trials are kept, one array a column; shared by all workers. */
export interface Kept {
  /** One column an offer of its bill, then (where it differs) of its total. */
  readonly trials?: readonly Float64Array[]
  /** The same columns for each month, months contiguous within a column: the first `points` of each replicate. */
  readonly monthly?: { readonly columns: readonly Float64Array[]; readonly points: number; readonly trials: number }
}

/** The columns that are kept, in order. */
export function keptColumns(program: Program): readonly { readonly offer: number; readonly measure: Measure }[] {
  const measures: Measure[] = program.distinctTotal ? ['bill', 'total'] : ['bill']
  return program.offers.flatMap((_, offer) => measures.map((measure) => ({ offer, measure })))
}

export class BlockWork {
  readonly program: Program
  readonly layout: Layout
  readonly plan: Plan
  readonly state: Float64Array
  readonly draws: Draws
  readonly conversations: ConversationsWork
  readonly resolution: ResolutionWork
  readonly offers: readonly OfferWork[]
  readonly usage: UsageWork
  readonly #arena: Arena
  readonly #columns: ReturnType<typeof keptColumns>
  readonly #kept: Kept
  readonly #out: Pointer
  readonly #least: Pointer
  readonly #ties: readonly Pointer[]
  readonly #count: Pointer
  readonly #scratch: Pointer

  constructor(arena: Arena, program: Program, plan: Plan, seed: string, kept: Kept = {}) {
    this.#arena = arena
    this.program = program
    this.plan = plan
    this.layout = layoutOf(program)
    this.state = new Float64Array(this.layout.slots)
    this.draws = new Draws(arena, program, plan, seed)
    const values = new Values(arena, this.draws.inputs)
    this.conversations = new ConversationsWork(arena, program.volume, values, this.draws)
    this.resolution = new ResolutionWork(arena, program, values, this.draws)
    this.usage = new UsageWork(arena, program, values)
    this.offers = program.offers.map((offer) => new OfferWork(arena, values, program, offer))
    this.#columns = keptColumns(program)
    this.#kept = kept
    this.#out = arena.column(8)
    this.#least = arena.column()
    this.#ties = program.offers.map(() => arena.column())
    this.#count = arena.column()
    this.#scratch = arena.column()
  }

  /** Runs one block; `state` then holds its statistics. */
  run(replicate: number, block: number): void {
    const n = trialsIn(this.plan, replicate, block)
    this.state.fill(0)
    this.state[0] = n
    this.draws.draw(replicate, block)
    this.conversations.begin()
    this.resolution.begin()
    this.usage.begin()
    for (const offer of this.offers) offer.begin()
    for (let m = 0; m < this.program.months; m++) this.#month(m, n, replicate, block)
    this.#horizon(n)
    this.#compare(n)
    this.#keep(n, replicate, block)
  }

  #month(m: number, n: number, replicate: number, block: number): void {
    const { conversations, resolution, usage, layout } = this
    conversations.month(m)
    resolution.month(m)
    usage.count(m, conversations, resolution)
    this.#sum(layout.months.tickets + m, conversations.volume, n)
    this.#sum(layout.months.involved + m, conversations.involved, n)
    if (this.program.rates.length > 0) this.#sum(layout.months.genuine + m, usage.month[2], n)
    this.offers.forEach((offer, k) => {
      offer.month(m, usage, conversations.volume)
      const { monthly, overMonths } = layout.offers[k]
      this.#sum(monthly.bill + m, offer.billMonth, n)
      if (this.program.distinctTotal) this.#sum(monthly.total + m, offer.totalMonth, n)
      if (offer.overage) this.#sum(overMonths + m, offer.overage.hit, n)
    })
    const kept = this.#kept.monthly
    if (!kept) return
    const random = this.plan.method === 'random'
    const from = random ? firstTrial(this.plan, replicate, block) : replicate * kept.points + block * this.plan.blockSize
    const count = Math.min(n, random ? kept.trials - from : kept.points - block * this.plan.blockSize)
    if (!(count > 0)) return
    this.#columns.forEach(({ offer, measure }, k) => {
      const column = measure === 'bill' ? this.offers[offer].billMonth : this.offers[offer].totalMonth
      kept.columns[k].set(this.#arena.view(column, count), m * kept.trials + from)
    })
  }

  #sum(sum: number, column: Pointer, n: number): void {
    this.state[sumAt(this.layout, sum)] = this.#arena.kernel.ops.sum(column, n)
  }

  #moments(series: number, column: Pointer, n: number): void {
    this.#arena.kernel.ops.moments(column, n, this.#out)
    this.state.set(this.#arena.view(this.#out, SERIES), seriesAt(series))
  }

  #horizon(n: number): void {
    const { layout, usage } = this
    this.#moments(layout.tickets, usage.horizon[0], n)
    this.#moments(layout.involved, usage.horizon[1], n)
    this.offers.forEach((offer, k) => {
      const at = layout.offers[k]
      this.#moments(at.bill, offer.bill, n)
      if (this.program.distinctTotal) this.#moments(at.total, offer.total, n)
      const { genuine, billable } = offer.program
      if (genuine !== undefined && at.genuine !== undefined) this.#moments(at.genuine, usage.horizon[genuine], n)
      if (billable !== undefined && at.billable !== undefined) this.#moments(at.billable, usage.horizon[billable], n)
      this.#moments(at.people, offer.people, n)
      this.#moments(at.running, offer.running, n)
      at.layers.forEach(({ series }, l) => this.#moments(series, offer.layers[l], n))
      if (at.overage && offer.overage) {
        this.#moments(at.overage.any, offer.overage.any, n)
        this.#moments(at.overage.months, offer.overage.count, n)
        this.#moments(at.overage.quantity, offer.overage.quantity, n)
        this.#moments(at.overage.amount, offer.overage.amount, n)
        this.#moments(at.overage.unused, offer.overage.unused, n)
      }
    })
  }

  /** An offer's cost by the chosen measure. */
  cost(k: number): Pointer {
    return this.program.measure === 'bill' ? this.offers[k].bill : this.offers[k].total
  }

  #compare(n: number): void {
    const { ops } = this.#arena.kernel
    const { layout } = this
    ops.copy(this.cost(0), this.#least, BLOCK)
    for (let k = 1; k < this.offers.length; k++) ops.lesser(this.cost(k), this.#least, this.#least, BLOCK)
    ops.fill(this.#count, BLOCK, 0)
    this.#ties.forEach((tie, k) => {
      ops.ties(this.cost(k), this.#least, tie, BLOCK)
      ops.add(tie, this.#count, BLOCK)
    })
    this.#ties.forEach((tie, k) => {
      ops.divide(tie, this.#count, this.#scratch, BLOCK)
      this.#moments(layout.offers[k].share, this.#scratch, n)
      ops.subtract(this.cost(k), this.#least, this.#scratch, BLOCK)
      this.#moments(layout.offers[k].regret, this.#scratch, n)
    })
    for (const { a, b, difference, counts } of layout.pairs) {
      ops.subtract(this.cost(a), this.cost(b), this.#scratch, BLOCK)
      this.#moments(difference, this.#scratch, n)
      ops.compare(this.cost(a), this.cost(b), n, this.#out)
      this.state.set(this.#arena.view(this.#out, 2), sumAt(layout, counts))
    }
  }

  #keep(n: number, replicate: number, block: number): void {
    const { trials } = this.#kept
    if (!trials) return
    const from = firstTrial(this.plan, replicate, block)
    this.#columns.forEach(({ offer, measure }, k) => {
      const column = measure === 'bill' ? this.offers[offer].bill : this.offers[offer].total
      trials[k].set(this.#arena.view(column, n), from)
    })
  }
}
