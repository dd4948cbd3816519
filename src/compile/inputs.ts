// Every distribution of a scenario becomes an input: a random number, and the table that turns it into a value.
import type { Bound, Value } from '../contract/operation.ts'
import { distributionOf } from '../numerics/distributions/index.ts'
import { mapInputs } from '../scenario/names.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import type { Program } from './program.ts'
import { tabulate } from './table.ts'
import type { CompileTools } from './tools.ts'

/** Jumps of an input that may be few enough to matter one by one. */
const FEW = 16

export interface BoundInputs {
  /** The scenario with each distribution replaced by its input. */
  readonly bound: Bound<ResolvedScenario>
  readonly inputs: Program['inputs']
  readonly jumps: readonly number[]
  /** The mean of a value, drawn or not. */
  mean(value: Value): number
}

export function bindInputs(scenario: ResolvedScenario, { dimension, table }: CompileTools): BoundInputs {
  const inputs: Program['inputs'][number][] = []
  const jumps = new Set<number>()
  const bound = mapInputs(scenario, (name, spec, field) => {
    const distribution = distributionOf(spec)
    // Draws outside a field's range have at most 1e-6 of the mass by now, and are clamped.
    const [low, high] = field.range
    const made = table([spec, low, String(high)], () => tabulate(distribution, low, high))
    if (distribution.jumps && distribution.jumps.length <= FEW) for (const p of distribution.jumps) jumps.add(p)
    inputs.push({ name, dimension: dimension(name), table: made, mean: distribution.mean })
    return { input: inputs.length - 1 }
  }) as Bound<ResolvedScenario>
  return {
    bound,
    inputs,
    jumps: [...jumps],
    mean: (value) => (typeof value === 'number' ? value : inputs[value.input].mean),
  }
}
