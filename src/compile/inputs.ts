// Turns every distribution of a scenario into an input: a random number and a table that maps it to a value.
import type { Bound, Value } from '../contract/operation.ts'
import { distributionOf } from '../numerics/distributions/index.ts'
import { mapInputs } from '../scenario/names.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import type { Program } from './program.ts'
import { tabulate } from './table.ts'
import type { CompileTools } from './tools.ts'

/** With more jumps than this, none of them matters on its own. */
const FEW = 16

/** The largest chance of a clamped draw that hardly any run contains, so that the clamp does not make a tail light. */
const UNSEEN = 1e-9

interface BoundInputs {
  /** The scenario with each distribution replaced by its input. */
  readonly bound: Bound<ResolvedScenario>
  readonly inputs: Program['inputs']
  readonly jumps: readonly number[]
  mean(value: Value): number
}

export function bindInputs(scenario: ResolvedScenario, { dimension, table }: CompileTools): BoundInputs {
  const inputs: Program['inputs'][number][] = []
  const jumps = new Set<number>()
  const bound = mapInputs(scenario, (name, spec, field) => {
    const distribution = distributionOf(spec)
    // At most 1e-6 of the probability is outside the field's range. These draws are clamped.
    const [low, high] = field.range
    const made = table([spec, low, String(high)], () => tabulate(distribution, low, high))
    if (distribution.jumps && distribution.jumps.length <= FEW) for (const p of distribution.jumps) jumps.add(p)
    const { mean, moments } = distribution
    const heavy = moments !== undefined && distribution.survival(high) < UNSEEN && { moments }
    inputs.push({ name, dimension: dimension(name), table: made, mean, ...heavy })
    return { input: inputs.length - 1 }
  }) as Bound<ResolvedScenario>
  return { bound, inputs, jumps: [...jumps], mean: (value) => (typeof value === 'number' ? value : inputs[value.input].mean) }
}
