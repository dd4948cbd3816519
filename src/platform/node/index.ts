// The library's platform in Node and Deno. `platform/browser/index.ts` exports the same names.
import { givenFiles } from '../../api/given.ts'
import type { Platform } from '../../api/run.ts'
import type { FilePlace } from '../../options/shared.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import { folderReader } from './reader.ts'

export { interruptibleCell as interruptible } from './interrupt.ts'
export { builtJsonSchema as scenarioJsonSchema } from './schema.ts'
export { chartPng as png } from './png.ts'

/** Loads worker threads only when something runs. */
export async function surroundings(): Promise<Omit<Platform, 'reader'>> {
  const [{ threadExecutor }, { hostMemory }] = await Promise.all([import('./threads/executor.ts'), import('./memory.ts')])
  return { executor: threadExecutor, ...hostMemory() }
}

/** Reads files that the caller passes, else files of a folder, by default that of the process. */
export function readerOf({ folder = '.', files }: FilePlace): Reader {
  const onDisk = folderReader(folder)
  if (!files) return onDisk
  const given = givenFiles(files)
  return { read: (path) => (Object.hasOwn(files, path) ? given : onDisk).read(path) }
}
