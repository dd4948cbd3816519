// Builds the package: the WebAssembly kernel first (embedded as text, so that loading it needs no path), then dist/.
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
process.chdir(root)

async function kernel() {
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
  const { error, stderr } = await asc.main(['src/kernel/assembly/index.ts', ...options], {
    writeFile(name, contents) {
      if (name.endsWith('.wasm')) binary = contents
    },
    listFiles: () => [],
  })
  if (error || !binary) throw new Error(`the kernel does not compile: ${error?.message ?? ''}\n${stderr.toString()}`)
  const text = `// Made by scripts/build.mjs from src/kernel/assembly/.\nexport const binary =\n  '${Buffer.from(binary).toString('base64')}'\n`
  const target = 'src/kernel/binary.ts'
  // Unchanged text keeps its date, so that watchers and caches stay quiet.
  if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text)
}

await kernel()
if (!process.argv.includes('--kernel-only')) {
  rmSync('dist', { recursive: true, force: true })
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'], { stdio: 'inherit' })
  chmodSync('dist/cli/billcast.js', 0o755)
}
