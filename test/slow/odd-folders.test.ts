// Folders and files that are not what they seem: links, and what killed commands leave.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { ownerHere } from '../../src/platform/node/owner.ts'
import { BUILT, here } from '../end-to-end/command.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-odd-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const plan = 'test/end-to-end/plans/plan.yaml'
const run = (out: string, ...more: readonly string[]) => [
  ...[
    'run',
    plan,
    '--out',
    join(root, out),
    '--no-preintegration',
    '--no-report',
    '--quiet',
    '--checkpoint-every',
    '0.05',
    ...more,
  ],
]
const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

/** Kills the command as soon as a file is there. */
async function killedAt(path: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, ['dist/cli/billcast.js', ...args], { stdio: 'ignore' })
  const end = new Promise((resolve) => child.on('close', resolve))
  while (!existsSync(path) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 2))
  child.kill('SIGKILL')
  await end
  expect(existsSync(path)).toBe(true)
}

it('a checkpoint does not write through a link', async () => {
  const mine = join(root, 'mine.txt')
  writeFileSync(mine, 'mine')
  const folder = join(root, 'linked', '.checkpoint')
  mkdirSync(folder, { recursive: true })
  for (const name of ['spool', 'state']) symlinkSync(mine, join(folder, name))
  // The state is no checkpoint, so only a run from the beginning comes to the spool.
  expect((await here(run('linked', '--resume'))).status).toBe(2)
  rmSync(join(folder, 'state'))
  await killedAt(join(folder, 'state'), run('linked', '--resume', '--trials', '4m'))
  expect(readFileSync(mine, 'utf8')).toBe('mine')
  expect((await here(run('linked', '--resume', '--trials', '4m'))).status).toBe(0)
})

it('a shard that is killed goes on with --resume to the same bits, and leaves nothing else', async () => {
  const shard = 'plan.001-of-002.shard'
  const args = (out: string, ...more: readonly string[]) => run(out, '--shard', '1/2', '--trials', '4m', ...more)
  expect((await here(args('whole'))).status).toBe(0)
  const folder = join(root, 'shards')
  await killedAt(join(folder, `.${shard}.checkpoint`, 'state'), args('shards'))
  writeFileSync(join(folder, `.${shard}.0123456789abcdef.tmp`), 'half')
  expect(await here(args('shards', '--resume'))).toMatchObject({ status: 0, stderr: '' })
  expect(readdirSync(folder)).toEqual([shard])
  expect(hash(join(folder, shard))).toBe(hash(join(root, 'whole', shard)))
})

// A library that stands before the system's own: another process takes the lock right before this one moves it aside, and no link can be made.
const RACE = `#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int link(const char *from, const char *to) { errno = EPERM; return -1; }
int rename(const char *from, const char *to) {
  static int done;
  int (*real)(const char *, const char *) = (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");
  size_t length = strlen(from);
  if (!done && length > 13 && strcmp(from + length - 13, ".results.lock") == 0) {
    done = 1;
    FILE *file = fopen(from, "w");
    fputs(getenv("LIVING"), file);
    fclose(file);
  }
  return real(from, to);
}
`
const compiler = spawnSync('cc', ['--version']).status === 0
it.runIf(compiler)('a lock that another process has just taken comes back on a disk without links', async () => {
  const [source, library] = [join(root, 'race.c'), join(root, 'race.so')]
  writeFileSync(source, RACE)
  expect(spawnSync('cc', ['-shared', '-fPIC', '-o', library, source, '-ldl']).status).toBe(0)
  const folder = join(root, 'unlinked')
  mkdirSync(folder)
  const lock = join(folder, '.results.lock')
  const owner = async (tag: string) => JSON.stringify({ ...(await ownerHere(tag)), host: 'build-7', boot: 'other', pid: 1 })
  writeFileSync(lock, await owner('stale'))
  const time = Date.now() / 1000 - 70
  utimesSync(lock, time, time)
  const living = await owner('living')
  const env = { ...process.env, LD_PRELOAD: library, LIVING: living }
  const { status, stderr } = spawnSync(process.execPath, [BUILT, ...run('unlinked', '--trials', '64')], { encoding: 'utf8', env })
  expect([status, stderr]).toEqual([2, expect.stringContaining('another billcast (process 1 on build-7')])
  expect([readdirSync(folder), readFileSync(lock, 'utf8')]).toEqual([['.results.lock'], living])
})
