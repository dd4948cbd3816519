// What is published, what it needs, and what it loads.
import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { linksOf, targetOf } from '../../scripts/docs/links.mjs'
import { slug } from '../../scripts/docs/slug.mjs'

interface Locked {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly dev?: boolean
        readonly devOptional?: boolean
        readonly resolved?: string
        readonly integrity?: string
        readonly hasInstallScript?: boolean
      }
    >
  >
}

const own = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>
  readonly peerDependencies: Readonly<Record<string, string>>
  readonly scripts: Readonly<Record<string, string>>
}
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Locked
const installed = Object.entries(packages).filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)

/** The files that npm would publish, asked for once. */
let published: readonly string[] | undefined
function packed(): readonly string[] {
  published ??= filesOf(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' }))
  return published
}
function filesOf(text: string): readonly string[] {
  const [{ files }] = JSON.parse(text) as [{ readonly files: readonly { readonly path: string }[] }]
  return files.map(({ path }) => path)
}

/** The anchors of a page. Lines of code that begin with # are none. */
const headingsOf = (file: string) =>
  [
    ...readFileSync(file, 'utf8')
      .replaceAll(/^```[\s\S]*?^```/gm, '')
      .matchAll(/^#+ (.+)$/gm),
  ].map(([, text]) => slug(text))

describe('the package', () => {
  it('contains only built and generated files, the schema, the documentation with its examples, and the license', () => {
    const paths = packed()
    expect(paths.filter((path) => path.startsWith('docs/') && !/\.(md|svg|png)$/.test(path))).toEqual([])
    expect(paths.filter((path) => !/^(dist|docs|examples)\//.test(path)).sort()).toEqual([
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'generated/fonts/LICENSE.txt',
      ...['latin-400', 'latin-700', 'latin-ext-400', 'latin-ext-700'].map((name) => `generated/fonts/inter-${name}.ttf`),
      'generated/helper.d.ts',
      'generated/helper.js',
      'generated/kernel.d.ts',
      'generated/kernel.js',
      'generated/page.d.ts',
      'generated/page.js',
      'generated/schema.d.ts',
      'generated/schema.js',
      'generated/threads.d.ts',
      'generated/threads.js',
      'generated/workers.d.ts',
      'generated/workers.js',
      'llms.txt',
      'package.json',
      'schema/scenario.schema.json',
    ])
    const built = paths.filter((path) => path.startsWith('dist/'))
    expect(built.filter((path) => !/\.(c?js|d\.c?ts)$/.test(path)).sort()).toEqual([
      'dist/calculator/calculator.css',
      'dist/calculator/index.html',
      'dist/licenses.txt',
    ])
    // Declarations are joined into those of the entries and what they share. The slow tests compile programs with them.
    const named = (suffix: RegExp) =>
      built.filter((path) => suffix.test(path)).map((path) => path.replace(/^dist\//, '').replace(suffix, ''))
    const declared = named(/\.d\.c?ts$/)
    expect(declared.filter((name) => !name.startsWith('types/')).sort()).toEqual([
      'api/browser',
      'api/index',
      'core/vega',
      'platform/queue/index',
    ])
    // Users, package.json and threads reach these modules by their names. All others are in chunks, each of which another file imports.
    const code = named(/\.c?js$/)
    expect(code.filter((name) => !/^chunks\//.test(name)).sort()).toEqual([
      'api/index',
      'calculator/calculator',
      'calculator/editor',
      'calculator/files',
      'cli/billcast',
      'core/index',
      'core/vega',
      'platform/browser/index',
      'platform/node/index',
      'platform/node/threads/pool',
      'platform/node/threads/worker',
      'platform/queue/index',
    ])
    const imported = built
      .filter((path) => path.endsWith('.js'))
      .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/"\.{1,2}\/(?:\.\.\/)*(?:chunks\/)?([\w-]+)\.js"/g)])
      .map(([, name]) => `chunks/${name}`)
    expect(code.filter((name) => name.startsWith('chunks/') && !imported.includes(name))).toEqual([])
  })

  it('has two files for pages that import nothing: the library without Vega, and Vega', async () => {
    const entryPoints = packed().filter((path) => path.startsWith('dist/core/') && path.endsWith('.js'))
    expect(entryPoints.sort()).toEqual(['dist/core/index.js', 'dist/core/vega.js'])
    const options = { bundle: true, write: false, metafile: true, format: 'esm', outdir: 'none' } as const
    const { metafile } = await build({ ...options, entryPoints })
    expect(Object.keys(metafile.inputs).sort()).toEqual(entryPoints)
    expect(Object.values(metafile.inputs).flatMap(({ imports }) => imports)).toEqual([])
    const [library, vega] = entryPoints.map((path) => readFileSync(path))
    expect(String(library)).not.toMatch(/vega-(dataflow|scale)/)
    expect(gzipSync(library).length).toBeLessThan(750_000)
    expect(gzipSync(vega).length).toBeLessThan(300_000)
  })

  it('has the calculator, which takes less than the 1.8 MB of the download that its page states', () => {
    const files = packed().filter((path) => path.startsWith('dist/calculator/'))
    expect(files).toContain('dist/calculator/index.html')
    const size = (paths: readonly string[]) =>
      paths.reduce((sum, path) => sum + gzipSync(readFileSync(path), { level: 9 }).length, 0)
    expect(size(files)).toBeLessThan(1_800_000)
    // The parts load when they are first used.
    expect(size(files.filter((path) => !/(editor|files)\.js$/.test(path)))).toBeLessThan(400_000)
    expect(readFileSync('docs/calculator.md', 'utf8')).toContain('1.8 MB')
  })

  it('carries the license of each package that the build joins', () => {
    const licenses = readFileSync('dist/licenses.txt', 'utf8')
    const joined = readdirSync('dist/chunks').flatMap((name) =>
      [...readFileSync(`dist/chunks/${name}`, 'utf8').matchAll(/^\/\/ .*node_modules\/((?:@[^/\s]+\/)?[^/\s]+)/gm)].map(
        ([, found]) => found,
      ),
    )
    expect([...new Set(joined)].sort()).toEqual(expect.arrayContaining(['commander', 'yaml', 'zod']))
    for (const name of new Set(joined)) expect(licenses).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+$`, 'm'))
  })

  it('runs nothing on installation, and pins all dependencies by their contents', () => {
    for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) expect(own.scripts[script]).toBeUndefined()
    expect(installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)).toEqual([])
    const all = Object.entries(packages).filter(([path]) => path !== '')
    expect(all.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([])
    for (const version of Object.values(own.dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
  })

  it('installs at most 150 packages, and docs/decisions.md gives a reason for each direct one', () => {
    // One is for one system only.
    expect(installed.filter(([path]) => !/resvg-js-/.test(path)).length).toBeLessThanOrEqual(150)
    const reasons = readFileSync('docs/decisions.md', 'utf8')
    for (const name of [...Object.keys(own.dependencies), ...Object.keys(own.peerDependencies)])
      expect(reasons).toContain(`| \`${name}\` |`)
  })

  const PACKAGE = /node_modules\/((?:@[^/\s]+\/)?[^/\s]+)/g

  it('loads heavy packages only when they are used', () => {
    const program = `
import { register } from 'node:module'
const hook = 'export async function load(url, context, next) { process._rawDebug(url); return next(url, context) }'
register('data:text/javascript,' + encodeURIComponent(hook))
await import('billcast')
`
    const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
    // Packages that were found by their name, and those that the build has joined into the files that were loaded.
    const files = [...stderr.matchAll(/^file:\/\/(\S+\/dist\/\S+)$/gm)].map(([, path]) => readFileSync(path, 'utf8'))
    const loaded = new Set([stderr, ...files].flatMap((text) => [...text.matchAll(PACKAGE)].map(([, name]) => name)))
    expect([...loaded]).toContain('seedrandom')
    for (const heavy of [
      'vega',
      'vega-lite',
      '@resvg/resvg-js',
      'hyparquet-writer',
      'write-excel-file',
      'csv-parse',
      'commander',
      'tinyglobby',
      'apache-arrow',
      'zod',
      'yaml',
      'bullmq',
      'ioredis',
      'prom-client',
    ])
      expect([...loaded]).not.toContain(heavy)
    expect(stderr).toContain('generated/kernel.js')
    expect(stderr).not.toContain('generated/helper.js')
    expect(stderr).not.toContain('generated/page.js')
    expect(stderr).not.toContain('generated/threads.js')
    expect(stderr).not.toContain('generated/workers.js')
  })
})

it('the sources start no process, and use no network except for a queue and to show the calculator', () => {
  const found = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.c?ts$/.test(path))
    .filter((path) =>
      /['"](node:)?(child_process|https?|http2|net|dgram|tls|dns)['"]|\bfetch\(|XMLHttpRequest|WebSocket/.test(
        readFileSync(`src/${path}`, 'utf8'),
      ),
    )
  // A worker's metrics, where they are asked for; Redis is reached by ioredis, which only the queue's folder loads. The calculator is served to
  // this machine only.
  expect(found.sort()).toEqual(['platform/node/calculator/server.ts', 'platform/queue/metrics.ts'])
  const queued = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (path) =>
      /\.c?ts$/.test(path) && /(?:import|unbundled)\('(bullmq|ioredis|prom-client)'\)/.test(readFileSync(`src/${path}`, 'utf8')),
  )
  expect(queued).toEqual(['platform/queue/peers.ts'])
})

it('every example that the documentation names is in the package', () => {
  const paths = packed()
  const pages = paths.filter((path) => /^docs\/.*\.md$|^README\.md$/.test(path))
  const named = pages.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\bexamples\/[\w./-]*\w(?![\w*])/g)].map(([name]) => ({ page, name })),
  )
  expect(named.length).toBeGreaterThan(40)
  // One page writes a file of that name itself.
  expect(
    named.filter(({ name }) => name !== 'examples/closed.csv' && !paths.some((path) => path === name || path.startsWith(name))),
  ).toEqual([])
})

describe('a published page', () => {
  const pages = packed().filter((path) => /\.md$|^llms\.txt$/.test(path))
  it('is there for the README, the documentation and assistants', () => {
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'llms.txt', 'docs/library.md']))
    expect(pages.length).toBeGreaterThan(60)
  })

  it.each(pages)('%s links only to files of the package, to headings that exist, and to addresses', (page) => {
    const paths = new Set(packed())
    const dead = linksOf(readFileSync(page, 'utf8')).flatMap(({ url, line }) => {
      if (/^https?:/.test(url)) return []
      const { file, anchor } = targetOf(page, url)
      if (!paths.has(file)) return [`${page}:${line}: the package has no ${file}`]
      return anchor === undefined || headingsOf(file).includes(anchor) ? [] : [`${page}:${line}: ${file} has no heading #${anchor}`]
    })
    expect(dead).toEqual([])
  })
})
