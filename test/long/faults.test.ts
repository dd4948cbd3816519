// Random scenarios, formats and faults of the disk: nothing half-written has a final name, nothing is lost that was whole before, and every
// failure is one line with a way out. BILLCAST_FAULTS states the number of runs.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import timers from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { cpuSeconds } from '../cpu.ts'
import { here } from '../end-to-end/command.ts'
import { HIDDEN_IN_LINES } from '../hidden.ts'
import { anyInput } from '../scenario/mutations.ts'

const RUNS = Number(process.env.BILLCAST_FAULTS ?? 10_000)
const root = fs.mkdtempSync(join(tmpdir(), 'billcast-faults-'))
afterAll(() => fs.rmSync(root, { recursive: true, force: true }))

type Call = (...given: readonly unknown[]) => Promise<unknown>
const calls = fs.promises as unknown as Record<string, Call>
const CHANGING = ['open', 'mkdir', 'rename', 'rm'] as const
const real = new Map(CHANGING.map((name) => [name, calls[name]]))
const CODES = ['ENOSPC', 'EIO', 'EROFS', 'EDQUOT', 'EFBIG', 'EMFILE', 'EACCES'] as const

const failure = (code: string, name: string) => Object.assign(new Error(`${code}: of the test, ${name} '/a/b'`), { code })

interface Fault {
  readonly code: (typeof CODES)[number]
  /** The operation that fails, and whether all after it fail too. */
  readonly at: number
  readonly forever: boolean
}

/** Makes operations on files fail, and counts them. */
function withFault({ code, at, forever }: Fault): () => number {
  let count = 0
  const due = () => (forever ? ++count >= at : ++count === at)
  for (const [name, call] of real)
    calls[name] = async (...given) => {
      if (due()) throw failure(code, name)
      const made = await call(...given)
      return name === 'open' ? failingFile(made as fs.promises.FileHandle, due, code) : made
    }
  syncBuiltinESMExports()
  return () => count
}

function failingFile(file: fs.promises.FileHandle, due: () => boolean, code: string): fs.promises.FileHandle {
  for (const name of ['write', 'sync'] as const) {
    const call = file[name].bind(file) as Call
    Object.assign(file, {
      [name]: (...given: readonly unknown[]) => (due() ? Promise.reject(failure(code, name)) : call(...given)),
    })
  }
  return file
}

function restore(): void {
  for (const [name, call] of real) calls[name] = call
  syncBuiltinESMExports()
}
afterEach(restore)

/** A clock that skips each wait: billcast tries for two seconds where a program may close its file. */
const clock = { now: performance.now.bind(performance), pause: timers.setTimeout, skipped: 0 }
beforeAll(() => {
  performance.now = () => clock.now() + clock.skipped
  timers.setTimeout = (milliseconds = 0, value) => {
    clock.skipped += milliseconds
    return timers.setImmediate(value)
  }
  syncBuiltinESMExports()
})
afterAll(() => {
  performance.now = clock.now
  timers.setTimeout = clock.pause
  syncBuiltinESMExports()
})

const sha256 = (path: string) => createHash('sha256').update(fs.readFileSync(path)).digest('hex')

/** The set of results in a folder: whole, and with no other file under a final name. */
function wholeIn(out: string): void {
  const places = [out, join(out, '.earlier')]
  const place = places.find((one) => fs.existsSync(join(one, 'manifest.json')))
  if (place === undefined) throw new Error(`no manifest in ${fs.readdirSync(out).join(', ')}`)
  const { files } = JSON.parse(fs.readFileSync(join(place, 'manifest.json'), 'utf8')) as {
    readonly files: readonly { readonly name: string; readonly sha256: string }[]
  }
  for (const { name, sha256: expected } of files)
    expect(places.map((one) => join(one, name)).filter((path) => fs.existsSync(path) && sha256(path) === expected)).not.toEqual([])
  if (place === out) {
    const named = fs.readdirSync(out).filter((name) => !name.startsWith('.') && name !== 'manifest.json')
    expect(named.sort()).toEqual(files.map(({ name }) => name).sort())
  }
}

/** Plans that run, since nearly all mutated ones are refused. */
const validPlan = fc
  .record({
    base: fc.integer({ min: 0, max: 100_000 }),
    months: fc.integer({ min: 1, max: 24 }),
    /** None is a plan without segments. */
    segments: fc.integer({ min: 0, max: 3 }),
    prices: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 }),
  })
  .map(({ base, months, prices, segments }) => ({
    months,
    ...(segments === 0
      ? { conversations: { base: `${base} to ${base + 1000}` } }
      : {
          segments: Object.fromEntries(
            Array.from({ length: segments }, (_, s) => [
              `s${s}`,
              { conversations: { base: [{ until: '2027-03', value: base }, { value: `${base} to ${base + 1000}` }] } },
            ]),
          ),
        }),
    offers: Object.fromEntries(prices.map((price, k) => [`offer${k}`, { charges: [{ meter: 'conversations', price }] }])),
  }))

const FORMATS = ['arrow', 'parquet', 'csv', 'xlsx'] as const
const runs = fc.record({
  input: fc.oneof({ weight: 3, arbitrary: validPlan }, { weight: 1, arbitrary: anyInput }),
  formats: fc.uniqueArray(fc.constantFrom(...FORMATS), { minLength: 1, maxLength: 2 }),
  fault: fc.record({ code: fc.constantFrom(...CODES), at: fc.integer({ min: 1, max: 60 }), forever: fc.boolean() }),
  inputs: fc.boolean(),
})

it(
  `of ${RUNS} runs each leaves a whole set, and each failure is one line with a way out`,
  async () => {
    const out = join(root, 'out')
    const file = join(root, 'plan.yaml')
    const few = ['--trials', '64', '--no-preintegration', '--no-report', '--threads', '1', '--quiet', '--out', out]
    expect((await here(['run', 'test/end-to-end/plans/plan.yaml', ...few])).status).toBe(0)
    wholeIn(out)
    const endings = new Map<string, number>()
    const property = fc.asyncProperty(runs, async ({ input, formats, fault, inputs }) => {
      fs.writeFileSync(
        file,
        typeof input === 'string'
          ? input
          : JSON.stringify(input, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
      )
      const operations = withFault(fault)
      const { status, stdout, stderr } = await here([
        'run',
        file,
        ...few,
        '--format',
        formats.join(','),
        ...(inputs ? ['--inputs'] : []),
      ])
      restore()
      // If the disk keeps failing, the lock stays until its process ends. All commands of this test run in one process.
      for (const name of fs.readdirSync(out).filter((one) => one.startsWith('.results.lock'))) fs.rmSync(join(out, name))
      const faulty = operations() >= fault.at
      const ending = `${status}${faulty ? ' with a fault' : ''}`
      endings.set(ending, (endings.get(ending) ?? 0) + 1)
      expect(stdout + stderr).not.toMatch(HIDDEN_IN_LINES)
      expect(stderr).not.toMatch(/^\s+at .*:\d+|: of the test|undefined|\[object/m)
      // The earlier set or the new one: a failure after the last move leaves the new one in place.
      wholeIn(out)
      const lines = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('note: '))
      expect(status === 0).toBe(lines.length === 0)
      // A plan may have several problems. Any other failure is one line.
      if (status === 1) expect(lines).toHaveLength(1)
      for (const line of lines.filter((one) => status === 1 || one.startsWith('--out'))) expect(line).toMatch(/: .+\. [A-Z]/)
    })
    const before = cpuSeconds()
    await fc.assert(property, { numRuns: RUNS, endOnFailure: true })
    console.log(`${((1000 * (cpuSeconds() - before)) / RUNS).toFixed(0)} ms of CPU a run`)
    console.log(`runs by exit code: ${[...endings].map(([ending, count]) => `${ending}: ${count}`).join(', ')}`)
    expect([...endings].filter(([ending]) => ending.startsWith('1')).length).toBeGreaterThan(0)
    expect([...endings].filter(([ending]) => ending.startsWith('0')).length).toBeGreaterThan(0)
  },
  RUNS * 10_000,
)
