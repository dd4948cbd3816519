// Runs the changed scenario beside the page: first from the sample alone, then with integrated headline figures.
import { inlineExecutor } from '../run/executor.ts'
import { givenFiles } from '../api/given.ts'
import { runScenario } from '../api/run.ts'
import { changedScenario } from '../present/report/changed.ts'
import { figuresOf } from '../present/report/figures.ts'
import type { PageData } from '../present/report/data.ts'
import type { Reply, PageRequest } from './protocol.ts'

const scope = globalThis as unknown as {
  onmessage: ((event: { readonly data: PageData | PageRequest }) => void) | null
  postMessage(reply: Reply): void
}

let page: PageData | undefined
let running: AbortController | undefined

scope.onmessage = ({ data }) => {
  if (!('id' in data)) {
    page = data
    return scope.postMessage({ kind: 'ready' })
  }
  running?.abort()
  running = new AbortController()
  if (page) void answer(page, data, running.signal)
}

async function answer({ live, trials }: PageData, { id, settings, offer }: PageRequest, signal: AbortSignal) {
  const { scenario, files, levers, run } = live
  const reader = givenFiles(files)
  try {
    const changed = changedScenario(scenario, levers, settings, { ...run, trials })
    for (const sharp of [false, true]) {
      const { summary, trials } = await runScenario(
        changed,
        { signal, ...(!sharp && { preintegration: false, pairs: 'none', monthly: false }) },
        { executor: () => inlineExecutor, reader },
      )
      if (signal.aborted) return
      scope.postMessage({
        kind: 'figures',
        id,
        sharp,
        figures: figuresOf(summary, trials, sharp ? {} : { names: [offer] }),
        scenario: changed,
      })
      // Lets the worker receive a later move of a slider between the two runs.
      await new Promise((resolve) => setTimeout(resolve, 0))
    }
  } catch (error) {
    if (!signal.aborted) scope.postMessage({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) })
  }
}
