// The state of the calculator between a change of the plan and its final answer, with an engine that answers when the test says so.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { FIRST_PLAN } from '../../src/page/calculator/plan.ts'
import type { EngineReply, EngineRequest, PlanAnswer } from '../../src/page/calculator/protocol.ts'
import { Store } from '../../src/page/calculator/store.ts'

const asked: number[] = []
let reply: (message: EngineReply) => void = () => undefined

class Engine {
  onmessage: (event: { readonly data: EngineReply }) => void = () => undefined
  constructor() {
    reply = (data) => this.onmessage({ data })
  }
  postMessage(message: EngineRequest | object): void {
    if ('id' in message) asked.push(message.id)
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  asked.length = 0
  vi.stubGlobal('Worker', Engine)
  vi.stubGlobal('ENGINE', '')
  vi.stubGlobal('billcastYaml', () => undefined)
  vi.stubGlobal('document', { body: { dataset: {} } })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const answer = (final: boolean): EngineReply => ({
  kind: 'answer',
  answer: { id: asked[asked.length - 1] ?? 0, final, offers: [], sentences: [] } as unknown as PlanAnswer,
})

it('says that it refines an answer after 150 ms, and no longer once the answer is final', async () => {
  const store = new Store({ plan: FIRST_PLAN }, () => undefined)
  await vi.advanceTimersByTimeAsync(149)
  expect(asked).toHaveLength(1)
  reply(answer(false))
  expect(store.state.refining).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(store.state.refining).toBe(true)
  reply(answer(true))
  expect(store.state.refining).toBe(false)
})

it('never says so for an answer that is final within 150 ms, and counts from the first of several changes', async () => {
  const store = new Store({ plan: FIRST_PLAN }, () => undefined)
  await vi.advanceTimersByTimeAsync(100)
  reply(answer(true))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(store.state.refining).toBe(false)
  store.edit(FIRST_PLAN.replace('60% to 70%', '61% to 70%'))
  await vi.advanceTimersByTimeAsync(100)
  store.edit(FIRST_PLAN.replace('60% to 70%', '62% to 70%'))
  await vi.advanceTimersByTimeAsync(50)
  expect(store.state.refining).toBe(true)
})

it('starts its engine and asks for the first answer before the page is drawn', () => {
  const drawn = vi.fn()
  new Store({ plan: FIRST_PLAN }, drawn)
  return vi.advanceTimersByTimeAsync(0).then(() => {
    expect(asked).toEqual([1])
    expect(drawn).not.toHaveBeenCalled()
  })
})
