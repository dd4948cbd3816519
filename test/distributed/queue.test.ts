// A portfolio on a real Redis with real workers: the folders of a local batch, whatever dies meanwhile.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { resultKey } from '../../src/platform/queue/keys.ts'
import { childCpu } from '../cpu.ts'
import { long } from '../effort.ts'
import { here } from '../end-to-end/command.ts'
import { begin, hashes, measuredWorker, type Running, stop, eventsOf, until, worker } from './processes.ts'
import { pause, TestRedis } from './redis.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-queue-'))
const plans = join(root, 'plans')
const reference = join(root, 'reference')
const SCENARIOS = long ? 60 : 36
let redis: TestRedis
const workers: Running[] = []

const plan = (k: number) => `
name: Unit ${k}
${k % 2 === 0 ? 'start: 2027-01\ndiscountRate: 8%\nfiscalYearStart: 4' : ''}
conversations: { base: ${30 + k}k to ${40 + k}k, growth: 5% to 15%/year, noise: { cv: 8%, autocorrelation: 0.5 } }
resolution: { rate: 55% to 65%, improvement: 0.5pt to 1pt/month, ceiling: 85% }
offers:
  fin: { charges: [{ meter: resolutions, price: $0.99 }] }
  committed: { charges: [{ meter: resolutions, commitment: ${20 + k}k/month, price: $0.90, overage: $1.40 }] }
  flat: { charges: [{ meter: conversations, price: $0.58 }, { fee: $2k/month }] }
run: { trials: 100k, seed: unit-${k} }
`
const batch = (out: string, ...more: string[]) => ['batch', join(plans, '*.yaml'), '--out', out, '--no-report', '--quiet', ...more]
const queued = (out: string, ...more: string[]) => begin(batch(out, '--queue', redis.address, ...more))
const start = (...more: string[]): Running => {
  const one = worker(redis.address, ...more)
  workers.push(one)
  return one
}
const counts = async () => {
  const { stdout } = await here(['queue', 'status', '--queue', redis.address, '--json'])
  return (JSON.parse(stdout) as { versions: { waiting: number; active: number; failed: number }[] }).versions
}
const finished = (out: string) =>
  existsSync(out) ? readdirSync(out).filter((name) => existsSync(join(out, name, 'manifest.json'))).length : 0

beforeAll(async () => {
  mkdirSync(plans)
  for (let k = 0; k < SCENARIOS; k++) writeFileSync(join(plans, `unit-${String(k).padStart(2, '0')}.yaml`), plan(k))
  const { status, stderr } = await here(batch(reference))
  expect([status, stderr]).toEqual([0, ''])
  redis = await TestRedis.start()
})
afterEach(async () => {
  for (const one of workers.splice(0)) await stop(one, 'SIGKILL')
  // What a test leaves there is not the next one's work.
  const client = new Redis(redis.port)
  await client.flushall()
  client.disconnect()
})
afterAll(async () => {
  await redis.remove()
  rmSync(root, { recursive: true, force: true })
})

describe('a batch on a queue', () => {
  it('gives the same bits with 3 workers as locally, and leaves nothing in Redis', async () => {
    for (let k = 0; k < 3; k++) start()
    const out = join(root, 'three')
    const run = queued(out)
    expect([await run.ended, run.printed()]).toEqual([0, ''])
    expect(hashes(out)).toEqual(hashes(reference))
    // Each task was done once, by one of them; all had some.
    const done = workers.map((one) => eventsOf(one, 'done').map(({ task }) => String(task)))
    expect(new Set(done.flat()).size).toBe(SCENARIOS)
    expect(done.flat()).toHaveLength(SCENARIOS)
    expect(Math.min(...done.map((own) => own.length))).toBeGreaterThan(0)
    const { stdout } = await here(['queue', 'status', '--queue', redis.address, '--json'])
    const {
      versions,
      workers: seen,
      batches,
    } = JSON.parse(stdout) as {
      versions: { waiting: number; active: number; done: number; failed: number; workers: number }[]
      workers: { version: string; done: number }[]
      batches: unknown[]
    }
    expect(versions).toEqual([expect.objectContaining({ waiting: 0, active: 0, done: 0, failed: 0, workers: 3 })])
    expect(seen.reduce((sum, own) => sum + own.done, 0)).toBeLessThanOrEqual(SCENARIOS)
    expect(batches).toEqual([])
    for (const one of workers) expect(await stop(one)).toBe(0)
  })

  it('survives that a random worker is killed every 2 s', async () => {
    for (let k = 0; k < 3; k++) start()
    const out = join(root, 'killed')
    const run = queued(out)
    let over = false
    void run.ended.then(() => {
      over = true
    })
    let kills = 0
    let random = 20_270_101
    while (!over) {
      await Promise.race([pause(2_000), run.ended])
      if (over) break
      random = (random * 1_103_515_245 + 12_345) % 2 ** 31
      const [one] = workers.splice(random % workers.length, 1)
      await stop(one, 'SIGKILL')
      kills += 1
      start()
    }
    expect([await run.ended, run.printed()]).toEqual([0, ''])
    expect(kills).toBeGreaterThan(2)
    expect(hashes(out)).toEqual(hashes(reference))
  })

  it('survives a restart of Redis, and resumes after it is killed or stopped', async () => {
    for (let k = 0; k < 2; k++) start()
    const out = join(root, 'resumed')
    const first = queued(out)
    await until(() => finished(out) > 4)
    await redis.kill()
    await pause(1_000)
    await redis.start()
    const before = finished(out)
    await until(() => finished(out) > before + 4)
    first.child.kill('SIGKILL')
    await first.ended
    const second = queued(out, '--resume')
    await until(() => finished(out) > before + 12)
    expect(await stop(second, 'SIGTERM')).toBe(143)
    const last = queued(out, '--resume')
    expect([await last.ended, last.printed()]).toEqual([0, ''])
    expect(hashes(out)).toEqual(hashes(reference))
  })

  it('splits a large scenario into tasks, which survive if the batch is killed', async () => {
    const folder = join(root, 'large')
    mkdirSync(folder)
    const file = join(folder, 'large.yaml')
    writeFileSync(file, plan(2).replace('100k', long ? '35m' : '14m'))
    const local = join(root, 'large-local')
    const out = join(root, 'large-queued')
    await here(['batch', file, '--out', local, '--no-report', '--quiet', '--no-keep-trials'])
    for (let k = 0; k < 2; k++) start()
    const args = ['batch', file, '--out', out, '--no-report', '--quiet', '--no-keep-trials', '--queue', redis.address]
    const first = begin(args)
    const saved = () => {
      try {
        return readdirSync(join(out, 'large/.checkpoint')).filter((own) => own.endsWith('.shard'))
      } catch {
        return []
      }
    }
    // A result that the batch has saved leaves Redis: until then the batch may be killed without losing it.
    let name = ''
    const client = new Redis(redis.port)
    await until(async () => {
      for (const own of saved()) if ((await client.exists(resultKey(own.replace(/\.shard$/, '')))) === 0) name = own
      return name !== ''
    })
    client.disconnect()
    await stop(first, 'SIGKILL')
    const done = () => workers.reduce((sum, one) => sum + eventsOf(one, 'done').length, 0)
    // A file that was damaged meanwhile is made again.
    const bytes = readFileSync(join(out, 'large/.checkpoint', name))
    bytes[2_000] ^= 1
    writeFileSync(join(out, 'large/.checkpoint', name), bytes)
    const second = begin([...args, '--resume'])
    expect([await second.ended, second.printed()]).toEqual([0, ''])
    // The run has three tasks in the long tests, and two otherwise. Only the task whose file was damaged ran twice.
    expect(done()).toBe(long ? 4 : 3)
    expect(hashes(out)).toEqual(hashes(local))
  })
})

describe('billcast/queue', () => {
  it('returns the same bits from submit() as from simulate() while work() runs', async () => {
    const program = `
import { simulate } from 'billcast'
import { status, submit, work } from 'billcast/queue'
const queue = ${JSON.stringify(redis.address)}
const stop = new AbortController()
const events = []
const working = work({ queue, threads: 1, signal: stop.signal, onEvent: ({ event }) => events.push(event) })
const scenarios = [1, 2, 1].map((k) => (${JSON.stringify(plan(7))}).replace('unit-7', 'unit-' + k))
const progress = []
const options = { queue, trials: 20_000, onProgress: (done, all) => progress.push(done / all) }
const results = await Promise.all(scenarios.map((scenario) => submit(scenario, options)))
const own = await Promise.all(scenarios.map((scenario) => simulate(scenario, { trials: 20_000 })))
const same = results.map(({ summary }, k) => JSON.stringify(summary) === JSON.stringify(own[k].summary))
const { workers } = await status({ queue })
stop.abort()
await working
const wrong = await submit(scenarios[0], { queue: 'http://a' }).catch((error) => error.name + ': ' + error.message)
console.log(JSON.stringify({ same, working: workers.length === 1, events, last: progress.at(-1), wrong }))
`
    const file = join(root, 'program.mjs')
    writeFileSync(file, program)
    const run = begin(['--input-type=module', '-e', program], {}, '--no-warnings')
    expect(await run.ended).toBe(0)
    expect(JSON.parse(run.printed())).toEqual({
      same: [true, true, true],
      working: true,
      // Two are the same: they are one task.
      events: ['ready', 'done', 'done', 'stopped'],
      last: 1,
      wrong: expect.stringMatching(/^UsageError: queue: expected an address such as redis:/),
    })
  })
})

describe('a worker', () => {
  it('ends within 10 s of CPU after a stop, and returns unfinished tasks', async () => {
    const folder = join(root, 'slow')
    mkdirSync(folder)
    // A dear contract: a task of it takes longer than a worker waits.
    const charges = Array.from(
      { length: 40 },
      (_, k) => `{ meter: resolutions, commitment: ${k + 1}k/month, price: $0.90, overage: $1.40 }`,
    )
    writeFileSync(
      join(folder, 'slow.yaml'),
      plan(2).replace('100k', '13m').replace('{ meter: resolutions, price: $0.99 }', charges.join(', ')),
    )
    const cpu = childCpu(join(root, 'stopped.cpu'))
    const first = measuredWorker(redis.address, cpu)
    workers.push(first)
    const out = join(root, 'slow-out')
    const run = begin([
      'batch',
      join(folder, '*.yaml'),
      '--out',
      out,
      '--no-report',
      '--quiet',
      '--no-keep-trials',
      '--queue',
      redis.address,
    ])
    workers.push(run)
    await until(async () => (await counts()).some(({ active }) => active > 0))
    cpu.begin(first.child.pid)
    expect(await stop(first)).toBe(0)
    expect(cpu.used()).toBeLessThan(10)
    expect(eventsOf(first, 'returned')).toHaveLength(1)
    // It waits again, as if nobody had tried.
    expect(await counts()).toEqual([expect.objectContaining({ waiting: 1, active: 0, failed: 0 })])
    expect(await stop(run)).toBe(143)
  })

  it('serves its health and metrics with --metrics', async () => {
    const port = redis.port + 1
    const one = start('--metrics', `127.0.0.1:${port}`)
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined)
    await until(async () => (await get('/healthz'))?.status === 200)
    const out = join(root, 'metrics')
    const run = begin(['batch', join(plans, 'unit-0*.yaml'), '--out', out, '--no-report', '--quiet', '--queue', redis.address])
    expect(await run.ended).toBe(0)
    const response = await get('/metrics')
    expect(response?.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    const text = (await response?.text()) ?? ''
    expect(text).toMatch(/^billcast_tasks_total\{outcome="done"\} 10$/m)
    expect(text).toMatch(/^billcast_task_seconds_count 10$/m)
    expect(text).toMatch(/^billcast_worker_threads 1$/m)
    expect(text).toMatch(/^process_resident_memory_bytes \d/m)
    expect((await get('/other'))?.status).toBe(404)
    await redis.kill()
    await until(async () => (await get('/healthz'))?.status === 503)
    await redis.start()
    await until(async () => (await get('/healthz'))?.status === 200)
    expect(await stop(one)).toBe(0)
    expect(readFileSync(join(out, 'index.json'), 'utf8')).toContain('"done": 10')
  })
})
