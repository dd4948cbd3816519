// What surrounds a run nobody watches: memory and files. test/slow/unattended.test.ts has pipes, time zones and threads.
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { here } from './command.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-unattended-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const EXAMPLE = 'examples/annual-budget.yaml'

describe('a memory limit', () => {
  it.each([
    [
      ['--memory', '300MB'],
      /^the run needs about \d+ MiB of memory, more than the limit of 287 MiB \(`memory`, --memory\)\. Run it with `keepTrials: false` \(--no-keep-trials\), with fewer trials or with a larger `memory` \(--memory\)$/,
    ],
    [['--memory', '300MB', '--no-keep-trials', '--threads', '16'], /--memory\)\. Run it with a larger `memory` \(--memory\)$/],
    [['--trials', '150m', '--keep-trials', '--memory', '2GiB'], /more than the limit of 2,048 MiB/],
    [['--memory', '-1'], /^--memory: expected an amount of memory such as 2GB, got "-1"$/],
  ])('refuses %j before the run', async (more, message) => {
    const { status, stderr } = await here(['run', EXAMPLE, '--trials', '1m', ...more])
    expect(stderr.trim()).toMatch(message)
    expect(status).toBe(2)
  })
})

describe.runIf(process.platform === 'linux')('a device among the plans', () => {
  const plans = join(root, 'devices')
  mkdirSync(plans)
  symlinkSync('/dev/zero', join(plans, 'zero.yaml'))
  writeFileSync(
    join(plans, 'plan.yaml'),
    'conversations: { base: 5 }\noffers: { a: { charges: [{ meter: conversations, price: 1 }] } }\n',
  )
  const zero = join(plans, 'zero.yaml')
  const refusal = (file: string) =>
    `${file}: expected a scenario file, but it is a device or a pipe. Pipe a scenario in with - as its name`
  it('is refused at once', async () => {
    for (const args of [
      ['check', zero],
      ['run', zero],
      ['diff', zero, join(plans, 'plan.yaml')],
    ])
      expect(await here(args)).toMatchObject({ status: 2, stderr: `${refusal(zero)}\n` })
  })
  it('fails alone in a batch, and leaves no folder', async () => {
    const out = join(root, 'out')
    const { status } = await here(['batch', join(plans, '*.yaml'), '--out', out, '--trials', '64', '--no-report', '--threads', '1'])
    expect(status).toBe(1)
    expect(readdirSync(out).sort()).toEqual(['index.csv', 'index.html', 'index.json', 'plan'])
    const { scenarios } = JSON.parse(readFileSync(join(out, 'index.json'), 'utf8')) as {
      readonly scenarios: readonly { readonly file: string; readonly error?: string }[]
    }
    // Patterns give the paths of files from here, if here and there have a folder in common.
    const [{ file, error }] = scenarios.filter((entry) => resolve(entry.file) === zero)
    expect(error).toBe(refusal(file))
  })
  it.each(['/proc/results', '/proc/self/results/deep', '/sys/results'])('and a folder of the system: --out %s', async (out) => {
    const { status, stderr } = await here(['run', join(plans, 'plan.yaml'), '--out', out])
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^--out \S+: expected a folder that billcast can write, but .* \(E[A-Z]+\)\. [A-Z][^\n]+\n$/),
    ])
  })
})

it.runIf(process.platform === 'linux')('no file takes the place of a device', async () => {
  const device = join(root, 'null.yaml')
  symlinkSync('/dev/null', device)
  expect(await here(['init', device, '--force'])).toMatchObject({
    status: 2,
    stderr: `${device}: expected a file that billcast can write, but it is not a regular file\n`,
  })
  expect(lstatSync(device).isSymbolicLink()).toBe(true)
})

describe('files that a scenario names', () => {
  const plans = join(root, 'plans')
  const elsewhere = join(root, 'elsewhere')
  mkdirSync(plans)
  mkdirSync(elsewhere)
  writeFileSync(join(elsewhere, 'secret.csv'), 'month,conversations\n2027-01,5\n')
  writeFileSync(join(plans, '..data.csv'), 'month,conversations\n2027-01,5\n')
  symlinkSync(join(elsewhere, 'secret.csv'), join(plans, 'link.csv'))
  const check = async (file: string, ...more: string[]) => {
    const plan = join(plans, 'plan.yaml')
    writeFileSync(
      plan,
      `start: 2027-01\nmonths: 1\nconversations: { monthly: ${file} }\noffers: { a: { charges: [{ meter: conversations, price: 1 }] } }\n`,
    )
    return here(['run', plan, '--trials', '64', '--quiet', ...more])
  }
  it.each(['../elsewhere/secret.csv', 'link.csv', resolve(elsewhere, 'secret.csv')])(
    'lie in its folder: %s is refused',
    async (file) => {
      const { status, stderr } = await check(file)
      expect(stderr).toContain('it is outside the folder of the scenario. Allow other folders with --allow-path')
      expect(status).toBe(2)
    },
  )
  it('are read from an allowed folder, whose name may begin with dots', async () => {
    for (const file of ['../elsewhere/secret.csv', 'link.csv'])
      expect((await check(file, '--allow-path', elsewhere)).status).toBe(0)
    expect((await check('..data.csv')).status).toBe(0)
  })
})
