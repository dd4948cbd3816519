// Runs the plan beside the page: at once from few trials, then whole, then along the rate and the volume. A newer plan stops an older one.
import { besideReader, NO_FILES } from '../../api/beside.ts'
import { soundPlan } from '../../api/check.ts'
import { type Finished, runScenario } from '../../api/run.ts'
import { EVERY_VENDOR } from '../../contract/catalog/explain.ts'
import { catalogList } from '../../contract/catalog/list.ts'
import { messageOf, ScenarioError } from '../../errors.ts'
import { movedSummary } from '../../present/report/live.ts'
import type { Summary } from '../../summary/summary.ts'
import { inlineExecutor } from '../../run/executor.ts'
import { pageExecutor } from '../../platform/browser/threads/executor.ts'
import { nextTurn } from '../../pace.ts'
import { QUICK } from '../quick.ts'
import { answerOfRun } from './answer-of-run.ts'
import { askedPricesOf } from './prices.ts'
import type { EngineFiles, EngineReply, EngineRequest, PlanProblem, QuoteWish } from './protocol.ts'
import { reopened } from './quote/reopen.ts'
import { quoteReplies } from './quote/replies.ts'
import { stripsOf } from './strips.ts'

const scope = globalThis as unknown as {
  onmessage: ((event: { readonly data: EngineRequest | EngineFiles }) => void) | null
  postMessage(reply: EngineReply): void
}

const { offers: catalog, byQuote } = catalogList()
const some = byQuote.map(({ vendor, questions }) => ({ vendor, questions }))
const reported = byQuote.map(({ vendor, reported: figures = [] }) => ({ vendor, figures }))
scope.postMessage({ kind: 'catalog', catalog, questions: { every: EVERY_VENDOR.map((line) => line.trim()), some }, reported })

let files = NO_FILES

let running: AbortController | undefined
let quoting: AbortController | undefined

scope.onmessage = ({ data }) => {
  if ('files' in data) {
    files = data.files
    return
  }
  if (data.check) {
    void checked(data)
    return
  }
  if (data.reopen !== undefined) {
    scope.postMessage({ kind: 'reopened', id: data.id, found: reopened(data.plan, data.reopen) })
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
    await soundPlan(plan, besideReader(files))
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
    for await (const reply of quoteReplies(plan, wish, { reader: besideReader(files), signal }))
      if (!signal.aborted) scope.postMessage({ kind: 'quoted', id, ...reply })
  } catch (error) {
    if (!signal.aborted) scope.postMessage({ kind: 'quoted', id, failure: messageOf(error) })
  }
}

/** A summary from few trials, and that of the whole run on the same plan. */
interface Pair {
  readonly quick: Summary
  readonly final: Summary
}
let known: Pair | undefined

/** Whether figures of both can be compared one by one. */
const isAlike = (one: Summary, other: Summary): boolean =>
  one.comparison.measure === other.comparison.measure &&
  one.months.join() === other.months.join() &&
  Object.keys(one.offers).join() === Object.keys(other.offers).join()

/** First figures are those of the last whole run, moved by what changes in few trials: an offer that the change does not touch does not move. */
function firstFigures(finished: Finished): Finished {
  const { summary } = finished
  return known && isAlike(known.final, summary)
    ? { ...finished, summary: movedSummary(known.final, known.quick, summary) }
    : finished
}

async function answer({ id, plan, held, limits }: EngineRequest, signal: AbortSignal): Promise<void> {
  const asked = new Set<string>()
  const reader = besideReader(files, asked)
  const answered = async (final: boolean) => {
    const options = { signal, ...(!final && QUICK) }
    const finished = await runScenario(plan, options, { executor: final ? pageExecutor : () => inlineExecutor, reader })
    if (!signal.aborted)
      scope.postMessage({ kind: 'answer', answer: answerOfRun(final ? finished : firstFigures(finished), id, final, held) })
    return finished
  }
  try {
    // A plan that lacks a file asks for it too.
    const { summary: quick } = await answered(false).finally(() => scope.postMessage({ kind: 'asked', id, asked: [...asked] }))
    // A newer request comes in between two pieces of work.
    await nextTurn()
    const finished = await answered(true)
    known = { quick, final: finished.summary }
    if (held) return
    await nextTurn()
    const strips = await stripsOf(plan, reader, signal, limits)
    const prices = await askedPricesOf(finished, signal)
    if (!signal.aborted) scope.postMessage({ kind: 'strips', id, strips, prices })
  } catch (error) {
    if (!signal.aborted) scope.postMessage({ kind: 'failed', id, message: messageOf(error) })
  }
}
