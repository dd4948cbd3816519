// The container recipe (examples/container/Dockerfile), without a builder of images: its steps on a bare folder, and its command as the
// user of the image, on a root file system that cannot be written.
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { started } from '../end-to-end/command.ts'
import { namespaces, orSkipped } from './namespaces.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-container-'))
const at = (...names: readonly string[]) => join(root, ...names)
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** The instructions of the recipe, by stage. */
const stages = readFileSync('examples/container/Dockerfile', 'utf8')
  .split(/^(?=FROM )/m)
  .slice(1)
  .map((stage) => stage.split('\n').filter((line) => /^[A-Z]/.test(line)))
const argumentsOf = (stage: readonly string[], name: string) =>
  stage.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1))

/** What the last stage copies, and what it starts. */
const copied = argumentsOf(stages[1] ?? [], 'COPY').map((line) => line.split(' '))
const [entry = '[]'] = argumentsOf(stages[1] ?? [], 'ENTRYPOINT')

beforeAll(() => {
  // A project that needs the package as it is published.
  mkdirSync(at('app'))
  const npm = (args: readonly string[], cwd: string) =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const text = npm(['pack', '--json', '--ignore-scripts', '--pack-destination', at('app')], '.')
  const [{ filename }] = JSON.parse(text.slice(text.indexOf('['))) as [{ readonly filename: string }]
  writeFileSync(at('app/package.json'), JSON.stringify({ private: true, dependencies: { billcast: `file:${filename}` } }))
  npm(['install', '--package-lock-only', '--prefer-offline', '--ignore-scripts'], at('app'))
  for (const command of argumentsOf(stages[0] ?? [], 'RUN'))
    execFileSync('sh', ['-c', `${command} --prefer-offline`], { cwd: at('app'), stdio: 'ignore' })
  mkdirSync(at('image/app'), { recursive: true })
  for (const [, from = '', to = ''] of copied) cpSync(at(from), at('image', to), { recursive: true })
})

it('has two stages, copies no more than the installed packages, and runs as a user without rights', () => {
  expect(stages.map(([first]) => first)).toEqual(['FROM node:24-bookworm-slim AS install', 'FROM node:24-bookworm-slim'])
  expect(copied).toEqual([['--from=install', '/app/node_modules', '/app/node_modules']])
  expect(argumentsOf(stages[1] ?? [], 'USER')).toEqual(['node'])
  expect(argumentsOf(stages[1] ?? [], 'RUN')).toEqual([])
})

it('what it copies has less than 60 MB compressed', () => {
  const archive = spawnSync('sh', ['-c', 'tar --create --gzip app | wc --bytes'], { cwd: at('image'), encoding: 'utf8' })
  const bytes = Number(archive.stdout)
  expect(bytes).toBeGreaterThan(1e6)
  expect(bytes).toBeLessThan(60e6)
})

it('has no development packages and no optional peers', () => {
  const has = (name: string) => spawnSync('test', ['-d', at('image/app/node_modules', name)]).status === 0
  expect(['billcast', 'vega', 'apache-arrow'].filter((name) => !has(name))).toEqual([])
  expect(['vitest', 'typescript', 'bullmq', '@modelcontextprotocol/sdk', 'playwright-core'].filter(has)).toEqual([])
})

it.runIf(namespaces && process.getuid?.() === 0)(
  `gives the figures of the command as that user, on a read-only root without network, and writes its results${orSkipped}`,
  () => {
    mkdirSync(at('image/work/plans'), { recursive: true })
    mkdirSync(at('image/work/results'))
    for (const folder of [root, at('image')]) chmodSync(folder, 0o755)
    cpSync('examples/annual-budget.yaml', at('image/work/plans/annual-budget.yaml'))
    cpSync('examples/data', at('image/work/plans/data'), { recursive: true })
    const args = ['run', 'plans/annual-budget.yaml', '--trials', '1024', '--threads', '2', '--json', '--out', 'results/run']
    const [program = '', file = ''] = JSON.parse(entry) as readonly string[]
    expect(program).toBe('node')
    const inside = [process.execPath, at('image', file), ...args].map((word) => `'${word}'`).join(' ')
    const script = `mount --types tmpfs --options mode=1777 tmpfs results &&
      mount --options remount,bind,ro / && ! touch '${at('image/written')}' 2>/dev/null &&
      exec setpriv --reuid=1000 --regid=1000 --clear-groups --no-new-privs --bounding-set=-all sh -c "cd '${at('image/work')}' && ${inside} && ls results/run"`
    const found = spawnSync('unshare', ['--mount', '--net', 'sh', '-c', script], {
      cwd: at('image/work'),
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: '/nonexistent' },
    })
    expect([found.status, found.stderr.replaceAll(/^note: .*\n/gm, '')]).toEqual([0, ''])
    const end = found.stdout.lastIndexOf('}') + 1
    const here = started(['run', resolve('examples/annual-budget.yaml'), '--trials', '1024', '--threads', '2', '--json'])
    expect(JSON.parse(found.stdout.slice(0, end))).toEqual(JSON.parse(here.stdout))
    expect(found.stdout.slice(end).trim().split('\n')).toEqual(
      expect.arrayContaining(['manifest.json', 'report.html', 'summary.json']),
    )
  },
)
