// What goes wrong on a queue: each a clear error, the rest unharmed.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { BatchIndex } from '../../src/present/report/batch-index.ts'
import { childCpu } from '../cpu.ts'
import { begin, measuredWorker, type Running, stop, eventsOf, until, worker } from './processes.ts'
import { freePort, pause, TestRedis } from './redis.ts'

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
const root = mkdtempSync(join(tmpdir(), 'billcast-faults-'))
const plans = join(root, 'plans')
const out = join(root, 'out')
let server: TestRedis
let redis: Redis
const running: Running[] = []

const plan = (base: string) => `
months: 3
conversations: { base: ${base}, noise: { cv: 8% } }
resolution: { rate: 60% to 70% }
offers:
  fin: { charges: [{ meter: resolutions, price: $0.99 }] }
  flat: { charges: [{ meter: conversations, price: $0.65 }] }
run: { trials: 1024 }
`
const write = (name: string, text: string) => writeFileSync(join(plans, `${name}.yaml`), text)
const kept = (one: Running): Running => {
  running.push(one)
  return one
}
const start = () => kept(worker(server.address))
const batch = (...more: string[]) =>
  kept(begin(['batch', join(plans, '*.yaml'), '--queue', server.address, '--out', out, '--no-report', ...more]))
const index = () => JSON.parse(readFileSync(join(out, 'index.json'), 'utf8')) as BatchIndex
const errors = () =>
  Object.fromEntries(index().scenarios.flatMap((entry) => (entry.status === 'failed' ? [[entry.scenario, entry.error]] : [])))
const results = () => redis.keys('billcast:result:*')
const waiting = async () => (await redis.llen(`billcast:tasks-${version}:wait`)) === 3

beforeAll(async () => {
  server = await TestRedis.start()
  redis = new Redis(server.port)
})
beforeEach(async () => {
  for (const place of [plans, out]) rmSync(place, { recursive: true, force: true })
  mkdirSync(plans)
  for (const [name, base] of [
    ['north', '40k to 50k'],
    ['south', '20k to 30k'],
    ['west', '10k'],
  ] as const)
    write(name, plan(base))
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

describe('a scenario that cannot run', () => {
  it('fails without stopping others, after three attempts or before it is sent', async () => {
    write(
      'vast',
      `
months: 240
conversations: { base: 1000000000000, growth: 900%/month, noise: { cv: 10% } }
offers: { cheap: { charges: [{ meter: conversations, price: 0.01 }] }, dear: { charges: [{ meter: conversations, price: 100000 }] } }
run: { trials: 1024 }
`,
    )
    write('wrong', plan('-1'))
    const one = start()
    const run = batch()
    expect(await run.ended).toBe(1)
    expect([index().done, index().failed]).toEqual([3, 2])
    expect(errors().wrong).toContain('conversations.base')
    expect(errors().vast).toMatch(/in month \d+ of 240 of trial \d+ \(seed billcast\) is too large to compute with: /)
    for (const [name, error] of Object.entries(errors())) expect(run.printed()).toContain(`${name}: ${error}`)
    expect(eventsOf(one, 'failed').map(({ message }) => message)).toEqual(new Array(3).fill(errors().vast))
    expect(await results()).toEqual([])
  })
})

describe('a result in Redis', () => {
  /** A batch that is stopped until its tasks are done, so that one has time to do something to the results. */
  async function tampered(change: (key: string) => Promise<unknown>): Promise<Running> {
    const run = batch()
    await until(waiting)
    run.child.kill('SIGSTOP')
    start()
    await until(async () => (await results()).length === 3 && (await redis.zcard(`billcast:tasks-${version}:completed`)) === 3)
    await change((await results()).sort()[0])
    run.child.kill('SIGCONT')
    return run
  }

  it.each([
    [
      'of which a byte was changed',
      (key: string) => redis.setrange(key, 3_000, '\u0001'),
      /the shard is damaged or incomplete\. Run it again/,
    ],
    [
      'that was cut off',
      async (key: string) => redis.set(key, (await redis.getrangeBuffer(key, 0, 2_000)) as Buffer),
      /is not the one that the worker reported\. Run it again/,
    ],
    [
      'that was replaced',
      (key: string) => redis.set(key, 'x'.repeat(5_000)),
      /is not the one that the worker reported\. Run it again/,
    ],
  ])('fails its scenario and names the task: %s', async (_, change, words) => {
    const run = await tampered(change)
    expect(await run.ended).toBe(1)
    expect([index().done, index().failed]).toEqual([2, 1])
    const [error] = Object.values(errors())
    expect(error).toMatch(/task [0-9a-f]{64}-1-of-1/)
    expect(error).toMatch(words)
    // It is made again by whoever runs it again.
    expect(await results()).toEqual([])
    expect(await batch('--resume').ended).toBe(0)
    expect(index().done).toBe(3)
  })

  it('is made again if it disappears', async () => {
    const run = await tampered((key) => redis.del(key))
    expect(await run.ended).toBe(0)
  })

  it('fails its scenario if two machines disagree', async () => {
    const run = batch()
    await until(waiting)
    const [task] = (await redis.lrange(`billcast:tasks-${version}:wait`, 0, -1)).sort()
    await redis.set(`billcast:result:${task}`, 'the result of a broken machine')
    start()
    expect(await run.ended).toBe(1)
    expect(Object.values(errors())).toEqual([
      `task ${task}: two workers gave different results. One of the machines is faulty or runs a changed program`,
    ])
    expect(index().done).toBe(2)
  })
})

it('a batch warns, and does not fail, after ten workers have disappeared with a task', async () => {
  const run = batch()
  await until(waiting)
  const [task] = await redis.lrange(`billcast:tasks-${version}:wait`, 0, -1)
  // BullMQ reports it this way.
  const stall = () => redis.xadd(`billcast:tasks-${version}:events`, '*', 'event', 'stalled', 'jobId', task)
  for (let k = 0; k < 9; k++) await stall()
  await pause(500)
  expect(run.printed()).not.toContain('disappeared')
  await stall()
  await until(() => run.printed().includes(`10 workers disappeared while they ran task ${task}`))
  start()
  expect(await run.ended).toBe(0)
})

describe('a worker refuses', () => {
  it('a task of 100 MB or one that billcast did not create, and continues', async () => {
    const queue = new Queue(`tasks-${version}`, { connection: redis, prefix: 'billcast' })
    await queue.add('shard', 'x'.repeat(100_000_000), { jobId: 'large' })
    await queue.add('shard', JSON.stringify({ run: 'rm -rf /' }), { jobId: 'other' })
    const one = start()
    expect(await batch().ended).toBe(0)
    await until(() => eventsOf(one, 'failed').length >= 2)
    const messages = Object.fromEntries(eventsOf(one, 'failed').map(({ task, message }) => [task, message]))
    expect(messages.large).toBe(
      'the task is refused: expected at most 8 MiB with its files, got 95.4 MiB, which is 87.4 MiB too much. Remove columns and rows that the scenario does not use',
    )
    expect(messages.other).toMatch(/^billcast [\d.]+ did not create this task/)
    await queue.close()
  })

  it('a task of another version, and both worker and batch report it', async () => {
    const other = join(root, 'other')
    cpSync('dist', join(other, 'dist'), { recursive: true })
    cpSync('generated', join(other, 'generated'), { recursive: true })
    symlinkSync(resolve('node_modules'), join(other, 'node_modules'))
    cpSync('package.json', join(other, 'package.json'))
    const chunks = join(other, 'dist/chunks')
    for (const name of readdirSync(chunks)) {
      const text = readFileSync(join(chunks, name), 'utf8')
      writeFileSync(join(chunks, name), text.replace(`VERSION = "${version}"`, 'VERSION = "9.9.9"'))
    }
    const stranger = kept(
      begin(['worker', '--queue', server.address, '--threads', '1', '--log', 'json'], {}, join(other, 'dist/cli/billcast.js')),
    )
    const run = batch()
    await until(() => eventsOf(stranger, 'warning').length > 0)
    expect(eventsOf(stranger, 'warning')[0].message).toBe(
      `a batch of billcast ${version} has tasks here. This worker is 9.9.9 and takes none of them. Start a worker of ${version} for it`,
    )
    await until(() => run.printed().includes('note:'))
    expect(run.printed()).toContain(
      `note: no worker of billcast ${version} is running. Workers of 9.9.9 are running, but take none of its tasks. Start one with billcast worker --queue ${server.address}`,
    )
    expect(eventsOf(stranger, 'done')).toEqual([])
    const own = start()
    expect(await run.ended).toBe(0)
    expect(eventsOf(own, 'done')).toHaveLength(3)
    expect(eventsOf(stranger, 'done')).toEqual([])
  })
})

it('a worker ends with an error if its metrics port is in use', async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => holder.once('listening', resolve))
  const { port } = holder.address() as AddressInfo
  try {
    const one = kept(worker(server.address, '--metrics', `127.0.0.1:${port}`))
    expect(await one.ended).toBe(1)
    expect(one.printed()).toContain(`--metrics 127.0.0.1:${port}: cannot listen at this address`)
    expect(await redis.keys('billcast:worker:*')).toEqual([])
  } finally {
    holder.close()
  }
})

describe('a password', () => {
  it('comes from the address or the environment and appears nowhere', async () => {
    const secret = 'hunter2-secret'
    const locked = await TestRedis.start(`requirepass ${secret}`)
    try {
      const address = (password: string) => `redis://:${password}@127.0.0.1:${locked.port}`
      for (const args of [
        ['worker', '--queue', address('wrong-one')],
        ['queue', 'status', '--queue', address('wrong-one')],
        ['batch', join(plans, '*.yaml'), '--out', out, '--queue', locked.address],
      ]) {
        const refused = begin(args)
        expect(await refused.ended).toBe(1)
        expect(refused.printed().trim()).toBe(
          `${locked.address}: Redis rejects this user and password. Give them in the address, or in BILLCAST_QUEUE_USERNAME and BILLCAST_QUEUE_PASSWORD`,
        )
      }
      const one = kept(begin(['worker', '--queue', address(secret), '--threads', '1', '--log', 'json']))
      await until(() => eventsOf(one, 'ready').length > 0)
      if (process.platform === 'linux') expect(readFileSync(`/proc/${one.child.pid}/cmdline`, 'utf8')).not.toContain(secret)
      const run = kept(
        begin(['batch', join(plans, '*.yaml'), '--out', out, '--queue', locked.address, '--log', 'json'], {
          BILLCAST_QUEUE_PASSWORD: secret,
        }),
      )
      expect(await run.ended).toBe(0)
      const manifest = readFileSync(join(out, 'north/manifest.json'), 'utf8')
      for (const text of [one.printed(), run.printed(), manifest, readFileSync(join(out, 'index.json'), 'utf8')])
        expect(text).not.toContain(secret)
    } finally {
      await locked.remove()
    }
  })
})

describe('a Redis', () => {
  const begun = (address: string, env: Readonly<Record<string, string>> = {}, ...more: string[]) =>
    kept(begin(['batch', join(plans, '*.yaml'), '--out', out, '--quiet', '--no-report', '--queue', address, ...more], env))

  it('accepts TLS with a trusted certificate, and is refused at once with another', async () => {
    const certificate = join(root, 'certificate.pem')
    const key = join(root, 'key.pem')
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
    const made = ['req', '-x509', '-nodes', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', ...subject]
    execFileSync('openssl', [...made, '-keyout', key, '-out', certificate], { stdio: 'ignore' })
    const files = [`tls-cert-file ${certificate}`, `tls-key-file ${key}`, `tls-ca-cert-file ${certificate}`]
    // A port beside that on which the test hears whether it has started.
    const port = await freePort()
    const locked = await TestRedis.start(`tls-port ${port}`, 'tls-auth-clients no', ...files)
    try {
      const address = `rediss://127.0.0.1:${port}`
      const cpu = childCpu(join(root, 'refused.cpu'))
      const refused = begun(address, cpu.env)
      expect(await refused.ended).toBe(1)
      expect(cpu.used()).toBeLessThan(5)
      expect(refused.printed().trim()).toBe(
        `${address}: its certificate is not trusted (self-signed certificate). Set NODE_EXTRA_CA_CERTS to the file of the authority that signed it`,
      )
      const trusting = { NODE_EXTRA_CA_CERTS: certificate }
      const one = kept(begin(['worker', '--queue', address, '--threads', '1', '--log', 'json'], trusting))
      expect(await begun(address, trusting).ended).toBe(0)
      expect(eventsOf(one, 'done')).toHaveLength(3)
    } finally {
      await locked.remove()
    }
  })

  it('that disappears during tasks ends batch and worker after their --wait', async () => {
    const lost = await TestRedis.start()
    try {
      for (let k = 0; k < 20; k++) write(`more-${k}`, plan(`${20 + k}k`).replace('1024', '200k'))
      const [ofBatch, ofWorker] = ['lost-batch', 'lost-worker'].map((name) => childCpu(join(root, `${name}.cpu`)))
      const one = kept(measuredWorker(lost.address, ofWorker, '--wait', '1'))
      const run = begun(lost.address, ofBatch.env, '--wait', '1', '--threads', '1')
      await until(() => eventsOf(one, 'done').length > 2)
      await lost.kill()
      ofBatch.begin(run.child.pid)
      ofWorker.begin(one.child.pid)
      expect([await run.ended, await one.ended]).toEqual([1, 1])
      expect(ofBatch.used()).toBeLessThan(5)
      expect(ofWorker.used()).toBeLessThan(5)
      expect(run.printed()).toContain(`${lost.address}: no Redis answers`)
    } finally {
      await lost.remove()
    }
  })

  it('that freezes shows in the health of a worker, which then ends', async () => {
    const frozen = await TestRedis.start()
    try {
      const port = await freePort()
      const one = kept(worker(frozen.address, '--wait', '4', '--metrics', `127.0.0.1:${port}`))
      await until(() => eventsOf(one, 'ready').length > 0)
      const health = async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).status
      expect(await health()).toBe(200)
      frozen.freeze()
      await until(async () => (await health()) === 503)
      expect(await one.ended).toBe(1)
    } finally {
      await frozen.remove()
    }
  })

  it('that stops together with its worker delays the worker only for a limited time', async () => {
    const shut = await TestRedis.start()
    try {
      write('large', plan('40k to 50k').replace('1024', '60m'))
      const cpu = childCpu(join(root, 'shut.cpu'))
      const one = kept(measuredWorker(shut.address, cpu))
      kept(begin(['batch', join(plans, 'large.yaml'), '--out', out, '--no-keep-trials', '--quiet', '--queue', shut.address]))
      const client = new Redis(shut.port)
      await until(async () => (await client.llen(`billcast:tasks-${version}:active`)) > 0)
      client.disconnect()
      cpu.begin(one.child.pid)
      one.child.kill('SIGTERM')
      await shut.kill()
      expect(await one.ended).toBe(0)
      expect(cpu.used()).toBeLessThan(10)
    } finally {
      await shut.remove()
    }
  })

  it('that is read-only for the user ends worker and batch with an error', async () => {
    const address = server.address.replace('//', '//reader:pw@')
    await redis.call('ACL', 'SETUSER', 'reader', 'on', '>pw', '~*', '&*', '+@read', '+@connection', '+info', '+config')
    const words = /^redis:\/\/127\.0\.0\.1:\d+: Redis does not permit this \(NOPERM .*Use the main server/
    for (const one of [begin(['worker', '--queue', address]), begun(address)]) {
      expect(await one.ended).toBe(1)
      expect(one.printed()).toMatch(words)
    }
  })

  it('that may delete tasks causes a warning', async () => {
    const dropping = await TestRedis.start('maxmemory-policy allkeys-lru')
    try {
      const words =
        'Redis may delete tasks when its memory is full (maxmemory-policy allkeys-lru). Set maxmemory-policy to noeviction'
      const one = kept(worker(dropping.address))
      const run = kept(begin(['batch', join(plans, '*.yaml'), '--out', out, '--no-report', '--queue', dropping.address]))
      expect(await run.ended).toBe(0)
      expect(run.printed()).toContain(words)
      expect(eventsOf(one, 'warning').map(({ message }) => message)).toEqual([words])
    } finally {
      await dropping.remove()
    }
  })

  it('whose memory is full ends the batch with an error, and the rerun continues from the results', async () => {
    const full = await TestRedis.start('maxmemory 4mb')
    try {
      kept(worker(full.address, '--wait', '1'))
      write('large', plan('40k to 50k').replace('1024', '400k'))
      const run = begun(full.address)
      expect(await run.ended).toBe(1)
      expect(run.printed()).toContain('the memory of Redis is full (maxmemory). Raise its limit')
      const client = new Redis(full.port)
      await client.config('SET', 'maxmemory', '1gb')
      client.disconnect()
      expect(await begun(full.address, {}, '--resume').ended).toBe(0)
    } finally {
      await full.remove()
    }
  })
})

it('a Redis that disappears for good ends a batch after its --wait, and the rerun continues', async () => {
  const lost = await TestRedis.start()
  try {
    const cpu = childCpu(join(root, 'gone.cpu'))
    const args = ['batch', join(plans, '*.yaml'), '--out', out, '--quiet', '--queue', lost.address, '--wait', '1']
    const run = begin(args, cpu.env)
    await pause(2_000)
    await lost.kill()
    cpu.begin(run.child.pid)
    expect(await run.ended).toBe(1)
    expect(cpu.used()).toBeLessThan(3)
    expect(run.printed()).toContain(`${lost.address}: no Redis answers (the connection is refused (ECONNREFUSED)) after 1 s`)
    await lost.start()
    kept(worker(lost.address))
    expect(await begin(['batch', join(plans, '*.yaml'), '--out', out, '--quiet', '--resume', '--queue', lost.address]).ended).toBe(
      0,
    )
    expect(index().done).toBe(3)
  } finally {
    await lost.remove()
  }
})
