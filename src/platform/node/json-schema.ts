// The JSON Schema of a scenario as the build wrote it: making it anew takes the whole library of schemas.
import { readFileSync } from 'node:fs'
import { packageFile } from './package.ts'

/** JSON Schema (2020-12) of a scenario, for editors; an offer may be taken from the catalog in place of its charges. */
export const builtJsonSchema = (): object => JSON.parse(readFileSync(packageFile('schema/scenario.schema.json'), 'utf8')) as object
