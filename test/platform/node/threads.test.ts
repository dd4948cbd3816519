// A run works on threads or in the calling thread. It also works in the calling thread if no thread can start.
import { simulate } from 'billcast'
import { afterEach, describe, expect, it } from 'vitest'
import { messageOf } from '../../../src/errors.ts'
import { runScenario } from '../../../src/api/run.ts'
import { besideCaller } from '../../../src/platform/node/threads/beside.ts'
import { commandExecutor, threadExecutor } from '../../../src/platform/node/threads/executor.ts'
import { type Message, UNKNOWN } from '../../../src/platform/node/threads/protocol.ts'
import { inlineExecutor } from '../../../src/run/executor.ts'
import { type Runner, taskRunner } from '../../../src/run/task.ts'
import { instead } from '../../setup/inline-sender.ts'

const plan = { conversations: { base: '900 to 1100' }, offers: { flat: { charges: [{ meter: 'conversations', price: 2 }] } } }
const CANNOT = new Error('the worker threads cannot start: access is denied')

afterEach(() => {
  delete instead.failure
  delete instead.answer
})

it('a run whose threads cannot start goes on with the same bits and one warning', async () => {
  const sound = await simulate(plan, { trials: 2_048, threads: 2 })
  expect(sound.warnings).toEqual([])
  instead.failure = CANNOT
  const alone = await simulate(plan, { trials: 2_048, threads: 2 })
  expect(alone.summary).toEqual(sound.summary)
  expect(alone.warnings).toEqual([
    'the worker threads cannot start: access is denied. The run continues on one thread and gives the same figures, but takes longer',
  ])
  // The page is the same on every machine.
  expect(alone.toHTML()).toBe(sound.toHTML())
})

it('a run that doubles its trials warns once', async () => {
  instead.failure = CANNOT
  const { warnings } = await simulate(plan, { threads: 2, precision: { relative: 1e-9 }, trials: 65_536 })
  expect(warnings.filter((words) => words.includes('cannot start'))).toHaveLength(1)
  expect(warnings).toHaveLength(2)
})

it('a run on one thread, and a small run, ask for no thread', async () => {
  instead.failure = CANNOT
  expect((await simulate(plan, { trials: 2_048, threads: 1 })).warnings).toEqual([])
  expect((await simulate(plan, { trials: 2_048 })).warnings).toEqual([])
})

it('a run that fits in the free memory is refused if it exceeds the memory of its container', async () => {
  const reader = { read: () => Promise.reject(new Error('no file')) }
  const run = (capacity: number, trials = 2_048) =>
    runScenario(plan, { trials }, { executor: () => inlineExecutor, reader, free: () => 2 ** 34, capacity: () => capacity })
  await expect(run(2 ** 28, 4_194_304)).rejects.toThrow(
    /^the run needs about \d+ MiB of memory, more than the limit of 256 MiB \(of this machine or container\)/,
  )
  // Their estimate is higher than what they need.
  expect((await run(2 ** 27)).notes).toEqual([])
})

it('a run ends with the cause if its threads return nothing', async () => {
  instead.answer = () => 'unknown job'
  const run = runScenario(
    plan,
    { trials: 2_048, threads: 2 },
    { executor: threadExecutor, reader: { read: () => Promise.reject(new Error('no file')) } },
  )
  await expect(run).rejects.toThrow('a worker thread returned no result')
})

describe('a command, whose own thread works beside others', () => {
  const reader = { read: () => Promise.reject(new Error('no file')) }
  const beside = (signal?: AbortSignal) =>
    runScenario(
      plan,
      { trials: 65_536, ...(signal && { signal }) },
      { executor: (_, note) => (job) => Promise.resolve(besideCaller(job, 1, (error) => note?.(messageOf(error)))), reader },
    )
  /** A thread that calls `before` and then runs the task that it receives. */
  const thread = (before: () => void) => {
    let runner: Runner | undefined
    return (message: Message) => {
      if (!('task' in message) || !('job' in message)) throw new Error('expected a task of a run')
      // A run of another test may still wait for an answer.
      if (message.data && message.data.plan.trials !== 65_536) return UNKNOWN
      before()
      if (message.data) runner ??= taskRunner(message.data)
      return runner ? runner(message.task) : UNKNOWN
    }
  }
  const summaryOf = async () => (await simulate(plan, { trials: 65_536, threads: 1 })).summary

  it('gives the same bits as one thread, however the tasks are divided', async () => {
    let elsewhere = 0
    instead.answer = thread(() => {
      elsewhere += 1
    })
    const { summary, notes } = await beside()
    expect(elsewhere).toBeGreaterThan(2)
    expect(summary).toEqual(await summaryOf())
    expect(notes).toEqual([])
  })

  it('does all tasks itself where others cannot start, and says so once', async () => {
    instead.failure = CANNOT
    const { summary, notes } = await beside()
    expect(summary).toEqual(await summaryOf())
    expect(notes).toEqual([CANNOT.message])
  })

  it('repeats a task that failed elsewhere', async () => {
    let failures = 0
    instead.answer = thread(() => {
      if (failures++ === 1) throw new Error('the thread died')
    })
    expect((await beside()).summary).toEqual(await summaryOf())
    expect(failures).toBeGreaterThan(2)
  })

  it('stops on a signal', async () => {
    instead.answer = thread(() => {})
    const stop = new AbortController()
    const run = beside(stop.signal)
    setTimeout(() => stop.abort(), 0)
    await expect(run).rejects.toThrow('aborted')
  })

  it('starts no thread for a small run or for one thread', async () => {
    instead.failure = CANNOT
    const run = (trials: number, threads: number) => runScenario(plan, { trials, threads }, { executor: commandExecutor, reader })
    expect((await run(2_048, 2)).notes).toEqual([])
    expect((await run(65_536, 1)).notes).toEqual([])
  })
})
