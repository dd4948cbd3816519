// Batches, workers and the state of a queue with standard output or standard error closed, full, or read by nobody: the same files, and the
// code of the job.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { BROKEN, codeOf, type State, startedWith, type StreamName } from '../broken-streams.ts'
import { here } from '../end-to-end/command.ts'
import { begin, COMMAND, hashes, type Running, stop, worker } from './processes.ts'
import { TestRedis } from './redis.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-queue-streams-'))
const [plans, local] = ['plans', 'local'].map((name) => join(root, name))
const text = (base: number) =>
  `months: 3
conversations: { base: ${base}k to ${base + 5}k }
offers: { flat: { charges: [{ meter: conversations, price: $0.65 }] } }
run: { trials: 64 }
`
const few = ['--no-report', '--trials', '64']
const running: Running[] = []
let server: TestRedis

beforeAll(async () => {
  server = await TestRedis.start()
  mkdirSync(plans)
  for (const base of [20, 30]) writeFileSync(join(plans, `plan-${base}.yaml`), text(base))
  expect(await here(['batch', join(plans, '*.yaml'), '--out', local, ...few, '--quiet'])).toMatchObject({ status: 0 })
})
afterEach(async () => {
  for (const one of running.splice(0)) await stop(one, 'SIGKILL')
})
afterAll(async () => {
  await server.remove()
  rmSync(root, { recursive: true, force: true })
})

const batchOf = (stream: StreamName, state: State, by: string) => {
  const out = join(root, `${by}-${stream}-${state}`)
  return { out, words: ['batch', join(plans, '*.yaml'), '--queue', server.address, '--out', out, ...few] }
}

it.each(BROKEN)('a worker whose %s is %s runs tasks until SIGTERM, and ends with 0', async (stream, state) => {
  const child = startedWith(stream, state, [COMMAND, 'worker', '--queue', server.address, '--threads', '1', '--log', 'json'])
  const ended = codeOf(child)
  try {
    const { out, words } = batchOf(stream, state, 'worker')
    const batch = begin([...words, '--quiet'])
    running.push(batch)
    expect([await batch.ended, batch.printed()]).toEqual([0, ''])
    expect(hashes(out)).toEqual(hashes(local))
  } finally {
    child.kill('SIGTERM')
  }
  expect(await ended).toBe(0)
})

it.each(BROKEN)('a batch of a queue whose %s is %s writes the same files and ends with 0', async (stream, state) => {
  running.push(worker(server.address))
  const { out, words } = batchOf(stream, state, 'batch')
  expect(await codeOf(startedWith(stream, state, [COMMAND, ...words, '--log', 'json']))).toBe(0)
  expect(hashes(out)).toEqual(hashes(local))
})

it.each(BROKEN)('the state of a queue whose %s is %s ends with 1 only if it could not be printed', async (stream, state) => {
  const code = stream === 'stdout' && state === 'full' ? 1 : 0
  for (const more of [[], ['--json']])
    expect(await codeOf(startedWith(stream, state, [COMMAND, 'queue', 'status', '--queue', server.address, ...more]))).toBe(code)
})
