// The same bits on every runtime that the package names: each comes from the registry and runs the built package.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everyDriver } from '../oracle/scenarios.ts'

const runtimes: readonly (readonly [name: string, version: string, ...options: string[]])[] = [
  ['node', '22.23.3'],
  ['node', '24.21.0'],
  ['deno', '2.9.5', 'run', '--allow-all', '--no-lock'],
]

const folder = mkdtempSync(join(tmpdir(), 'billcast-runtimes-'))
const file = join(folder, 'scenarios.json')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(program: string, args: readonly string[]): { readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(program, [...args, 'test/long/simulate.mjs', file], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  expect(status, stderr).toBe(0)
  return { stdout, stderr }
}

describe('the built package gives the same bits', () => {
  let here = ''
  beforeAll(() => {
    writeFileSync(file, JSON.stringify(everyDriver))
    here = run(process.execPath, []).stdout
    expect(here.split('\n')).toHaveLength(3 * Object.keys(everyDriver).length + 3)
    expect(here).toContain('stopped: AbortError')
  }, 120_000)

  it.each(runtimes)(
    'with %s %s',
    (name, version, ...options) => {
      const { stdout, stderr } = run('npm', ['exec', '--yes', `--package=${name}@${version}`, '--', name, ...options])
      expect(stderr).toContain(`run by ${name} ${version}`)
      // Compared as a whole: a difference of megabytes helps nobody.
      const lines = here.split('\n')
      expect(
        stdout
          .split('\n')
          .filter((line, k) => line !== lines[k])
          .map((line) => line.slice(0, 80)),
      ).toEqual([])
      expect(stdout === here).toBe(true)
    },
    180_000,
  )
})
