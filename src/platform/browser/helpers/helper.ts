// One helper of a page, as the page sees it: it takes pieces of work, reports their progress, and ends after a while without any.
import { errorOf } from '../../../api/faults.ts'
import { handedOver, sentRun } from '../../../api/sent.ts'
import type { Finished } from '../../../api/run.ts'
import { nextTurn, type Watching } from '../../../pace.ts'
import { orStopped } from '../../../run/schedule.ts'
import { type FromPage, HELPER, type FromHelper, type Task } from './protocol.ts'

/** Milliseconds without work after which a helper ends: it holds memory. */
const REST = 10_000
/** Numbers of a column that are copied at once: 8 MiB, which takes a few milliseconds. */
const PIECE = 1 << 20

interface Waiting {
  readonly resolve: (found: unknown) => void
  readonly reject: (error: Error) => void
  readonly onProgress: Watching['onProgress']
}

/** The program of a helper. */
export interface HelperProgram {
  readonly text: string
  readonly type: WorkerType
}

export class Helper {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  readonly #ended: () => void
  #next = 0
  #rest: ReturnType<typeof setTimeout> | undefined
  /** The run that the helper has, or that it is being sent. */
  #kept: { readonly run: Finished; readonly sent: Promise<void> } | undefined

  private constructor(worker: Worker, ended: () => void) {
    this.#worker = worker
    this.#ended = ended
    worker.onmessage = ({ data }: MessageEvent<FromHelper>) => this.#told(data)
    worker.onerror = (event) => {
      event.preventDefault()
      this.#end(new Error(event.message || 'the worker has ended'))
    }
  }

  /** @param ended told when the helper ends */
  static start({ text, type }: HelperProgram, ended: () => void): Promise<Helper> {
    const code = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
    return new Promise<Helper>((resolve, reject) => {
      const worker = new Worker(code, { type, name: HELPER })
      worker.onmessage = () => resolve(new Helper(worker, ended))
      worker.onerror = (event) => {
        event.preventDefault()
        worker.terminate()
        reject(new Error(event.message || 'the browser starts no worker'))
      }
    }).finally(() => URL.revokeObjectURL(code))
  }

  /** @throws DataCloneError for what cannot be copied */
  ask(work: Task, { signal, onProgress }: Watching = {}): Promise<unknown> {
    const id = this.#next++
    this.#send({ id, work })
    // Only now: a helper that could not be asked keeps resting.
    clearTimeout(this.#rest)
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject, onProgress }))
    const stop = () => {
      this.#waiting.delete(id)
      this.#send({ id, stop: true })
      this.#idle()
    }
    signal?.addEventListener('abort', stop, { once: true })
    return orStopped(signal, answer).finally(() => signal?.removeEventListener('abort', stop))
  }

  /** Asks about a run, which the helper receives unless it has it. */
  async askOf(run: Finished, work: Task): Promise<unknown> {
    const before = this.#kept
    if (before?.run !== run) {
      // The helper holds one run at a time.
      const sent = (before?.sent ?? Promise.resolve()).catch(() => undefined).then(() => this.#bring(run))
      this.#kept = { run, sent }
      sent.catch(() => undefined)
    }
    // The helper has this run until the next one is sent. A question about another run goes out after this one.
    await this.#kept?.sent
    return this.ask(work)
  }

  async #bring(run: Finished): Promise<void> {
    clearTimeout(this.#rest)
    const whole = sentRun(run)
    const { trials = [], ...drawn } = whole.outcome
    if (handedOver(whole).length === 0) return this.#send({ kept: { run: whole, columns: 0 } })
    this.#send({ kept: { run: { ...whole, outcome: drawn }, columns: trials.length } })
    for (const [column, all] of trials.entries())
      for (let from = 0; from < all.length; from += PIECE) {
        const values = all.slice(from, from + PIECE)
        this.#send({ piece: { column, from, values } }, [values.buffer])
        await nextTurn()
      }
  }

  #send(asked: FromPage, transfer: Transferable[] = []): void {
    this.#worker.postMessage(asked, transfer)
  }

  #told(told: FromHelper): void {
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
    this.#ended()
    this.#worker.terminate()
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
