// Answers the questions of an assistant one after the other, on a thread of its own: the server always listens, and a question that is
// canceled or takes too long ends at once, whatever it does.
import { UsageError } from '../../../errors.ts'
import type { ToolAnswer } from '../../../api/tools/tool.ts'
import { orStopped } from '../../../run/schedule.ts'
import { errorOf } from '../../../api/faults.ts'
import { workerModule } from '../threads/module.ts'
import { Control, progressTeller } from '../threads/protocol.ts'
import { openSender, type Sender } from '../threads/sender.ts'

/** Questions that wait for their turn. */
const MOST_WAITING = 16
/** The limit for the thread's objects, in MiB. */
const HEAP = 1_024
/** Milliseconds that a stopped question may take to end before its thread is ended. */
const GRACE = 60
/** Milliseconds between two reports of progress. */
const LOOK = 250

export interface AssistantQuestion {
  readonly tool: string
  readonly given: object
  readonly signal: AbortSignal
  readonly onProgress?: (done: number, total: number) => void
}

export class Desk {
  readonly #folder: string
  /** Milliseconds that a question may take. */
  readonly #limit: number
  #sender: Sender | undefined
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  constructor(folder: string, limit: number) {
    this.#folder = folder
    this.#limit = limit
  }

  /** @throws UsageError if too many questions wait or this one takes too long, and what the tool throws */
  async answer(question: AssistantQuestion): Promise<ToolAnswer> {
    if (this.#waiting >= MOST_WAITING)
      throw new UsageError(`expected at most ${MOST_WAITING} questions at once. Ask again when one of them is answered`)
    this.#waiting += 1
    const turn = this.#last.then(() => this.#limited(question))
    this.#last = turn.catch(() => undefined)
    try {
      return await orStopped(question.signal, turn)
    } finally {
      this.#waiting -= 1
    }
  }

  /** Waits for the questions that are asked, and ends the thread. */
  async close(): Promise<void> {
    await this.#last
    await this.#sender?.close(0)
  }

  async #limited(question: AssistantQuestion): Promise<ToolAnswer> {
    const { signal } = question
    signal.throwIfAborted()
    // The start of a thread takes none of the time of a question.
    this.#sender ??= await openSender(1, workerModule(), HEAP)
    const sender = this.#sender
    const stopped = new AbortController()
    const stop = () => stopped.abort(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    const seconds = this.#limit / 1_000
    const late = setTimeout(
      () =>
        stopped.abort(
          new UsageError(
            `expected an answer within ${seconds} seconds. Use fewer trials or a smaller plan, or start the server with a larger --seconds`,
          ),
        ),
      this.#limit,
    )
    try {
      return await this.#asked(sender, { ...question, signal: stopped.signal })
    } finally {
      clearTimeout(late)
      signal.removeEventListener('abort', stop)
    }
  }

  async #asked(sender: Sender, { tool, given, signal, onProgress }: AssistantQuestion): Promise<ToolAnswer> {
    const control = new Control()
    const report = onProgress && progressTeller(control, onProgress)
    const look = report && setInterval(report, LOOK)
    try {
      const answer = await orStopped(signal, sender.send({ tool, given, folder: this.#folder, control: control.shared }))
      // A short question ends before the first look.
      report?.()
      if (typeof answer === 'object' && 'fault' in answer) throw errorOf(answer.fault)
      if (typeof answer === 'object' && 'found' in answer) return answer.found as ToolAnswer
      throw new Error('a worker thread returned no answer')
    } catch (error) {
      control.stop()
      if (!(await sender.settle(GRACE))) {
        this.#sender = undefined
        await sender.close(0)
      }
      throw error
    } finally {
      clearInterval(look)
    }
  }
}
