// Runs the changed plan beside the page: at once from few trials, then from all of the page's with integrated headline figures. The plan as it
// is runs on the same trials, so that only what the change touches moves.
import { givenFiles } from '../../api/given.ts'
import { type Finished, runScenario } from '../../api/run.ts'
import { messageOf } from '../../errors.ts'
import { pageExecutor } from '../../platform/browser/threads/executor.ts'
import { changedScenario } from '../../present/report/changed.ts'
import type { PageData } from '../../present/report/data.ts'
import { type LiveFigures, liveFiguresOf } from '../../present/report/figures.ts'
import { liveAnswerOf, movedFigures } from '../../present/report/live.ts'
import { inlineExecutor } from '../../run/executor.ts'
import { nextTurn } from '../../pace.ts'
import { QUICK } from '../quick.ts'
import type { PageRequest, Reply } from './protocol.ts'

const scope = globalThis as unknown as {
  onmessage: ((event: { readonly data: PageData | PageRequest }) => void) | null
  postMessage(reply: Reply): void
}

let page: PageData | undefined
let running: AbortController | undefined
/** The figures of the plan as it is, from the trials of quick answers and of final ones. */
const own = new Map<boolean, LiveFigures>()

scope.onmessage = ({ data }) => {
  running?.abort()
  running = new AbortController()
  const { signal } = running
  if ('id' in data) {
    if (page) void answer(page, data, signal)
    return
  }
  page = data
  scope.postMessage({ kind: 'ready' })
  void prepared(data, signal)
}

/** Runs the plan as it is before a slider moves, so that the first answer only runs the changed one. A move stops it. */
async function prepared(data: PageData, signal: AbortSignal): Promise<void> {
  try {
    await nextTurn()
    await ownFigures(data, false, signal)
    await nextTurn()
    if (!data.sameTrials && !signal.aborted) await ownFigures(data, true, signal)
  } catch {
    // The answer to a move runs it again, and says what is wrong.
  }
}

async function answer(data: PageData, { id, settings }: PageRequest, signal: AbortSignal): Promise<void> {
  const { live, clearAt, titles } = data
  try {
    for (const final of [false, true]) {
      const scenario = changedScenario(live.scenario, live.levers, settings, { ...live.run, trials: data.trials })
      const changed = await figuresAt(data, scenario, final, signal)
      if (signal.aborted) return
      // The worker hears of a later move of a slider.
      await nextTurn()
      const figures = await fromReport(data, changed, final, signal)
      if (signal.aborted) return
      const shown = liveAnswerOf(figures, { titles, clearAt }, data.figures.summary)
      scope.postMessage({ kind: 'answer', id, final, answer: shown, scenario })
      await nextTurn()
    }
  } catch (error) {
    if (!signal.aborted) scope.postMessage({ kind: 'failed', id, message: messageOf(error) })
  }
}

async function figuresAt({ live, clearAt }: PageData, scenario: string, final: boolean, signal: AbortSignal): Promise<LiveFigures> {
  const executor = final ? pageExecutor : () => inlineExecutor
  const options = { signal, ...(!final && QUICK) }
  const { summary, trials }: Finished = await runScenario(scenario, options, {
    executor,
    reader: givenFiles(live.files),
    wholeOnly: true,
  })
  return liveFiguresOf(summary, trials, { clearAt })
}

/** The figures as the report would state them. A final run with the report's trials states them itself. */
async function fromReport(data: PageData, changed: LiveFigures, final: boolean, signal: AbortSignal): Promise<LiveFigures> {
  if (final && data.sameTrials) return changed
  return movedFigures(data.figures, await ownFigures(data, final, signal), changed)
}

/** The figures of the plan as it is. */
async function ownFigures(data: PageData, final: boolean, signal: AbortSignal): Promise<LiveFigures> {
  const known = own.get(final)
  if (known) return known
  const { live, trials } = data
  const scenario = changedScenario(live.scenario, live.levers, [], { ...live.run, trials })
  const found = await figuresAt(data, scenario, final, signal)
  if (!signal.aborted) own.set(final, found)
  return found
}
