// Workers and coordinators of a queue check who is who: a task, its result, and the run that both belong to.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { prepareScenario } from '../../src/api/run.ts'
import { tasksOf } from '../../src/platform/queue/task.ts'
import type { BatchIndex } from '../../src/present/report/batch-index.ts'
import { long } from '../effort.ts'
import { here } from '../end-to-end/command.ts'
import { begin, eventsOf, hashes, type Running, stop, until, worker } from './processes.ts'
import { TestRedis } from './redis.ts'

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
const root = mkdtempSync(join(tmpdir(), 'billcast-identity-'))
const [plans, out, local] = ['plans', 'out', 'local'].map((name) => join(root, name))
const PLANS = 6
const queue = `billcast:tasks-${version}`
const running: Running[] = []
let server: TestRedis
let redis: Redis

const text = (base: number) => `
months: 3
conversations: { base: ${base}k to ${base + 5}k, noise: { cv: 8% } }
resolution: { rate: 60% to 70% }
offers:
  fin: { charges: [{ meter: resolutions, price: $0.99 }] }
  flat: { charges: [{ meter: conversations, price: $0.65 }] }
run: { trials: 1024 }
`
const kept = (one: Running): Running => {
  running.push(one)
  return one
}
const batch = (folder: string) =>
  kept(begin(['batch', join(plans, '*.yaml'), '--queue', server.address, '--out', folder, '--no-report', '--quiet']))
const waiting = async () => redis.lrange(`${queue}:wait`, 0, -1)
const index = () => JSON.parse(readFileSync(join(out, 'index.json'), 'utf8')) as BatchIndex

beforeAll(async () => {
  server = await TestRedis.start()
  redis = new Redis(server.port)
  mkdirSync(plans)
  for (let k = 0; k < PLANS; k++) writeFileSync(join(plans, `plan-${k}.yaml`), text(20 + 10 * k))
  expect(await here(['batch', join(plans, '*.yaml'), '--out', local, '--no-report', '--quiet'])).toMatchObject({ status: 0 })
})
beforeEach(async () => {
  rmSync(out, { recursive: true, force: true })
  await redis.flushall()
})
afterEach(async () => {
  for (const one of running.splice(0)) await stop(one, 'SIGKILL')
})
afterAll(async () => {
  redis.disconnect()
  await server.remove()
  rmSync(root, { recursive: true, force: true })
})

it('a task with the data of another one fails its scenario, and names the task', async () => {
  const run = batch(out)
  await until(async () => (await waiting()).length === PLANS)
  const [a, b] = (await waiting()).sort()
  const [ofA, ofB] = [await redis.hget(`${queue}:${a}`, 'data'), await redis.hget(`${queue}:${b}`, 'data')]
  await redis.hset(`${queue}:${a}`, 'data', ofB ?? '')
  await redis.hset(`${queue}:${b}`, 'data', ofA ?? '')
  kept(worker(server.address))
  expect(await run.ended).toBe(1)
  expect([index().done, index().failed]).toEqual([PLANS - 2, 2])
  const errors = index().scenarios.flatMap((entry) => (entry.status === 'failed' ? [entry.error] : []))
  expect(errors.sort()).toEqual(
    [a, b].map((task) => `task ${task}: the queue holds the data of another task under this id. Run the batch again`),
  )
})

it('the result of another task fails its scenario, and names the task', async () => {
  const run = batch(out)
  await until(async () => (await waiting()).length === PLANS)
  run.child.kill('SIGSTOP')
  kept(worker(server.address))
  await until(async () => (await redis.zcard(`${queue}:completed`)) === PLANS)
  const [a, b] = (await redis.zrange(`${queue}:completed`, 0, -1)).sort()
  await redis.copy(`billcast:result:${b}`, `billcast:result:${a}`, 'REPLACE')
  await redis.hset(`${queue}:${a}`, 'returnvalue', (await redis.hget(`${queue}:${b}`, 'returnvalue')) ?? '')
  // The event of its end states the other SHA-256.
  await redis.del(`${queue}:events`)
  run.child.kill('SIGCONT')
  expect(await run.ended).toBe(1)
  expect(index().scenarios.flatMap((entry) => (entry.status === 'failed' ? [entry.error] : []))).toEqual([
    `the result of task ${a} in Redis: expected a whole run, but this is a whole run of another run. Run it again`,
  ])
})

it('a worker refuses a task that holds a whole run of 60 billion trials', async () => {
  const prepared = await prepareScenario(text(20), { trials: 60_000_000_000, keepTrials: false }, givenFiles())
  const { identity, tasks } = tasksOf(prepared)
  expect(tasks.length).toBeGreaterThan(500)
  const whole = JSON.stringify({ ...(JSON.parse(tasks[0].data) as object), shard: { index: 1, count: 1 } })
  const own = new Queue(`tasks-${version}`, { connection: redis, prefix: 'billcast' })
  const one = kept(worker(server.address))
  await own.add('shard', whole, { jobId: `${identity.identity}-1-of-1` })
  await until(() => eventsOf(one, 'failed').length > 0)
  expect(eventsOf(one, 'failed')[0].message).toMatch(
    /^the task is one of 1 of its run, but billcast divides this run into [\d,]+\. Run the batch again$/,
  )
  await own.close()
})

it('three batches of the same plans on one queue give the same bits', async () => {
  for (let k = 0; k < 2; k++) kept(worker(server.address))
  for (let round = 0; round < (long ? 18 : 3); round++) {
    const folders = [1, 2, 3].map((k) => join(root, `round-${round}-${k}`))
    const batches = folders.map(batch)
    for (const [k, one] of batches.entries()) expect([round, k, await one.ended, one.printed()]).toEqual([round, k, 0, ''])
    for (const folder of folders) expect(hashes(folder)).toEqual(hashes(local))
  }
})
