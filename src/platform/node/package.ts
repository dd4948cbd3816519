// Files of the installed package. It is found by its name, because the build joins modules into chunks with other relative paths.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { UsageError } from '../../errors.ts'

/** @param path from the root of the package @throws UsageError in a bundle, which has no package beside it */
export function packageFile(path: string): URL {
  try {
    return new URL(path, pathToFileURL(createRequire(import.meta.url).resolve('billcast/package.json')))
  } catch {
    throw new UsageError(
      'a batch and a worker of a queue need the files of billcast, which a bundle does not contain. Run npx billcast worker instead',
    )
  }
}
