// The other side of a helper: does the work that its page sends, on a thread of its own.
import { dataOf } from '../../../api/faults.ts'
import { givenFiles } from '../../../api/given.ts'
import { handedOver, receivedRun, type SentRun, sentRun } from '../../../api/sent.ts'
import { sentAnswerOf } from '../../../api/background.ts'
import { SimulationResult } from '../../../api/result.ts'
import { runScenario } from '../../../api/run.ts'
import { messageOf } from '../../../errors.ts'
import type { SimulateOptions } from '../../../options/simulate.ts'
import type { Watching } from '../../../pace.ts'
import { trialDensities } from '../../../questions/densities.ts'
import { answerOf } from '../../../questions/list.ts'
import { arrowTable } from '../../../present/tables/arrow.ts'
import { browserHome } from '../home.ts'
import { pageExecutor } from '../threads/executor.ts'
import { type FromPage, type ColumnPiece, HELPER, type KeptRun, type FromHelper, type Task } from './protocol.ts'

interface Scope {
  readonly name?: string
  onmessage: ((event: { readonly data: FromPage }) => void) | null
  postMessage(told: FromHelper | 'ready', transfer?: readonly ArrayBuffer[]): void
}

/** An answer, and the memory that goes with it. */
interface Done {
  readonly found: unknown
  readonly transfer: readonly ArrayBuffer[]
}

/** The run that the page sent last. Calls make its result once. */
class Kept {
  readonly #sent: KeptRun
  readonly #columns: Float64Array<ArrayBuffer>[]
  #result: SimulationResult | undefined

  constructor(sent: KeptRun) {
    this.#sent = sent
    this.#columns = Array.from({ length: sent.columns }, () => new Float64Array(sent.run.outcome.plan.trials))
  }

  put({ column, from, values }: ColumnPiece): void {
    this.#columns[column].set(values, from)
  }

  get result(): SimulationResult {
    this.#result ??= SimulationResult.of(receivedRun(this.#run), { table: arrowTable, home: browserHome, seconds: 0 })
    return this.#result
  }

  get #run(): SentRun {
    const { run } = this.#sent
    return this.#columns.length > 0 ? { ...run, outcome: { ...run.outcome, trials: this.#columns } } : run
  }
}

async function done(work: Task, watching: Watching, kept: Kept | undefined): Promise<Done> {
  switch (work.kind) {
    case 'question': {
      const { request, files } = work
      return {
        found: await answerOf({ ...request, options: { ...request.options, ...watching } }, givenFiles(files)),
        transfer: [],
      }
    }
    case 'run': {
      const options: SimulateOptions = { ...work.options, ...watching }
      const run = await runScenario(work.scenario, options, { executor: pageExecutor, reader: givenFiles(work.files) })
      // They take longer than the page may wait for its table.
      const sent = { ...sentRun(run), densities: trialDensities(run.trials) }
      return { found: sent, transfer: handedOver(sent) }
    }
    case 'call': {
      const found = kept && (await sentAnswerOf(kept.result, work.call))
      return { found, transfer: found instanceof Uint8Array && found.buffer instanceof ArrayBuffer ? [found.buffer] : [] }
    }
  }
}

/** Works for a page if the library was loaded for that. */
export function serve(scope = globalThis as unknown as Scope): void {
  if (scope.name !== HELPER || 'document' in scope) return
  const stops = new Map<number, AbortController>()
  let kept: Kept | undefined
  const answer = async (id: number, work: Task, signal: AbortSignal): Promise<readonly [FromHelper, (readonly ArrayBuffer[])?]> => {
    const onProgress = (count: number, total: number) => scope.postMessage({ id, progress: [count, total] })
    try {
      const { found, transfer } = await done(work, { signal, onProgress }, kept)
      return [{ id, found }, transfer]
    } catch (error) {
      const fault = dataOf(error)
      return [fault ? { id, fault } : { id, error: messageOf(error) }]
    } finally {
      stops.delete(id)
    }
  }
  scope.onmessage = ({ data }) => {
    if ('kept' in data) kept = new Kept(data.kept)
    else if ('piece' in data) kept?.put(data.piece)
    else if ('stop' in data) stops.get(data.id)?.abort()
    else {
      const stop = new AbortController()
      stops.set(data.id, stop)
      void answer(data.id, data.work, stop.signal).then((reply) => scope.postMessage(...reply))
    }
  }
  scope.postMessage('ready')
}
