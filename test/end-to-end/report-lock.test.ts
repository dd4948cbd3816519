// A report that goes into a folder of results, which another process may be writing.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ownerHere } from '../../src/platform/node/owner.ts'
import { here } from './command.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-report-lock-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const out = join(root, 'out')
const lock = join(out, '.results.lock')
const report = (...more: readonly string[]) => here(['report', out, '--format', 'md', ...more])
const another = JSON.stringify({ ...(await ownerHere('another')), host: 'build-7', boot: 'other', pid: 1 })

beforeAll(async () => {
  const run = ['run', 'test/end-to-end/plans/plan.yaml', '--trials', '64', '--no-preintegration', '--quiet']
  expect((await here([...run, '--out', out])).status).toBe(0)
})

it('is refused there, also by the name of a file, and only there', async () => {
  writeFileSync(lock, another)
  const refusal = 'another billcast (process 1 on build-7'
  expect(await report()).toMatchObject({ status: 2, stderr: expect.stringContaining(`${out}: ${refusal}`) as string })
  const inside = join(out, 'mine.md')
  expect(await report('--out', inside)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining(`${inside}: ${refusal}`) as string,
  })
  expect([existsSync(inside), readFileSync(lock, 'utf8')]).toEqual([false, another])
  mkdirSync(join(root, 'elsewhere'))
  expect((await report('--out', join(root, 'elsewhere', 'report.md'))).status).toBe(0)
  expect((await report('--out', '-')).status).toBe(0)
})

it('changes nothing once another process has taken the folder', async () => {
  rmSync(lock, { force: true })
  const file = join(out, 'report.md')
  writeFileSync(file, 'of the new owner')
  const ending = report()
  while (!existsSync(lock) || readFileSync(lock, 'utf8') === '') await new Promise((resolve) => setImmediate(resolve))
  writeFileSync(lock, another)
  const { status, stderr } = await ending
  expect([status, stderr]).toEqual([1, expect.stringMatching(`^${out}: another billcast took these results over`)])
  expect([readFileSync(file, 'utf8'), readFileSync(lock, 'utf8')]).toEqual(['of the new owner', another])
})
