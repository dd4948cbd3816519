import { availableParallelism } from 'node:os'
import { cpuLimit } from './cgroups.ts'

/**
 * The number of threads that can work at once, within the limit of a container. Node reads that limit itself from 22.12 on, and rounds it
 * down as well.
 */
export function availableCores(limit = cpuLimit(), cores = availableParallelism()): number {
  return limit === undefined ? cores : Math.max(1, Math.min(cores, Math.floor(limit)))
}
