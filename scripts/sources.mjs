// Imports TypeScript sources into a script: joined into one module, since Node cannot import them as they are.
import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/** @param name of the module, different for each @param contents exports of the sources, by paths from the root of the project */
export async function importSources(name, contents) {
  const made = `generated/${name}.${process.pid}.tmp.mjs`
  try {
    await build({
      stdin: { contents, resolveDir: resolve('.'), loader: 'ts' },
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      packages: 'external',
      tsconfigRaw: {},
      outfile: made,
      logLevel: 'warning',
    })
    return await import(pathToFileURL(resolve(made)).href)
  } finally {
    rmSync(made, { force: true })
  }
}
