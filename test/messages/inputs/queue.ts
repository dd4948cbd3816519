import { readFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { simulate } from 'billcast'
import { vi } from 'vitest'
import { prepareScenario, runShard } from '../../../src/api/run.ts'
import { addressOf, placeOf } from '../../../src/platform/queue/address.ts'
import { defineCharge } from '../../../src/api/define-charge.ts'
import { connect, forbidden, unsafe } from '../../../src/platform/queue/connection.ts'
import { whenFull, whenThereIsRoom } from '../../../src/platform/queue/full.ts'
import { submit } from '../../../src/platform/queue/index.ts'
import { listenAt, metricsAt } from '../../../src/platform/queue/metrics.ts'
import { putResult, resultOf } from '../../../src/platform/queue/results.ts'
import { readTask, tasksOf } from '../../../src/platform/queue/task.ts'
import { readFrom, shardBytes } from '../../../src/platform/node/shard-file.ts'
import { openSpool } from '../../../src/platform/queue/spool.ts'
import { sha256 } from '../../../src/platform/node/hash.ts'
import { openPool } from '../../../src/platform/node/threads/pool.ts'
import { inlineExecutor } from '../../../src/run/executor.ts'
import { good, yaml } from '../../scenario/slips.ts'
import { instead } from '../../setup/inline-sender.ts'
import { Folder, said } from '../commands.ts'
import { calls, cases, type Subject } from '../input.ts'
import { reader } from '../plans.ts'

const folder = new Folder()
folder.write('plan.yaml', yaml('months: 3'))
const { signal } = new AbortController()
const pool = await openPool(1)
const prepared = await prepareScenario({ ...good, months: 3 }, { trials: 64 }, reader({}))
const [task] = tasksOf(prepared).tasks
const first = { identity: task.key.identity, shard: { index: 1, count: 2 } }
const half = await runShard(prepared, first.shard, { executor: () => inlineExecutor })
folder.write('half.shard', Buffer.concat([...shardBytes(first, half).pieces()].map((piece) => piece.slice())))
const bytes = await readFile(folder.at('half.shard'))
folder.write('cut.shard', bytes.subarray(0, -1))
const line = JSON.stringify({ format: 1 })
folder.write('version.shard', `${line}\n${sha256(line)}\n`)
/** Saves a file as if it had come from Redis. */
const saved = async (name: string) => {
  const spool = await openSpool(folder.at('spool'), true, () => Promise.resolve())
  return readFrom(folder.at(name), (source) => spool.save({ ...task, key: first }, source), 'the result of task a in Redis')
}
const reach = { address: addressOf('redis://127.0.0.1:1', {}), wait: 0.1 }
const plan = { name: 'plan', file: folder.at('plan.yaml') }
const options = {
  out: folder.at('out'),
  jobs: 1,
  run: { trials: 64 },
  allowed: [],
  wanted: { formats: [], inputs: false, page: false },
  every: 5_000,
} as never

/** A thread that gives such an answer. */
const answered = async (answer: () => unknown, work: () => Promise<unknown>): Promise<unknown> => {
  instead.answer = answer as NonNullable<typeof instead.answer>
  try {
    return await work()
  } finally {
    delete instead.answer
  }
}
const whole = (gathered?: object) => pool.whole(plan, options, 'a', signal, () => undefined, gathered as never)
const single = (text: string, id = task.id) => pool.task({ task: text, id, reach }, signal)
/** The data and the id of the task, with another number of parts. */
const divided = (count: number) =>
  [task.data.replace('"count":1', `"count":${count}`), task.id.replace(/1$/, String(count))] as const

/** A Redis that holds such results. */
const redis = (own: object): never => {
  const several = { setrange: () => several, expire: () => several, exec: () => Promise.resolve([]) }
  return {
    get: () => Promise.resolve(null),
    set: () => Promise.resolve('OK'),
    strlen: () => Promise.resolve(0),
    exists: () => Promise.resolve(0),
    getrangeBuffer: () => Promise.resolve(Buffer.from('x'.repeat(64))),
    setrange: () => Promise.resolve(1),
    unlink: () => Promise.resolve(1),
    renamenx: () => Promise.resolve(0),
    on: () => undefined,
    off: () => undefined,
    multi: () => several,
    ...own,
  } as never
}
const encoded = shardBytes(first, half)
const oom = () => Promise.reject(new Error("OOM command not allowed when used memory > 'maxmemory'."))

/** A server at some port of this machine, while something is done. */
async function withServer(answer: (socket: Socket) => void, work: (port: number) => Promise<unknown>): Promise<unknown> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined))
    answer(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    return await work(port).catch((error: unknown) =>
      String(error instanceof Error ? error.message : error).replaceAll(String(port), '6379'),
    )
  } finally {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
}

async function fullForLong(): Promise<unknown> {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const { full, close } = whenFull(redis({ set: oom }), 0)
  try {
    await vi.advanceTimersByTimeAsync(2_000)
    return await full
  } finally {
    close()
    vi.useRealTimers()
  }
}

const ruled = defineCharge({ id: 'blocks', version: 1, counts: 'resolutions', bill: ({ resolutions }) => resolutions })

export const subjects: Subject[] = [
  {
    folder: 'platform/node/threads',
    inputs: cases({
      'a task of a queue that is no task': () => single('{}'),
      'a task of a queue whose scenario is another': () =>
        single(task.data.replace(/"identity":"[0-9a-f]{64}"/, `"identity":"${'0'.repeat(64)}"`), `${'0'.repeat(64)}-1-of-1`),
      'a task of a queue with the data of another': () => single(task.data, 'a'),
      'a task of a queue that is one of too many': () => single(...divided(1_000)),
      'a thread that gives no result of a task': () =>
        answered(
          () => 'unknown job',
          () => single('x'),
        ),
      'a thread that gives no result of a scenario': () => answered(() => 'unknown job', whole),
      'a thread that gives no result of blocks': () =>
        answered(
          () => ({ digest: 'x', bytes: 1 }),
          async () => (await pool.executor()({} as never)).run({} as never),
        ),
      'a run whose threads cannot start': async () => {
        instead.failure = new Error('the worker threads cannot start: access is denied')
        try {
          return await simulate({ ...good, months: 3 }, { trials: 64, threads: 2 })
        } finally {
          delete instead.failure
        }
      },
      'a thread that dies with a scenario': () => answered(() => Promise.reject(new Error('out of memory')), whole),
      'a scenario of a batch that is wrong': () =>
        pool.whole({ name: 'none', file: folder.at('none.yaml') }, options, 'a', signal, () => undefined),
      'a scenario whose result has gone from Redis': () =>
        answered(() => ({ events: [], gone: true, error: 'task a: its result has gone' }), whole),
      'a result of a queue that is another shard': () =>
        whole({ written: prepared.written, shards: [{ task: 'a', file: folder.at('half.shard') }] }),
      'a result of a queue that another version wrote': () =>
        whole({ written: prepared.written, shards: [{ task: 'a', file: folder.at('version.shard') }] }),
      'a result of a queue that is damaged when it is saved': () => saved('cut.shard'),
      'a result of a queue that is no shard when it is saved': () => saved('plan.yaml'),
      'a result of a queue that is no shard': () =>
        whole({ written: prepared.written, shards: [{ task: 'a', file: folder.at('plan.yaml') }] }),
    }),
  },
  {
    folder: 'platform/queue',
    inputs: [
      ...calls(
        () => addressOf('127.0.0.1', {}),
        () => addressOf('http://127.0.0.1', {}),
        () => addressOf('redis://127.0.0.1/first', {}),
        () => addressOf('redis://me:100%@127.0.0.1', {}),
        () => placeOf({ queue: '' }),
        () => submit({ ...good, offers: { own: { charges: [ruled] } } } as never, { queue: 'redis://127.0.0.1:6379' }),
        () => submit(good as never, { precision: { relative: 0.01 } } as never),
        () => listenAt('9464'),
        () => readTask(5),
        () => readTask('x'.repeat(9_000_000)),
        () => readTask('{}'),
        () => readTask(task.data.replace('"format":1', '"format":2')),
        () => tasksOf({ ...prepared, written: { text: 'x'.repeat(9_000_000), files: {} } }),
        () => forbidden(reach.address, new Error("NOPERM User me has no permissions to run the 'set' command")),
        () => unsafe(redis({ config: () => Promise.resolve(['maxmemory-policy', 'allkeys-lru']) })),
        () => whenThereIsRoom(oom, -1, signal),
        () => putResult(redis({}), 'a', encoded, 1, signal),
        () => putResult(redis({ strlen: () => Promise.resolve(99) }), 'a', encoded, 1, signal),
        () =>
          resultOf(redis({ strlen: () => Promise.resolve(99), getrangeBuffer: () => Promise.resolve(Buffer.alloc(9)) }), 'a', 'x'),
        () => resultOf(redis({ get: () => Promise.resolve('x') }), 'a', 'x'),
        () => resultOf(redis({}), 'a', 'x'),
        () => resultOf(redis({ strlen: () => Promise.resolve(99) }), 'a', 'y'),
      ),
      ...cases({
        'billcast batch plan.yaml --out out --queue redis://127.0.0.1:1 --precision 1%': () =>
          said(folder, 'batch @plan.yaml --out @out --queue redis://127.0.0.1:1 --precision 1%'),
        'a Redis that has been full for longer than --wait': fullForLong,
        'a Redis that does not answer': () => connect(addressOf('redis://127.0.0.1:1', {}), 0.1),
        'a Redis that refuses the password': () =>
          withServer(
            (socket) =>
              void socket.on('data', () =>
                socket.write('-WRONGPASS invalid username-password pair or user is disabled.\r\n'.repeat(4)),
              ),
            (port) => connect(addressOf(`redis://me:secret@127.0.0.1:${port}`, {}), 2),
          ),
        'billcast worker --metrics at an address that another program listens at': () =>
          withServer(
            () => undefined,
            async (port) => (await metricsAt({ host: '127.0.0.1', port })).serve({} as never),
          ),
      }),
    ],
  },
]
