// Writes the JSON Schema of a scenario: a file for editors, which may name it by the package, and a module for programs and bundles.
import { importSources } from './sources.mjs'
import { write } from './write.mjs'

/** @param file receives the schema @param target a JavaScript file; its types stand beside it */
export async function writeSchema(file, target) {
  const { scenarioJsonSchema } = await importSources('schema', `export { scenarioJsonSchema } from './src/scenario/json-schema.ts'`)
  const schema = scenarioJsonSchema()
  write(file, `${JSON.stringify(schema, null, 2)}\n`)
  write(target.replace(/\.js$/, '.d.ts'), 'export declare const schema: string\n')
  const text = JSON.stringify(JSON.stringify(schema))
  write(target, `// Made by scripts/schema.mjs from src/scenario/json-schema.ts.\nexport const schema = ${text}\n`)
}
