// --out on a disk that is full.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
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
    const { status, stderr, stdout } = spawnSync('bash', ['-c', `ulimit -f 700; ${quoted}`], { encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(lines(stderr)).toEqual([
      expect.stringMatching(
        /^--out .*full could not take trials\.arrow \(after \d+ bytes\): the file is larger than the system allows \(EFBIG\)\. Raise the limit \(ulimit -f\), or choose another disk$/,
      ),
    ])
    expect(readdirSync(folder)).toEqual([])
  })
})

// A library that stands before the system's own makes every flush fail, as a synchronized folder or FUSE does.
const compiler = spawnSync('cc', ['--version']).status === 0
describe.runIf(compiler)(`a disk that cannot flush${compiler ? '' : ' (skipped: there is no C compiler)'}`, () => {
  const library = join(root, 'flush.so')
  const source = join(root, 'flush.c')
  it.each(['EINVAL', 'ENOTSUP', 'EPERM', 'ENOSYS'])('takes a run that says so once (%s)', (code) => {
    writeFileSync(
      source,
      `#include <errno.h>
int fsync(int file) { errno = ${code}; return -1; }
int fdatasync(int file) { errno = ${code}; return -1; }
`,
    )
    expect(spawnSync('cc', ['-shared', '-fPIC', '-o', library, source]).status).toBe(0)
    const folder = join(root, code)
    const env = { ...process.env, LD_PRELOAD: library }
    const given = args(folder, '1k').filter((word) => word !== '--quiet')
    const { status, stderr } = spawnSync(process.execPath, [command, ...given, '--no-report'], { encoding: 'utf8', env })
    expect(status).toBe(0)
    expect(lines(stderr).filter((line) => line.includes('flush'))).toEqual([
      expect.stringMatching(
        `^note: .*: this disk cannot flush files \\(${code === 'ENOTSUP' ? '(ENOTSUP|EOPNOTSUPP)' : code}\\)\\.`,
      ),
    ])
    expect(readdirSync(folder).sort()).toEqual(['manifest.json', 'months.arrow', 'summary.json', 'trials.arrow'])
  })
})
