// Draws past months again, in blocks.
import { constant, type Distribution } from '../numerics/distributions/distribution.ts'
import type { Conversations } from '../scenario/resolved.ts'
import type { ResampledProgram } from './program.ts'
import { tabulate } from './table.ts'
import type { CompileTools } from './tools.ts'

/**
 * Circular blocks (Politis and Romano, in "Exploring the Limits of Bootstrap", 1992): a block may start at any month and continues from
 * the last month to the first, so every month is equally likely in every place, and the factors have mean 1.
 */
export function resampledProgram(
  { block, ratios }: NonNullable<Conversations['bootstrap']>,
  months: number,
  { dimension, table }: CompileTools,
  name = 'conversations.bootstrap',
): ResampledProgram {
  const n = ratios.length
  const average = ratios.reduce((sum, ratio) => sum + ratio, 0) / n
  const sums = ratios.map((_, k) => Array.from({ length: block }, (__, j) => ratios[(k + j) % n]).reduce((a, b) => a + b, 0))
  // Blocks are sorted by their sums, so that a block's score rises with its volume. Sobol' points and correlations need that.
  const begins = [...ratios.keys()].sort((a, b) => sums[a] - sums[b] || a - b)
  const place = (j: number) => {
    const values = begins.map((k) => ratios[(k + j) % n] / average)
    const kinks = Array.from({ length: n - 1 }, (_, k) => (k + 1) / n)
    return stepped(kinks, values)
  }
  return {
    name,
    dimensions: Array.from({ length: Math.ceil(months / block) }, (_, k) => dimension(`${name}[${k}]`)),
    tables: Array.from({ length: block }, (_, j) => table([name, block, ratios, j], () => tabulate(place(j)))),
  }
}

/** A step function over equally likely values in any order. Unlike a real quantile function, it may decrease. */
function stepped(kinks: readonly number[], values: readonly number[]): Distribution {
  const distribution = constant(1)
  const atoms = { values: Float64Array.from(values), cumulative: Float64Array.from([...kinks, 1]) }
  const quantile = (p: number) => values[Math.min(values.length - 1, Math.floor(p * values.length))]
  return { ...distribution, kinks, atoms, quantile }
}
