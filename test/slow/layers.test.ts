// The rules of biome on probes: what goes against the order of lint/order.json is found, and nothing else is.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { lint } from './biome.ts'

interface Order {
  readonly order: readonly string[]
  readonly bare: readonly string[]
  readonly upward: Readonly<Record<string, { readonly from: string; readonly to: readonly string[] }>>
  readonly platform: readonly string[]
  readonly pages: readonly string[]
  readonly packages: { readonly [kind in 'portable' | 'bundled' | 'native']: readonly string[] }
}

const { order, bare, upward, platform, pages, packages } = JSON.parse(readFileSync('lint/order.json', 'utf8')) as Order
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

describe('the order of folders', () => {
  it('lets each folder import only from those above it', () => {
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

  it('covers every form of import', () => {
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

  it('is imported only by platform/ and cli/, as are native packages', () => {
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

  it('has all its modules banned elsewhere', () => {
    const found = lint({ 'src/run/probe.ts': "import 'node:fs'\n", 'src/platform/node/probe.ts': "import 'node:fs'\n" })
    expect(found.filter(({ rule }) => rule === 'lint/correctness/noNodejsModules').map(({ path }) => path)).toEqual([
      'src/run/probe.ts',
    ])
  })

  it('provides its globals only to platform/ and cli/', () => {
    const files = Object.fromEntries([
      ...order.map((folder) => [`src/${folder}/probe.ts`, globals(platform.includes(folder))]),
      ...pages.map((folder) => [`src/${folder}/probe.ts`, globals(false)]),
    ])
    expect(wrongly(files, ['lint/style/noRestrictedGlobals'])).toEqual([])
  })
})
