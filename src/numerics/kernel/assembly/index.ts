// The kernel's exports: scalar functions for the compile step, block operations for the simulation.
import { prepareSteps } from './drivers'
import { prepareNormal } from './normal'
import { preparePowers } from './vector'

export * from './scalar'
export * from './blocks'
export * from './random'
export { countBits, countBuckets, drainCounts, excesses, gatherBuckets, sharesAround, sumBuckets } from './buckets'
export { sumPowers } from './powers'
export { sortDesk, sortRun } from './sort'
export { binomial, poisson } from './counts'
export { growths, rates, resolved } from './drivers'
export { runList } from './list'
export { normalQuantile, normals, step } from './normal'
export { searchHidden, searchInsert, searchNode, searchProbe } from './nodes'
export { searchBegin, searchStep } from './search'

/** Fills the kernel's tables. Call it once, before anything else. */
export function prepare(): void {
  preparePowers()
}
/** Fills the tables that only blocks need. */
export function prepareDraws(): void {
  prepareNormal()
  prepareSteps()
}
