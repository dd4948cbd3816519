// Files of the installed package. It is found by its name, because the build joins modules into chunks with other relative paths.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/** @param path from the root of the package @throws Error in a bundle, which has no package beside it */
export const packageFile = (path: string): URL =>
  new URL(path, pathToFileURL(createRequire(import.meta.url).resolve('billcast/package.json')))
