// Imports point upwards in one list, and only platform/ and cli/ know Node: biome finds whatever goes against it.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lint } from './biome.ts'

interface Order {
  readonly order: readonly string[]
  readonly bare: readonly string[]
  readonly upward: Readonly<Record<string, { readonly from: string; readonly to: readonly string[] }>>
  readonly platform: readonly string[]
  readonly pages: readonly string[]
  readonly packages: { readonly [kind in 'portable' | 'bundled' | 'native']: readonly string[] }
  readonly waiting: Readonly<Record<string, readonly string[]>>
}

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const { order, bare, upward, platform, pages, packages, waiting } = read('lint/order.json') as Order
const IMPORTS = 'lint/style/noRestrictedImports'

/** The way from a folder of src/ to src/. */
const up = (folder: string): string => '../'.repeat(folder.split('/').length)

/** Files of one import a line, each line marked whether it is allowed, and the lines that biome finds against that. */
function wrongly(
  files: Readonly<Record<string, readonly (readonly [line: string, allowed: boolean])[]>>,
  rules: readonly string[],
) {
  const texts = Object.entries(files).map(([path, lines]) => [path, `${lines.map(([line]) => line).join('\n')}\n`] as const)
  const found = new Set(
    lint(Object.fromEntries(texts))
      .filter(({ rule }) => rules.includes(rule))
      .map(({ path, line }) => `${path}:${line}`),
  )
  return Object.entries(files).flatMap(([path, lines]) =>
    lines
      .filter(([, allowed], k) => found.has(`${path}:${k + 1}`) === allowed)
      .map(([line, allowed]) => `${path} ${allowed ? 'may' : 'may not'} ${line}`),
  )
}

describe('the layers', () => {
  it('are those of lint/order.json', () => {
    execFileSync(process.execPath, ['scripts/layers.mjs', '--check'], { stdio: 'pipe' })
  })

  it('hold every folder and file of src/', () => {
    const found = readdirSync('src', { withFileTypes: true })
    const folders = found.filter((entry) => entry.isDirectory()).map(({ name }) => name)
    const files = found.filter((entry) => !entry.isDirectory()).map(({ name }) => name)
    expect(folders.filter((name) => !order.some((path) => path === name || path.startsWith(`${name}/`)))).toEqual([])
    expect(files.filter((name) => !bare.includes(name))).toEqual([])
    expect(new Set(order).size).toBe(order.length)
  })

  it('import upwards, never downwards: each folder and each other one', () => {
    const files: Record<string, [string, boolean][]> = {}
    order.forEach((folder, place) => {
      for (const [path, root] of [
        [`src/${folder}/probe.ts`, up(folder)],
        [`src/${folder}/deep/probe.ts`, `../${up(folder)}`],
      ]) {
        files[path] = [
          ...order
            .filter((other) => other !== folder)
            .map((other): [string, boolean] => [`import '${root}${other}/a.ts'`, order.indexOf(other) < place]),
          ...order
            .filter((other) => other !== folder)
            .map((other): [string, boolean] => [`import '${root}${other}/b/c.ts'`, order.indexOf(other) < place]),
          ...bare.map((file): [string, boolean] => [`import '${root}${file}'`, true]),
          ...Object.keys(upward).map((name): [string, boolean] => [`import '${name}'`, false]),
          ["import './beside.ts'", true],
          ["import './below/it.ts'", true],
        ]
      }
      files[`src/${folder}/deep/probe.ts`].push(["import '../above.ts'", true], ["import '../other/above.ts'", true])
      const [room, part] = folder.split('/')
      // A sibling part, by its short path.
      if (part)
        files[`src/${folder}/probe.ts`].push(
          ...order
            .filter((other) => other !== folder && other.startsWith(`${room}/`))
            .map((other): [string, boolean] => [`import '../${other.split('/')[1]}/a.ts'`, order.indexOf(other) < place]),
        )
    })
    for (const file of bare) files[`src/${file}`] = [...order, 'other.ts'].map((name) => [`import './${name}'`, false])
    for (const [name, { from }] of Object.entries(upward))
      files[`src/${from}`] = [
        [`import '${name}'`, true],
        ["import '#elsewhere'", false],
        ["import '../cli/a.ts'", false],
        ["import '../platform/node/a.ts'", false],
      ]
    expect(wrongly(files, [IMPORTS])).toEqual([])
  })

  it('are kept by every form of import', () => {
    const forms = [
      "import { a } from '../run/run.ts'",
      "import type { A } from '../run/run.ts'",
      "export { a } from '../run/run.ts'",
      "export * from '../run/run.ts'",
      "export const a = await import('../run/run.ts')",
      "export type A = import('../run/run.ts').A",
      "import type { A } from '../numerics/../run/run.ts'",
    ]
    const found = lint(Object.fromEntries(forms.map((line, k) => [`src/notation/probe-${k}.ts`, `${line}\n`])))
    const paths = found.filter(({ rule }) => rule === IMPORTS || rule === 'plugin').map(({ path }) => path)
    expect(forms.filter((_, k) => !paths.includes(`src/notation/probe-${k}.ts`))).toEqual([])
  })

  it.each(Object.entries(waiting))('are still not kept by %s', (file, imports) => {
    const path = `src/${file}`
    const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
    const gone = imports.filter((target) => !text.includes(`from '${target}'`))
    expect(gone, `no longer needed: take it out of "waiting" in lint/order.json and run npm run layers`).toEqual([])
  })

  it('are kept by src/, read a second way', () => {
    // By resolved paths, since a pattern could miss one.
    const place = (path: string) => order.findIndex((folder) => path.startsWith(`src/${folder}/`))
    const against: string[] = []
    for (const entry of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
      const path = `src/${entry.replaceAll('\\', '/')}`
      if (!path.endsWith('.ts') || path.startsWith('src/numerics/kernel/assembly/')) continue
      for (const [, target] of readFileSync(path, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']*)'/g)) {
        const resolved = posix.join(posix.dirname(path), target)
        const downwards = place(path) >= 0 && place(resolved) > place(path)
        if (downwards && !waiting[path.slice('src/'.length)]?.includes(target)) against.push(`${path} imports ${target}`)
      }
    }
    expect(against).toEqual([])
  })
})

describe('the one import that points up', () => {
  const { imports } = read('package.json') as { readonly imports: Readonly<Record<string, Readonly<Record<string, string>>>> }

  it('is stated in package.json as in lint/order.json, and stands in one file', () => {
    // What the build makes is imported by a name too: it stands outside of src/.
    expect(Object.keys(imports).filter((name) => !name.startsWith('#generated/'))).toEqual(Object.keys(upward))
    for (const [name, { from, to }] of Object.entries(upward)) {
      expect(Object.values(imports[name]).sort()).toEqual(to.map((file) => `./dist/${file.replace(/\.ts$/, '.js')}`).sort())
      const importers = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
        (path) => path.endsWith('.ts') && readFileSync(`src/${path}`, 'utf8').includes(`from '${name}'`),
      )
      expect(importers.map((path) => path.replaceAll('\\', '/'))).toEqual([from])
    }
  })

  it('has the same names on every platform', async () => {
    for (const { to } of Object.values(upward)) {
      const [first, ...others] = await Promise.all(
        to.map(async (file) => Object.keys((await import(`../../src/${file}`)) as object).sort()),
      )
      for (const other of others) expect(other).toEqual(first)
    }
  })
})

describe('Node', () => {
  const lines = (allowed: boolean): [string, boolean][] => [
    ["import 'node:fs'", allowed],
    ["import 'fs'", allowed],
    ["import type { Stats } from 'node:fs'", allowed],
    ["import 'node:worker_threads'", allowed],
    ["import 'unknown-package'", allowed],
    ["import '@unknown/package/deep.js'", allowed],
    ...packages.native.map((name): [string, boolean] => [`import '${name}'`, allowed]),
    ...packages.portable.map((name): [string, boolean] => [`import '${name}'`, true]),
    ...packages.portable.map((name): [string, boolean] => [`import '${name}/deep.js'`, true]),
  ]
  const globals = (allowed: boolean): [string, boolean][] => [
    ["export const a = Buffer.from('a')", allowed],
    ['export const b = process.version', allowed],
    ["export const c = require('a')", allowed],
    ['export const d = new Date()', allowed],
    ["export const e = fetch('a')", allowed],
    ['setImmediate(() => undefined)', allowed],
    ['setTimeout(() => undefined, 0)', true],
  ]

  it('is imported by platform/ and cli/ alone, and so are native packages', () => {
    const files = Object.fromEntries([
      ...order.map((folder) => [`src/${folder}/probe.ts`, lines(platform.includes(folder))]),
      ...order.map((folder) => [`src/${folder}/deep/probe.ts`, lines(platform.includes(folder))]),
      ...Object.values(upward).map(({ from }) => [`src/${from}`, lines(false)]),
      ...pages.map((folder) => [
        `src/${folder}/probe.ts`,
        [...lines(false), ["import '../node/a.ts'", false], ["import '../queue/a.ts'", false], ["import '../../api/a.ts'", true]],
      ]),
    ])
    expect(wrongly(files, [IMPORTS])).toEqual([])
  })

  it('has its modules banned by the rule that knows them all, too', () => {
    const found = lint({ 'src/run/probe.ts': "import 'node:fs'\n", 'src/platform/node/probe.ts': "import 'node:fs'\n" })
    expect(found.filter(({ rule }) => rule === 'lint/correctness/noNodejsModules').map(({ path }) => path)).toEqual([
      'src/run/probe.ts',
    ])
  })

  it('lends its globals to platform/ and cli/ alone', () => {
    const files = Object.fromEntries([
      ...order.map((folder) => [`src/${folder}/probe.ts`, globals(platform.includes(folder))]),
      ...pages.map((folder) => [`src/${folder}/probe.ts`, globals(false)]),
    ])
    expect(wrongly(files, ['lint/style/noRestrictedGlobals'])).toEqual([])
  })

  it('every dependency is known to be portable or native', () => {
    const { dependencies, devDependencies, peerDependencies } = read('package.json') as {
      readonly dependencies: object
      readonly peerDependencies: object
      readonly devDependencies: object
    }
    expect(Object.keys(devDependencies)).toEqual(expect.arrayContaining([...packages.bundled]))
    expect([...packages.portable, ...packages.native].sort()).toEqual(Object.keys({ ...dependencies, ...peerDependencies }).sort())
  })
})
