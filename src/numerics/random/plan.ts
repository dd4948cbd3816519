// Rounds the requested trials to what the method needs, and divides them into replicates and blocks.
import { ParameterError } from '../../errors.ts'
import { BLOCK } from '../kernel/arena.ts'

export type Method = 'sobol' | 'latin' | 'random'
export const METHODS: readonly Method[] = ['sobol', 'latin', 'random']

/**
 * Trials run as `replicates` sets of `points` points. A block is up to `blockSize` consecutive points of one set. For sobol and latin the
 * sets are independent nets. For random they are batches of one stream, the last of which may be shorter.
 */
export interface Plan {
  readonly method: Method
  readonly replicates: number
  readonly points: number
  /** points = 2^log2 for sobol and latin. It is 0 for random. */
  readonly log2: number
  readonly trials: number
  readonly blockSize: number
  readonly blocksPerReplicate: number
  /** Present if the plan has only some sets of a run: their numbers, and how many the run has. */
  readonly part?: { readonly sets: readonly number[]; readonly of: number }
}

/** The number of trials in a block. It is less than `blockSize` only at the end of a set or the run. */
export const trialsIn = (plan: Plan, replicate: number, block: number): number =>
  Math.max(0, Math.min(plan.blockSize, plan.points - block * plan.blockSize, plan.trials - firstTrial(plan, replicate, block)))

/** The number of a block's first trial within the run. */
export const firstTrial = (plan: Plan, replicate: number, block: number): number => replicate * plan.points + block * plan.blockSize

const BATCHES = 64

const MOST_TRIALS = 4_503_599_627_370_496 // 2^52
const FEWEST = 32

/**
 * Nets are balanced at powers of two, and fewer than 32 replicates make an error estimate unreliable. So k is the smallest number with
 * ⌈N/2^k⌉ < 64, and R = max(32, ⌈N/2^k⌉). 1,000,000 trials become 62 replicates of 16,384 points.
 */
export function planTrials(trials: number, method: Method): Plan {
  if (!(Number.isInteger(trials) && trials >= 1 && trials <= MOST_TRIALS))
    throw new ParameterError('trials', 'a whole number from 1 to 2^52', trials)
  if (method === 'random') {
    const total = Math.max(FEWEST, trials)
    const blockSize = Math.min(BLOCK, Math.ceil(total / BATCHES))
    const blocks = Math.ceil(total / blockSize)
    const blocksPerReplicate = Math.ceil(blocks / BATCHES)
    const replicates = Math.ceil(blocks / blocksPerReplicate)
    return { method, replicates, points: blocksPerReplicate * blockSize, log2: 0, trials: total, blockSize, blocksPerReplicate }
  }
  let points = 1
  while (Math.ceil(trials / points) >= 64) points *= 2
  if (points > 4_294_967_296)
    throw new ParameterError('trials', 'at most 270,582,939,648 with this method (random has no such limit)', trials)
  return netOf(method, Math.max(FEWEST, Math.ceil(trials / points)), points)
}

/** The part of a plan that has only some of its sets, in increasing order. */
export function partOf(plan: Plan, sets: readonly number[]): Plan {
  const sizes = sets.map((set) => Math.min(plan.points, plan.trials - set * plan.points))
  return { ...plan, replicates: sets.length, trials: sizes.reduce((a, b) => a + b, 0), part: { sets, of: plan.replicates } }
}

function netOf(method: Method, replicates: number, points: number): Plan {
  let log2 = 0
  for (let n = 1; n < points; n *= 2) log2 += 1
  const [blockSize, blocksPerReplicate] = [Math.min(BLOCK, points), Math.ceil(points / BLOCK)]
  return { method, replicates, points, log2, trials: replicates * points, blockSize, blocksPerReplicate }
}

/** A plan of Sobol' nets. `points` is a power of two. */
export const planOf = (replicates: number, points: number): Plan => netOf('sobol', replicates, points)

/** A few random trials in one replicate. */
export function oneSampleOf(trials: number): Plan {
  const blockSize = Math.min(BLOCK, trials)
  return {
    method: 'random',
    replicates: 1,
    points: trials,
    log2: 0,
    trials,
    blockSize,
    blocksPerReplicate: Math.ceil(trials / BLOCK),
  }
}
