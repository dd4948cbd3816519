// Files that a scenario names, from the scenario's folder and nowhere else.
import { readFile, realpath } from 'node:fs/promises'
import { isAbsolute, relative, resolve } from 'node:path'
import { UsageError } from '../errors.ts'
import type { Reader } from '../program/resolve.ts'

export function folderReader(folder: string): Reader {
  return {
    async read(path) {
      const root = await realpath(folder)
      const target = await realpath(resolve(root, path))
      const way = relative(root, target)
      if (way.startsWith('..') || isAbsolute(way)) throw new UsageError('it lies outside the folder of the scenario')
      return readFile(target)
    },
  }
}
