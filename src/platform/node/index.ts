// What Node and Deno bring to the library. `platform/browser/index.ts` has the same names.
import { givenFiles } from '../../api/given.ts'
import type { Platform } from '../../api/run.ts'
import type { FilePlace } from '../../options/shared.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import { folderReader } from './reader.ts'

export { interruptibleCell as interruptible } from './interrupt.ts'
export { builtJsonSchema as scenarioJsonSchema } from './json-schema.ts'
export { chartPng as png } from './png.ts'

/** Worker threads, loaded when something is run. */
export async function surroundings(): Promise<Omit<Platform, 'reader'>> {
  const [{ threadExecutor }, { freeMemory }] = await Promise.all([import('./threads/pool.ts'), import('./memory.ts')])
  return { executor: threadExecutor, free: freeMemory }
}

/** Files that are given, else those of a folder: that of the process unless stated. */
export function readerOf({ folder = '.', files }: FilePlace): Reader {
  const onDisk = folderReader(folder)
  if (!files) return onDisk
  const given = givenFiles(files)
  return { read: (path) => (Object.hasOwn(files, path) ? given : onDisk).read(path) }
}
