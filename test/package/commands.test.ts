// Each command of the built package in a process of its own prints and ends as it does within another program.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BROKEN, codeOf, startedWith } from '../broken-streams.ts'
import { long, slow } from '../effort.ts'
import { BUILT, here, started } from '../end-to-end/command.ts'

const folder = mkdtempSync(join(tmpdir(), 'billcast-commands-'))
const at = (name: string) => join(folder, name)
const text = `months: 3
conversations: { base: 45k to 60k, noise: { cv: 8% } }
resolution: { rate: 60% to 70% }
offers:
  fin: { charges: [{ id: usage, meter: resolutions, price: $0.99 }] }
  flat: { charges: [{ meter: conversations, price: $0.80 }] }
`
const HISTORY = 'examples/data/cfpb-complaints-monthly.csv'
const COSTS = 'examples/data/cost-per-contact.csv'
const few = ['--trials', '64']

beforeAll(async () => {
  writeFileSync(at('plan.yaml'), text)
  writeFileSync(at('next.yaml'), text.replace('$0.99', '$1.05'))
  writeFileSync(at('certain.yaml'), text.replace('45k to 60k, noise: { cv: 8% }', '50k').replace('60% to 70%', '65%'))
  writeFileSync(at('bad.yaml'), text.replace('60% to 70%', '65'))
  writeFileSync(at('closed.csv'), 'month,conversations\n2027-01,52000\n')
  writeFileSync(at('group.yaml'), 'plans: { a: { file: plan.yaml, offer: fin }, b: { file: next.yaml, offer: flat } }\n')
  mkdirSync(at('plans'))
  writeFileSync(at('plans/one.yaml'), `${text}run: { trials: 64 }\n`)
  execFileSync(process.execPath, ['examples/audit/generate.mjs', folder], { stdio: 'ignore' })
  expect(await here(['run', at('plan.yaml'), '--trials', '8192', '--out', at('out'), '--quiet'])).toMatchObject({
    status: 0,
  })
  for (const share of ['1/2', '2/2'])
    expect(
      await here(['run', at('plan.yaml'), '--trials', '2k', '--shard', share, '--out', at('shards'), '--quiet']),
    ).toMatchObject({
      status: 0,
    })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const calls: Readonly<Record<string, readonly string[]>> = {
  run: ['plan.yaml', ...few],
  batch: ['plans/one.yaml', '--out', 'batch', '--force', '--no-report', '--threads', '1', '--json'],
  budget: ['plan.yaml', ...few],
  compare: ['plan.yaml', ...few],
  converge: ['plan.yaml', 'p80', '--trials', '2048'],
  merge: ['shards/plan.001-of-002.shard', 'shards/plan.002-of-002.shard', '--json', '--out', 'merged', '--force', '--no-report'],
  report: ['out', '--format', 'md', '--out', '-'],
  place: ['out'],
  verify: ['out', '--files'],
  check: ['plan.yaml'],
  invoice: ['plan.yaml', 'fin'],
  ledger: ['plan.yaml', ...few],
  offers: ['fin'],
  portfolio: ['group.yaml', '--trials', '1024'],
  'break-even': ['plan.yaml', 'resolution.rate', 'fin', 'flat', ...few],
  pilot: ['plan.yaml', '--sizes', '100', ...few],
  'fair-price': ['plan.yaml', 'offers.fin.charges.usage.price', '--against', 'flat', ...few],
  optimize: ['plan.yaml', '--vary', 'offers.fin.charges.usage.price=0.5:1', ...few],
  sweep: ['plan.yaml', '--vary', 'resolution.rate=0.5:0.6:0.1', ...few],
  diff: ['plan.yaml', 'next.yaml', ...few],
  explain: ['plan.yaml', ...few],
  reforecast: ['plan.yaml', '--actuals', 'closed.csv', '--trials', '8192'],
  calibrate: [HISTORY, '--since', '2013-01', '--until', '2019-12'],
  fit: [COSTS],
  backtest: [HISTORY, '--since', '2015-01', '--from', '2020-06', '--until', '2021-06', '--trials', '1024'],
  track: ['out', 'closed.csv', '--trials', '8192'],
  audit: ['conversations.csv', '--offer', 'fin', '--billed', 'billed.csv'],
  schema: [],
  init: [],
}

/** Nothing waits to be put in place. */
const REFUSED: readonly string[] = ['place']

/** A process takes most of a second: the long tests start one for every command, the slow ones for every other. */
const own = Object.entries(calls).filter(([name], k) => long || (slow ? k % 2 === 0 : ['run', 'check', 'offers'].includes(name)))

/** Files of this test stand in its folder. */
const argument = (arg: string) =>
  /^[\w/.-]+\.(yaml|csv|shard)$|^(out|batch|merged)$/.test(arg) && arg !== HISTORY && arg !== COSTS ? at(arg) : arg

describe('a command in a process of its own', () => {
  it.each(own)('prints and exits as in the test process: %s', async (name, args) => {
    const call = [name, ...args.map(argument)]
    const { status, stdout, stderr } = started(call)
    if (REFUSED.includes(name)) expect([status, stdout]).toEqual([2, ''])
    else {
      expect(status).toBe(0)
      expect(stderr).toMatch(/^(note: .*: read as: .*\n)*$/)
      expect(stdout.length).toBeGreaterThan(20)
    }
    expect(await here(call)).toEqual({ status, stdout, stderr })
  })

  it('is tested for every command here, in test/package/{open,queue}.test.ts or in test/slow/assistant.test.ts', async () => {
    const { stdout } = await here(['--help'])
    const commands = [...stdout.matchAll(/^ {2}([a-z][\w-]*) {2,}\S/gm)].map(([, name]) => name)
    expect(commands.filter((name) => !['mcp', 'open', 'queue', 'worker'].includes(name)).sort()).toEqual(Object.keys(calls).sort())
  })

  it('loads no command to print its version', () => {
    const folder = at('coverage')
    const env = { ...process.env, NODE_V8_COVERAGE: folder }
    execFileSync(process.execPath, [BUILT, '--version'], { env, stdio: 'ignore' })
    const { result } = JSON.parse(readFileSync(join(folder, readdirSync(folder)[0]), 'utf8')) as {
      readonly result: readonly { readonly url: string }[]
    }
    const files = result.filter(({ url }) => url.includes('/dist/')).map(({ url }) => basename(url))
    expect(files.sort()).toEqual(['billcast.js', expect.stringMatching(/^command-version-/)])
  })

  it('refuses the same as in the test process', async () => {
    for (const args of [
      ['run', at('bad.yaml')],
      ['run', at('plan.yaml'), '--trails', '5'],
    ]) {
      const { status, stdout, stderr } = started(args)
      expect(status).toBe(2)
      expect(await here(args)).toEqual({ status, stdout, stderr })
    }
  })

  it('prints results on standard output and notes on standard error, without a progress bar or escapes', () => {
    const { status, stdout, stderr } = started(['run', at('certain.yaml'), '--trials', '1k'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^scenario: 2027-01 to 2027-03/)
    expect(stderr).toBe('note: nothing in this plan is uncertain, so all trials are the same and all standard errors are 0\n')
    expect(stdout + stderr).not.toContain('\u001b')
  })

  it('reads a scenario from standard input as from a file', async () => {
    const args = ['--trials', '1k', '--json']
    expect(started(['run', '-', ...args], text).stdout).toBe((await here(['run', at('plan.yaml'), ...args])).stdout)
    expect(started(['check', '-'], '').stderr).toMatch(/^scenario: expected an object with conversations and offers/)
    expect(started(['run', '-'], `# ${'x'.repeat(2 << 20)}`)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^standard input: expected a scenario of at most 1 MiB/),
    })
    const { status, stdout, stderr } = started(['break-even', '-', 'resolution.rate', 'fin', 'flat', '--json', ...few], text)
    expect([status, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toMatchObject({
      value: expect.closeTo(0.8 / 0.99, 12),
      se: 0,
      exact: true,
      roots: [{ kind: 'crossing' }],
    })
  })

  it('starts through a link, as from a package manager', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }
    symlinkSync(join(process.cwd(), 'dist/cli/billcast.js'), at('billcast'))
    expect(execFileSync(process.execPath, [at('billcast'), '--version'], { encoding: 'utf8' })).toBe(`${version}\n`)
  })
})

/** The results of these commands are in files, and standard output repeats them. */
const IN_FILES: readonly string[] = ['batch', 'merge']

// test/slow/streams.test.ts has a few of them in each run of the slow tests, and test/distributed/streams.test.ts the commands of a queue.
describe.runIf(long).each(Object.entries(calls))('billcast %s', (name, args) => {
  it.each(BROKEN)('ends with the code of its work if %s is %s', async (stream, state) => {
    const status = await codeOf(startedWith(stream, state, [BUILT, name, ...args.map(argument)]))
    const lost = stream === 'stdout' && state === 'full' && !IN_FILES.includes(name)
    expect(status).toBe(REFUSED.includes(name) ? 2 : lost ? 1 : 0)
  })
})
