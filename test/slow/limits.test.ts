// Real limits of the system: one line that names the limit and the way out, and no part of a result.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const root = mkdtempSync(join(tmpdir(), 'billcast-limits-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const PLAN = resolve('test/end-to-end/plans/plan.yaml')
const BILLCAST = `'${process.execPath}' '${resolve('dist/cli/billcast.js')}'`
const few = '--trials 1k --no-preintegration --no-report'

function shell(words: string) {
  const { status, stderr } = spawnSync('bash', ['-c', words], { encoding: 'utf8', cwd: root })
  return {
    status,
    lines: stderr
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('note: ')),
  }
}
/** What stays in a folder after a failure. */
const left = (folder: string) => (existsSync(folder) ? readdirSync(folder) : [])

describe.runIf(process.platform === 'linux')('a limit on', () => {
  it('address space (ulimit -v) ends a run with one line', () => {
    const { status, lines } = shell(`ulimit -v 4000000; ${BILLCAST} run ${PLAN} ${few} --out ${root}/space`)
    expect(status).toBe(1)
    expect(lines).toEqual([expect.stringMatching(/the system refuses the memory\. Lift the limit on memory \(ulimit -v\)/)])
    expect(left(join(root, 'space'))).toEqual([])
  })
  it('open files (ulimit -n) ends a run with one line', () => {
    const { status, lines } = shell(`ulimit -n 24; ${BILLCAST} run ${PLAN} ${few} --out ${root}/files`)
    expect(status).toBe(1)
    expect(lines).toEqual([expect.stringMatching(/too many files are open \(EMFILE\)\. Raise the limit \(ulimit -n\)/)])
    expect(left(join(root, 'files'))).toEqual([])
  })
})

// Root may start as many processes as it likes, so the command runs as nobody.
const nobody = 'setpriv --reuid 65534 --regid 65534 --clear-groups'
const canBeNobody = process.getuid?.() === 0 && spawnSync('bash', ['-c', `${nobody} prlimit --nproc=100 true`]).status === 0
describe.runIf(canBeNobody)(`as another user${canBeNobody ? '' : ' (skipped: this machine forbids setpriv)'}`, () => {
  const open = join(root, 'open')
  mkdirSync(open)
  chmodSync(root, 0o755)
  chmodSync(open, 0o777)
  it('a limit on processes leaves a run on one thread, with a note', () => {
    const at = (count: number) =>
      spawnSync(
        'bash',
        ['-c', `${nobody} prlimit --nproc=${count} ${BILLCAST} run ${PLAN} --trials 2m --no-preintegration --threads 8`],
        { encoding: 'utf8', cwd: open },
      )
    // Node itself ends below some number of threads, which depends on its version.
    const notes = [9, 10, 11, 12, 13].map(at).filter(({ status }) => status === 0)
    expect(notes.map(({ stderr }) => stderr)).toContain(
      'note: the worker threads cannot start: the system starts no more threads (EAGAIN). The run continues on one thread and gives the same figures, but takes longer\n',
    )
  })
  it('a folder without permission is refused before the first block', () => {
    const closed = join(root, 'closed')
    mkdirSync(closed)
    chmodSync(closed, 0o555)
    const { status, lines } = shell(`${nobody} ${BILLCAST} run ${PLAN} ${few} --out ${closed}/out`)
    expect(status).toBe(2)
    expect(lines).toEqual([
      expect.stringMatching(/permission is denied \(EACCES\)\. Change its permissions, or choose another place$/),
    ])
  })
})
describe('a place that takes no results', () => {
  writeFileSync(join(root, 'file'), '')
  symlinkSync('loop', join(root, 'loop'))
  it.each([
    ['file/out', /part of its path is a file, not a folder \(ENOTDIR\)\. Check the path$/],
    ['loop/out', /its links form a loop \(ELOOP\)\. Remove one of the links$/],
    ['x'.repeat(300), /the name is too long \(ENAMETOOLONG\)\. Choose a shorter one$/],
    ['file', /a file of that name exists \(EEXIST\)\. Move it away, or choose another name$/],
  ])('%s is refused before the first block', (place, words) => {
    const { status, lines } = shell(`${BILLCAST} run ${PLAN} ${few} --out ${place}`)
    expect(status).toBe(2)
    expect(lines).toEqual([expect.stringMatching(words)])
  })
  const readOnly = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', '-o', 'ro', 'none', '/mnt']).status === 0
  it.runIf(readOnly)(
    `a read-only disk is refused before the first block${readOnly ? '' : ' (skipped: this machine forbids mounts)'}`,
    () => {
      const words = `mount -t tmpfs -o ro none /mnt && ${BILLCAST} run ${PLAN} ${few} --out /mnt/out`
      const { status, lines } = shell(`unshare -rm bash -c "${words}"`)
      expect(status).toBe(2)
      expect(lines).toEqual([expect.stringMatching(/the disk is read-only \(EROFS\)\. Choose another place$/)])
    },
  )
})

describe.runIf(process.platform === 'linux')('standard output on a full disk', () => {
  it.each(['--version', '--help', 'run --help', 'offers', 'schema'])('billcast %s exits with 1 and one line', (words) => {
    const { status, lines } = shell(`${BILLCAST} ${words} >/dev/full`)
    expect([status, lines]).toEqual([
      1,
      [expect.stringMatching(/^The results could not be printed: the disk is full \(ENOSPC\)\./)],
    ])
  })
})
