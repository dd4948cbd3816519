// Makes the calculator: a folder that any web server can serve, and one page that opens from a disk, where browsers load no modules and no
// workers from files. Usage: npm run calculator [folder]
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createHash } from 'node:crypto'
import { build, transform } from 'esbuild'
import { licensesOf } from './licenses.mjs'
import { lean } from './page.mjs'
import { write } from './write.mjs'

const SOURCES = 'src/page/calculator'
/** In their order. */
const SHEETS = ['page', 'form', 'answer', 'rest']

/** A worker of the pool runs the engine's own program, which the page states before it: a page from a disk loads no script by an address. */
const POOL = "export const program = 'self.billcastPool=1;' + self.billcastSource"
const TABLES = [
  [/csv-parse[\\/].*sync\.js$/, ['parse']],
  [/forecasting[\\/]calibrate\.ts$/, ['calibrateTable', 'hasFutures']],
]
const pool = {
  name: 'pool',
  setup(building) {
    building.onResolve({ filter: /^#generated\/workers$/ }, ({ path }) => ({ path, namespace: 'pool' }))
    building.onLoad({ filter: /.*/, namespace: 'pool' }, () => ({ contents: POOL, loader: 'js' }))
    // A page has no files, so that it reads no tables and fits no history: what asks for them fails where it looks for its file.
    for (const [filter, names] of TABLES)
      building.onLoad({ filter }, () => ({
        contents: `export const ${names.map((name) => `${name} = undefined`).join(', ')}`,
        loader: 'js',
      }))
  },
}

const inputs = new Set()
const bundled = async (entry, more = {}) => {
  const { outputFiles, metafile } = await build({
    plugins: [pool, lean],
    alias: { 'csv-parse/sync': 'csv-parse/browser/esm/sync' },
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    // Else the paths of tsconfig.json would lead to Node's platform.
    tsconfigRaw: {},
    legalComments: 'none',
    logLevel: 'warning',
    ...more,
  })
  for (const input of Object.keys(metafile.inputs)) inputs.add(input)
  return outputFiles[0].text
}

const hashed = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Nothing may be loaded, sent or run but what the page holds. */
const policy = (script, style) =>
  `default-src 'none'; script-src ${script} blob: 'wasm-unsafe-eval'; worker-src blob:; style-src ${style}; style-src-attr 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`

const pageOf = ({ script, style, csp }) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="${csp}">
<link rel="icon" href="data:,">
<title>billcast calculator</title>
${style}
<body>
<div id="root"></div>
<noscript><p>The calculator runs in your browser, and needs JavaScript.</p></noscript>
${script}
</body>
</html>
`

/** @param folder receives index.html with its script and style, calculator.html with both inside, and the licenses of what they join */
export async function makeCalculator(folder) {
  process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'))
  const engine = await bundled(`${SOURCES}/engine-entry.ts`)
  const script = (await bundled(`${SOURCES}/main.ts`, { define: { ENGINE: JSON.stringify(engine) } })).replaceAll(
    '</script',
    '<\\/script',
  )
  const shared = await bundled('src/present/report/style.ts', { format: 'esm' })
  const { STYLE } = await import(`data:text/javascript,${encodeURIComponent(shared)}`)
  const sheets = STYLE + SHEETS.map((name) => readFileSync(`${SOURCES}/${name}.css`, 'utf8')).join('')
  const { code: style } = await transform(sheets, { loader: 'css', minify: true })
  mkdirSync(folder, { recursive: true })
  write(`${folder}/calculator.js`, script)
  write(`${folder}/calculator.css`, style)
  write(
    `${folder}/index.html`,
    pageOf({
      script: '<script src="calculator.js"></script>',
      style: '<link rel="stylesheet" href="calculator.css">',
      csp: policy("'self'", "'self'"),
    }),
  )
  write(
    `${folder}/calculator.html`,
    pageOf({ script: `<script>${script}</script>`, style: `<style>${style}</style>`, csp: policy(hashed(script), hashed(style)) }),
  )
  write(`${folder}/licenses.txt`, licensesOf(inputs))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? 'calculator'
  await makeCalculator(folder)
  process.stdout.write(`Wrote ${folder}/index.html for a web server, and ${folder}/calculator.html, which opens from the disk\n`)
}
