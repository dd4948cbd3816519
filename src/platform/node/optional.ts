// Says how to install an optional package that is missing.
import { UsageError } from '../../errors.ts'
import { isMissing } from '../../optional.ts'

const missing = (names: string, what: string) =>
  new UsageError(`${what} needs ${names}, which ${names.includes(' ') ? 'are' : 'is'} not installed. Run npm install ${names}`)

/** @throws UsageError if they are not installed */
export async function optional<T>(load: () => Promise<T>, names: string, what: string): Promise<T> {
  try {
    return await load()
  } catch (error) {
    throw isMissing(error) ? missing(names, what) : error
  }
}
