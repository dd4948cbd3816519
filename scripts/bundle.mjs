// Joins the modules of the package into few files, since a command spends most of its start on finding and linking modules. Names that
// users, package.json and threads reach stay where the sources have them; other modules go into chunks, which are loaded when asked for.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'esbuild'

/** Without the suffix `.ts`. */
const ENTRIES = [
  'api/index',
  'cli/billcast',
  'platform/browser/index',
  'platform/node/index',
  'platform/node/threads/pool',
  'platform/node/threads/worker',
  'platform/queue/index',
]

/**
 * Joins yaml as well. It reaches Node as 74 CommonJS files that call `require('process')`, which does not exist in an ES module that a
 * user's bundler makes. Its modules for browsers are the same code.
 */
const yaml = {
  name: 'yaml',
  setup(building) {
    const entry = resolve('node_modules/yaml/browser/index.js')
    building.onResolve({ filter: /^yaml$/ }, () => ({ path: entry }))
    building.onLoad({ filter: /yaml\/browser\/index\.js$/ }, () => ({
      contents: `/*! ${readFileSync('node_modules/yaml/LICENSE', 'utf8')}*/\n${readFileSync(entry, 'utf8')}`,
    }))
  },
}

/** Plain names, since stack traces are read. */
const options = {
  outbase: 'src',
  target: 'es2022',
  // Else the paths of tsconfig.json would put Node's platform into bundles for browsers.
  tsconfigRaw: {},
  logLevel: 'warning',
}

/** @param entries modules of src/, without their suffix @param folder receives the entries, at the paths of their sources */
export async function bundle(entries, folder) {
  await build({
    ...options,
    entryPoints: entries.map((entry) => `src/${entry}.ts`),
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    packages: 'external',
    plugins: [yaml],
    external: ['#platform', '#generated/*'],
    chunkNames: 'chunks/[name]-[hash]',
  })
}

/** @param folder the package's dist/ */
export const bundlePackage = (folder) => bundle(ENTRIES, folder)
