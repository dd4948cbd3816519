import { freemem } from 'node:os'

/** Bytes that are free for this process, within the limit of a container if the runtime knows it. */
export function freeMemory(): number {
  const { availableMemory } = process as { readonly availableMemory?: () => number }
  return Math.min(freemem(), availableMemory?.() ?? Number.POSITIVE_INFINITY)
}
