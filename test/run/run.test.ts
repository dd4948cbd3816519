// Faults of an executor: a task is repeated, and a run that cannot continue reports it.
import { describe, expect, it, vi } from 'vitest'
import { type CreateExecutor, inlineExecutor } from '../../src/run/executor.ts'
import { runScenario } from '../../src/api/run.ts'
import type { CheckpointStore } from '../../src/run/checkpoint.ts'
import type { RunTask } from '../../src/run/task.ts'

const scenario = {
  conversations: { base: 1_000, noise: { cv: '10%' } },
  offers: { a: { charges: [{ meter: 'conversations', price: 1 }] }, b: { charges: [{ fee: 12_000 }] } },
}
const reader = { read: () => Promise.reject(new Error('no file')) }
const run = (executor: CreateExecutor, more: object = {}) =>
  runScenario(scenario, { trials: 2_048, ...more }, { executor: () => executor, reader })

/** An executor whose tasks fail so often before they are done. */
const failing =
  (times: number): CreateExecutor =>
  async (job) => {
    const inner = await inlineExecutor(job)
    const failures = new Map<object, number>()
    return {
      ...inner,
      async run(task) {
        const before = failures.get(task) ?? 0
        failures.set(task, before + 1)
        if (before < times) throw new Error('the thread has died')
        return inner.run(task)
      },
    }
  }

describe('a task that fails', () => {
  it('is repeated with the same bits', async () => {
    const [sound, faulty] = await Promise.all([run(inlineExecutor), run(failing(2))])
    expect(faulty.summary).toEqual(sound.summary)
  })
  it('ends the run with its error after three attempts', async () => {
    await expect(run(failing(3))).rejects.toThrow('the thread has died')
  })
})

it('a run ends with the reason that its checkpoints give, and does no task after it', async () => {
  const lost = new Error('another billcast took these results over')
  let done = 0
  let failedAt = Number.POSITIVE_INFINITY
  const checkpoints: CheckpointStore = {
    ...{ every: 1, load: () => Promise.resolve(undefined), spool: () => Promise.resolve(''), fill: () => Promise.resolve('') },
    ...{ save: () => Promise.reject(lost), abandon: () => undefined },
    failed(error) {
      failedAt = done
      throw error
    },
  }
  const slowly: CreateExecutor = async (job) => {
    const inner = await inlineExecutor(job)
    let last: Promise<unknown> = Promise.resolve()
    const after = async (task: RunTask) => {
      await new Promise((resolve) => setTimeout(resolve, 2))
      done += 1
      return inner.run(task)
    }
    return {
      ...inner,
      run: (task) => {
        const result = last.then(() => after(task))
        last = result.catch(() => undefined)
        return result
      },
    }
  }
  const platform = { executor: () => slowly, reader, checkpoints: () => Promise.resolve(checkpoints) }
  await expect(runScenario(scenario, { trials: 40_000, keepTrials: false }, platform)).rejects.toBe(lost)
  // One may be at work when the run ends.
  expect(done).toBeLessThanOrEqual(failedAt + 1)
})

it('a run that cannot start reports it, and leaves no timer behind', async () => {
  const timers = vi.spyOn(globalThis, 'setInterval')
  const never: CreateExecutor = () => Promise.reject(new Error('the worker threads do not start'))
  await expect(run(never, { onProgress: () => undefined })).rejects.toThrow('do not start')
  expect(timers).not.toHaveBeenCalled()
  timers.mockRestore()
})

/** Gathers tasks and does them in an order of its own, several being open at once. */
const shuffled =
  (seed: number): CreateExecutor =>
  async (job) => {
    const inner = await inlineExecutor(job)
    const open: (() => void)[] = []
    let x = seed
    const next = () => {
      x = (x * 48_271) % 2_147_483_647
      open.splice(x % open.length, 1)[0]()
    }
    return {
      ...inner,
      width: 1 + (seed % 7),
      run: (task) =>
        new Promise((resolve, reject) => {
          open.push(() => void inner.run(task).then(resolve, reject))
          setTimeout(next, 0)
        }),
    }
  }

it('the order of tasks does not change a bit', async () => {
  const options = { trials: 40_000, method: 'sobol', keepTrials: false }
  const expected = JSON.stringify((await run(inlineExecutor, options)).summary)
  for (let seed = 1; seed <= 8; seed++) expect(JSON.stringify((await run(shuffled(seed * 7_919), options)).summary)).toBe(expected)
})
