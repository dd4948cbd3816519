import { freemem, totalmem } from 'node:os'
import type { Platform } from '../../api/run.ts'
import { type MemoryLimit, memoryLimit } from './cgroups.ts'

/** Bytes that are free for this process, within the limit of a container. */
export function freeMemory(limit: MemoryLimit | undefined = memoryLimit(totalmem())): number {
  // Its own answer counts cached files as used, so it only serves where the limits cannot be read.
  const { availableMemory } = process as { readonly availableMemory?: () => number }
  return Math.min(freemem(), limit?.free ?? availableMemory?.() ?? Number.POSITIVE_INFINITY)
}

/** Bytes that this process may hold at most: the memory of the machine or the limit of a container. */
export const memoryCapacity = (limit: MemoryLimit | undefined = memoryLimit(totalmem())): number => limit?.limit ?? totalmem()

/** @param share of the free memory, if several runs or threads use it at once */
export const hostMemory = (share = 1): Required<Pick<Platform, 'free' | 'capacity'>> => ({
  free: () => freeMemory() * share,
  capacity: () => memoryCapacity(),
})
