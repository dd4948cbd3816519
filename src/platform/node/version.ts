// The version of this package, which asks for itself by its name: the build joins modules into chunks, so relative paths would not hold.
import { createRequire } from 'node:module'

export const VERSION = (createRequire(import.meta.url)('billcast/package.json') as { readonly version: string }).version
