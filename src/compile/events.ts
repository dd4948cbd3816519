// Spikes and setbacks: at most one starts in a month, with a size of its own.
import { constant, type Distribution } from '../numerics/distributions/distribution.ts'
import { distributionOf, type Uncertain } from '../numerics/distributions/index.ts'
import { mixture } from '../numerics/distributions/mixture.ts'
import type { EventProgram } from './program.ts'
import { tabulate } from './table.ts'
import type { CompileTools } from './tools.ts'

interface Events {
  /** That one starts in a month. */
  readonly probability: number
  readonly size: Uncertain
  /** How long one lasts. */
  readonly months: number
}

/** One draw a month: in the upper tail of the score an event starts, with its own size; below it nothing happens. */
export function eventProgram(
  name: string,
  { probability, size, months }: Events,
  neutral: number,
  { each, table }: CompileTools,
): EventProgram {
  const made = table(['event', probability, size, neutral], () => tabulate(stacked(probability, size, neutral)))
  const own = distributionOf(size)
  const sizes = own.atoms ? undefined : table(['size', size], () => tabulate(own))
  return { name, probability, months, table: made, ...(sizes && { sizes }), neutral, dimensions: each(name) }
}

/** The neutral value with probability 1 − p, below; the size's own quantile function above. */
function stacked(probability: number, size: Uncertain, neutral: number): Distribution {
  const distribution = distributionOf(size)
  if (probability === 0) return constant(neutral)
  if (probability === 1) return distribution
  const none = 1 - probability
  const all = mixture([constant(neutral), distribution], [none, probability])
  if (distribution.atoms) {
    const { atoms: _, ...rest } = all
    return { ...rest, kinks: [none, ...distribution.kinks.map((p) => none + probability * p)], quantile: pick }
  }
  function pick(p: number, q: number): number {
    if (q >= probability) return neutral
    const share = Math.max(0, (p - none) / probability)
    return distribution.quantile(share, q / probability)
  }
  return { ...all, kinks: [none, ...distribution.kinks.map((p) => none + probability * p)], quantile: pick }
}
