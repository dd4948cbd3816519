// What each meter counts in a month, and over the horizon.
import { type Arena, BLOCK, type Pointer } from '../kernel/arena.ts'
import type { MeterProgram, Program } from '../program/program.ts'
import type { Values } from './columns.ts'
import type { ConversationsWork } from './conversations.ts'
import type { ResolutionWork } from './resolution.ts'

export class UsageWork {
  readonly #arena: Arena
  readonly #program: Program
  readonly #values: Values
  readonly #scratch: Pointer
  /** Counts before credits, for those that come back on a later bill. */
  readonly #history: ReadonlyMap<number, readonly Pointer[]>
  readonly month: readonly Pointer[]
  readonly horizon: readonly Pointer[]

  constructor(arena: Arena, program: Program, values: Values) {
    this.#arena = arena
    this.#program = program
    this.#values = values
    this.#scratch = arena.column()
    this.month = program.meters.map(() => arena.column())
    this.horizon = program.meters.map(() => arena.column())
    this.#history = new Map(
      program.meters.flatMap((meter, k) =>
        meter.kind === 'billable' && meter.lag > 0
          ? [[k, Array.from({ length: program.months }, () => arena.column())] as const]
          : [],
      ),
    )
  }

  begin(): void {
    for (const column of this.horizon) this.#arena.kernel.ops.fill(column, BLOCK, 0)
  }

  count(m: number, conversations: ConversationsWork, resolution: ResolutionWork): void {
    this.#program.meters.forEach((meter, k) => {
      this.#one(meter, k, m, conversations, resolution)
      this.#arena.kernel.ops.add(this.month[k], this.horizon[k], BLOCK)
    })
  }

  #one(meter: MeterProgram, k: number, m: number, { volume, involved }: ConversationsWork, resolution: ResolutionWork): void {
    const { ops } = this.#arena.kernel
    const out = this.month[k]
    switch (meter.kind) {
      case 'tickets':
        return ops.copy(volume, out, BLOCK)
      case 'conversations':
        return ops.copy(involved, out, BLOCK)
      case 'actions':
        return this.#values.times(this.#program.volume.actions, involved, out)
      case 'genuine':
        return ops.multiply(resolution.rate(meter.rate), involved, out, BLOCK)
      case 'escalations':
      case 'people': {
        ops.multiply(resolution.rate(meter.rate), involved, this.#scratch, BLOCK)
        return ops.subtract(meter.kind === 'people' ? volume : involved, this.#scratch, out, BLOCK)
      }
      case 'billable': {
        // A (R a + (1 − R) b) (1 − c), the credit on a later bill where it has a lag.
        const genuine = this.#scratch
        ops.multiply(resolution.rate(meter.rate), involved, genuine, BLOCK)
        this.#values.times(meter.resolved, genuine, out)
        ops.subtract(involved, genuine, genuine, BLOCK)
        this.#values.addTimes(meter.unresolved, 1, genuine, out)
        const history = this.#history.get(k)
        if (!history) {
          this.#values.times(meter.reopened, out, this.#scratch)
          return ops.subtract(out, this.#scratch, out, BLOCK)
        }
        ops.copy(out, history[m], BLOCK)
        if (m < meter.lag) return
        this.#values.addTimes(meter.reopened, -1, history[m - meter.lag], out)
        return ops.clamp(out, out, BLOCK, 0, Infinity)
      }
    }
  }
}
