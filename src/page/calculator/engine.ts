// Runs the plan beside the page: at once from few trials, then whole, then along the rate and the volume. A newer plan stops an older one.
import { soundPlan } from '../../api/check.ts'
import { givenFiles } from '../../api/given.ts'
import { runScenario } from '../../api/run.ts'
import { EVERY_VENDOR } from '../../contract/catalog/explain.ts'
import { catalogList } from '../../contract/catalog/list.ts'
import { messageOf, ScenarioError } from '../../errors.ts'
import { inlineExecutor } from '../../run/executor.ts'
import { pageExecutor } from '../../platform/browser/threads/executor.ts'
import { nextTask } from '../next-task.ts'
import { QUICK } from '../quick.ts'
import { answerOfRun } from './answer-of-run.ts'
import { askedPricesOf } from './prices.ts'
import type { EngineReply, EngineRequest, PlanProblem, QuoteWish } from './protocol.ts'
import { quoteReplies } from './quote/replies.ts'
import { stripsOf } from './strips.ts'

const scope = globalThis as unknown as {
  onmessage: ((event: { readonly data: EngineRequest }) => void) | null
  postMessage(reply: EngineReply): void
}

const { offers: catalog, byQuote } = catalogList()
const some = byQuote.map(({ vendor, questions }) => ({ vendor, questions }))
const reported = byQuote.map(({ vendor, reported: figures = [] }) => ({ vendor, figures }))
scope.postMessage({ kind: 'catalog', catalog, questions: { every: EVERY_VENDOR.map((line) => line.trim()), some }, reported })

/** The page holds no files beside the plan. */
const reader = givenFiles({})

let running: AbortController | undefined
let quoting: AbortController | undefined

scope.onmessage = ({ data }) => {
  if (data.check) {
    void checked(data)
    return
  }
  if (data.quote) {
    quoting?.abort()
    quoting = new AbortController()
    void quoted(data, data.quote, quoting.signal)
    return
  }
  running?.abort()
  running = new AbortController()
  void answer(data, running.signal)
}

async function checked({ id, plan }: EngineRequest): Promise<void> {
  scope.postMessage({ kind: 'checked', id, problems: await problemsOf(plan) })
}

async function problemsOf(plan: string): Promise<readonly PlanProblem[]> {
  try {
    await soundPlan(plan, reader)
    return []
  } catch (error) {
    return error instanceof ScenarioError
      ? error.problems.map(({ path, message, line, column }) => ({
          message: path === '' ? message : `${path}: ${message}`,
          ...(line !== undefined && { line }),
          ...(column !== undefined && { column }),
        }))
      : [{ message: messageOf(error) }]
  }
}

async function quoted({ id, plan }: EngineRequest, wish: QuoteWish, signal: AbortSignal): Promise<void> {
  try {
    for await (const reply of quoteReplies(plan, wish, { reader, signal }))
      if (!signal.aborted) scope.postMessage({ kind: 'quoted', id, ...reply })
  } catch (error) {
    if (!signal.aborted) scope.postMessage({ kind: 'quoted', id, failure: messageOf(error) })
  }
}

async function answer({ id, plan }: EngineRequest, signal: AbortSignal): Promise<void> {
  const answered = async (final: boolean) => {
    const options = { signal, ...(!final && QUICK) }
    const finished = await runScenario(plan, options, { executor: final ? pageExecutor : () => inlineExecutor, reader })
    if (!signal.aborted) scope.postMessage({ kind: 'answer', answer: answerOfRun(finished, id, final) })
    return finished
  }
  try {
    await answered(false)
    // A newer request comes in between two pieces of work.
    await nextTask()
    const finished = await answered(true)
    await nextTask()
    const strips = await stripsOf(plan, reader, signal)
    const prices = await askedPricesOf(finished, signal)
    if (!signal.aborted) scope.postMessage({ kind: 'strips', id, strips, prices })
  } catch (error) {
    if (!signal.aborted) scope.postMessage({ kind: 'failed', id, message: messageOf(error) })
  }
}
