// Functions of a user that throw end a submitted scenario and a worker with their error, and nothing else.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { submit, work } from 'billcast/queue'
import { TestRedis } from './redis.ts'

let redis: TestRedis
beforeAll(async () => {
  redis = await TestRedis.start()
})
afterAll(() => redis.remove())

const error = new Error('from the callback')
const throws = () => {
  throw error
}
const plan = {
  conversations: { base: '45k to 60k', noise: { cv: '8%' } },
  resolution: { rate: '60% to 70%' },
  offers: { fin: { charges: [{ meter: 'resolutions', price: 1 }] }, flat: { charges: [{ fee: 40_000 }] } },
}

describe.each([1, 2])('with %i threads', (threads) => {
  it('submit rejects with the error of its callback, and the worker goes on', async () => {
    const stop = new AbortController()
    const working = work({ queue: redis.address, threads, signal: stop.signal })
    for (const trials of [2_048, 1_048_576])
      await expect(submit(plan, { queue: redis.address, trials, threads, onProgress: throws })).rejects.toBe(error)
    const { summary } = await submit(plan, { queue: redis.address, trials: 2_048, threads })
    expect(summary.trials).toBe(2_048)
    stop.abort()
    await working
  })

  it.each(['ready', 'done'])('a worker ends with the error of its listener at "%s"', async (at) => {
    const ended = work({
      ...{ queue: redis.address, threads },
      onEvent: ({ event }) => {
        if (event === at) throw error
      },
    })
    const submitted = at === 'done' ? submit(plan, { queue: redis.address, trials: 4_096, seed: threads }) : undefined
    await expect(ended).rejects.toBe(error)
    // The task was done before its event.
    if (submitted) expect((await submitted).summary.trials).toBe(4_096)
  })
})
