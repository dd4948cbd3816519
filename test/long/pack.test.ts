// The package as it is published: what is in it, and that it works where nothing else is.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'billcast-pack-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (program: string, args: readonly string[], cwd = folder): string =>
  execFileSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 })

/** The package has no examples: they are the repository's. */
const plan = resolve('examples/annual-budget.yaml')

interface Packed {
  readonly filename: string
}

interface Locked {
  readonly packages: Readonly<Record<string, { readonly hasInstallScript?: boolean; readonly dev?: boolean }>>
}

describe('the packed package', () => {
  let packed: Packed
  beforeAll(() => {
    const text = run('npm', ['pack', '--json', '--pack-destination', folder], '.')
    packed = (JSON.parse(text.slice(text.indexOf('['))) as [Packed])[0]
    writeFileSync(join(folder, 'package.json'), '{ "private": true }')
    run('npm', ['install', '--no-audit', '--no-fund', join(folder, packed.filename)])
  }, 300_000)

  it('has no dependency with an install script', () => {
    const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as Locked
    expect(Object.keys(packages).length).toBeGreaterThan(5)
    expect(
      Object.entries(packages)
        .filter(([, { hasInstallScript }]) => hasInstallScript)
        .map(([path]) => path),
    ).toEqual([])
  })

  it('runs the example by npx with the same figures', () => {
    const options = ['--trials', '2k', '--threads', '2', '--json']
    const there = run('npx', ['--no-install', 'billcast', 'run', plan, ...options])
    const here = run(process.execPath, [resolve('dist/cli/billcast.js'), 'run', plan, ...options])
    expect(there).toBe(here)
  })

  it('writes its folder of results', () => {
    run('npx', ['--no-install', 'billcast', 'run', plan, '--trials', '2k', '--out', 'results', '--quiet'])
    const { files } = JSON.parse(readFileSync(join(folder, 'results/manifest.json'), 'utf8')) as {
      readonly files: readonly { readonly name: string }[]
    }
    expect(files.map(({ name }) => name)).toContain('summary.json')
  })

  const program = `
const { summary } = await simulate({ conversations: { base: 1000 }, offers: { a: { charges: [{ meter: 'conversations', price: 2 }] } } }, { trials: 64 })
const mean: number = summary.offers.a.bill.mean.value
if (mean !== 24000) throw new Error(String(mean))
`

  it('can be imported and required', () => {
    const untyped = program.replace(': number', '')
    writeFileSync(join(folder, 'program.mjs'), `import { simulate } from 'billcast'\n${untyped}`)
    writeFileSync(join(folder, 'program.cjs'), `const { simulate } = require('billcast')\nvoid (async () => {${untyped}})()\n`)
    for (const file of ['program.mjs', 'program.cjs']) run(process.execPath, [file])
  })

  it.each(['nodenext', 'bundler'])('has types that a strict program can use (%s)', (resolution) => {
    writeFileSync(join(folder, 'typed.mts'), `import { simulate } from 'billcast'\n${program}`)
    const tsc = resolve('node_modules/typescript/bin/tsc')
    const options = ['--strict', '--noEmit', '--target', 'es2022', '--types', '', '--moduleResolution', resolution]
    run(process.execPath, [tsc, 'typed.mts', ...options, '--module', resolution === 'bundler' ? 'esnext' : 'nodenext'])
  })
})
