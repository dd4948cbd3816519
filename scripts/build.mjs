// Builds the package: the WebAssembly kernel first (embedded as text, so that loading it needs no path), then dist/.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { writeIndexes } from './indexes.mjs'
import { bundlePage } from './page.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
process.chdir(root)

const sources = 'src/numerics/kernel/assembly'
const target = 'src/numerics/kernel/binary.ts'

/** Of all that the kernel depends on: its sources, the compiler and how it is called. */
function fingerprint() {
  const hash = createHash('sha256')
  for (const file of ['node_modules/assemblyscript/package.json', 'scripts/build.mjs']) hash.update(readFileSync(file))
  for (const name of readdirSync(sources).sort()) hash.update(name).update(readFileSync(`${sources}/${name}`))
  return hash.digest('hex')
}

async function kernel() {
  const head = `// Made by scripts/build.mjs from ${sources}/, ${fingerprint()}.`
  // Compiling takes longer than all the rest. Unchanged text also keeps its date, so that watchers and caches stay quiet.
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(`${head}\n`)) return
  const { default: asc } = await import('assemblyscript/asc')
  const options = [
    '--enable',
    'simd',
    '--runtime',
    'stub',
    '--noAssert',
    '--importMemory',
    '--zeroFilledMemory',
    '-O3',
    '--outFile',
    'kernel.wasm',
  ]
  let binary
  const { error, stderr } = await asc.main([`${sources}/index.ts`, ...options], {
    writeFile(name, contents) {
      if (name.endsWith('.wasm')) binary = contents
    },
    listFiles: () => [],
  })
  if (error || !binary) throw new Error(`the kernel does not compile: ${error?.message ?? ''}\n${stderr.toString()}`)
  const text = `${head}\nexport const binary =\n  '${Buffer.from(binary).toString('base64')}'\n`
  writeFileSync(target, text)
}

writeIndexes()
await kernel()
await bundlePage()
if (!process.argv.includes('--kernel-only')) {
  rmSync('dist', { recursive: true, force: true })
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'], { stdio: 'inherit' })
  chmodSync('dist/cli/billcast.js', 0o755)
  // For editors, which may name it by the package.
  const { scenarioJsonSchema } = await import(pathToFileURL(resolve('dist/scenario/schema.js')).href)
  mkdirSync('schema', { recursive: true })
  writeFileSync('schema/scenario.schema.json', `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`)
}
