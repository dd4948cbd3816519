// A run that nobody watches: pipes, time zones, and threads that cannot start.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { openPool } from '../../src/platform/node/threads/pool.ts'
import { cpuSeconds } from '../cpu.ts'

const EXAMPLE = 'examples/annual-budget.yaml'

it('a reader that leaves causes no error, and a slow one receives everything', () => {
  const command = `'${process.execPath}' dist/cli/billcast.js run ${EXAMPLE} --trials 2k --json`
  const gone = spawnSync('bash', ['-c', `set -o pipefail; ${command} | head -c 10`], { encoding: 'utf8' })
  expect([gone.status, gone.stdout.length]).toEqual([0, 10])
  expect(gone.stderr).toMatch(/^note: data\/plan-2027\.csv: read as: .*\n$/)
  const slow = spawnSync('bash', ['-c', `${command} | (sleep 1; cat)`], { encoding: 'utf8', maxBuffer: 1 << 26 })
  expect(slow.stdout.length).toBeGreaterThan(65_536)
  expect(() => JSON.parse(slow.stdout) as unknown).not.toThrow()
})

it('time zone and language do not change a byte', () => {
  const hashOf = (env: Record<string, string>) => {
    const { stdout } = spawnSync(process.execPath, ['dist/cli/billcast.js', 'run', EXAMPLE, '--trials', '1k'], {
      encoding: 'utf8',
      env: { ...process.env, COLUMNS: '200', ...env },
    })
    expect(stdout.length).toBeGreaterThan(500)
    return createHash('sha256').update(stdout).digest('hex')
  }
  const places = [
    { TZ: 'UTC', LC_ALL: 'C' },
    { TZ: 'America/New_York', LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' },
    { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
  ]
  expect(new Set(places.map(hashOf)).size).toBe(1)
})

it('a run ends soon and with one line if its threads cannot start', async () => {
  const began = cpuSeconds()
  await expect(openPool(3, pathToFileURL(resolve('test/slow/broken.mjs')))).rejects.toThrow(
    /^the worker threads cannot start: .*this module does not load/,
  )
  expect(cpuSeconds() - began).toBeLessThan(5)
})
