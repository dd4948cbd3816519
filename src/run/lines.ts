// Integrates headline figures along lines. A pilot finds the directions, and then blocks of lines are tasks like any other.
import { blocksOfLines } from '../preintegration/points.ts'
import type { LineSums } from '../preintegration/preintegration.ts'
import type { Sampling } from '../preintegration/sampling.ts'
import type { Schedule } from './schedule.ts'

/** Up to this many blocks run on one thread, because a second thread would take as long to get ready. */
const FEW_BLOCKS = 4

/** The sums along lines for each replicate. */
export interface LineOutcome {
  readonly sampling: Sampling
  readonly sums: readonly LineSums[]
}

export async function integrated(schedule: Schedule): Promise<LineOutcome | undefined> {
  const [sampling] = await schedule([{ kind: 'pilot' }], (result) => ('sampling' in result ? result.sampling : undefined))
  if (!sampling) return undefined
  const blocks = blocksOfLines(sampling.outer)
  const each = blocks.length <= FEW_BLOCKS ? blocks.length : 2
  const tasks = Array.from({ length: Math.ceil(blocks.length / each) }, (_, k) => blocks.slice(k * each, (k + 1) * each))
  const parts = await schedule(
    tasks.map((own) => ({ kind: 'lines' as const, sampling, blocks: own })),
    (result) => ('sums' in result ? result.sums : []),
  )
  const sums = parts.flat()
  const { replicates, blocksPerReplicate } = sampling.outer
  const own = Array.from({ length: replicates }, (_, r) => sums.slice(r * blocksPerReplicate, (r + 1) * blocksPerReplicate))
  return { sampling, sums: own.map((all) => all.reduce(added)) }
}

const added = (a: LineSums, b: LineSums): LineSums => a.map((sums, k) => sums.map((sum, slot) => sum + b[k][slot]))
