// --out on a disk that is full.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const root = mkdtempSync(join(tmpdir(), 'billcast-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const command = 'dist/cli/billcast.js'
const args = (out: string, trials: string) => ['run', 'examples/annual-budget.yaml', '--trials', trials, '--quiet', '--out', out]
const lines = (text: string) => text.trimEnd().split('\n')

describe('--out', () => {
  it('exits with 1 and one line on a full disk, and leaves no file', () => {
    const folder = join(root, 'full')
    const quoted = [process.execPath, command, ...args(folder, '20k'), '--method', 'random'].map((word) => `'${word}'`).join(' ')
    const { status, stderr, stdout } = spawnSync('bash', ['-c', `ulimit -f 400; ${quoted}`], { encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(lines(stderr)).toEqual([
      expect.stringMatching(
        /^--out .*full could not take trials\.arrow \(after \d+ bytes\): the file is larger than the system allows \(EFBIG\)$/,
      ),
    ])
    expect(readdirSync(folder)).toEqual([])
  })
})
