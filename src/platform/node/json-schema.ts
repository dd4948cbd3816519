// The JSON Schema of a scenario as the build wrote it: making it anew takes the whole library of schemas.
import { readFileSync } from 'node:fs'

/** JSON Schema (2020-12) of a scenario, for editors; an offer may be taken from the catalogue in place of its charges. */
export const shippedJsonSchema = (): object =>
  JSON.parse(readFileSync(new URL('../../../schema/scenario.schema.json', import.meta.url), 'utf8')) as object
