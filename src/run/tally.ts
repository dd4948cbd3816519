// A tally holds statistics merged over a set of blocks. A task's result, a checkpoint and a shard are all tallies.
import type { Plan } from '../numerics/random/plan.ts'
import { trialsIn } from '../numerics/random/plan.ts'
import { Histogram } from '../numerics/estimators/histogram.ts'
import type { Layout } from '../numerics/estimators/layout.ts'
import { merge } from '../numerics/estimators/state.ts'
import { blocksOf, compact, firstBlock, join, type TreeNode } from '../numerics/estimators/tree.ts'
import type { TallyPart, BlockRange } from './task.ts'

/** The number of blocks in a replicate that hold trials. */
const blocksIn = (plan: Plan, replicate: number): number => {
  let count = plan.blocksPerReplicate
  while (count > 0 && trialsIn(plan, replicate, count - 1) <= 0) count -= 1
  return count
}

/** All blocks of a plan, one range per replicate. */
export const everyBlock = (plan: Plan): BlockRange[] =>
  Array.from({ length: plan.replicates }, (_, replicate) => ({ replicate, from: 0, to: blocksIn(plan, replicate) }))

/** Cuts ranges into tasks of at most `most` blocks. A task may hold several short replicates. */
export function cut(ranges: readonly BlockRange[], most: number): BlockRange[][] {
  const tasks: BlockRange[][] = []
  let open: BlockRange[] = []
  let size = 0
  for (const { replicate, from: first, to: end } of ranges) {
    for (let from = first; from < end; from += most) {
      const to = Math.min(end, from + most)
      if (size > 0 && size + to - from > most) {
        tasks.push(open)
        open = []
        size = 0
      }
      open.push({ replicate, from, to })
      size += to - from
    }
  }
  return open.length > 0 ? [...tasks, open] : tasks
}

/** Levels of nodes up to which numbers of blocks are exact. */
const MOST_LEVELS = 52

/** The blocks that a part has, adjacent ones joined. A part may come from a file. @throws Error if a block is there twice or in no run */
export function rangesIn({ replicate, nodes }: TallyPart): BlockRange[] {
  const sound = nodes.every(({ level, index }) => level <= MOST_LEVELS && Number.isSafeInteger(index * blocksOf(level)))
  if (!sound) throw new Error('it has blocks that no run has')
  const ranges: BlockRange[] = []
  for (const node of [...nodes].sort((a, b) => firstBlock(a) - firstBlock(b))) {
    const from = firstBlock(node)
    const to = from + blocksOf(node.level)
    const last = ranges[ranges.length - 1]
    if (last && from < last.to) throw new Error('it has a block twice')
    if (last?.to === from) ranges[ranges.length - 1] = { ...last, to }
    else ranges.push({ replicate, from, to })
  }
  return ranges
}

/** Whether each of some ranges lies within one of others. */
export const areWithin = (some: readonly BlockRange[], others: readonly BlockRange[]): boolean =>
  some.every(({ replicate, from, to }) =>
    others.some((other) => other.replicate === replicate && other.from <= from && from < to && to <= other.to),
  )

/** The statistics of a whole run. */
export interface Complete {
  /** By replicate. */
  readonly states: readonly Float64Array[]
  readonly pooled: Float64Array
  /** For each column that is not kept, by replicate and pooled. */
  readonly histograms: readonly { readonly parts: readonly Histogram[]; readonly pooled: Histogram }[]
}

/** The number of nodes in a replicate at which they are merged. */
const MOST_NODES = 32

/** Adds parts in any order. */
export class Tally {
  readonly #plan: Plan
  readonly #layout: Layout
  readonly #nodes: TreeNode[][]
  readonly #histograms: (Histogram[] | undefined)[]

  constructor(plan: Plan, layout: Layout) {
    this.#plan = plan
    this.#layout = layout
    this.#nodes = Array.from({ length: plan.replicates }, () => [])
    this.#histograms = Array.from({ length: plan.replicates }, () => undefined)
  }

  add({ replicate, nodes, histograms }: TallyPart): void {
    const all = this.#nodes[replicate]
    all.push(...nodes)
    // A long run adds thousands of nodes, so merge siblings early.
    if (all.length >= MOST_NODES) this.#nodes[replicate] = compact(this.#layout, all)
    const known = this.#histograms[replicate] ?? histograms.map((data) => new Histogram(data))
    this.#histograms[replicate] = known
    histograms.forEach((data, k) => known[k].add(data))
  }

  /** Whether every block is present exactly once. */
  complete(): boolean {
    return this.#nodes.every((nodes, replicate) => {
      const blocks = nodes.reduce((sum, { level }) => sum + blocksOf(level), 0)
      return blocks === blocksIn(this.#plan, replicate)
    })
  }

  /** The contents as parts that another tally can add. Nodes are merged on the way. */
  parts(): TallyPart[] {
    return this.#nodes.flatMap((nodes, replicate) => {
      if (nodes.length === 0) return []
      const whole = compact(this.#layout, nodes)
      this.#nodes[replicate] = whole
      return [{ replicate, nodes: whole, histograms: (this.#histograms[replicate] ?? []).map((histogram) => histogram.data()) }]
    })
  }

  /** Replicates with all their blocks. */
  whole(): number[] {
    const holes = new Set(this.missing().map(({ replicate }) => replicate))
    return this.#nodes.map((_, replicate) => replicate).filter((replicate) => !holes.has(replicate))
  }

  /** The blocks that are not present. */
  missing(): BlockRange[] {
    return this.#nodes.flatMap((nodes, replicate) => {
      const holes: BlockRange[] = []
      let at = 0
      for (const node of [...nodes].sort((a, b) => firstBlock(a) - firstBlock(b))) {
        const from = firstBlock(node)
        if (from > at) holes.push({ replicate, from: at, to: from })
        at = from + blocksOf(node.level)
      }
      const end = blocksIn(this.#plan, replicate)
      return at < end ? [...holes, { replicate, from: at, to: end }] : holes
    })
  }

  /** @throws if blocks are missing */
  read(): Complete {
    if (!this.complete()) throw new Error('a tally was read before all of its blocks were present')
    const states = this.#nodes.map((nodes) => join(this.#layout, nodes))
    const pooled = states[0].slice()
    for (const state of states.slice(1)) merge(this.#layout, pooled, state)
    const columns = this.#histograms[0]?.length ?? 0
    const histograms = Array.from({ length: columns }, (_, k) => {
      const parts = this.#histograms.flatMap((list) => (list ? [list[k]] : []))
      const all = parts[0].alike()
      for (const part of parts) all.merge(part)
      return { parts, pooled: all }
    })
    return { states, pooled, histograms }
  }
}
