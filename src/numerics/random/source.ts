// The uniform numbers of a run are a pure function of (seed, name of the dimension, replicate, block).
import { type Arena, BLOCK, type Pointer } from '../kernel/arena.ts'
import { COORDINATES, directions } from './directions.ts'
import type { Plan } from './plan.ts'
import { seedKey, streamKey } from './seed.ts'

/** One named random number per trial. `coordinate` is its place in Sobol's sequence, from 0. */
export interface Dimension {
  readonly name: string
  readonly coordinate: number
}

export interface RandomSource {
  /** Fills a column with the dimension's numbers in (0, 1) for the block's first `count` trials, a multiple of 4. */
  fill(dimension: number, replicate: number, block: number, out: Pointer, count: number): void
}

const TWO_32 = 4_294_967_296

export function createSource(arena: Arena, plan: Plan, seed: string, dimensions: readonly Dimension[]): RandomSource {
  const { ops } = arena.kernel
  const key = seedKey(seed)
  const { method, log2, blocksPerReplicate, part } = plan
  // A set has the same numbers in a part of the plan.
  const setOf = (replicate: number) => (part ? part.sets[replicate] : replicate)
  // Dimensions beyond the published direction numbers get random numbers from their own stream.
  const isNet = ({ coordinate }: Dimension) => method === 'sobol' && coordinate < COORDINATES
  // A scramble belongs to the coordinate, all other streams to the name. No name contains a space.
  const keys = dimensions.map((d) => streamKey(key, isNet(d) ? `coordinate ${d.coordinate}` : d.name))
  const tables = dimensions.map((d) => (isNet(d) ? arena.store(directions(d.coordinate)) : 0))

  const random = (d: number, replicate: number, block: number, out: Pointer, count: number) => {
    const [k0, k1, k2, k3] = keys[d]
    ops.fillRandom(out, count, k0, k1, k2, k3, replicate, block % TWO_32, Math.floor(block / TWO_32))
  }
  // Replicates of `random` are batches of one stream.
  if (method === 'random')
    return { fill: (d, replicate, block, out, count) => random(d, 0, setOf(replicate) * blocksPerReplicate + block, out, count) }
  return {
    fill(d, replicate, block, out, count) {
      const [k0, k1, k2, k3] = keys[d]
      const set = setOf(replicate)
      if (method === 'latin') ops.fillLatin(out, count, block * BLOCK, log2, k0, k1, k2, k3, set)
      else if (tables[d] === 0) random(d, set, block, out, count)
      else ops.fillSobol(out, count, block * BLOCK, tables[d], k0, k1, k2, k3, set)
    },
  }
}
