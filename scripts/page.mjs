// Bundles the report's living part: the page's script, whose hash the page's policy names, and the program of its worker.
import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { build } from 'esbuild'
import { ENGLISH, LANGUAGES } from './english.mjs'
import { write } from './write.mjs'

/** What the page has no use for: transforms of maps, trees, words and regressions. */
const UNUSED = [
  'd3-geo',
  'vega-crossfilter',
  'vega-force',
  'vega-geo',
  'vega-hierarchy',
  'vega-label',
  'vega-projection',
  'vega-regression',
  'vega-voronoi',
  'vega-wordcloud',
]
/** What the page never calls: it makes no JSON Schema and reads none, its policy forbids compiled schemas, and no run has closed months. */
const UNUSED_EXPORTS = [
  [/zod\/v4\/(classic\/from-json-schema|core\/json-schema-processors)\.js$/, ['toJSONSchema', 'fromJSONSchema', 'allProcessors']],
  [/zod\/v4\/core\/compile\.js$/, ['INVALID', 'compile', 'withParser', 'ZodCompileAsyncError', 'ZodCompileUnsupportedError']],
  [
    /zod\/v4\/core\/to-json-schema\.js$/,
    ['initializeContext', 'handleUnrepresentable', 'processSchema', 'process', 'extractDefs', 'finalize'],
    // zod makes these methods of every schema.
    ['createToJSONSchemaMethod', 'createStandardJSONSchemaMethod'],
  ],
  [/src\/scenario\/resolve\/actuals\.ts$/, [], ['readActuals', 'checkActuals']],
]

const lean = {
  name: 'lean',
  setup(building) {
    building.onResolve({ filter: new RegExp(`^(${UNUSED.join('|')})$`) }, ({ path }) => ({ path, namespace: 'unused' }))
    const empty = () => ({ contents: 'module.exports = {}', loader: 'js' })
    building.onLoad({ filter: /.*/, namespace: 'unused' }, empty)
    for (const [filter, values, functions = []] of UNUSED_EXPORTS) {
      const exported = [...values.map((name) => `${name} = undefined`), ...functions.map((name) => `${name} = () => undefined`)]
      building.onLoad({ filter }, () => ({ contents: `export const ${exported.join(', ')}`, loader: 'js' }))
    }
    building.onLoad({ filter: LANGUAGES }, () => ({ contents: ENGLISH, loader: 'js' }))
  },
}

/** How programs for a page are joined. */
export const options = {
  plugins: [lean],
  // The one that brings what a browser has not.
  alias: { 'csv-parse/sync': 'csv-parse/browser/esm/sync' },
  bundle: true,
  minify: true,
  write: false,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  legalComments: 'none',
  // Charts are compiled when the report is written; the page never asks for these.
  external: ['vega-lite', 'apache-arrow'],
  logLevel: 'warning',
}

/** @param inputs receives the modules that the text joins @param more options beside those of every page */
export async function bundled(inputs, entry, more = {}) {
  const { outputFiles, metafile } = await build({ ...options, ...more, entryPoints: [entry], metafile: true })
  for (const input of Object.keys(metafile.inputs)) inputs.add(input)
  return outputFiles[0].text
}

/** A worker of the pool runs the engine's own program, which the page states before it: a page from a disk loads no script by an address. */
const POOL = "export const program = 'self.billcastPool=1;' + self.billcastSource"

export const pool = {
  name: 'pool',
  setup(building) {
    building.onResolve({ filter: /^#generated\/workers$/ }, ({ path }) => ({ path, namespace: 'pool' }))
    building.onLoad({ filter: /.*/, namespace: 'pool' }, () => ({ contents: POOL, loader: 'js' }))
  },
}

/** How an engine that starts workers of its own program is joined. It ignores tsconfig.json, whose paths would lead to Node's platform. */
export const engineOptions = { plugins: [pool, ...options.plugins], tsconfigRaw: {} }

/** Text as a page from a disk holds it (src/page/inflated.ts). */
export const deflated = (text) => deflateRawSync(text, { level: 9 }).toString('base64')

/** @param target a JavaScript file; its types stand beside it @returns the modules that it joins */
export async function bundlePage(target) {
  const inputs = new Set()
  const engine = await bundled(inputs, 'src/page/report/engine-entry.ts', engineOptions)
  const main = await bundled(inputs, 'src/page/report/main.ts', { tsconfigRaw: {} })
  const hash = createHash('sha256').update(main).digest('base64')
  const exported = { hash: `sha256-${hash}`, script: main, engine: deflated(engine) }
  const lines = Object.entries(exported).map(([name, text]) => `export const ${name} = ${JSON.stringify(text)}\n`)
  write(
    target.replace(/\.js$/, '.d.ts'),
    Object.keys(exported)
      .map((name) => `export declare const ${name}: string\n`)
      .join(''),
  )
  write(target, `// Made by scripts/page.mjs from src/page/report.\n${lines.join('')}`)
  return inputs
}
