// Where a block's numbers are beyond what doubles can hold: found by running the block once more, month by month.
import { Arena } from '../numerics/kernel/arena.ts'
import type { Plan } from '../numerics/random/plan.ts'
import type { Model } from './model.ts'
import type { NodeSink } from './tape.ts'
import { BlockWalk } from './walk.ts'

export interface Overflow {
  readonly offer: string
  /** From 1 on. */
  readonly month: number
  /** The run's number of the trial. */
  readonly trial: number
  readonly cost: number
  /** Of that month. */
  readonly conversations: number
}

/** The first cost that is no finite number, else the largest one: its powers are what statistics cannot hold. */
export function overflowIn(model: Model, plan: Plan, seed: string, replicate: number, block: number): Overflow {
  const { program, offers, conversations } = model
  const arena = new Arena()
  const walk = new BlockWalk(arena, plan, seed, program.dimensions).to(replicate, block)
  const { rows, first } = walk
  let worst: Overflow = { offer: program.offers[0].name, month: 1, trial: first, cost: 0, conversations: 0 }
  const months = Array.from({ length: program.months }, (_, m) => m)
  const sinks = offers.flatMap(({ totalMonth }, k) =>
    months.map(
      (m): NodeSink => ({
        nodes: [totalMonth(m), conversations.volume[m]],
        take([costs, volumes]) {
          arena.view(costs, rows).forEach((cost, i) => {
            const beyond = !Number.isFinite(cost)
            if (!Number.isFinite(worst.cost) || !(beyond || Math.abs(cost) > Math.abs(worst.cost))) return
            worst = {
              offer: program.offers[k].name,
              month: m + 1,
              trial: first + i,
              cost,
              conversations: arena.view(volumes, rows)[i],
            }
          })
        },
      }),
    ),
  )
  walk.tape(model.graph, sinks).run(rows)
  arena.release()
  return worst
}
