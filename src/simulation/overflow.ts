// Finds the cost that exceeds the range of doubles, by running the block once more, month by month.
import { Arena } from '../numerics/kernel/arena.ts'
import type { Plan } from '../numerics/random/plan.ts'
import type { Model } from './model.ts'
import type { NodeSink } from './tape.ts'
import { BlockWalk } from './walk.ts'

export interface Overflow {
  readonly offer: string
  /** Counted from 1. */
  readonly month: number
  /** The number of the trial within the run. */
  readonly trial: number
  readonly cost: number
  /** The conversations of that month. */
  readonly conversations: number
}

/** The first cost that is not finite, or else the largest, whose powers exceed the range. */
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
