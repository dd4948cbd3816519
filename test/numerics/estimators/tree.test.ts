// One shape of merging: the same bits wherever the work is cut.
import { describe, expect, it } from 'vitest'
import { cut, everyBlock, Tally } from '../../../src/run/tally.ts'
import { planOf } from '../../../src/numerics/random/plan.ts'
import { slotsOf } from '../../../src/numerics/estimators/layout.ts'
import { Tree } from '../../../src/numerics/estimators/tree.ts'

const layout = { series: 2, sums: 3 }
const BLOCKS = 1_000

/** A state of some block, with numbers whose sums depend on the order of adding. */
function stateOf(block: number): Float64Array {
  const state = new Float64Array(slotsOf(layout))
  let x = block + 0.1234567
  for (let k = 0; k < state.length; k++) {
    x = (x * 16_807.77) % 9_973.1
    state[k] = x
  }
  state[0] = 1_024
  return state
}

describe('a thousand blocks of trials', () => {
  const plan = {
    ...planOf(1, 1_024 * BLOCKS),
    points: 1_024 * BLOCKS,
    blocksPerReplicate: BLOCKS,
    replicates: 1,
    trials: 1_024 * BLOCKS,
  }
  const tallied = (edges: readonly number[], shuffled: (parts: number[]) => number[]) => {
    const tally = new Tally(plan, layout)
    const ranges = edges.slice(1).map((to, k) => [edges[k], to] as const)
    for (const k of shuffled(ranges.map((_, place) => place))) {
      const tree = new Tree(layout)
      for (let block = ranges[k][0]; block < ranges[k][1]; block++) tree.add(block, stateOf(block))
      tally.add({ replicate: 0, nodes: tree.nodes, histograms: [] })
    }
    return tally
  }
  const whole = tallied([0, BLOCKS], (parts) => parts).read().pooled

  it('give the same bits when they are cut at 50 places and merged in any order', () => {
    let x = 12_345
    const next = (n: number) => {
      x = (x * 48_271) % 2_147_483_647
      return x % n
    }
    for (let round = 0; round < 5; round++) {
      const edges = [...new Set([0, BLOCKS, ...Array.from({ length: 50 }, () => next(BLOCKS))])].sort((a, b) => a - b)
      const shuffle = (parts: number[]) =>
        parts
          .map((part) => [next(1_000_000), part] as const)
          .sort(([a], [b]) => a - b)
          .map(([, part]) => part)
      expect(tallied(edges, shuffle).read().pooled).toEqual(whole)
    }
  })
  it('are refused if one is missing', () => {
    const tally = tallied([0, 400], (parts) => parts)
    expect(tally.complete()).toBe(false)
    expect(() => tally.read()).toThrow('before all of its blocks')
  })
  it('divide into ranges that hold each block once', () => {
    const ranges = cut(everyBlock(planOf(33, 4_096)), 7).flat()
    const blocks = ranges.flatMap(({ replicate, from, to }) =>
      Array.from({ length: to - from }, (_, k) => `${replicate} ${from + k}`),
    )
    expect(new Set(blocks).size).toBe(blocks.length)
    expect(blocks.length).toBe(33 * 4)
  })
})
