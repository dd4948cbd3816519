// Packages that are loaded when they are needed, and may be missing then.
import { UsageError } from '../../errors.ts'

const missing = (names: string, what: string) =>
  new UsageError(`${what} needs ${names}, which ${names.includes(' ') ? 'are' : 'is'} not installed. Run npm install ${names}`)

const absent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'

/** @throws UsageError if they are not installed */
export async function optional<T>(load: () => Promise<T>, names: string, what: string): Promise<T> {
  try {
    return await load()
  } catch (error) {
    throw absent(error) ? missing(names, what) : error
  }
}

/**
 * Imports a package whose name bundlers do not see: they cannot bundle native code, and fail at an optional package that is not installed.
 * It is found where the bundle runs.
 */
export const unbundled = (name: string): Promise<unknown> => import(/* webpackIgnore: true */ /* @vite-ignore */ name)
