// Imports point upward in one list. test/slow/layers.test.ts checks that biome finds every violation.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'

interface Order {
  readonly order: readonly string[]
  readonly bare: readonly string[]
  readonly upward: Readonly<Record<string, { readonly from: string; readonly to: readonly string[] }>>
  readonly packages: { readonly [kind in 'portable' | 'bundled' | 'native']: readonly string[] }
  readonly waiting: Readonly<Record<string, readonly string[]>>
}

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const { order, bare, upward, packages, waiting } = read('lint/order.json') as Order

describe('the layers', () => {
  it('are those of lint/order.json', () => {
    execFileSync(process.execPath, ['scripts/layers.mjs', '--check'], { stdio: 'pipe' })
  })

  it('contain every folder and file of src/', () => {
    const found = readdirSync('src', { withFileTypes: true })
    const folders = found.filter((entry) => entry.isDirectory()).map(({ name }) => name)
    const files = found.filter((entry) => !entry.isDirectory()).map(({ name }) => name)
    expect(folders.filter((name) => !order.some((path) => path === name || path.startsWith(`${name}/`)))).toEqual([])
    expect(files.filter((name) => !bare.includes(name))).toEqual([])
    expect(new Set(order).size).toBe(order.length)
  })

  it.each(Object.entries(waiting))('are still violated by %s', (file, imports) => {
    const path = `src/${file}`
    const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
    const gone = imports.filter((target) => !text.includes(`from '${target}'`))
    expect(gone, `no longer needed: take it out of "waiting" in lint/order.json and run npm run layers`).toEqual([])
  })

  it('are kept by all imports of src/, by their resolved paths', () => {
    // A pattern could miss an import, so this test resolves their paths.
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

  it('is the same in package.json and lint/order.json, and is in a single file', () => {
    // Generated files outside src/ are imported by a name too.
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

describe('every dependency', () => {
  it('is listed as portable or native', () => {
    const { dependencies, devDependencies, peerDependencies } = read('package.json') as {
      readonly dependencies: object
      readonly peerDependencies: object
      readonly devDependencies: object
    }
    expect(Object.keys(devDependencies)).toEqual(expect.arrayContaining([...packages.bundled]))
    expect([...packages.portable, ...packages.native].sort()).toEqual(Object.keys({ ...dependencies, ...peerDependencies }).sort())
  })
})
