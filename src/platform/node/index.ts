// The library's platform in Node and Deno. `platform/browser/index.ts` exports the same names.
import type { Platform } from '../../api/run.ts'

export { interruptibleCell as interruptible } from './interrupt.ts'
export { builtJsonSchema as scenarioJsonSchema } from './schema.ts'
export { chartPng as png } from './png.ts'
export type { FilePlace as Place } from '../../options/shared.ts'
export { nodeHome as home } from './home.ts'
export { answered } from './answered.ts'
export { placeReader as readerOf } from './reader.ts'

/** Loads worker threads only when something runs. */
export async function surroundings(): Promise<Omit<Platform, 'reader'>> {
  const [{ threadExecutor }, { hostMemory }] = await Promise.all([import('./threads/executor.ts'), import('./memory.ts')])
  return { executor: threadExecutor, ...hostMemory() }
}
