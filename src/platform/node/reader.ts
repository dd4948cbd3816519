// Reads files that a scenario names, from the scenario's folder and nowhere else.
import { formatNumber } from '../../notation/number.ts'
import { readFile, realpath } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { givenFiles } from '../../api/given.ts'
import { UsageError } from '../../errors.ts'
import type { FilePlace } from '../../options/shared.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import { LIMITS } from '../../limits.ts'
import { sizeOfFile } from './file-source.ts'
import { plainWords } from './words.ts'

/** @param allowed other folders that files may come from */
export function folderReader(folder: string, allowed: readonly string[] = []): Reader {
  return {
    async read(path) {
      try {
        const root = await realpath(folder)
        const target = await realpath(resolve(root, path))
        const others = await Promise.all(allowed.map((other) => realpath(other)))
        if (![root, ...others].some((place) => isWithin(place, target)))
          throw new UsageError('it is outside the folder of the scenario. Allow other folders with --allow-path')
        return await boundedBytes(target)
      } catch (error) {
        throw new UsageError(plainWords(error))
      }
    },
  }
}

/** The content of a file that a plan or an assistant names. @throws UsageError for one that is too large */
export async function boundedBytes(file: string): Promise<Uint8Array> {
  const size = await sizeOfFile(file)
  if (size > LIMITS.fileBytes) throw new UsageError(`it has ${formatNumber(size)} bytes and the limit is 1 MiB`)
  return readFile(file)
}

/** Reads files that the caller passes, else files of a folder, by default that of the process. */
export function placeReader({ folder = '.', files }: FilePlace): Reader {
  const onDisk = folderReader(folder)
  if (!files) return onDisk
  const given = givenFiles(files)
  return { read: (path) => (Object.hasOwn(files, path) ? given : onDisk).read(path) }
}

/** Whether a file is in a folder. Both are absolute, with links followed. */
export function isWithin(folder: string, file: string): boolean {
  const way = relative(folder, file)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
