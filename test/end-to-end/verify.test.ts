// A folder is whole or refused, and `verify` does its run again.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { here } from './command.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-verify-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const file = join(root, 'plan.yaml')
writeFileSync(join(root, 'volumes.csv'), 'month,conversations\n2027-01,40000\n2027-02,45000\n2027-03,50000\n')
writeFileSync(
  file,
  `# kept in the manifest, comments and all
start: 2027-01
months: 3
conversations: { monthly: volumes.csv, noise: { cv: 8% } }
resolution: { rate: 60% to 70% }
offers:
  fin: { catalog: fin }
  flat: { charges: [{ meter: conversations, price: $0.80 }] }
`,
)
const out = join(root, 'out')
const run = (...more: string[]) => here(['run', file, '--trials', '256', '--out', out, '--quiet', ...more])

beforeEach(() => rmSync(out, { recursive: true, force: true }))

describe('billcast verify', () => {
  it.each([
    ['as it stands', []],
    ['every format', ['--format', 'arrow,parquet,csv,xlsx', '--inputs', '--seed', 'other', '--measure', 'bill']],
    ['by another method, without trials', ['--method', 'random', '--no-keep-trials', '--pairs', 'all']],
    ['without integration', ['--no-preintegration', '--method', 'sobol', '--keep-trials']],
  ])('finds the same bits: %s', async (_, more) => {
    await run(...more)
    // The scenario may be gone: the folder tells all.
    const { status, stdout } = await here(['verify', out])
    expect(stdout).toContain('All files are whole, and the run gives the same bits again.')
    expect(stdout).not.toMatch(/other bits|changed|missing/)
    expect(status).toBe(0)
  })

  it('finds a file that was changed and one that is gone', async () => {
    await run()
    appendFileSync(join(out, 'months.arrow'), ' ')
    unlinkSync(join(out, 'report.html'))
    const { status, stdout } = await here(['verify', out, '--json'])
    expect(status).toBe(1)
    const { agree, files } = JSON.parse(stdout) as { agree: boolean; files: { name: string; file: string; again: string }[] }
    expect(agree).toBe(false)
    expect(Object.fromEntries(files.map((entry) => [entry.name, `${entry.file}, ${entry.again}`]))).toEqual({
      'summary.json': 'whole, same bits',
      'trials.arrow': 'whole, same bits',
      'months.arrow': 'changed, same bits',
      'report.html': 'missing, same bits',
    })
  })

  it('finds figures that do not come from the run', async () => {
    await run()
    const path = join(out, 'manifest.json')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"seed": "billcast"', '"seed": "another"'))
    const { status, stdout } = await here(['verify', out])
    expect(status).toBe(1)
    expect(stdout).toContain('The run does not give the same bits again: summary.json, trials.arrow, months.arrow, report.html.')
    expect((await here(['verify', out, '--files'])).status).toBe(0)
  })
})

it.each(['verify', 'report'])('%s refuses a folder without a manifest, and says what finishes it', async (command) => {
  await run('--no-report')
  unlinkSync(join(out, 'manifest.json'))
  const { status, stderr } = await here([command, out])
  expect(status).toBe(2)
  expect(stderr).toBe(
    `${out}: expected a finished folder, manifest.json cannot be read (there is no such file or folder (ENOENT)): finish it with billcast run SCENARIO --out ${out} --resume\n`,
  )
})
