// Makes the programs of threads texts, so that starting a thread needs no file: not in the package, and not in a bundle of it. Node's threads
// and the workers of a page run the tasks of a run. A helper of a page that bundles the library has the library itself.
import { resolve } from 'node:path'
import { build } from 'esbuild'
import { ENGLISH, LANGUAGES } from './english.mjs'
import { write } from './write.mjs'

const ENTRIES = {
  node: 'src/platform/node/threads/program.ts',
  browser: 'src/platform/browser/threads/program.ts',
  helper: 'src/platform/browser/helpers/program.ts',
}

/** What a helper does without: the page draws charts and writes pages, and its own helpers need none. */
const ABSENT = /^(vega|vega-lite|#generated\/(page|helper))$/

/** The library in a helper. Its page gives it the program of the workers that it starts. */
const helper = {
  name: 'helper',
  setup(building) {
    building.onResolve({ filter: ABSENT }, ({ path }) => ({ path, namespace: 'absent' }))
    building.onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'module.exports = {}' }))
    building.onResolve({ filter: /^#generated\/workers$/ }, ({ path }) => ({ path, namespace: 'pool' }))
    building.onLoad({ filter: /.*/, namespace: 'pool' }, () => ({ contents: 'export const program = globalThis.billcastPool' }))
    building.onResolve({ filter: /^csv-parse\/sync$/ }, ({ resolveDir }) =>
      building.resolve('csv-parse/browser/esm/sync', { kind: 'import-statement', resolveDir }),
    )
    building.onLoad({ filter: LANGUAGES }, () => ({ contents: ENGLISH, loader: 'js' }))
    building.onResolve({ filter: /^#platform$/ }, () => ({ path: resolve('src/platform/browser/index.ts') }))
  },
}

/**
 * @param platform whose threads they are
 * @param target a JavaScript file; its types stand beside it
 * @returns the modules that it joins
 */
export async function bundleThreads(platform, target) {
  const entry = ENTRIES[platform]
  const { outputFiles, metafile } = await build({
    metafile: true,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    // Names are kept where stack traces show them.
    minifyIdentifiers: platform !== 'node',
    write: false,
    format: 'iife',
    // Without Node's modules, which a text that may be a script or a module cannot import.
    platform: 'browser',
    target: 'es2022',
    tsconfigRaw: {},
    legalComments: 'inline',
    logLevel: 'warning',
    ...(platform === 'helper' && { plugins: [helper] }),
  })
  write(target.replace(/\.js$/, '.d.ts'), 'export declare const program: string\n')
  write(target, `// Made by scripts/threads.mjs from ${entry}.\nexport const program = ${JSON.stringify(outputFiles[0].text)}\n`)
  return Object.keys(metafile.inputs)
}
