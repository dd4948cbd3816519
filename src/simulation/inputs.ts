// What was sampled in a block, by name: for those who want to follow a trial by hand.
import type { Pointer, Arena } from '../kernel/arena.ts'
import { trialsIn } from '../random/plan.ts'
import type { BlockWork } from './block.ts'

export interface SampledInputs {
  readonly trials: number
  readonly columns: ReadonlyMap<string, Float64Array>
}

/** Once-a-trial inputs by path; `….noise[m]` normal scores; `….spikes[m]` factors and `….setbacks[m]` sizes of what starts in month m. Call after `run`. */
export function sampledInputs(arena: Arena, work: BlockWork, replicate: number, block: number): SampledInputs {
  const trials = trialsIn(work.plan, replicate, block)
  const columns = new Map<string, Float64Array>()
  const put = (name: string, column: Pointer) => columns.set(name, arena.view(column, trials).slice())
  const { program, draws } = work
  program.inputs.forEach(({ name }, k) => put(name, draws.inputs[k]))
  for (const noise of [...(program.volume.noise ? [program.volume.noise] : []), ...program.noises]) {
    noise.dimensions.forEach((d, m) => put(`${noise.name}[${m}]`, draws.scores[d]))
  }
  work.conversations.spikes.forEach((column, m) => put(`conversations.spikes[${m}]`, column))
  program.setbacks.forEach(({ name }, k) => work.resolution.setbacks[k].starts.forEach((column, m) => put(`${name}[${m}]`, column)))
  return { trials, columns }
}
