// Flipped bits and cut ends in every kind of file that billcast reads back, for every command that reads it: refused in one line, or
// without any effect on the figures.
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { planned, prepareScenario, runPrepared, runShard } from '../../src/api/run.ts'
import { folderCheckpoints } from '../../src/platform/node/checkpoint.ts'
import { shardBytes } from '../../src/platform/node/shard-file.ts'
import { openSpool } from '../../src/platform/queue/spool.ts'
import { tasksOf } from '../../src/platform/queue/task.ts'
import { inlineExecutor } from '../../src/run/executor.ts'
import { type Ending, here } from '../end-to-end/command.ts'
import { killedAfter } from './killed-after.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-flips-'))
const at = (...names: readonly string[]) => join(root, ...names)
const scenario = `start: 2027-01
months: 3
conversations: { base: 40k to 50k, noise: { cv: 8% } }
offers:
  flat: { charges: [{ meter: conversations, price: $0.80 }] }
  fees: { charges: [{ fee: $30k/month }] }
`
const TRIALS = 40_000
const LONG = ['--trials', String(TRIALS), '--no-preintegration', '--no-report', '--quiet']
const HELD = () => Promise.resolve()

/** A file, the command that reads it, and what is right besides a refusal. */
interface Case {
  readonly name: string
  /** The folder of `made` that is copied before each change. */
  readonly folder: string
  readonly file: string
  readonly read: () => Promise<Ending>
  /** The figures after a success. Without it, every change must be refused. */
  readonly figures?: () => string
}

const hash = (...names: readonly string[]) =>
  createHash('sha256')
    .update(readFileSync(at(...names)))
    .digest('hex')
const TABLES = ['trials.arrow', 'months.arrow', 'inputs.arrow', 'trials.parquet', 'months.csv', 'budget.xlsx', 'report.html']
const verify = () => here(['verify', at('now'), '--files'])
const batch = () => here(['batch', at('plan.yaml'), '--out', at('now'), '--resume', '--trials', '64', '--no-report', '--quiet'])
const resume = () => here(['run', at('plan.yaml'), ...LONG, '--out', at('now'), '--resume'])
const shard = () => here(['run', at('plan.yaml'), ...LONG, '--shard', '1/2', '--out', at('now'), '--resume'])
const inNow = (file: string) => () => hash('now', file)

const CASES: readonly Case[] = [
  ...['manifest.json', 'summary.json', ...TABLES].map((file) => ({ name: 'verify', folder: 'run', file, read: verify })),
  ...['manifest.json', 'summary.json'].flatMap((file) => [
    { name: 'report', folder: 'run', file, read: () => here(['report', at('now'), '--format', 'md', '--out', '-']) },
    { name: 'track', folder: 'run', file, read: () => here(['track', at('now'), at('actuals.csv'), '--trials', '1024']) },
  ]),
  ...['manifest.json', 'summary.json', 'trials.arrow'].map((name) => {
    const file = `plan/${name}`
    return { name: 'batch --resume', folder: 'batch', file, read: batch, figures: inNow('plan/summary.json') }
  }),
  { name: 'batch', folder: 'batch', file: 'index.json', read: batch, figures: inNow('plan/summary.json') },
  ...['manifest.json', 'summary.json', ...TABLES].map((name) => {
    return { name: 'place', folder: 'waiting', file: `.next/${name}`, read: () => here(['place', at('now')]) }
  }),
  {
    name: 'merge',
    folder: 'shards',
    file: 'plan.002-of-002.shard',
    read: () =>
      here(['merge', ...readdirSync(at('now')).map((name) => at('now', name)), '--out', at('merged'), '--no-report', '--quiet']),
  },
  { name: 'run --resume', folder: 'stopped', file: '.checkpoint/state', read: resume },
  { name: 'run --resume', folder: 'stopped', file: '.checkpoint/spool', read: resume, figures: inNow('summary.json') },
  { name: 'run --shard --resume', folder: 'half', file: '.plan.001-of-002.shard.checkpoint/state', read: shard },
  {
    name: 'run --shard --resume',
    folder: 'half',
    file: '.plan.001-of-002.shard.checkpoint/spool',
    read: shard,
    figures: inNow('plan.001-of-002.shard'),
  },
  { name: 'a batch of a queue', folder: 'spool', file: '.checkpoint/TASK.shard', read: spooled },
]

/** What a batch of a queue finds of a task in its folder. */
async function spooled(): Promise<Ending> {
  const { key } = tasksOf(await prepareScenario(scenario, { trials: TRIALS }, givenFiles())).tasks[0]
  const found = await (await openSpool(at('now'), true, HELD)).has({ id: 'TASK', key, data: '', bytes: 0 })
  return { status: found ? 0 : 2, stdout: '', stderr: '' }
}

async function stopped(folder: string, name: string | undefined, index?: number): Promise<void> {
  const prepared = await prepareScenario(scenario, { trials: TRIALS, preintegration: false }, givenFiles())
  const checkpoints = folderCheckpoints(at(folder), false, 1, (words) => expect(words).toBe(''), HELD, name)
  const platform = { executor: () => killedAfter(3), checkpoints: checkpoints.open }
  const run = index === undefined ? runPrepared(prepared, platform) : runShard(prepared, { index, count: 2 }, platform)
  await expect(run).rejects.toThrow('killed')
}

async function make(): Promise<void> {
  writeFileSync(at('plan.yaml'), scenario)
  writeFileSync(at('actuals.csv'), 'month,conversations\n2027-01,41000\n')
  const run = ['run', at('plan.yaml'), '--trials', '64', '--quiet']
  const good = async (args: readonly string[]) => expect(await here(args)).toMatchObject({ status: 0 })
  await good([...run, '--out', at('run'), '--format', 'arrow,parquet,csv,xlsx', '--inputs'])
  await good(['batch', at('plan.yaml'), '--out', at('batch'), '--trials', '64', '--no-report', '--quiet'])
  await good([...run, '--out', at('waiting')])
  cpSync(at('run'), at('waiting', '.next'), { recursive: true })
  for (const k of [1, 2]) await good([...run, '--shard', `${k}/2`, '--out', at('shards')])
  mkdirSync(at('stopped'))
  await stopped('stopped', undefined)
  await stopped('half', '.plan.001-of-002.shard.checkpoint', 1)
  const prepared = await prepareScenario(scenario, { trials: TRIALS }, givenFiles())
  const whole = await runShard(prepared, { index: 1, count: 1 }, { executor: () => inlineExecutor }, true)
  const { key } = tasksOf(prepared).tasks[0]
  mkdirSync(at('spool', '.checkpoint'), { recursive: true })
  const pieces = Array.from(shardBytes(key, whole).pieces(), (piece) => piece.slice())
  writeFileSync(at('spool', '.checkpoint', 'TASK.shard'), Buffer.concat(pieces))
  expect(planned(prepared).trials).toBeGreaterThanOrEqual(TRIALS)
}

/** Words that only a program that did not expect its input says. */
const RUNTIME = /TypeError|RangeError|SyntaxError|Cannot read|is not (a function|iterable)|undefined|NaN|Unexpected|\.ts:\d|\.js:\d/

/** @returns whether it was refused, in one line that says so */
function isRefused({ status, stdout, stderr }: Ending): boolean {
  const lines = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('note: '))
  expect(stderr).not.toMatch(RUNTIME)
  expect(lines.length).toBeLessThan(2)
  if (status === 0) return false
  // `verify` prints its table, and its last line names the file.
  if (status === 1) expect(stdout).toMatch(/These files are not as they were written: /)
  else expect([status, stdout]).toEqual([2, ''])
  return true
}

/** @param flips and `cuts` of each file for each reader */
export function damaged(flips: number, cuts: number): void {
  let state = 20_270_101
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  beforeAll(make)
  afterAll(() => rmSync(root, { recursive: true, force: true }))
  beforeEach(() => rmSync(at('now'), { recursive: true, force: true }))
  describe.each(CASES)('$name', ({ folder, file, read, figures }) => {
    const begin = () => {
      for (const name of ['now', 'merged']) rmSync(at(name), { recursive: true, force: true })
      cpSync(at(folder), at('now'), { recursive: true })
    }
    it(`finds ${flips} flipped bits and ${cuts} cuts in ${file}`, async () => {
      begin()
      expect(isRefused(await read())).toBe(false)
      const expected = figures?.()
      const bytes = readFileSync(at(folder, file))
      for (let k = 0; k < flips + cuts; k++) {
        begin()
        const place = Math.floor(random() * bytes.byteLength)
        const changed = k < flips ? Uint8Array.from(bytes) : bytes.subarray(0, place)
        if (k < flips) changed[place] ^= 2 ** Math.floor(8 * random())
        writeFileSync(at('now', file), changed)
        const refused = isRefused(await read())
        if (!refused) expect([place, figures?.()]).toEqual([place, expected ?? 'refused'])
      }
    })
  })
}
