// Where a worker's uniform numbers come from: a pure function of (seed, name of the dimension, replicate, block).
import { type Arena, BLOCK, type Pointer } from '../kernel/arena.ts'
import { COORDINATES, directions } from './directions.ts'
import type { Plan } from './plan.ts'
import { type Key, seedKey, streamKey } from './seed.ts'

/** One random number a trial, by name; `coordinate` is its place in Sobol's sequence. */
export interface Dimension {
  readonly name: string
  readonly coordinate: number
}

export interface Source {
  /** Fills a column with the dimension's numbers in (0, 1) for the block's trials. Allocates nothing. */
  fill(dimension: number, replicate: number, block: number, out: Pointer): void
}

const TWO_32 = 4_294_967_296

export function createSource(arena: Arena, plan: Plan, seed: string, dimensions: readonly Dimension[]): Source {
  const { ops } = arena.kernel
  const key = seedKey(seed)
  const streams = dimensions.map(({ name }) => streamKey(key, name))
  const fillRandom = ([k0, k1, k2, k3]: Key, block: number, out: Pointer) => {
    ops.fillRandom(out, BLOCK, k0, k1, k2, k3, block % TWO_32, Math.floor(block / TWO_32))
  }
  if (plan.method === 'random')
    return { fill: (d, replicate, block, out) => fillRandom(streams[d], replicate * plan.blocksPerReplicate + block, out) }

  // A scramble belongs to the coordinate and the replicate, a permutation to the name and the replicate.
  const sobol = plan.method === 'sobol'
  const keys = Array.from({ length: plan.replicates }, (_, r) =>
    dimensions.map(({ name, coordinate }) =>
      streamKey(key, `${sobol && coordinate < COORDINATES ? `coordinate ${coordinate}` : name} / ${r}`),
    ),
  )
  if (!sobol) {
    return {
      fill(d, replicate, block, out) {
        const [k0, k1] = keys[replicate][d]
        ops.fillLatin(out, BLOCK, block * BLOCK, plan.log2, k0, k1)
      },
    }
  }
  const tables = dimensions.map(({ coordinate }) => (coordinate < COORDINATES ? arena.store(directions(coordinate)) : 0))
  return {
    fill(d, replicate, block, out) {
      const k = keys[replicate][d]
      // Past the published direction numbers there are only plain random numbers.
      if (dimensions[d].coordinate >= COORDINATES) fillRandom(k, block, out)
      else ops.fillSobol(out, BLOCK, block * BLOCK, tables[d], k[0], k[1], 0)
    },
  }
}
