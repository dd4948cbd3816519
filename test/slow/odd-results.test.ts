// Folders of results with devices, pipes and links in the place of files. A command that reads one without a look would never end.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { here } from '../end-to-end/command.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-odd-results-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const whole = join(root, 'whole')
const run = ['run', 'test/end-to-end/plans/plan.yaml', '--trials', '64', '--no-preintegration', '--no-report', '--quiet', '--out']
beforeAll(async () => {
  expect((await here([...run, whole])).status).toBe(0)
})
let count = 0
/** A copy of the results. */
function copied(): string {
  const folder = join(root, `copy-${count++}`)
  cpSync(whole, folder, { recursive: true })
  return folder
}
const ZERO = '/dev/zero'
const pipe = (path: string) => expect(spawnSync('mkfifo', [path]).status).toBe(0)
/** Puts something odd in the place of a file. */
function instead(path: string, what: 'pipe' | 'device'): void {
  rmSync(path, { force: true })
  if (what === 'pipe') pipe(path)
  else symlinkSync(ZERO, path)
}
const refused = (stderr: string, words: string) =>
  expect([stderr.trimEnd().split('\n').length, stderr]).toEqual([1, expect.stringContaining(words)])

describe.runIf(process.platform === 'linux').each(['pipe', 'device'] as const)('a %s in a folder of results', (what) => {
  it('is no manifest: verify, report and track refuse it', async () => {
    const folder = copied()
    instead(join(folder, 'manifest.json'), what)
    for (const args of [
      ['verify', folder],
      ['report', folder, '--out', '-'],
      ['track', folder, 'examples/data/plan-2027.csv'],
    ]) {
      const { status, stderr } = await here(args)
      expect([args[0], status]).toEqual([args[0], 2])
      refused(stderr, 'manifest.json cannot be read (it is not a regular file)')
    }
  })
  it('is no file of the set: verify misses it, and report refuses it', async () => {
    const folder = copied()
    instead(join(folder, 'months.arrow'), what)
    const { status, stdout } = await here(['verify', folder, '--files'])
    expect([status, stdout]).toEqual([1, expect.stringMatching(/months\.arrow +missing/)])
    instead(join(folder, 'summary.json'), what)
    // The folder was written without a report, which is refused first.
    expect((await here(['report', folder, '--out', '-'])).status).toBe(2)
  })
  it('is no checkpoint and no shard', async () => {
    const folder = copied()
    mkdirSync(join(folder, '.checkpoint'))
    instead(join(folder, '.checkpoint', 'state'), what)
    const resumed = await here([...run, folder, '--resume'])
    expect(resumed.status).toBe(2)
    refused(resumed.stderr, 'the checkpoint cannot be read: it is not a regular file')
    const shard = join(root, `${what}.shard`)
    instead(shard, what)
    const merged = await here(['merge', shard, '--out', join(root, 'merged')])
    expect(merged.status).toBe(2)
    refused(merged.stderr, 'expected a shard that billcast can read, but it is not a regular file')
  })
  it('is no folder for results', async () => {
    const path = join(root, `out-${what}`)
    instead(path, what)
    const { status, stderr } = await here([...run, path])
    expect(status).toBe(2)
    refused(stderr, `--out ${path}: expected a folder that billcast can write, but`)
  })
  it('is no waiting set', async () => {
    for (const name of ['.next', '.earlier']) {
      const folder = copied()
      instead(join(folder, name), what)
      const { status, stderr } = await here([...run, folder])
      expect(status).toBe(2)
      refused(stderr, `expected ${name} there to be a folder of billcast's own`)
      expect(existsSync(join(folder, 'manifest.json'))).toBe(true)
    }
    const folder = copied()
    mkdirSync(join(folder, '.next'))
    instead(join(folder, '.next', 'manifest.json'), what)
    const { status, stderr } = await here([...run, folder])
    expect(status).toBe(1)
    refused(stderr, 'it is not a regular file')
  })
})

it('a folder that vanishes during a run ends it with one line', async () => {
  const folder = join(root, 'vanished')
  const ending = here([...run, folder, '--trials', '64'])
  while (!existsSync(join(folder, '.results.lock'))) await new Promise((resolve) => setImmediate(resolve))
  rmSync(folder, { recursive: true })
  writeFileSync(folder, 'mine')
  const { status, stderr } = await ending
  expect(status).toBe(1)
  refused(stderr, `--out ${folder}`)
})
