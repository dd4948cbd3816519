// Files that a scenario names, from the scenario's folder and nowhere else.
import { readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { UsageError } from '../../errors.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import { LIMITS } from '../../limits.ts'
import { plainWords } from './words.ts'

/** @param allowed other folders in which files may lie */
export function folderReader(folder: string, allowed: readonly string[] = []): Reader {
  return {
    async read(path) {
      try {
        const root = await realpath(folder)
        const target = await realpath(resolve(root, path))
        const others = await Promise.all(allowed.map((other) => realpath(other)))
        if (![root, ...others].some((place) => within(place, target)))
          throw new UsageError('it lies outside the folder of the scenario (--allow-path names other folders)')
        const file = await stat(target)
        if (!file.isFile()) throw new UsageError(file.isDirectory() ? 'it is a folder' : 'it is no regular file')
        if (file.size > LIMITS.fileBytes) throw new UsageError(`it has ${file.size} bytes, more than the limit of 1 MiB`)
        return await readFile(target)
      } catch (error) {
        throw error instanceof UsageError ? error : new UsageError(plainWords(error))
      }
    },
  }
}

function within(folder: string, file: string): boolean {
  const way = relative(folder, file)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
