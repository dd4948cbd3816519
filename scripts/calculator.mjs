// Makes the calculator: a folder that any web server can serve, and one page that opens from a disk, where browsers load no modules and no
// workers from files. Usage: npm run calculator [folder]
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createHash } from 'node:crypto'
import { transform } from 'esbuild'
import { licensesOf } from './licenses.mjs'
import { bundled, deflated, engineOptions } from './page.mjs'
import { write } from './write.mjs'

const SOURCES = 'src/page/calculator'
/** The example that the page opens beside its own. */
const ARTICLE = 'examples/article/market.yaml'
/** In their order. */
const SHEETS = ['page', 'form', 'answer', 'quote/quote', 'rest']

/** The first load reads no tables and fits no history. A plan with files starts the engine of the part "files" (engine-program.ts). */
const TABLES = [
  [/csv-parse[\\/].*sync\.js$/, ['parse']],
  [/forecasting[\\/]calibrate\.ts$/, ['calibrateTable', 'hasFutures']],
]
const tables = {
  name: 'tables',
  setup(building) {
    for (const [filter, names] of TABLES)
      building.onLoad({ filter }, () => ({
        contents: `export const ${names.map((name) => `${name} = undefined`).join(', ')}`,
        loader: 'js',
      }))
  },
}

/** It joins all that it runs. */
const OPTIONS = { ...engineOptions, plugins: [tables, ...engineOptions.plugins], external: [] }

/**
 * The page and its engine both read YAML. The page holds that library once, as a function whose text the page gives to the engine
 * (src/page/started-worker.ts): twice, it would be 30 KB more compressed.
 */
const shared = {
  name: 'shared',
  setup(building) {
    building.onResolve({ filter: /^yaml$/ }, ({ path }) => ({ path, namespace: 'shared' }))
    building.onLoad({ filter: /.*/, namespace: 'shared' }, () => ({ contents: 'module.exports = billcastYaml()', loader: 'js' }))
  },
}
const SHARING = { ...OPTIONS, plugins: [shared, ...OPTIONS.plugins] }
const yamlOf = async (inputs) =>
  `function billcastYaml(){${await bundled(inputs, 'yaml', { ...OPTIONS, globalName: 'made' })}return made}\n`

/** The program that reads and writes files holds the whole library but for tables of other programs and threads. */
const ABSENT = /^(apache-arrow|hyparquet-writer)$/
const files = {
  name: 'files',
  setup(building) {
    building.onResolve({ filter: /^\.\/draw\.ts$/ }, ({ path, importer }) =>
      /charts[\\/]chart\.ts$/.test(importer) ? { path, namespace: 'drawn' } : undefined,
    )
    building.onLoad({ filter: /.*/, namespace: 'drawn' }, () => ({
      contents: "export { interpreted as drawn } from './files/interpreted.ts'",
      resolveDir: resolve(SOURCES),
      loader: 'js',
    }))
    building.onResolve({ filter: ABSENT }, ({ path }) => ({ path, namespace: 'absent' }))
    building.onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'module.exports = {}', loader: 'js' }))
  },
}
const FILES_OPTIONS = { ...OPTIONS, plugins: [files, ...engineOptions.plugins] }

/** Parts that load when they are first used: their files, each a script that leaves one name behind (src/page/calculator/parts.ts). */
async function partsOf(inputs) {
  const program = await bundled(inputs, `${SOURCES}/files/entry.ts`, FILES_OPTIONS)
  const editor = await bundled(inputs, `${SOURCES}/editor/entry.ts`, { ...OPTIONS, globalName: 'billcastEditor' })
  return { files: `var billcastFiles=${JSON.stringify(program)}`, editor }
}

/** A part as data of a page from a disk. */
const inPage = ([name, text]) => `<script type="application/octet-stream" id="part-${name}">${deflated(text)}</script>`

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
<!--plan--><div id="root"></div>
<noscript><p>The calculator runs in your browser, and needs JavaScript.</p></noscript>
${script}
</body>
</html>
`

/**
 * The page for a web server, as the package has it too.
 * @param folder receives index.html with its script and style
 * @returns these and the parts as texts, and the modules that they join
 */
export async function writeServed(folder) {
  const inputs = new Set()
  const engine = await bundled(inputs, `${SOURCES}/engine-entry.ts`, SHARING)
  const main = await bundled(inputs, `${SOURCES}/main.ts`, {
    ...SHARING,
    define: { ENGINE: JSON.stringify(engine), ARTICLE: JSON.stringify(readFileSync(ARTICLE, 'utf8')) },
  })
  const script = ((await yamlOf(inputs)) + main).replaceAll('</script', '<\\/script')
  const shared = await bundled(inputs, 'src/present/report/style.ts', { ...OPTIONS, format: 'esm' })
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
  const parts = await partsOf(inputs)
  for (const [name, text] of Object.entries(parts)) write(`${folder}/${name}.js`, text)
  return { script, style, parts, inputs }
}

/** @param folder receives index.html with its script and style, calculator.html with both inside, and the licenses of what they join */
export async function makeCalculator(folder) {
  process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'))
  const { script, style, parts, inputs } = await writeServed(folder)
  write(
    `${folder}/calculator.html`,
    pageOf({
      script: `<script>${script}</script>${Object.entries(parts).map(inPage).join('')}`,
      style: `<style>${style}</style>`,
      csp: policy(hashed(script), hashed(style)),
    }),
  )
  write(`${folder}/licenses.txt`, licensesOf(inputs))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? 'calculator'
  await makeCalculator(folder)
  process.stdout.write(`Wrote ${folder}/index.html for a web server, and ${folder}/calculator.html, which opens from the disk\n`)
}
