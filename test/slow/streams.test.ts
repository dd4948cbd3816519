// Standard output and standard error that are full, broken or closed: the same files, and the job's own exit code.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, cpSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { long } from '../effort.ts'
import { here } from '../end-to-end/command.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-streams-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const PLANS = 'test/end-to-end/plans'
const BILLCAST = `'${process.execPath}' dist/cli/billcast.js`
const few = '--trials 1k --no-preintegration'
/** The code of the command itself in a pipe, and what it prints on standard error. */
function shell(words: string, after: string) {
  const { status, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${BILLCAST} ${words} ${after}`], { encoding: 'utf8' })
  return { status, stderr }
}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

beforeAll(async () => {
  expect((await here(['run', `${PLANS}/plan.yaml`, ...few.split(' '), '--out', join(root, 'results'), '--quiet'])).status).toBe(0)
  mkdirSync(join(root, 'plans'))
  for (const name of ['north', 'south']) cpSync(`${PLANS}/plan.yaml`, join(root, 'plans', `${name}.yaml`))
})

/** Commands whose results go only to standard output, with the code of the job itself. */
const PRINTING: readonly (readonly [string, number])[] = [
  [`run ${PLANS}/plan.yaml ${few} --json`, 0],
  [`run ${PLANS}/gate.yaml ${few} --gate`, 3],
  ['--help', 0],
  [`check ${PLANS}/none.yaml`, 2],
  ...(long
    ? ([
        [`run ${PLANS}/plan.yaml ${few}`, 0],
        [`check ${PLANS}/plan.yaml`, 0],
        [`invoice ${PLANS}/plan.yaml committed`, 0],
        [`compare ${PLANS}/plan.yaml --trials 1k`, 0],
        ['offers fin', 0],
        ['init', 0],
        [`verify ${join(root, 'results')} --files`, 0],
      ] as const)
    : []),
]

describe('results that go only to standard output', () => {
  it.each(PRINTING)('billcast %s ends with %i when its reader has gone or standard error takes nothing', (words, code) => {
    expect(shell(words, '2>/dev/null | true').status).toBe(code)
    expect(shell(words, '2>/dev/full >/dev/null').status).toBe(code)
    expect(shell(words, '>/dev/null 2> >(true)').status).toBe(code)
  })
  it.each(PRINTING)('billcast %s ends with 1 and one line on a full disk, unless its code is %i already', (words, code) => {
    const { status, stderr } = shell(words, '>/dev/full')
    expect(status).toBe(code === 0 ? 1 : code)
    const lines = stderr
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('note: '))
    if (code === 2) expect(lines).toEqual([expect.stringContaining('none.yaml')])
    else expect(lines).toEqual([expect.stringMatching(/^The results could not be printed: the disk is full \(ENOSPC\)\./)])
  })
})

describe('results that go into files', () => {
  const rare = long ? ['>/dev/full', '2>/dev/full', '>&-', '2>&-', '2> >(true)'] : []
  it.each(['>/dev/full 2>&1', '>&- 2>&-', '| true', ...rare])('are complete, with the code of the job: %s', (after) => {
    const out = join(root, 'out')
    rmSync(out, { recursive: true, force: true })
    expect(shell(`run ${PLANS}/gate.yaml ${few} --gate --no-report --out ${out}`, after).status).toBe(3)
    expect(existsSync(join(out, 'manifest.json'))).toBe(true)
    const many = join(root, 'many')
    rmSync(many, { recursive: true, force: true })
    const batch = `batch '${join(root, 'plans')}/*.yaml' ${few} --no-report --log json --threads 1 --out ${many}`
    expect(shell(batch, after).status).toBe(0)
    const { done } = JSON.parse(readFileSync(join(many, 'index.json'), 'utf8')) as { readonly done: number }
    expect(done).toBe(2)
  })
})

describe('a terminal that is closed', () => {
  const folder = join(root, 'hangup')
  const started = (...more: readonly string[]) =>
    spawn(
      process.execPath,
      [
        'dist/cli/billcast.js',
        'run',
        `${PLANS}/plan.yaml`,
        '--quiet',
        '--no-report',
        '--no-preintegration',
        '--no-keep-trials',
      ].concat(['--checkpoint-every', '0.05', '--out', folder, ...more]),
      { stdio: ['ignore', 'ignore', 'pipe'] },
    )
  it('stops a run like SIGTERM, with 129, a checkpoint and the option that keeps it running', async () => {
    const child = started('--trials', '200m')
    let stderr = ''
    child.stderr.on('data', (part: Buffer) => {
      stderr += part.toString()
    })
    const end = new Promise((resolve) => child.on('close', resolve))
    while (!existsSync(join(folder, '.checkpoint', 'state')) && child.exitCode === null) await pause(5)
    child.kill('SIGHUP')
    expect(await end).toBe(129)
    expect(stderr).toBe('Stopped, because the terminal was closed. Add --ignore-hangup to keep running, also under nohup.\n')
    expect(existsSync(join(folder, '.checkpoint', 'state'))).toBe(true)
  })
  it('does not stop a run with --ignore-hangup', async () => {
    const child = started('--trials', '1m', '--ignore-hangup')
    const end = new Promise((resolve) => child.on('close', resolve))
    while (!existsSync(join(folder, '.results.lock')) && child.exitCode === null) await pause(5)
    child.kill('SIGHUP')
    expect(await end).toBe(0)
  })
})
