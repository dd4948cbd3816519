// Functions that differ between runtimes stand in the kernel and nowhere else: biome finds them under any name.
import { describe, expect, it } from 'vitest'
import { lint } from './biome.ts'

const functions =
  'exp expm1 log log2 log10 log1p pow sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh hypot cbrt random'

const banned = [
  ...functions.split(' ').map((name) => `export const a = Math.${name}(1)`),
  'export const a = [1].map(Math.exp)',
  'export const a = Math?.exp(1)',
  "export const a = Math['exp'](1)",
  'export const { exp } = Math',
  'export const a = Math',
  'export const a = globalThis.Math.exp(1)',
  'export const a = (Math as unknown as { exp: (x: number) => number }).exp(1)',
  'export const a = Math.max(1, Math.log(2))',
  'export const a = (x: number, n: number) => x ** n',
  'export const a = (n: number) => 2 ** n',
  'export const a = 10 ** 6',
  'export const a = 2 ** 0.5',
  'export const a = 2 ** -1',
  'export let a = 3\na **= 2',
  'export const a = { b: 3 }\na.b **= 2',
]

const allowed = [
  'abs ceil floor round trunc sign min max sqrt fround imul clz32'
    .split(' ')
    .map((name) => `export const ${name} = Math.${name}(1)`)
    .join('\n'),
  'export const a = Math.PI * Math.E * Math.LN2 * Math.LN10 * Math.LOG2E * Math.LOG10E * Math.SQRT2 * Math.SQRT1_2',
  'export const a = [1].map(Math.abs)',
  'export const a = 2 ** 20',
  'export const a = { exp: 1 }.exp',
  "export const a = 'x ** 2 = Math.exp(1)'",
]

const each = (folder: string, lines: readonly string[]) =>
  Object.fromEntries(lines.map((line, k) => [`${folder}/probe-${k}.ts`, `${line}\n`]))
const places = [
  'src/index.ts',
  'src/contract/charges/a.ts',
  'src/cli/a.ts',
  'src/platform/node/threads/a.ts',
  'src/compile/kernel.ts',
]

describe('functions that differ between runtimes', () => {
  const found = new Set(
    lint({
      ...each('src/numerics/estimators', banned),
      ...each('src/notation', allowed),
      ...each('src/numerics/kernel', banned),
      ...Object.fromEntries(places.map((path) => [path, 'export const a = Math.exp(1)\n'])),
    })
      .filter(({ rule }) => rule === 'plugin')
      .map(({ path }) => path),
  )
  const within = (folder: string) => [...found].filter((path) => path.startsWith(folder))

  it('are found', () => {
    expect(banned.filter((_, k) => !found.has(`src/numerics/estimators/probe-${k}.ts`))).toEqual([])
  })
  it('are found in every folder and in the files above them', () => {
    expect(places.filter((path) => !found.has(path))).toEqual([])
  })
  it('are allowed in the kernel', () => {
    expect(within('src/numerics/kernel/')).toEqual([])
  })
  it('are not confused with functions that are the same everywhere', () => {
    expect(within('src/notation/')).toEqual([])
  })
})
