// Values that callers may leave out: files next to a plan, and options.
import { UsageError } from '../errors.ts'
import type { Reader } from '../scenario/resolve/resolve.ts'

/** Reads files from memory, for callers without a folder. @param files texts by the names in the plan */
export const givenFiles = (files: Readonly<Record<string, string>> = {}): Reader => ({
  async read(path) {
    if (!Object.hasOwn(files, path)) throw new UsageError('this file is not among the given files')
    return new TextEncoder().encode(files[path])
  },
})

/** The entries of an object that are not undefined. */
export const definedIn = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never
