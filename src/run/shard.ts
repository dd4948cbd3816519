// A shard is a part of a run that another machine computes: its blocks, and their results as bytes.
import type { Plan } from '../numerics/random/plan.ts'
import { type Derived, encodeDerived } from './derived.ts'
import { encodeParts } from './encoding.ts'
import type { Course } from './run.ts'
import { type Segment, segmentsOf } from './storage.ts'
import { everyBlock } from './tally.ts'
import type { Job, BlockRange } from './task.ts'

/** The blocks of the `index`-th (from 1) of `count` shards of nearly equal size. */
export function blocksOfShard(plan: Plan, index: number, count: number): BlockRange[] {
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

/** The results of a shard: its statistics, and its pieces of the kept columns. */
export interface ShardContent {
  readonly tally: Uint8Array
  /** The derived figures if the shard is the whole run, else empty. */
  readonly derived: Uint8Array
  readonly segments: readonly Segment[]
  /** All memory of kept columns, which the caller may give back. */
  readonly memory: readonly ArrayBufferLike[]
}

export function contentOf({ job, measured, tally }: Course, ranges: readonly BlockRange[], derived?: Derived): ShardContent {
  const parts = tally.parts()
  return {
    // Derived figures replace the histograms.
    tally: encodeParts(measured.layout, derived ? parts.map((part) => ({ ...part, histograms: [] })) : parts),
    derived: derived ? encodeDerived(derived) : new Uint8Array(),
    segments: carriedOf(job, ranges, derived !== undefined),
    memory: [...(job.trials ?? []), ...(job.monthly?.columns ?? [])],
  }
}

/** The pieces of the kept columns that a shard carries. Once figures are derived, nobody needs the months. */
export const carriedOf = ({ monthly, ...job }: Job, ranges: readonly BlockRange[], derived: boolean): Segment[] =>
  segmentsOf({ ...job, ...(!derived && monthly && { monthly }) }, ranges)

/** Copies the complete replicates `sets` of one run into another run that has only these. Its figures are not derived yet. */
export function takeSets(from: Course, to: Course, sets: readonly number[]): undefined {
  for (const part of from.tally.parts()) {
    const replicate = sets.indexOf(part.replicate)
    if (replicate >= 0) to.tally.add({ ...part, replicate })
  }
  const [source, target] = [from.job, to.job]
  const copy = (a: ArrayBufferLike, b: ArrayBufferLike, at: number, place: number, count: number) =>
    new Float64Array(b, 8 * place, count).set(new Float64Array(a, 8 * at, count))
  sets.forEach((set, replicate) => {
    const first = set * source.plan.points
    const count = Math.min(source.plan.points, source.plan.trials - first)
    target.trials?.forEach((buffer, k) => {
      if (source.trials) copy(source.trials[k], buffer, first, replicate * target.plan.points, count)
    })
    const [months, own] = [source.monthly, target.monthly]
    if (!months || !own) return
    own.columns.forEach((buffer, k) => {
      for (let row = 0; row * own.trials * 8 < buffer.byteLength; row++)
        copy(
          months.columns[k],
          buffer,
          row * months.trials + set * months.points,
          row * own.trials + replicate * own.points,
          own.points,
        )
    })
  })
}
