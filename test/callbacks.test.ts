// A user's function may throw. The work then rejects with that error, also if a timer or an event called the function.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guarded } from '../src/callbacks.ts'
import { callbacksOf } from '../src/options/option.ts'
import { working } from '../src/options/queue.ts'
import { simulating } from '../src/options/simulate.ts'
import { QUESTIONS } from '../src/questions/list.ts'

const uncaught: unknown[] = []
const keep = (error: unknown) => void uncaught.push(error)
beforeEach(() => void process.on('uncaughtException', keep).on('unhandledRejection', keep))
afterEach(() => {
  process.off('uncaughtException', keep).off('unhandledRejection', keep)
  expect(uncaught).toEqual([])
})

interface Options {
  readonly call?: (word: string) => unknown
  readonly signal?: AbortSignal
}
const error = new Error('from the callback')
const throws = () => {
  throw error
}
/** Calls the function from a timer, and ends only if it is stopped. */
const endless = ({ call, signal }: Options) =>
  new Promise<never>((_, reject) => {
    const timer = setInterval(() => call?.('tick'), 1)
    const stop = () => {
      clearInterval(timer)
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', stop)
  })

describe('a callback that throws', () => {
  it.each([
    ['throws', throws],
    ['rejects', () => Promise.reject(error)],
  ])('stops work that calls it from a timer, if it %s', async (_, call) => {
    await expect(guarded({ call }, ['call'], endless)).rejects.toBe(error)
  })

  it('rejects work that ends well, wraps the error, or goes on without it', async () => {
    const call = throws
    const quiet = async (own: Options) => void own.call?.('word')
    await expect(guarded({ call }, ['call'], quiet)).rejects.toBe(error)
    const wraps = async ({ call: own, signal }: Options) => {
      own?.('word')
      if (signal?.aborted) throw new Error('a task failed 3 times', { cause: signal.reason })
    }
    await expect(guarded({ call }, ['call'], wraps)).rejects.toBe(error)
  })

  it.each([undefined, null, 0, 'text'])('may throw %j', async (value) => {
    const call = () => {
      throw value
    }
    await expect(guarded({ call }, ['call'], endless)).rejects.toBe(value)
  })

  it('is not called again', async () => {
    let calls = 0
    const call = () => {
      calls += 1
      throw error
    }
    const twice = async (own: Options) => {
      own.call?.('one')
      own.call?.('two')
    }
    await expect(guarded({ call }, ['call'], twice)).rejects.toBe(error)
    expect(calls).toBe(1)
  })
})

describe('a callback that returns', () => {
  it('changes no result and no error', async () => {
    const words: string[] = []
    const call = (word: string) => void words.push(word)
    const good = async (own: Options) => own.call?.('word') ?? 'result'
    expect(await guarded<Options, unknown>({ call }, ['call'], good)).toBe('result')
    expect(words).toEqual(['word'])
    const bad = () => Promise.reject(error)
    await expect(guarded<Options, never>({ call }, ['call'], bad)).rejects.toBe(error)
  })

  it('leaves the signal of the caller its reason', async () => {
    const controller = new AbortController()
    const reason = new Error('stop')
    setTimeout(() => controller.abort(reason), 5)
    const watched: Options = { call: () => undefined, signal: controller.signal }
    await expect(guarded(watched, ['call'], endless)).rejects.toBe(reason)
    await expect(guarded(watched, ['call'], async ({ signal }) => signal?.throwIfAborted())).rejects.toBe(reason)
  })
})

it('every option that is a function is guarded', () => {
  for (const { options } of Object.values(QUESTIONS)) expect(callbacksOf(options)).toEqual(['onProgress'])
  expect(callbacksOf(simulating)).toEqual(['onProgress'])
  expect(callbacksOf(working)).toEqual(['onEvent'])
})
