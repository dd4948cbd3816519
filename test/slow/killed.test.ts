// Runs that are killed, stopped or run out of disk: never half a file, and --resume ends with the bits of a run that nothing befell.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { childCpu } from '../cpu.ts'
import { long, patience } from '../effort.ts'
import { here } from '../end-to-end/command.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-killed-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const COMMAND = 'dist/cli/billcast.js'
const plan = join(root, 'plan.yaml')
writeFileSync(
  plan,
  `months: 3
conversations: { base: 45k to 60k, noise: { cv: 8%, autocorrelation: 0.5 } }
resolution: { rate: 60% to 70% }
offers:
  fin: { charges: [{ meter: resolutions, price: $0.99 }] }
  committed: { charges: [{ meter: resolutions, commitment: 30k/month, price: $1.50, overage: $2.00 }] }
`,
)
const args = (out: string, ...more: string[]) => [
  ...['run', plan, '--trials', long ? '600k' : '300k', '--no-preintegration', '--quiet', '--no-report', '--out', out],
  ...['--checkpoint-every', '0.05', '--threads', '2', ...more],
]
const startedIn = (env: Readonly<Record<string, string>>, given: readonly string[]): ChildProcess =>
  spawn(process.execPath, [COMMAND, ...given], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } })
const started = (...given: string[]): ChildProcess => startedIn({}, given)
const endOf = (child: ChildProcess) =>
  new Promise<{ code: number | null; stderr: string }>((resolve) => {
    let stderr = ''
    child.stderr?.on('data', (part: Buffer) => {
      stderr += part.toString()
    })
    child.on('close', (code) => resolve({ code, stderr }))
  })
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
/** Until a file is there, or the process that should write it has ended. */
const beginning = async (path: string, child: ChildProcess) => {
  while (!existsSync(path) && child.exitCode === null) await pause(2)
}
const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')
const FILES = ['summary.json', 'trials.arrow', 'months.arrow']

/** The hashes of the files of a run that nothing befell. */
function hashesOf(folder: string): Record<string, string> {
  return Object.fromEntries(FILES.map((name) => [name, hash(join(folder, name))]))
}

/** Which of the runs the folder holds; fails where it holds half a file, or a manifest without its files. */
function held(folder: string, known: readonly Record<string, string>[]): number | 'none' {
  for (const name of FILES) {
    const path = join(folder, name)
    if (existsSync(path)) expect(known.map((hashes) => hashes[name])).toContain(hash(path))
  }
  if (!existsSync(join(folder, 'manifest.json'))) return 'none'
  const { files } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { files: { name: string; sha256: string }[] }
  const found = Object.fromEntries(files.map(({ name, sha256 }) => [name, sha256]))
  expect(hashesOf(folder)).toEqual(found)
  return known.findIndex((hashes) => hashes['summary.json'] === found['summary.json'])
}

describe('a run that is killed', () => {
  it(
    'at any moment leaves the earlier run, its own or none, and --resume ends with the same bits',
    async () => {
      const reference = join(root, 'reference')
      await here(args(reference))
      const earlier = join(root, 'earlier')
      await here(args(earlier, '--seed', 'earlier', '--trials', '20k'))
      const known = [hashesOf(earlier), hashesOf(reference)]
      const folder = join(root, 'killed')
      const begun = performance.now()
      await endOf(started(...args(folder)))
      const usual = performance.now() - begun
      const counts = { none: 0, earlier: 0, later: 0, checkpoint: 0 }
      const kills = long ? 50 : 2
      for (let k = 0; k < kills; k++) {
        rmSync(folder, { recursive: true, force: true })
        cpSync(earlier, folder, { recursive: true })
        // Every other one as soon as there is a checkpoint; of the rest some before, most within the sampling, some among the files.
        const child = started(...args(folder))
        const end = endOf(child)
        if (k % 2 === 0) await beginning(join(folder, '.checkpoint', 'state'), child)
        else await pause(usual * (0.2 + 0.85 * ((k * 0.618_034) % 1)))
        child.kill('SIGKILL')
        await end
        const which = held(folder, known)
        counts[which === 'none' ? 'none' : which === 0 ? 'earlier' : 'later'] += 1
        if (existsSync(join(folder, '.checkpoint', 'state'))) counts.checkpoint += 1
        // The nightly rerun goes on, or begins again: with the same figures.
        const { status, stderr } = await here(args(folder, '--threads', '1', ...(k % 3 === 2 ? [] : ['--resume'])))
        expect([status, stderr]).toEqual([0, ''])
        expect(held(folder, known)).toBe(1)
        expect(readdirSync(folder).sort()).toEqual([...FILES, 'manifest.json'].sort())
      }
      expect(counts.earlier).toBeGreaterThan(0)
      expect(counts.checkpoint).toBeGreaterThan(0)
    },
    patience,
  )

  it('is not resumed by another run, and the error names the difference', async () => {
    const folder = join(root, 'foreign')
    const child = started(...args(folder, '--trials', '40m', '--no-keep-trials'))
    const end = endOf(child)
    await beginning(join(folder, '.checkpoint', 'state'), child)
    child.kill('SIGKILL')
    await end
    const { status, stderr } = await here(args(folder, '--trials', '2m', '--no-keep-trials', '--seed', 'other', '--resume'))
    expect(status).toBe(2)
    expect(stderr).toMatch(
      /^--resume: the checkpoint in .*foreign is of another run \(seed "billcast" there, "other" here; trials \d+ there, \d+ here\)\. Use the settings of that run, or run without --resume/,
    )
    const state = join(folder, '.checkpoint', 'state')
    const bytes = readFileSync(state)
    bytes[bytes.length - 100] ^= 1
    writeFileSync(state, bytes)
    const damaged = await here(args(folder, '--trials', '40m', '--no-keep-trials', '--resume'))
    expect(damaged.status).toBe(2)
    expect(damaged.stderr).toMatch(/the checkpoint is damaged\. Run without --resume to start again/)
  }, 60_000)
})

describe('a run that is stopped', () => {
  it.each([
    ['SIGINT', 130, ['--no-keep-trials', '--trials', '200m']],
    ['SIGTERM', 143, ['--trials', '20m']],
  ] as const)('by %s exits with %i within 2 s of CPU and keeps its checkpoint', async (signal, code, more) => {
    const folder = join(root, signal)
    const cpu = childCpu(join(root, `${signal}.cpu`))
    const child = startedIn(cpu.env, args(folder, ...more))
    const end = endOf(child)
    await beginning(join(folder, '.checkpoint', 'state'), child)
    cpu.begin(child.pid)
    child.kill(signal)
    const ended = await end
    expect(cpu.used()).toBeLessThan(2)
    expect(ended).toEqual({ code, stderr: 'Stopped.\n' })
    expect(readdirSync(folder)).toEqual(['.checkpoint'])
    expect(readdirSync(join(folder, '.checkpoint')).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('by a second SIGINT ends at once', async () => {
    const child = started(...args(join(root, 'twice'), '--trials', '200m', '--no-keep-trials'))
    const end = endOf(child)
    // Signals have their listeners before the folder is locked.
    await beginning(join(root, 'twice', '.results.lock'), child)
    child.kill('SIGINT')
    child.kill('SIGINT')
    expect((await end).code).toBe(130)
  })

  it('by an AbortSignal leaves nothing behind that keeps the program alive', () => {
    const program = `
import { simulate } from './dist/api/index.js'
const controller = new AbortController()
const scenario = { conversations: { base: '45k to 60k' }, offers: { a: { charges: [{ meter: 'conversations', price: 1 }] } } }
// What is loaded when it is first needed is no part of stopping.
await simulate(scenario, { trials: 64 })
let used
setTimeout(() => {
  used = process.cpuUsage()
  controller.abort()
}, 300)
const name = await simulate(scenario, { trials: 200_000_000, keepTrials: false, threads: 2, signal: controller.signal }).catch((error) => error.name)
const { user, system } = process.cpuUsage(used)
const left = process.getActiveResourcesInfo().filter((kind) => !['Timeout', 'PipeWrap', 'TTYWrap', 'MessagePort'].includes(kind))
const ended = performance.now()
// Threads that rest for ten seconds keep no program alive.
process.on('exit', () => console.log(JSON.stringify({ name, quick: (user + system) / 1e6 < 2, left, soon: performance.now() - ended < 5_000 })))
`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
    expect(JSON.parse(stdout)).toEqual({ name: 'AbortError', quick: true, left: [], soon: true })
  })
})

// A small disk of memory needs the right to mount one.
const mountable = long && process.getuid?.() === 0
it.skipIf(!mountable)('a full disk ends the run with 1, and leaves the earlier run without partial files', async () => {
  const disk = join(root, 'disk')
  mkdirSync(disk)
  expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk]).status).toBe(0)
  try {
    const folder = join(disk, 'out')
    await here(args(folder, '--trials', '1k'))
    const before = readdirSync(folder)
    const hashes = before.map((name) => hash(join(folder, name)))
    const { status, stderr } = await here(args(folder))
    expect(status).toBe(1)
    expect(stderr).toMatch(/--out .*out could not take \S+ \(after \d+ bytes\): the disk is full \(ENOSPC\)/)
    expect(before.map((name) => hash(join(folder, name)))).toEqual(hashes)
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  } finally {
    spawnSync('umount', [disk])
  }
})
