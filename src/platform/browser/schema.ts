// The JSON Schema of a plan, as a page asks for it: made from the fields, without an argument.
import { scenarioJsonSchema } from '../../scenario/json-schema.ts'

export const pageJsonSchema = (): object => scenarioJsonSchema()
