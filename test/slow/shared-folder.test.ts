// Several processes with one folder of results: in containers, where every process has number 1, and on two hosts with one disk.
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { long, patience } from '../effort.ts'
import { here } from '../end-to-end/command.ts'
import { COMMAND, killed, namespaces, orSkipped, startedIn } from './namespaces.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-shared-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const plan = 'test/end-to-end/plans/plan.yaml'
const run = (out: string, seed: string, ...more: readonly string[]) => [
  ...['run', plan, '--seed', seed, '--out', out, '--no-preintegration', '--no-report', '--quiet', '--trials', '200k', ...more],
]
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')
async function until(path: string, { child }: { readonly child: ChildProcess }): Promise<void> {
  while (!existsSync(path) && child.exitCode === null) await pause(5)
  expect(existsSync(path)).toBe(true)
}

/** The seed of the run that the folder holds. Fails unless it is whole, with nothing else beside it. */
function seedIn(folder: string): string {
  const { seed, files } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    readonly seed: string
    readonly files: readonly { readonly name: string; readonly sha256: string }[]
  }
  for (const { name, sha256 } of files) expect([name, hash(join(folder, name))]).toEqual([name, sha256])
  expect(readdirSync(folder).sort()).toEqual([...files.map(({ name }) => name), 'manifest.json'].sort())
  return seed
}

describe.runIf(namespaces)(`two processes with one folder${orSkipped}`, () => {
  it.each(['container', 'host'] as const)(
    'that start at any distance, each in its own %s, leave the earlier run or one of theirs, whole',
    async (kind) => {
      const folder = join(root, `apart-${kind}`)
      await here(run(folder, 'earlier', '--trials', '1k'))
      for (let k = 0; k < (long ? 20 : 2); k++) {
        const one = startedIn(kind, run(folder, 'a'))
        await pause(k * 150)
        const two = startedIn(kind, run(folder, 'b'))
        const ends = await Promise.all([one.end, two.end])
        for (const { code, stderr } of ends)
          if (code !== 0)
            expect([code, stderr]).toEqual([
              2,
              expect.stringMatching(
                /^--out \S+: another billcast \(process \d+ on \S+, since \S+\) is writing these results\. .*\n$/,
              ),
            ])
        expect(ends.map(({ code }) => code)).toContain(0)
        // The last one to end well is in place.
        const [a, b] = ends.map(({ code }) => code === 0)
        expect(a && b ? ['a', 'b'] : a ? ['a'] : ['b']).toContain(seedIn(folder))
      }
    },
    patience,
  )
  it(
    'one after the other with --wait-lock: both end well, and the second is in place',
    async () => {
      const folder = join(root, 'waiting')
      const one = startedIn('container', run(folder, 'a', '--trials', '2m'))
      await until(join(folder, '.results.lock'), one)
      const two = startedIn('container', run(folder, 'b', '--wait-lock', '60'))
      expect((await Promise.all([one.end, two.end])).map(({ code }) => code)).toEqual([0, 0])
      expect(seedIn(folder)).toBe('b')
    },
    patience,
  )
  it(
    'a killed container leaves a lock that ends 60 seconds later, and --resume then goes on',
    async () => {
      const folder = join(root, 'killed')
      const more = ['--trials', '4m', '--checkpoint-every', '0.05']
      const one = startedIn('container', run(folder, 'a', ...more))
      await until(join(folder, '.checkpoint', 'state'), one)
      killed(one)
      await one.end
      const refused = await startedIn('container', run(folder, 'a', ...more, '--resume')).end
      expect(refused.code).toBe(2)
      const lock = join(folder, '.results.lock')
      const time = Date.now() / 1000 - 61
      utimesSync(lock, time, time)
      expect(await startedIn('container', run(folder, 'a', ...more, '--resume')).end).toEqual({ code: 0, stderr: '' })
      expect(seedIn(folder)).toBe('a')
    },
    patience,
  )
  it(
    'a process that was stopped for more than 60 seconds notices that another took the folder, and changes nothing',
    async () => {
      const folder = join(root, 'stopped')
      const one = startedIn('host', run(folder, 'a', '--trials', '4m'))
      const lock = join(folder, '.results.lock')
      await until(lock, one)
      const all = (signal: NodeJS.Signals) => one.child.pid !== undefined && process.kill(-one.child.pid, signal)
      all('SIGSTOP')
      const time = Date.now() / 1000 - 61
      utimesSync(lock, time, time)
      expect(await startedIn('host', run(folder, 'b')).end).toEqual({ code: 0, stderr: '' })
      all('SIGCONT')
      const { code, stderr } = await one.end
      expect([code, stderr]).toEqual([1, expect.stringMatching(/another billcast took the results over and has ended/)])
      expect(seedIn(folder)).toBe('b')
    },
    patience,
  )
  it(
    'batches with one --out are refused, with two are not, and shards of one run share a folder',
    async () => {
      const plans = join(root, 'plans')
      mkdirSync(plans)
      for (const name of ['north', 'south']) cpSync(plan, join(plans, `${name}.yaml`))
      const batch = (out: string) => [
        ...['batch', join(plans, '*.yaml'), '--out', join(root, out), '--no-report', '--trials', '500k', '--quiet'],
      ]
      const one = startedIn('container', batch('many'))
      await until(join(root, 'many', '.batch.lock'), one)
      const [two, other] = [startedIn('container', batch('many')), startedIn('container', batch('others'))]
      const ends = await Promise.all([one.end, two.end, other.end])
      expect(ends.map(({ code }) => code)).toEqual([0, 2, 0])
      expect(ends[1].stderr).toMatch(/^--out \S+many: another billcast \(process \d+ on /)
      for (const out of ['many', 'others']) for (const name of ['north', 'south']) seedIn(join(root, out, name))
      const shard = (k: number) => startedIn('container', run(join(root, 'shards'), 'a', '--shard', `${k}/2`, '--trials', '2m'))
      const shards = [shard(1), shard(2), shard(1)]
      const codes = (await Promise.all(shards.map(({ end }) => end))).map(({ code }) => code)
      expect([codes[1], [codes[0], codes[2]].sort()]).toEqual([0, [0, 2]])
      expect(readdirSync(join(root, 'shards')).sort()).toEqual(['plan.001-of-002.shard', 'plan.002-of-002.shard'])
    },
    patience,
  )
})

// Renaming onto a place where something is mounted fails as it does for a workbook that Excel has open.
describe.runIf(namespaces)(`a file of the earlier results that a program keeps open${orSkipped}`, () => {
  it(
    'leaves both sets whole, and the command of the error puts the new one in place',
    async () => {
      const folder = join(root, 'open')
      const format = ['--format', 'xlsx,arrow']
      await here(run(folder, 'earlier', ...format, '--trials', '1k'))
      const before = readdirSync(folder).map((name) => [name, hash(join(folder, name))])
      const file = join(folder, 'budget.xlsx')
      const ended = await startedIn('container', run(folder, 'later', ...format), `mount --bind ${file} ${file}`).end
      expect([ended.code, ended.stderr]).toEqual([
        1,
        `--out ${folder} could not be changed: another program uses it (EBUSY). The earlier results are unchanged, and the new ones are complete in ${folder}/.next. Close the program that has a file of ${folder} open, then put them in place with billcast place ${folder}\n`,
      ])
      expect(before.map(([name]) => [name, hash(join(folder, name))])).toEqual(before)
      expect(readdirSync(folder).sort()).toEqual([...before.map(([name]) => name), '.next'].sort())
      expect((await here(['verify', folder])).status).toBe(0)
      expect((await here(['verify', join(folder, '.next')])).status).toBe(0)
      expect((await here(['place', folder])).status).toBe(0)
      expect(seedIn(folder)).toBe('later')
      expect(await here(['place', folder])).toMatchObject({ status: 2 })
    },
    patience,
  )
})

describe('a writer that is killed while a second one waits', () => {
  it(
    'leaves the folder to the second, which ends with its own run, whole and with nothing beside it',
    async () => {
      const folder = join(root, 'second')
      await here(run(folder, 'earlier', '--trials', '1k'))
      const started = (seed: string, ...more: readonly string[]) => {
        const child = spawn(process.execPath, [COMMAND, ...run(folder, seed, '--checkpoint-every', '0.05', ...more)], {
          stdio: 'ignore',
        })
        const ended: Promise<number | null> = new Promise((resolve) => child.on('close', resolve))
        return { child, ended }
      }
      const begun = performance.now()
      await started('a').ended
      const usual = performance.now() - begun
      for (let k = 0; k < (long ? 200 : 3); k++) {
        const first = started('a')
        await until(join(folder, '.results.lock'), first)
        const second = started('b', '--wait-lock', '600')
        // Spread over the sampling and the writing by the golden ratio.
        await pause(usual * 0.9 * ((k * 0.618_034) % 1))
        first.child.kill('SIGKILL')
        await first.ended
        // Readers find a whole set at once.
        expect((await here(['verify', folder, '--files'])).status).toBe(0)
        expect(await second.ended).toBe(0)
        expect(seedIn(folder)).toBe('b')
      }
    },
    patience,
  )
})

describe('readers', () => {
  it(
    'find a whole set while another process replaces it again and again',
    async () => {
      const folder = join(root, 'read')
      await here(run(folder, 'earlier', '--trials', '1k'))
      const writer = spawn('sh', [
        '-c',
        `for seed in ${long ? 'a b c d e f g h i j k l' : 'a b'}; do '${process.execPath}' ${COMMAND} ${run(folder, 'x', '--trials', '1k').join(' ').replace('--seed x', '--seed $seed')}; done`,
      ])
      const ended: Promise<number | null> = new Promise((resolve) => writer.on('close', resolve))
      let reads = 0
      while (writer.exitCode === null) {
        const { status, stdout, stderr } = await here(['verify', folder, '--files'])
        expect([status, stdout, stderr]).toEqual([0, expect.stringContaining('All files are intact.'), ''])
        reads += 1
      }
      expect(await ended).toBe(0)
      expect(reads).toBeGreaterThan(1)
    },
    patience,
  )
})
