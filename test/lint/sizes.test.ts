// The sources stay easy to keep in mind: folders, files and functions have limits, and an exported name has one meaning.
// lint/sizes.json lists the exceptions. The lists only shrink: an entry that is no longer needed must be removed.
import { readdirSync, readFileSync } from 'node:fs'
import { parseAst } from 'vite'
import { expect, it } from 'vitest'

const { files, functions, names } = JSON.parse(readFileSync('lint/sizes.json', 'utf8')) as {
  readonly [list in 'files' | 'functions' | 'names']: readonly string[]
}
const FOLDERS = 18
const FILE = 400
const FUNCTION = 80

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
const below = (node: Node): readonly Node[] => Object.values(node).flat().filter(isNode)

/** The sources that people write, without generated indexes. */
const texts = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.c?ts$/.test(path) && !path.endsWith('.generated.ts'))
  .sort()
  .map((path) => ({ path, text: readFileSync(`src/${path}`, 'utf8') }))
/** Those that TypeScript can read: all but the kernel's AssemblyScript. */
const sources = texts
  .filter(({ path }) => !path.startsWith('numerics/kernel/assembly/'))
  .map((one) => ({ ...one, program: parseAst(one.text, { lang: 'ts' }) as unknown as Node }))

const linesOf = (text: string) => text.trimEnd().split('\n').length

/** Functions above the limit, by their name or that of the variable or class that contains them. */
function longFunctions(text: string, node: Node, name = ''): readonly string[] {
  const id = [node.id, node.key].find((own) => isNode(own) && typeof own.name === 'string') as { readonly name: string } | undefined
  const own = id?.name ?? name
  const long = /Function/.test(node.type) && isNode(node.body) && linesOf(text.slice(node.start, node.end)) > FUNCTION
  return [...(long ? [own] : []), ...below(node).flatMap((child) => longFunctions(text, child, own))]
}

/** Names that a file declares and exports. Re-exports do not count. */
function exportedBy({ body }: Node): readonly string[] {
  const declared = (node: Node): readonly string[] =>
    node.type === 'VariableDeclaration'
      ? (node.declarations as readonly { readonly id: Node }[]).flatMap(({ id }) => (typeof id.name === 'string' ? [id.name] : []))
      : isNode(node.id) && typeof node.id.name === 'string'
        ? [node.id.name]
        : []
  const statements = body as readonly Node[]
  const imported = new Set(
    statements
      .filter(({ type }) => type === 'ImportDeclaration')
      .flatMap(({ specifiers }) =>
        (specifiers as readonly { readonly local: { readonly name: string } }[]).map(({ local }) => local.name),
      ),
  )
  return statements
    .filter(({ type, source }) => type === 'ExportNamedDeclaration' && !source)
    .flatMap(({ declaration, specifiers }) =>
      isNode(declaration)
        ? declared(declaration)
        : (specifiers as readonly { readonly local: { readonly name: string }; readonly exported: { readonly name: string } }[])
            .filter(({ local }) => !imported.has(local.name))
            .map(({ exported }) => exported.name),
    )
}

it(`src/ has at most ${FOLDERS} folders at its top`, () => {
  expect(readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory()).length).toBeLessThanOrEqual(FOLDERS)
})

it(`no file has more than ${FILE} lines`, () => {
  const long = texts.filter(({ text }) => linesOf(text) > FILE).map(({ path }) => path)
  expect(long).toEqual([...files].sort())
})

it(`no function has more than ${FUNCTION} lines`, () => {
  const long = sources.flatMap(({ path, text, program }) => longFunctions(text, program).map((name) => `${path} ${name}`))
  expect(long.sort()).toEqual([...functions].sort())
})

/** Files that replace each other: each command defines the same names, and so does each platform of `#platform`. */
const { upward } = JSON.parse(readFileSync('lint/order.json', 'utf8')) as {
  readonly upward: Readonly<Record<string, { readonly to: readonly string[] }>>
}
const alike = (path: string) =>
  path.startsWith('cli/commands/') || Object.values(upward).some(({ to }) => to.slice(1).includes(path))

it('no name is exported by two files', () => {
  const owners = new Map<string, string[]>()
  for (const { path, program } of sources.filter((one) => !alike(one.path)))
    for (const name of new Set(exportedBy(program))) owners.set(name, [...(owners.get(name) ?? []), path])
  const twice = [...owners].filter(([, paths]) => paths.length > 1)
  const where = JSON.stringify(Object.fromEntries(twice.filter(([name]) => !names.includes(name))))
  expect(
    twice.map(([name]) => name).sort(),
    `A name that two files export means two things: rename one. New ones: ${where}. Names that have been mended leave lint/sizes.json.`,
  ).toEqual([...names].sort())
})
