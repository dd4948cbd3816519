import { schema } from '#generated/schema'

/** JSON Schema (2020-12) of a scenario, for editors. Making it would load the whole library of schemas, so the build has written it. */
export const builtJsonSchema = (): object => JSON.parse(schema) as object
