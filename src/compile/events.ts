// Compiles spikes and setbacks. At most one starts in a month, and each has its own size.
import { constant, type Distribution } from '../numerics/distributions/distribution.ts'
import { distributionOf, type Uncertain } from '../numerics/distributions/index.ts'
import { mixture } from '../numerics/distributions/mixture.ts'
import type { EventProgram } from './program.ts'
import { tabulate } from './table.ts'
import type { CompileTools } from './tools.ts'

type Events = { readonly probability: number; readonly size: Uncertain; readonly months: number }

/** One draw per month decides: an event starts if the score is in the upper tail, and the score also gives its size. */
export function eventProgram(
  name: string,
  { probability, size, months }: Events,
  neutral: number,
  { each, table }: CompileTools,
): EventProgram {
  const made = table(['event', probability, size, neutral], () => tabulate(stacked(probability, size, neutral)))
  const own = distributionOf(size)
  const sizes = own.atoms ? undefined : table(['size', size], () => tabulate(own))
  const heavy = own.moments !== undefined && { moments: own.moments }
  const none = 1 - probability
  const at = probability > 0 ? [none, ...(own.jumps ?? []).map((p) => none + probability * p)].filter((u) => u > 0 && u < 1) : []
  return { name, probability, months, table: made, ...(sizes && { sizes }), ...heavy, neutral, at, dimensions: each(name) }
}

/** The neutral value with probability 1 − p below, and the distribution of the size above. */
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
