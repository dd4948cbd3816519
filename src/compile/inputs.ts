// Turns every distribution of a scenario into an input: a random number and a table that maps it to a value.
import type { Bound, Value } from '../contract/operation.ts'
import { distributionOf } from '../numerics/distributions/index.ts'
import { mapInputs } from '../scenario/names.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import { jumpsOf } from './jumps.ts'
import type { InputJumps, Program } from './program.ts'
import { tabulate } from './table.ts'
import type { CompileTools } from './tools.ts'

/** The largest chance of a clamped draw that hardly any run contains, so that the clamp does not make a tail light. */
const UNSEEN = 1e-9

interface BoundInputs {
  /** The scenario with each distribution replaced by its input. */
  readonly bound: Bound<ResolvedScenario>
  readonly inputs: Program['inputs']
  readonly jumps: readonly InputJumps[]
  mean(value: Value): number
}

export function bindInputs(scenario: ResolvedScenario, { dimension, table }: CompileTools): BoundInputs {
  const inputs: Program['inputs'][number][] = []
  const jumps: InputJumps[] = []
  const bound = mapInputs(scenario, (name, spec, field) => {
    const distribution = distributionOf(spec)
    // At most 1e-6 of the probability is outside the field's range. These draws are clamped.
    const [low, high] = field.range
    const made = table([spec, low, String(high)], () => tabulate(distribution, low, high))
    const own = jumpsOf(distribution, inputs.length)
    if (own) jumps.push(own)
    const { mean, moments } = distribution
    const heavy = moments !== undefined && distribution.survival(high) < UNSEEN && { moments }
    inputs.push({ name, dimension: dimension(name), table: made, mean, ...heavy })
    return { input: inputs.length - 1 }
  }) as Bound<ResolvedScenario>
  return { bound, inputs, jumps, mean: (value) => (typeof value === 'number' ? value : inputs[value.input].mean) }
}
