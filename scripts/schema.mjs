// Writes the JSON Schema of a scenario: a file for editors, which may name it by the package, and a module for programs and bundles.
import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { write } from './write.mjs'

/** @param file receives the schema @param target a JavaScript file; its types stand beside it */
export async function writeSchema(file, target) {
  const made = `generated/schema.${process.pid}.tmp.mjs`
  try {
    await build({
      entryPoints: ['src/scenario/json-schema.ts'],
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      packages: 'external',
      tsconfigRaw: {},
      outfile: made,
      logLevel: 'warning',
    })
    const { scenarioJsonSchema } = await import(pathToFileURL(resolve(made)).href)
    const schema = scenarioJsonSchema()
    write(file, `${JSON.stringify(schema, null, 2)}\n`)
    write(target.replace(/\.js$/, '.d.ts'), 'export declare const schema: string\n')
    const text = JSON.stringify(JSON.stringify(schema))
    write(target, `// Made by scripts/schema.mjs from src/scenario/json-schema.ts.\nexport const schema = ${text}\n`)
  } finally {
    rmSync(made, { force: true })
  }
}
