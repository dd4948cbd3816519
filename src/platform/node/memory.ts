// How much memory is free for this process.
import { freemem } from 'node:os'

/** Bytes: of a container what its limit leaves, where the runtime knows it. */
export function freeMemory(): number {
  const { availableMemory } = process as { readonly availableMemory?: () => number }
  return Math.min(freemem(), availableMemory?.() ?? Number.POSITIVE_INFINITY)
}
