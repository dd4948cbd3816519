// Builds the package: generated/ first (the WebAssembly kernel, the threads' program, the report's page and the JSON Schema as text, so that
// loading them needs no path), then dist/. Nothing happens where nothing changed. `--generated` only makes what the sources import and do
// not have yet.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeFonts } from './fonts.mjs'
import { writeDirectionNumbers } from './direction-numbers.mjs'
import { makeKernel } from './kernel.mjs'
import { licensesOf } from './licenses.mjs'
import { writeInputLabels } from './input-labels.mjs'
import { writePlanTypes } from './plan-types.mjs'
import { write } from './write.mjs'
import { writeIndexes } from './indexes.mjs'
import { writeVendors } from './vendors.mjs'
import { writeVersion } from './version.mjs'

const PLAN_TYPES = 'src/scenario/plan.generated.ts'
const INPUT_LABELS = 'src/scenario/input-labels.generated.ts'
const PAGE = 'generated/page.js'
const THREADS = 'generated/threads.js'
const WORKERS = 'generated/workers.js'
const HELPER = 'generated/helper.js'
const SCHEMA = 'generated/schema.js'
const SCHEMA_FILE = 'schema/scenario.schema.json'
const MARK = 'dist/.fingerprint'

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

/** What is bundled from the sources, by the file that holds it. Each returns the modules that it joins. */
const BUNDLED = [
  [PAGE, async () => (await import('./page.mjs')).bundlePage(PAGE)],
  [THREADS, async () => (await import('./threads.mjs')).bundleThreads('node', THREADS)],
  [WORKERS, async () => (await import('./threads.mjs')).bundleThreads('browser', WORKERS)],
  [HELPER, async () => (await import('./threads.mjs')).bundleThreads('helper', HELPER)],
  [SCHEMA, async () => (await import('./schema.mjs')).writeSchema(SCHEMA_FILE, SCHEMA)],
]

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
async function compile(mark, joined) {
  const beside = `dist.${process.pid}.tmp`
  const types = `types.${process.pid}.tmp`
  try {
    const tsc = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--emitDeclarationOnly', '--outDir', types]
    execFileSync(process.execPath, tsc, { stdio: 'inherit' })
    const [{ bundlePackage }, { joinDeclarations }] = await Promise.all([import('./bundle.mjs'), import('./declarations.mjs')])
    await joinDeclarations(types, beside)
    const inPackage = await bundlePackage(beside)
    const { inputs } = await (await import('./calculator.mjs')).writeServed(`${beside}/calculator`)
    write(`${beside}/licenses.txt`, licensesOf([...inPackage, ...inputs, ...joined]))
    chmodSync(`${beside}/cli/billcast.js`, 0o755)
    write(`${beside}/.fingerprint`, mark)
    replace('dist', beside)
  } finally {
    for (const folder of [beside, types]) rmSync(folder, { recursive: true, force: true })
  }
}

export async function build({ only } = {}) {
  process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'))
  mkdirSync('generated', { recursive: true })
  writeDirectionNumbers()
  writeIndexes()
  writeVendors()
  writeVersion()
  await makeKernel()
  writeFonts()
  await writePlanTypes(PLAN_TYPES)
  await writeInputLabels(INPUT_LABELS)
  if (only === 'generated') {
    for (const [file, make] of BUNDLED) if (!existsSync(file)) await make()
    return
  }
  const mark = fingerprint()
  const whole = [...BUNDLED.map(([file]) => file), SCHEMA_FILE, MARK].every((file) => existsSync(file))
  if (whole && readFileSync(MARK, 'utf8') === mark) return
  const joined = []
  for (const [, make] of BUNDLED) joined.push(...((await make()) ?? []))
  await compile(mark, joined)
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await build(process.argv.includes('--generated') ? { only: 'generated' } : {})
