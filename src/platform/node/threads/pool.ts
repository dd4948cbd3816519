// The threads of a batch or a queue. A thread that dies is replaced, and its task is repeated (run/schedule.ts).
import type { CreateExecutor } from '../../../run/executor.ts'
import { messageOf, UsageError } from '../../../errors.ts'
import type { BatchEntry } from '../../../present/report/batch-index.ts'
import type { PlanFile } from '../plans.ts'
import { Gone } from '../../queue/results.ts'
import type { BatchEvent, ScenarioOptions } from '../scenario-run.ts'
import { jobsOn, noResult } from './jobs.ts'
import { type Answer, Control, type Gathered, type Message, type TaskMessage } from './protocol.ts'
import { workerModule } from './module.ts'
import { openSender, type Sender } from './sender.ts'

/** Milliseconds between two progress reports. */
const LOOK = 250

/**
 * @param module the module that the threads run
 * @param heap the limit for a thread's objects, in MiB
 */
export const openPool = async (threads: number, module: URL = workerModule(), heap?: number): Promise<ThreadPool> =>
  new ThreadPool(threads, await openSender(threads, module, heap))

export class ThreadPool {
  readonly threads: number
  readonly close: Sender['close']
  readonly #send: Sender['send']
  readonly #jobs: (width: number) => CreateExecutor

  constructor(threads: number, { send, close }: Sender) {
    this.threads = threads
    this.close = close
    this.#send = send
    this.#jobs = jobsOn(send)
  }

  /** @param width the number of threads for this job, if several jobs run at once */
  executor(width = this.threads): CreateExecutor {
    return this.#jobs(width)
  }

  /**
   * Runs a scenario of a batch on one thread.
   * @param lock the tag of the lock on its folder
   * @param gathered the shards of a scenario that was sampled elsewhere
   * @returns undefined if the scenario is too large for one thread
   * @throws ThreadLost if the thread dies, Gone if a shard has disappeared
   */
  async whole(
    plan: PlanFile,
    options: ScenarioOptions,
    lock: string,
    signal: AbortSignal,
    report: (event: BatchEvent) => void,
    gathered?: Gathered,
  ): Promise<BatchEntry | undefined> {
    const control = new Control()
    const look = setInterval(() => {
      const [trials, total] = control.progress
      if (total > 0) report({ event: 'progress', scenario: plan.name, trials, total })
    }, LOOK)
    try {
      const message = { plan, options, lock, control: control.shared, ...(gathered && { gathered }) }
      const answer = await stoppable(control, signal, () => this.#alive(message))
      if (typeof answer === 'string' || !('events' in answer)) throw noResult()
      answer.events.forEach(report)
      if (answer.gone) throw new Gone(answer.error)
      if (answer.error !== undefined) throw new UsageError(answer.error)
      return answer.entry
    } finally {
      clearInterval(look)
    }
  }

  /**
   * Runs a task of a queue on one thread.
   * @returns the SHA-256 and the size of its result
   * @throws ThreadLost if the thread dies, UsageError for the task
   */
  async task(
    task: Omit<TaskMessage, 'threads' | 'control'>,
    signal: AbortSignal,
  ): Promise<{ readonly digest: string; readonly bytes: number }> {
    const control = new Control()
    const message = { ...task, threads: this.threads, control: control.shared }
    const answer = await stoppable(control, signal, () => this.#alive(message))
    if (typeof answer === 'object' && 'failure' in answer) throw new UsageError(answer.failure)
    if (typeof answer === 'object' && 'digest' in answer) return answer
    throw noResult()
  }

  #alive(message: Message): Promise<Answer> {
    return this.#send(message).catch((error: unknown) => {
      throw new ThreadLost(messageOf(error))
    })
  }
}

/** Does work in a thread that the signal stops through `control`. */
async function stoppable(control: Control, signal: AbortSignal, work: () => Promise<Answer>): Promise<Answer> {
  signal.throwIfAborted()
  const stop = () => control.stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    const answer = await work()
    signal.throwIfAborted()
    return answer
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** A worker thread died while it ran a scenario or task. */
export class ThreadLost extends Error {
  override readonly name = 'ThreadLost'
}
