// Questions on a Web Worker that loads the library a second time, so that the page stays free. Only `billcast/core` can: it is a file of its own.
import { dataOf, type ErrorData, errorOf } from '../../../api/faults.ts'
import { givenFiles } from '../../../api/given.ts'
import { messageOf } from '../../../errors.ts'
import type { Watching } from '../../../pace.ts'
import { answerOf, type Request } from '../../../questions/list.ts'
import { orStopped } from '../../../run/schedule.ts'
import type { OwnFile } from '../own-file.ts'

/** The name by which the library knows that it is such a worker. */
const NAME = 'billcast question'
/** Milliseconds without a question after which the worker ends. */
const REST = 10_000

type Asked =
  | { readonly id: number; readonly request: Request; readonly files: Readonly<Record<string, string>> }
  | { readonly id: number; readonly stop: true }
type Told =
  | 'ready'
  | { readonly id: number; readonly progress: readonly [done: number, total: number] }
  | { readonly id: number; readonly found: unknown }
  | { readonly id: number; readonly fault: ErrorData }
  | { readonly id: number; readonly error: string }

interface Scope {
  readonly name?: string
  onmessage: ((event: { readonly data: Asked }) => void) | null
  postMessage(told: Told): void
}

/** Answers questions if the library was loaded for them. */
export function serveQuestions(scope = globalThis as unknown as Scope): void {
  if (scope.name !== NAME || 'document' in scope) return
  const stops = new Map<number, AbortController>()
  const answer = async ({ id, request, files }: Exclude<Asked, { stop: true }>): Promise<Told> => {
    const { signal } = stops.get(id) ?? new AbortController()
    const onProgress = (done: number, total: number) => scope.postMessage({ id, progress: [done, total] })
    try {
      return { id, found: await answerOf({ ...request, options: { ...request.options, signal, onProgress } }, givenFiles(files)) }
    } catch (error) {
      const fault = dataOf(error)
      return fault ? { id, fault } : { id, error: messageOf(error) }
    } finally {
      stops.delete(id)
    }
  }
  scope.onmessage = ({ data }) => {
    if ('stop' in data) return stops.get(data.id)?.abort()
    stops.set(data.id, new AbortController())
    void answer(data).then((told) => scope.postMessage(told))
  }
  scope.postMessage('ready')
}

interface Waiting {
  readonly resolve: (found: unknown) => void
  readonly reject: (error: Error) => void
  readonly onProgress: Watching['onProgress']
}

class QuestionWorker {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #next = 0
  #rest: ReturnType<typeof setTimeout> | undefined

  private constructor(worker: Worker) {
    this.#worker = worker
    worker.onmessage = ({ data }: MessageEvent<Exclude<Told, 'ready'>>) => this.#told(data)
    worker.onerror = (event) => {
      event.preventDefault()
      this.#end(new Error(event.message || 'the worker has ended'))
    }
  }

  static start(address: string): Promise<QuestionWorker> {
    const code = URL.createObjectURL(new Blob([`import ${JSON.stringify(address)}`], { type: 'text/javascript' }))
    return new Promise<QuestionWorker>((resolve, reject) => {
      const worker = new Worker(code, { type: 'module', name: NAME })
      worker.onmessage = () => resolve(new QuestionWorker(worker))
      worker.onerror = (event) => {
        event.preventDefault()
        worker.terminate()
        reject(new Error(event.message || 'the browser starts no worker'))
      }
    }).finally(() => URL.revokeObjectURL(code))
  }

  /** @throws DataCloneError for what cannot be copied */
  ask(request: Request, files: Readonly<Record<string, string>>, { signal, onProgress }: Watching): Promise<unknown> {
    const id = this.#next++
    this.#worker.postMessage({ id, request, files } satisfies Asked)
    // Only now: a worker that could not be asked keeps resting.
    clearTimeout(this.#rest)
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject, onProgress }))
    const stop = () => {
      this.#waiting.delete(id)
      this.#worker.postMessage({ id, stop: true } satisfies Asked)
      this.#idle()
    }
    signal?.addEventListener('abort', stop, { once: true })
    return orStopped(signal, answer).finally(() => signal?.removeEventListener('abort', stop))
  }

  #told(told: Exclude<Told, 'ready'>): void {
    const waiting = this.#waiting.get(told.id)
    if (!waiting) return
    if ('progress' in told) return waiting.onProgress?.(...told.progress)
    this.#waiting.delete(told.id)
    if ('found' in told) waiting.resolve(told.found)
    else waiting.reject('fault' in told ? errorOf(told.fault) : new Error(told.error))
    this.#idle()
  }

  #idle(): void {
    if (this.#waiting.size > 0) return
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => this.#end(new Error('the worker has ended')), REST)
  }

  #end(error: Error): void {
    started = undefined
    this.#worker.terminate()
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}

let started: Promise<QuestionWorker | undefined> | undefined

/** Whether the page loaded the file as it was built. A bundle with other code in it, which a worker must not run, is of another length. */
function isAlone({ address, bytes }: OwnFile): boolean {
  const [entry] = performance.getEntriesByName(address) as PerformanceResourceTiming[]
  return entry?.decodedBodySize === Number(bytes)
}

/** The worker of this page; undefined where none can start, or where the library is not a file of its own. */
function workerOf(file: OwnFile): Promise<QuestionWorker | undefined> {
  started ??= isAlone(file) ? QuestionWorker.start(file.address).catch(() => undefined) : Promise.resolve(undefined)
  return started
}

/** Asks a worker. @returns undefined if this thread has to answer */
export async function askedElsewhere(
  file: OwnFile,
  request: Request,
  files: Readonly<Record<string, string>>,
  watching: Watching,
): Promise<{ readonly found: unknown } | undefined> {
  const worker = await orStopped(watching.signal, workerOf(file))
  if (!worker) return undefined
  try {
    return { found: await worker.ask(request, files, watching) }
  } catch (error) {
    // A plan with a function cannot be copied. This thread may read it.
    if (error instanceof DOMException && error.name === 'DataCloneError') return undefined
    throw error
  }
}
