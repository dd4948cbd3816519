// Compiles the WebAssembly kernel and embeds it as text, so that loading it needs no path.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { write } from './write.mjs'

const sources = 'src/numerics/kernel/assembly'
const target = 'generated/kernel.js'

const OPTIONS = [
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

/** Of all that the kernel depends on: its sources, the compiler and how it is called. */
function fingerprint() {
  const hash = createHash('sha256')
  for (const file of ['node_modules/assemblyscript/package.json', 'scripts/kernel.mjs']) hash.update(readFileSync(file))
  for (const name of readdirSync(sources).sort()) hash.update(name).update(readFileSync(`${sources}/${name}`))
  return hash.digest('hex')
}

export async function makeKernel() {
  const head = `// Made by scripts/kernel.mjs from ${sources}/, ${fingerprint()}.\n`
  // Compiling takes longer than all the rest.
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(head)) return
  const { default: asc } = await import('assemblyscript/asc')
  let binary
  const { error, stderr } = await asc.main([`${sources}/index.ts`, ...OPTIONS], {
    writeFile(name, contents) {
      if (name.endsWith('.wasm')) binary = contents
    },
    listFiles: () => [],
  })
  if (error || !binary) throw new Error(`the kernel does not compile: ${error?.message ?? ''}\n${stderr.toString()}`)
  write('generated/kernel.d.ts', 'export declare const binary: string\n')
  write(target, `${head}export const binary =\n  '${Buffer.from(binary).toString('base64')}'\n`)
}
