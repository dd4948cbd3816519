// The package asks for itself by its name: the build joins modules into chunks, so relative paths would not hold.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/** A file of the installed package. @param path from its root */
export const packageFile = (path: string): URL =>
  new URL(path, pathToFileURL(createRequire(import.meta.url).resolve('billcast/package.json')))
