// --out in place of an earlier run, and where something is in the way. test/slow/full-disk.test.ts has a full disk.
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { here } from './command.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const args = (out: string, trials = '500') => ['run', 'examples/annual-budget.yaml', '--trials', trials, '--quiet', '--out', out]
const lines = (text: string) => text.trimEnd().split('\n')

/** Whether the folder holds a run; a manifest must have all its files beside it. */
function holdsRun(folder: string): boolean {
  if (!existsSync(join(folder, 'manifest.json'))) return false
  const { files } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { files: { name: string; sha256: string }[] }
  for (const { name, sha256 } of files)
    expect(
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ).toBe(sha256)
  expect(
    readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .sort(),
  ).toEqual([...files.map(({ name }) => name), 'manifest.json'].sort())
  return true
}

describe('--out', () => {
  it('writes a run, and replaces it with another', async () => {
    const folder = join(root, 'whole', 'deep')
    expect(await here(args(folder))).toEqual({ status: 0, stderr: '', stdout: '' })
    expect(holdsRun(folder)).toBe(true)
    expect(readdirSync(folder)).toContain('trials.arrow')
    expect((await here([...args(folder), '--no-keep-trials'])).status).toBe(0)
    expect(holdsRun(folder)).toBe(true)
    expect(readdirSync(folder)).not.toContain('trials.arrow')
  })
  it('exits with 2 before the run if something is in the way', async () => {
    const file = join(root, 'file')
    writeFileSync(file, 'mine')
    symlinkSync(join(root, 'nowhere'), join(root, 'link'))
    for (const [out, why] of [
      [file, 'a file of that name exists'],
      [join(file, 'below'), 'part of its path is a file'],
      [join(root, 'link'), 'E'],
      [root, 'but it contains'],
    ] as const) {
      const { status, stderr } = await here(args(out, '100m'))
      expect([out, status, lines(stderr)]).toEqual([out, 2, [expect.stringMatching(`^--out ${out}: expected .*${why}`)]])
    }
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })
})
