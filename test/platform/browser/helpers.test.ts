// When the helper of a page's questions ends. Chromium's answers are in test/browser/core.test.ts.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { doneElsewhere } from '../../../src/platform/browser/helpers/helpers.ts'

const FILE = { address: 'https://example.com/core.js', bytes: '9' }
const asked = (options: object) =>
  doneElsewhere({ kind: 'question', request: { name: 'sweep', about: [], options }, files: {} }, {}, FILE)

let [started, ended] = [0, 0]

/** Starts at once, and answers every question with 7. */
class FakeWorker {
  onmessage: ((event: { readonly data: unknown }) => void) | undefined

  constructor() {
    started += 1
    queueMicrotask(() => this.onmessage?.({ data: 'ready' }))
  }

  postMessage(message: { readonly id: number }) {
    const { id } = structuredClone(message)
    queueMicrotask(() => this.onmessage?.({ data: { id, found: 7 } }))
  }

  terminate() {
    ended += 1
  }
}

beforeEach(() => {
  ;[started, ended] = [0, 0]
  vi.useFakeTimers()
  vi.stubGlobal('Worker', FakeWorker)
  vi.spyOn(performance, 'getEntriesByName').mockReturnValue([{ decodedBodySize: 9 } as unknown as PerformanceEntry])
})

afterEach(() => {
  vi.runAllTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

it('the worker ends ten seconds after its last answer, and the next question starts another', async () => {
  expect(await asked({})).toEqual({ found: 7 })
  vi.advanceTimersByTime(9_999)
  expect(await asked({})).toEqual({ found: 7 })
  vi.advanceTimersByTime(9_999)
  expect([started, ended]).toEqual([1, 0])
  vi.advanceTimersByTime(1)
  expect([started, ended]).toEqual([1, 1])
  expect(await asked({})).toEqual({ found: 7 })
  expect(started).toBe(2)
})

it('the worker also ends if the last question could not be sent to it', async () => {
  await asked({})
  expect(await asked({ bill: () => 0 })).toBeUndefined()
  vi.advanceTimersByTime(10_000)
  expect(ended).toBe(1)
})

it('the address of its program is released', async () => {
  const revoked = vi.spyOn(URL, 'revokeObjectURL')
  await asked({})
  expect(revoked.mock.calls).toEqual([[expect.stringMatching(/^blob:/)]])
})
