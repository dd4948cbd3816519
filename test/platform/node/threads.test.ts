// Where a run works: on threads, in the calling thread, or there because threads cannot start.
import { simulate } from 'billcast'
import { afterEach, expect, it } from 'vitest'
import { runScenario } from '../../../src/api/run.ts'
import { threadExecutor } from '../../../src/platform/node/threads/executor.ts'
import { inlineExecutor } from '../../../src/run/executor.ts'
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
