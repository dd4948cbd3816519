// Files of the installed package. It is found by its name, because the build joins modules into chunks with other relative paths.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const require = createRequire(import.meta.url)
/** @param path from the root of the package */
export const packageFile = (path: string): URL => new URL(path, pathToFileURL(require.resolve('billcast/package.json')))
export const VERSION = (require('billcast/package.json') as { readonly version: string }).version
/** JSON Schema (2020-12) of a scenario, for editors. Making it would load the whole library of schemas, so the build has written it. */
export const builtJsonSchema = (): object => JSON.parse(readFileSync(packageFile('schema/scenario.schema.json'), 'utf8')) as object
