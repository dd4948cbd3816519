// The command as a user meets it: what it refuses, what it prints where, and with which exit code.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { here } from './command.ts'

const folder = mkdtempSync(join(tmpdir(), 'billcast-'))
const at = (name: string) => join(folder, name)
const text =
  'months: 3\nconversations: { base: 45k to 60k }\nresolution: { rate: 65% }\noffers: { fin: { charges: [{ meter: resolutions, price: $0.99 }] } }\n'
beforeAll(() => {
  writeFileSync(at('good.yaml'), text)
  writeFileSync(at('certain.yaml'), text.replace('45k to 60k', '{ value: 50k, source: "plan" }'))
  writeFileSync(at('bad.yaml'), text.replace('65%', '65'))
  writeFileSync(
    at('binary.yaml'),
    Uint8Array.from({ length: 5_000 }, (_, k) => k % 256),
  )
  writeFileSync(at('latin1.yaml'), Buffer.from(`name: B\u00fcro\n${text}`, 'latin1'))
  writeFileSync(at('large.yaml'), `# ${'x'.repeat(2 << 20)}\n${text}`)
  writeFileSync(at('table.yaml'), text.replace('45k to 60k', '"empirical(t.csv, n)"'))
  writeFileSync(at('t.csv'), '\ufeffn\r\n48k\r\n52k\r\n')
  writeFileSync(at('outside.yaml'), text.replace('45k to 60k', '"empirical(../t.csv, n)"'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a command that cannot run exits with 2 and prints one line that says what to do', () => {
  const good = () => ['run', at('good.yaml')]
  it.each([
    ['--trials: expected a whole number from 1 to 4,503,599,627,370,496 such as 1m, got "0"', () => [...good(), '--trials', '0']],
    ['got "1e20"', () => [...good(), '--trials', '1e20']],
    ['got "abc"', () => [...good(), '--trials', 'abc']],
    ['--threads: expected a whole number from 1 to 1,024 such as 4, got "0"', () => [...good(), '--threads', '0']],
    ['--threads: expected', () => [...good(), '--threads', '1e9']],
    ['--seed: expected a text of up to 200 visible characters, got ""', () => [...good(), '--seed', '']],
    ['--method: expected sobol, latin or random, got "halton"', () => [...good(), '--method', 'halton']],
    ['--measure: expected bill or total, got "\\x1b[2J"', () => [...good(), '--measure', '\u001b[2J']],
    ['--out: expected the name of a folder', () => [...good(), '--out', '']],
    ['expected a scenario file, but there is no such file or folder (ENOENT). Check the path', () => ['run', at('nowhere.yaml')]],
    ['expected a scenario file, but it is a folder', () => ['run', folder]],
    ['expected YAML or JSON text in UTF-8. Save the file as UTF-8', () => ['run', at('binary.yaml')]],
    ['expected YAML or JSON text in UTF-8', () => ['run', at('latin1.yaml')]],
    ['expected a scenario of at most 1 MiB', () => ['run', at('large.yaml')]],
    [
      'resolution.rate: expected a share such as 65% or 0.65 (did you mean 65%?), got 65 (line 3, column 21)',
      () => ['run', at('bad.yaml')],
    ],
    ['resolution.rate: expected', () => ['check', at('bad.yaml')]],
    ['conversations.base: expected a readable CSV file, got "../t.csv"', () => ['run', at('outside.yaml')]],
    ['a file of that name exists (EEXIST). Use --force to replace it', () => ['init', at('good.yaml')]],
    ['there is no such file or folder (ENOENT)', () => ['init', at('no/where.yaml')]],
    ["error: missing required argument 'scenario'", () => ['run']],
    ["error: unknown command 'runn'", () => ['runn', at('good.yaml')]],
    ["error: unknown option '--trails'", () => [...good(), '--trails', '5']],
  ] as const)('%s', async (message, args) => {
    const { status, stdout, stderr } = await here(args())
    expect(stderr).toContain(message)
    expect(stderr).not.toMatch(/\n\s+at /)
    expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2)
    expect([status, stdout]).toEqual([2, ''])
  })
})

describe('a command', () => {
  it('prints nothing with --quiet and only JSON with --json', async () => {
    expect(await here(['run', at('certain.yaml'), '--trials', '1k', '--quiet'])).toMatchObject({
      status: 0,
      stdout: '',
      stderr: '',
    })
    const { stdout } = await here(['run', at('good.yaml'), '--trials', '1k', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ format: 2, months: ['2027-01', '2027-02', '2027-03'] })
  })
  it('reads files that a scenario names from the folder of the scenario', async () => {
    expect((await here(['check', at('table.yaml')])).stdout).toContain(
      'conversations.base: empirical, mean 50,000, P5 to P95 48,000 to 52,000',
    )
  })
  it('prints the sources of figures', async () => {
    expect((await here(['check', at('certain.yaml')])).stdout).toContain('Sources\n  conversations.base: plan\n')
  })
  it('prints its help and the version', async () => {
    expect((await here(['--version'])).stdout).toBe(`${JSON.parse(readFileSync('package.json', 'utf8')).version}\n`)
    expect((await here(['--help'])).stdout).toContain('Exit codes: 0 success, 1 failure, 2 error in the scenario or usage')
    for (const command of ['run', 'check', 'schema', 'init'])
      expect(await here([command, '--help'])).toMatchObject({ status: 0, stderr: '' })
  })
})

it('the scenario that init writes passes check and runs', async () => {
  const { status, stdout, stderr } = await here(['init'])
  expect([status, stderr]).toEqual([0, ''])
  expect((await here(['init', at('new.yaml')])).status).toBe(0)
  expect(readFileSync(at('new.yaml'), 'utf8')).toBe(stdout)
  expect(await here(['check', at('new.yaml')])).toMatchObject({ status: 0, stderr: '' })
  expect(await here(['run', at('new.yaml'), '--trials', '1k', '--quiet'])).toMatchObject({ status: 0, stderr: '' })
})

it('init quotes a name that a shell would split in the commands that it advises', async () => {
  const { stderr } = await here(['init', at('my plan.yaml')])
  expect(stderr).toContain(`Try \`billcast check '${at('my plan.yaml')}'\`, then \`billcast run '${at('my plan.yaml')}'\`.`)
})

it('the scenario that init writes names its schema, where the package is installed above it', async () => {
  const first = (file: string) => readFileSync(file, 'utf8').split('\n')[0]
  expect(first(at('new.yaml'))).toBe('# yaml-language-server: $schema=node_modules/billcast/schema/scenario.schema.json')
  mkdirSync(at('project/plans/2027'), { recursive: true })
  mkdirSync(at('project/node_modules/billcast/schema'), { recursive: true })
  writeFileSync(at('project/node_modules/billcast/schema/scenario.schema.json'), '{}')
  await here(['init', at('project/plans/2027/new.yaml')])
  expect(first(at('project/plans/2027/new.yaml'))).toBe(
    '# yaml-language-server: $schema=../../node_modules/billcast/schema/scenario.schema.json',
  )
})
