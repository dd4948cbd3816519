// Files that a scenario names, handed over beside it: where there is no folder to read from.
import { UsageError } from '../errors.ts'
import type { Reader } from '../scenario/resolve/resolve.ts'

/** @param files texts by the names that the scenario uses */
export const givenFiles = (files: Readonly<Record<string, string>> = {}): Reader => ({
  read(path) {
    const text = Object.hasOwn(files, path) ? files[path] : undefined
    return text === undefined
      ? Promise.reject(new UsageError('there is no such file among those that were given'))
      : Promise.resolve(new TextEncoder().encode(text))
  },
})
