// Builds the package: generated/ first (the WebAssembly kernel as text, so that loading it needs no path, and the report's page), then
// dist/ and the JSON Schema. Nothing happens where nothing changed. `--generated` only makes what the sources import and do not have yet.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { writeDirectionNumbers } from './direction-numbers.mjs'
import { makeKernel } from './kernel.mjs'
import { write } from './write.mjs'
import { writeIndexes } from './indexes.mjs'
import { writeVendors } from './vendors.mjs'

const PAGE = 'generated/page.js'
const MARK = 'dist/.fingerprint'
const SCHEMA = 'schema/scenario.schema.json'

/** Of all that the package is made from: sources, compilers, dependencies that the page bundles, and these scripts. */
function fingerprint() {
  const hash = createHash('sha256')
  const files = ['src', 'scripts', 'data'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`),
  )
  for (const file of [...files.sort(), 'tsconfig.json', 'package.json', 'package-lock.json'])
    hash.update(`${file}\n`).update(readFileSync(file))
  return hash.digest('hex')
}

async function makePage() {
  const { bundlePage } = await import('./page.mjs')
  await bundlePage(PAGE)
}

/** Puts a finished folder in the place of another. Whoever builds at the same time may have moved that one away already. */
function replace(folder, by) {
  const old = `${by}.old`
  for (let tries = 0; ; tries++) {
    try {
      if (existsSync(folder)) renameSync(folder, old)
      renameSync(by, folder)
      break
    } catch (error) {
      if (tries === 10) throw error
      rmSync(old, { recursive: true, force: true })
    }
  }
  rmSync(old, { recursive: true, force: true })
}

/** Compiles beside dist/, so that whoever uses it finds it whole. */
async function compile(mark) {
  const beside = `dist.${process.pid}.tmp`
  try {
    const tsc = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--emitDeclarationOnly', '--outDir', beside]
    execFileSync(process.execPath, tsc, { stdio: 'inherit' })
    const { bundlePackage } = await import('./bundle.mjs')
    await bundlePackage(beside)
    chmodSync(`${beside}/cli/billcast.js`, 0o755)
    // For editors, which may name it by the package.
    const { scenarioJsonSchema } = await import(pathToFileURL(resolve(`${beside}/platform/browser/index.js`)).href)
    write(SCHEMA, `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`)
    write(`${beside}/.fingerprint`, mark)
    replace('dist', beside)
  } finally {
    rmSync(beside, { recursive: true, force: true })
  }
}

export async function build({ only } = {}) {
  process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'))
  mkdirSync('generated', { recursive: true })
  writeDirectionNumbers()
  writeIndexes()
  writeVendors()
  await makeKernel()
  if (only === 'generated') {
    if (!existsSync(PAGE)) await makePage()
    return
  }
  const mark = fingerprint()
  const upToDate = existsSync(PAGE) && existsSync(SCHEMA) && existsSync(MARK) && readFileSync(MARK, 'utf8') === mark
  if (upToDate) return
  await makePage()
  await compile(mark)
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await build(process.argv.includes('--generated') ? { only: 'generated' } : {})
