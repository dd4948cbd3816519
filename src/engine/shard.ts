// A share of a run's blocks, for those who spread a run over machines: which they are, and what they came to as bytes.
import type { Layout } from '../statistics/layout.ts'
import type { Plan } from '../random/plan.ts'
import { decodeParts, encodeParts } from './encoding.ts'
import type { Course } from './run.ts'
import { type Segment, segmentsOf } from './storage.ts'
import { everyBlock } from './tally.ts'
import type { Range } from './task.ts'

/** The `index`-th (from 1) of `count` shares of all blocks, in their order, each of nearly as many. */
export function shareOfBlocks(plan: Plan, index: number, count: number): Range[] {
  const all = everyBlock(plan)
  const total = all.reduce((sum, { from, to }) => sum + to - from, 0)
  const [first, end] = [Math.floor(((index - 1) * total) / count), Math.floor((index * total) / count)]
  let before = 0
  return all.flatMap(({ replicate, from, to }) => {
    const start = before
    before += to - from
    const [own, last] = [Math.max(from, from + first - start), Math.min(to, from + end - start)]
    return own < last ? [{ replicate, from: own, to: last }] : []
  })
}

/** What a share came to: its statistics, and its pieces of the kept columns. */
export interface ShardContent {
  readonly tally: Uint8Array
  readonly segments: readonly Segment[]
}

export const contentOf = ({ job, measured, tally }: Course, ranges: readonly Range[]): ShardContent => ({
  tally: encodeParts(measured.layout, tally.parts()),
  segments: segmentsOf(job, ranges),
})

/** Adds a share's statistics to a run's. @throws where the bytes are not such a run's */
export function addShard(
  { measured, tally }: { readonly measured: { readonly layout: Layout }; readonly tally: Course['tally'] },
  bytes: Uint8Array,
): void {
  for (const part of decodeParts(measured.layout, bytes)) tally.add(part)
}
