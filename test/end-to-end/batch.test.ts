// Many scenarios, a folder each, an index over all; one that fails stops no other.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { BatchIndex } from '../../src/present/report/batch-index.ts'
import { type Ending, here } from './command.ts'
import { thorough } from '../effort.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-batch-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const plans = join(root, 'plans')
const out = join(root, 'out')
mkdirSync(plans)

const plan = (base: string, budget = '$1m') => `
months: 3
conversations: { base: ${base}, noise: { cv: 8% } }
resolution: { rate: 60% to 70% }
offers:
  fin: { charges: [{ meter: resolutions, price: $0.99 }] }
  flat: { charges: [{ meter: conversations, price: $0.65 }] }
budget: { offer: fin, amount: ${budget} }
run: { trials: 1024 }
`
const write = (name: string, text: string) => writeFileSync(join(plans, name), text)
const batch = (...more: string[]): Promise<Ending> =>
  here(['batch', join(plans, '*.yaml'), '--out', out, '--threads', '1', ...more])
const bytes = (...path: string[]) => readFileSync(join(out, ...path))
const index = () => JSON.parse(bytes('index.json').toString()) as BatchIndex

beforeEach(() => {
  rmSync(out, { recursive: true, force: true })
  rmSync(plans, { recursive: true, force: true })
  mkdirSync(plans)
  write('north.yaml', plan('40k to 50k'))
  write('south.yaml', plan('20k to 30k', '$20k'))
  write('west.yaml', `name: The <b>west</b>\n${plan('10k')}`)
})

describe('billcast batch', () => {
  it('writes each folder to the same bits as `run`, and an index of all', async () => {
    const { status, stdout, stderr } = await batch('--no-report')
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain('3 of 3 scenarios are done')
    expect(readdirSync(out).sort()).toEqual(['index.csv', 'index.html', 'index.json', 'north', 'south', 'west'])
    const { done, failed, overBudget, scenarios } = index()
    expect([done, failed, overBudget]).toEqual([3, 0, ['south']])
    for (const entry of scenarios) {
      const alone = join(root, 'alone', entry.scenario)
      await here(['run', join(plans, `${entry.scenario}.yaml`), '--out', alone, '--quiet', '--no-report'])
      for (const name of ['summary.json', 'trials.arrow', 'months.arrow'])
        expect(bytes(entry.scenario, name).equals(readFileSync(join(alone, name)))).toBe(true)
      if (entry.status !== 'done') throw new Error('expected it to be done')
      const summary = JSON.parse(bytes(entry.scenario, 'summary.json').toString()) as {
        offers: Record<string, { bill: { mean: object; percentiles: { p80: object } } }>
      }
      expect(entry.offers.fin.mean).toEqual(summary.offers.fin.bill.mean)
      expect(entry.offers.fin.p80).toEqual(summary.offers.fin.bill.percentiles.p80)
    }
    const rows = parse(bytes('index.csv').toString(), { columns: true }) as Record<string, string>[]
    expect(rows.map(({ scenario, offer }) => `${scenario} ${offer}`)).toEqual(
      ['north', 'south', 'west'].flatMap((name) => [`${name} fin`, `${name} flat`]),
    )
    expect(rows[2].budget_met).toBe('no')
    expect(bytes('index.html').toString()).toContain('The &lt;b&gt;west&lt;/b&gt;')
  })

  it.runIf(thorough)('links to the report of each scenario', async () => {
    await here(['batch', join(plans, 'north.yaml'), '--out', out, '--quiet'])
    expect(bytes('index.html').toString()).toContain('<a href="north/report.html">')
    expect(bytes('north', 'report.html').toString()).toContain('<!doctype html>')
  })

  it('continues after a failure, lists it and exits with 1', async () => {
    write('south.yaml', 'offers: { a: { charges: [{ meter: moons, price: 1 }] } }')
    write('east.yaml', plan('many'))
    const { status, stdout, stderr } = await batch('--gate', '--no-report')
    expect(status).toBe(1)
    expect(stderr).toMatch(/^east: conversations\.base: expected .*$/m)
    expect(stdout).toMatch(/2 failed:\n {2}east: conversations\.base: .*\n {2}south: /)
    expect(index().scenarios.map(({ scenario, status: own }) => `${scenario} ${own}`)).toEqual([
      'east failed',
      'north done',
      'south failed',
      'west done',
    ])
    expect(existsSync(join(out, 'south'))).toBe(false)
  })

  it('stops at the first failure with --fail-fast', async () => {
    write('a-first.yaml', 'offers: 3')
    const { status } = await batch('--fail-fast', '--jobs', '1', '--no-report')
    expect(status).toBe(1)
    expect(index().scenarios.map((entry) => entry.status)).toEqual(['failed', 'not run', 'not run', 'not run'])
  })

  it('exits with 3 by --gate if a budget does not hold', async () => {
    expect((await batch('--gate', '--no-report')).status).toBe(3)
  })

  it('keeps intact folders of the same run with --resume, and runs the rest', async () => {
    await batch('--no-report')
    const before = index()
    const time = (name: string) => statSync(join(out, name, 'manifest.json')).mtimeMs
    const [north, south, west] = ['north', 'south', 'west'].map(time)
    write('south.yaml', plan('21k to 30k', '$20k'))
    writeFileSync(join(out, 'west', 'months.arrow'), 'damaged')
    // A later run of north was killed.
    mkdirSync(join(out, 'north', '.checkpoint'))
    const { status, stderr } = await batch('--no-report', '--resume', '--log', 'json')
    expect(status).toBe(0)
    const events = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string; scenario?: string; time: string; level: string })
    expect(events.filter(({ event }) => event === 'kept').map(({ scenario }) => scenario)).toEqual(['north'])
    expect(time('north')).toBe(north)
    expect(readdirSync(join(out, 'north'))).not.toContain('.checkpoint')
    expect(time('south')).toBeGreaterThan(south)
    expect(time('west')).toBeGreaterThan(west)
    expect(index().scenarios[0]).toEqual(before.scenarios[0])
    expect(index().scenarios[2]).toEqual(before.scenarios[2])
  })

  it('logs one JSON object per line, which no scenario can forge', async () => {
    write('south.yaml', '"offers\\n{\\"level\\":\\"forged\\"}": 1')
    const { stderr } = await batch('--no-report', '--log', 'json')
    const events = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(events[0]).toMatchObject({ level: 'info', event: 'batch', scenarios: 3 })
    expect(events.at(-1)).toMatchObject({ level: 'error', event: 'end', done: 2, failed: 1 })
    expect(events.find(({ event }) => event === 'done')).toMatchObject({ blocks: 1, trialsPerSecond: expect.any(Number) as number })
    expect(events.filter(({ level }) => level === 'forged')).toEqual([])
    for (const { time } of events) expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  })

  it.each([
    [['batch', join(root, 'nothing-*.yaml'), '--out', out], /nothing-\*\.yaml": expected scenario files/],
    [['batch', join(plans, '*.yaml')], /--out: expected the name of a folder/],
    [['batch', join(plans, '*.yaml'), '--out', out, '--jobs', '0'], /--jobs: expected a whole number/],
    [['batch', join(plans, '*.yaml'), '--out', plans], /--out .*plans: expected an empty folder or that of an earlier batch/],
    [['batch', join(plans, '*.yaml'), '--out', out, '--log', 'xml'], /--log: expected json or text/],
  ])('refuses %j', async (args, message) => {
    const { status, stderr } = await here(args)
    expect(stderr).toMatch(message)
    expect(status).toBe(2)
  })

  it('refuses an option before it touches the files of an earlier batch', async () => {
    await batch('--no-report')
    const before = bytes('index.json')
    for (const wrong of [
      ['--queue', 'nonsense'],
      ['--queue', 'redis://127.0.0.1:1', '--in-flight', '0'],
    ])
      expect((await batch(...wrong)).status).toBe(2)
    expect(bytes('index.json').equals(before)).toBe(true)
  })

  it('refuses two files whose results would share a folder', async () => {
    mkdirSync(join(plans, 'more'))
    write('more/north.yaml', plan('1k'))
    const { status, stderr } = await here(['batch', join(plans, '**/*.yaml'), '--out', out])
    expect(stderr).toMatch(/north\.yaml and .*north\.yaml would both be written to the folder north/)
    expect(status).toBe(2)
  })
})
