// A server program in a bundle by each bundler, with the configurations of docs/bundlers-and-hosts.md: the figures are those of the program
// without a bundle, and large runs work on threads, in a folder that holds nothing but the bundle.
import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONFIGURATION, snippetsOf } from '../docs/snippets.ts'

interface Found {
  readonly figures: string
  readonly threads: number
  readonly warnings: readonly string[]
}
interface Printed {
  readonly small: Found
  readonly large: Found
  readonly alone: Found
  readonly chart: string
  readonly question: string
  readonly page: string
  readonly schema: string
}

const root = mkdtempSync(join(tmpdir(), 'billcast-bundles-'))
const project = join(root, 'project')
afterAll(() => rmSync(root, { recursive: true, force: true }))

const node = (args: readonly string[], cwd: string): string =>
  execFileSync(process.execPath, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 })
const printed = (folder: string, file: string, ...args: readonly string[]): Printed =>
  JSON.parse(node([...args, file, ...(args.length > 0 ? ['large'] : ['small', 'large', 'alone'])], folder)) as Printed

/** How each configuration is run, and the bundle that it makes. */
const BUNDLERS = {
  'esbuild.mjs': { bundle: 'server.mjs', program: "import './esbuild.mjs'" },
  'esbuild-commonjs.mjs': { bundle: 'server.cjs', program: "import './esbuild-commonjs.mjs'" },
  'vite.config.mjs': {
    bundle: 'server.js',
    program: "import { build } from 'vite'\nawait build({ configFile: 'vite.config.mjs', logLevel: 'warn' })",
  },
  'webpack.config.mjs': {
    bundle: 'server.cjs',
    program: `import webpack from 'webpack'
import config from './webpack.config.mjs'
webpack(config, (error, stats) => {
  if (error) throw error
  const problems = stats.toString({ preset: 'errors-warnings' }).split('\\n').filter((line) => /error|warning/i.test(line))
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(problems.join('\\n'))
})`,
  },
} as const

const configurations = snippetsOf(readFileSync('docs/bundlers-and-hosts.md', 'utf8')).flatMap(({ text }) => {
  const [, name] = CONFIGURATION.exec(text) ?? []
  return name === undefined ? [] : [{ name, text }]
})

/** The package as it would be published, beside the packages that it needs and the bundlers, without the optional ones of a queue. */
function install(): void {
  const modules = join(project, 'node_modules')
  mkdirSync(join(modules, 'billcast'), { recursive: true })
  const listed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', root], { encoding: 'utf8' })
  const [{ filename }] = JSON.parse(listed) as [{ readonly filename: string }]
  execFileSync('tar', ['xzf', join(root, filename), '--strip-components=1', '-C', join(modules, 'billcast')])
  for (const name of readdirSync('node_modules'))
    if (!['billcast', 'bullmq', 'ioredis', 'prom-client'].includes(name) && !name.startsWith('.'))
      symlinkSync(resolve('node_modules', name), join(modules, name), 'junction')
  copyFileSync('test/slow/server.mjs', join(project, 'server.js'))
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }')
  for (const { name, text } of configurations) writeFileSync(join(project, name), text)
}

describe('a program', () => {
  let plain: Printed
  beforeAll(() => {
    install()
    plain = printed(project, 'server.js')
  })

  it('that is not bundled runs large runs on threads', () => {
    expect(plain.large.threads).toBeGreaterThan(0)
    expect([plain.small.threads, plain.alone.threads]).toEqual([0, 0])
    expect(plain.alone.figures).toBe(plain.large.figures)
    expect(configurations.map(({ name }) => name).sort()).toEqual(Object.keys(BUNDLERS).sort())
  })

  it('that starts the threads of a queue in a bundle fails and names the command to run', async () => {
    const pool = './node_modules/billcast/dist/platform/node/threads/pool.js'
    writeFileSync(
      join(project, 'pool.js'),
      `import { openPool } from '${pool}'\nawait openPool(1).catch((error) => console.log(error.message))`,
    )
    await build({
      entryPoints: [join(project, 'pool.js')],
      outfile: join(root, 'pool.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
    })
    expect(node(['pool.mjs'], root)).toBe(
      'a batch and a worker of a queue need the files of billcast, which a bundle does not contain. Run npx billcast worker instead\n',
    )
  })

  describe.each(Object.entries(BUNDLERS))('in a bundle by %s', (name, { bundle, program }) => {
    const bare = join(root, name)
    beforeAll(() => {
      writeFileSync(join(project, 'bundle.mjs'), program)
      node(['bundle.mjs'], project)
      cpSync(join(project, 'dist'), bare, { recursive: true })
      rmSync(join(project, 'dist'), { recursive: true })
      // The bundle of Vite is an ES module by its folder.
      writeFileSync(join(bare, 'package.json'), '{ "type": "module" }')
    })

    it('gives the same bits on as many threads, and no warning', () => {
      expect(printed(bare, bundle)).toEqual(plain)
    })

    it('goes on with the same bits and one warning where threads cannot start', () => {
      const model = Number(process.versions.node.split('.')[0]) < 24 ? '--experimental-permission' : '--permission'
      const { large } = printed(bare, bundle, model, '--allow-fs-read=*', '--no-warnings')
      expect(large).toEqual({
        figures: plain.large.figures,
        threads: 0,
        warnings: [
          expect.stringMatching(/^the worker threads cannot start: Access to this API has been restricted\b.* same figures/),
        ],
      })
    })
  })
})
