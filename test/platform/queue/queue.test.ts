// What of a queue needs no Redis: addresses, sizes, what is missing, what does not answer.
import { describe, expect, it } from 'vitest'
import { decodeDerived, encodeDerived } from '../../../src/run/derived.ts'
import { givenFiles } from '../../../src/api/given.ts'
import { prepareScenario } from '../../../src/api/run.ts'
import { addressOf, shownAddress } from '../../../src/platform/queue/address.ts'
import { listenAt } from '../../../src/platform/queue/metrics.ts'
import { Room } from '../../../src/platform/queue/room.ts'
import { readTask, tasksOf } from '../../../src/platform/queue/task.ts'
import { here } from '../../end-to-end/command.ts'

describe('an address', () => {
  it('locates Redis, and takes user and password from itself or from the environment', () => {
    expect(addressOf('redis://127.0.0.1', {})).toEqual({ host: '127.0.0.1', port: 6379, db: 0, tls: false })
    expect(addressOf('rediss://ann:p%40ss@[::1]:7000/3', {})).toEqual({
      ...{ host: '::1', port: 7000, db: 3, tls: true },
      ...{ username: 'ann', password: 'p@ss' },
    })
    const environment = { BILLCAST_QUEUE_USERNAME: 'bob', BILLCAST_QUEUE_PASSWORD: 'secret' }
    expect(addressOf('redis://a', environment)).toMatchObject({ username: 'bob', password: 'secret' })
  })

  it('is shown without user and password', () => {
    expect(shownAddress(addressOf('rediss://ann:secret@[::1]:7000/3', {}))).toBe('rediss://[::1]:7000/3')
  })

  it.each([
    '',
    'redis',
    'http://:secret@a',
    'redis://:secret@a/x',
    'redis://:secret@a?x=1',
    'redis://:secret@',
    'redis://:secret%@a',
  ])('is refused without repeating a password: %s', async (address) => {
    const { status, stderr } = await here(['worker', '--queue', address])
    expect(status).toBe(2)
    expect(stderr).toMatch(/^queue: expected an address such as redis:\/\/127\.0\.0\.1:6379/)
    expect(stderr).not.toContain('secret')
  })

  it('shows no password if it is in the wrong place', async () => {
    for (const args of [
      ['queue', 'redis://ann:secret@a'],
      ['worker', '--queu=redis://ann:secret@a'],
      ['worker', '--queue', 'secret:x@h:1'],
    ]) {
      const { status, stderr } = await here(args)
      expect(status).toBe(2)
      expect(stderr).not.toContain('secret')
    }
    const { password } = addressOf('redis://:own@a', { BILLCAST_QUEUE_PASSWORD: '' })
    expect(password).toBe('own')
  })

  it('of metrics is a host and a port', () => {
    expect(listenAt('127.0.0.1:9464')).toEqual({ host: '127.0.0.1', port: 9464 })
    expect(listenAt('[::1]:9464')).toEqual({ host: '::1', port: 9464 })
    expect(() => listenAt('9464')).toThrow('--metrics: expected an address and a port such as 127.0.0.1:9464, got "9464"')
  })
})

describe('a task', () => {
  const scenario = 'conversations: { base: 40k to 50k }\noffers: { a: { charges: [{ meter: conversations, price: 1 }] } }\n'
  const prepared = (trials: number, keepTrials = false) => prepareScenario(scenario, { trials, keepTrials }, givenFiles({}))

  it('is a whole small run or a shard of a large one, and its id depends on everything that its figures do', async () => {
    const one = tasksOf(await prepared(10_000))
    expect(one.tasks.map(({ id }) => id)).toEqual([`${one.identity.identity}-1-of-1`])
    const many = tasksOf(await prepared(100_000_000))
    expect(many.tasks.map(({ id }) => id)).toEqual([1, 2, 3].map((k) => `${many.identity.identity}-${k}-of-3`))
    // What is kept makes tasks smaller: a key of Redis holds so much.
    expect(tasksOf(await prepared(50_000_000, true)).tasks).toHaveLength(4)
    expect(tasksOf(await prepared(20_000)).identity.identity).not.toBe(one.identity.identity)
    const data = readTask(one.tasks[0].data)
    expect([data.identity, data.shard, data.text]).toEqual([one.identity.identity, { index: 1, count: 1 }, scenario])
  })

  it('has a limit, and a message says by how much it is exceeded', async () => {
    const given = await prepared(1_024)
    const written = { ...given.written, files: { 'plan.csv': 'x'.repeat(9 << 20) } }
    expect(() => tasksOf({ ...given, written })).toThrow(
      'the scenario is too large for a queue: expected at most 8 MiB with its files, got 9 MiB, which is 1 MiB too much',
    )
    expect(() => readTask('x'.repeat(9 << 20))).toThrow('the task is refused: expected at most 8 MiB')
  })

  it('is checked before it runs, so that a queue cannot run anything else', async () => {
    const [{ data }] = tasksOf(await prepared(1_024)).tasks
    const changed = (change: object) => JSON.stringify({ ...(JSON.parse(data) as object), ...change })
    for (const text of [
      '',
      '[]',
      'null',
      changed({ command: 'ls' }),
      changed({ format: 2 }),
      changed({ shard: { index: 2, count: 1 } }),
    ])
      expect(() => readTask(text)).toThrow(/^billcast [\d.]+ did not create this task/)
    expect(() => readTask({})).toThrow('this queue contains a task that billcast did not create')
  })
})

it('derived figures keep every bit through JSON', () => {
  const spread = { mirror: [{ value: -0, se: 1e-300 }], percentiles: [0.1 + 0.2, Number.NaN], percentileErrors: [Infinity] }
  const derived = {
    horizon: [{ ...spread, shortfalls: [-Infinity], shortfallErrors: [5e-324] }],
    differences: [],
    monthly: [],
    lines: { sampling: { lineDimensions: [1], targets: [], outer: {} }, sums: [[Float64Array.of(1 / 3, -0, Number.MAX_VALUE)]] },
  } as unknown as Parameters<typeof encodeDerived>[0]
  expect(decodeDerived(encodeDerived(derived))).toEqual(derived)
})

describe('a room', () => {
  it('limits number and bytes, always admits a single thing, and serves others in order', async () => {
    const room = new Room(2, 100)
    const order: string[] = []
    const enter = async (name: string, bytes: number) => {
      await room.enter(bytes)
      order.push(name)
    }
    await enter('large', 500)
    const rest = [enter('a', 10), enter('b', 10), enter('c', 10)]
    await Promise.resolve()
    expect(order).toEqual(['large'])
    room.leave(500)
    await Promise.all(rest.slice(0, 2))
    expect(order).toEqual(['large', 'a', 'b'])
    room.leave(10)
    await rest[2]
    expect([order, room.taken]).toEqual([['large', 'a', 'b', 'c'], 2])
  })

  it('lets a waiting caller leave the line on a stop', async () => {
    const room = new Room(1)
    await room.enter()
    const stop = new AbortController()
    const waits = room.enter(0, stop.signal)
    stop.abort(new Error('stopped'))
    await expect(waits).rejects.toThrow('stopped')
    room.leave()
    await room.enter()
    expect(room.taken).toBe(1)
  })
})
