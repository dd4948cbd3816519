import { eventsOf, type Program } from '../compile/program.ts'
import type { Design } from '../numerics/estimators/sorted.ts'
import type { Plan } from '../numerics/random/plan.ts'

/** How a plan draws a program's trials, of which those of each replicate begin at `starts`. */
export const designOf = (program: Program, plan: Plan, starts: readonly number[]): Design => ({
  starts,
  random: plan.method === 'random',
  jumps: program.jumps,
  events: eventsOf(program).length > 0,
  certain: program.dimensions.length === 0,
})
