// A folder is whole or refused, and `verify` does its run again.
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { Manifest } from '../../src/api/manifest.ts'
import { readReport } from '../../src/platform/node/finished.ts'
import { here } from './command.ts'
import { someOf } from '../effort.ts'
import { reseal, statedIn, unseal } from './manifests.ts'

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
  it.each(
    someOf(
      [
        ['as it stands', []],
        ['every format', ['--format', 'arrow,parquet,csv,xlsx', '--inputs', '--paths', '--seed', 'other', '--measure', 'bill']],
        ['by another method, without trials', ['--method', 'random', '--no-keep-trials', '--pairs', 'all']],
        ['until it is precise', ['--precision', '20%', '--no-keep-trials']],
        ['without integration', ['--no-preintegration', '--method', 'sobol', '--keep-trials']],
      ],
      3,
    ),
  )('confirms the same bits: %s', async (_, more) => {
    await run(...more)
    // The scenario may be gone, because the folder contains everything.
    const { status, stdout } = await here(['verify', out])
    expect(stdout).toContain('All files are intact, and the run gives the same bits again.')
    expect(stdout).not.toMatch(/other bits|changed|missing/)
    expect(status).toBe(0)
  })

  it('finds a changed file and a missing one', async () => {
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
      'manifest.json': 'whole, same bits',
    })
  })

  it('does not take a file that an earlier swap left for one of the set', async () => {
    await run('--no-report')
    mkdirSync(join(out, '.earlier'))
    for (const name of ['months.arrow', 'summary.json']) {
      copyFileSync(join(out, name), join(out, '.earlier', name))
      appendFileSync(join(out, name), ' ')
    }
    const { status, stdout } = await here(['verify', out, '--files'])
    expect([status, stdout]).toEqual([1, expect.stringContaining('not as they were written: summary.json, months.arrow.')])
  })

  it('finds figures that the run does not give', async () => {
    await run()
    const path = join(out, 'summary.json')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"value": 1', '"value": 2'))
    const stated = statedIn(out) as unknown as Manifest
    const files = stated.files.map((own) => (own.name === 'summary.json' ? { ...own, sha256: hashOf('summary.json') } : own))
    reseal(out, { ...stated, files })
    const { status, stdout } = await here(['verify', out])
    expect(status).toBe(1)
    expect(stdout).toContain('The run does not give the same bits again: summary.json.')
    expect((await here(['verify', out, '--files'])).status).toBe(0)
  })
})

const hashOf = (name: string) =>
  createHash('sha256')
    .update(readFileSync(join(out, name)))
    .digest('hex')

it.each(['verify', 'report'])('%s refuses a folder without a manifest and says how to finish it', async (command) => {
  await run('--no-report')
  unlinkSync(join(out, 'manifest.json'))
  const { status, stderr } = await here([command, out])
  expect(status).toBe(2)
  expect(stderr).toBe(
    `${out}: expected a finished folder, but manifest.json cannot be read (there is no such file or folder (ENOENT)). Finish it with billcast run SCENARIO --out ${out} --resume\n`,
  )
})

describe('a folder of format 1', () => {
  /** The folder as a build before the names of format 2 wrote it. */
  async function earlier(): Promise<void> {
    await run()
    const summary = readFileSync(join(out, 'summary.json'), 'utf8').replaceAll('"expectedShortfall"', '"shortfall"')
    writeFileSync(join(out, 'summary.json'), summary.replace('"format": 2', '"format": 1'))
    const stated = statedIn(out) as unknown as Manifest
    const files = stated.files.map((own) => (own.name === 'summary.json' ? { ...own, sha256: hashOf('summary.json') } : own))
    unseal(out, { ...stated, format: 1, files })
  }

  it('is checked by its files, and the note names the version that repeats its run', async () => {
    await earlier()
    const { status, stdout, stderr } = await here(['verify', out])
    expect(stdout).toContain('All files are intact.')
    expect(stderr).toContain('billcast 0.1.0 wrote it with earlier names of figures. Only the files are checked.')
    expect(stderr).toContain('manifest.json is of format 1, which has no SHA-256 of its own. A change to it may go unnoticed.')
    expect(status).toBe(0)
    appendFileSync(join(out, 'months.arrow'), ' ')
    expect(await here(['verify', out])).toMatchObject({ status: 1, stdout: expect.stringContaining('months.arrow') as string })
  })

  it('gives the same report as the run does now', async () => {
    await run()
    const now = (await here(['report', out, '--format', 'md', '--out', '-'])).stdout
    await earlier()
    expect(await here(['report', out, '--format', 'md', '--out', '-'])).toMatchObject({ status: 0, stdout: now })
    expect((await here(['report', out, '--out', '-'])).stdout).toContain('</html>')
    const { summary } = (await readReport(out)).figures
    expect(summary.format).toBe(2)
    expect(JSON.stringify(summary)).not.toContain('"shortfall"')
    expect(summary.offers.fin.bill.expectedShortfall.p90?.value).toBeGreaterThan(0)
  })

  it('is a plan to track', async () => {
    await earlier()
    const actuals = join(root, 'actuals.csv')
    writeFileSync(actuals, 'month,conversations\n2027-01,41000\n')
    const chart = join(root, 'year.svg')
    const { status, stdout } = await here(['track', out, actuals, '--trials', '1024', '--chart', chart])
    expect(stdout).toContain('41,000')
    expect(readFileSync(chart, 'utf8')).toContain('The year ')
    expect(status).toBe(0)
  })

  it('of a later format is refused', async () => {
    await run()
    reseal(out, { ...statedIn(out), format: 4 })
    expect((await here(['verify', out])).status).toBe(2)
  })
})

it('a shard holds none of the renamed figures, so that earlier shards still merge', async () => {
  const shard = join(root, 'one.shard')
  expect((await run('--shard', '1/1', '--out', shard)).status).toBe(0)
  const files = readdirSync(shard)
  expect(files).toHaveLength(1)
  for (const name of files) expect(readFileSync(join(shard, name), 'latin1')).not.toMatch(/shortfall/i)
})
