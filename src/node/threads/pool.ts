// Tasks on worker threads, by piscina. A thread that dies is replaced and its task is done again (engine/schedule.ts).
import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import { type CreateExecutor, inlineExecutor } from '../../engine/executor.ts'
import type { Job, TaskResult } from '../../engine/task.ts'
import { messageOf, UsageError } from '../../errors.ts'
import type { PortfolioEntry } from '../../report/portfolio.ts'
import type { PlanFile } from '../plans.ts'
import type { BatchEvent, ScenarioOptions } from '../scenario-run.ts'
import { type Answer, Control, type Message, PROBE, type Request, UNKNOWN } from './protocol.ts'

/** Trials × months × offers up to which a run is over about when threads would have started and warmed up. */
const SMALL = 16_000_000

/** Milliseconds between two looks at whether any thread is left. */
const LOOK = 250

/** Milliseconds in which tasks that were told to stop may end by themselves, before their threads are. */
const GRACE = 300

export interface ThreadPool {
  readonly threads: number
  /** @param share of the threads that this job has to itself, where several go on at once */
  readonly executor: (share?: number) => CreateExecutor
  /**
   * A scenario of a batch on one thread; undefined where it is too large for one.
   * @throws ThreadLost where the thread has died
   */
  readonly whole: (
    plan: PlanFile,
    options: ScenarioOptions,
    signal: AbortSignal,
    tell: (event: BatchEvent) => void,
  ) => Promise<PortfolioEntry | undefined>
  close(): Promise<void>
}

/**
 * @param module what the threads run
 * @param heap the most that a thread's objects may take, in MiB
 */
export async function openPool(threads: number, module: URL = workerModule(), heap?: number): Promise<ThreadPool> {
  const start = () =>
    new Piscina({
      filename: module.href,
      minThreads: threads,
      maxThreads: threads,
      concurrentTasksPerWorker: 1,
      // What is short-lived is small here; a larger nursery only holds more of it.
      resourceLimits: { maxYoungGenerationSizeMb: 4, ...(heap !== undefined && { maxOldGenerationSizeMb: heap }) },
    })
  const waiting = new Set<(error: Error) => void>()
  const rejectAll = (error: Error) => {
    for (const reject of waiting) reject(error)
  }
  // An error that belongs to no task may mean that none will ever be done: whatever waits hears of it, and tries again.
  const watched = (pool: Piscina): Piscina =>
    pool.on('error', (error: unknown) => rejectAll(error instanceof Error ? error : new Error(String(error))))
  let pool = watched(start())
  let closed = false
  // Not a race with one promise that lives as long as the pool: it would hold every result until the end.
  const send = (message: Message) =>
    new Promise<Answer>((resolve, reject) => {
      waiting.add(reject)
      const settled = () => waiting.delete(reject)
      pool.run(message).then(
        (answer: Answer) => {
          settled()
          resolve(answer)
        },
        (error: unknown) => {
          settled()
          reject(error)
        },
      )
    })
  // piscina starts no threads any more after one that died while it started: then all begin anew.
  const look = setInterval(() => {
    if (waiting.size === 0 || pool.threads.length > 0 || closed) return
    void pool.destroy()
    pool = watched(start())
    rejectAll(new Error('all worker threads have died'))
  }, LOOK)
  look.unref()
  const close = async () => {
    closed = true
    clearInterval(look)
    for (const end = performance.now() + GRACE; waiting.size > 0 && performance.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, 5))
    await pool.destroy()
  }
  try {
    await send(PROBE)
  } catch (error) {
    await close()
    throw new Error(`the worker threads do not start: ${messageOf(error)}`)
  }
  let jobs = 0
  const open = new Set<number>()
  const executor =
    (share = threads): CreateExecutor =>
    (data: Job) => {
      const job = jobs++
      open.add(job)
      const ask = (request: Pick<Request, 'task' | 'data'>) => send({ job, open: [...open], ...request })
      return Promise.resolve({
        width: share,
        async run(task) {
          let answer = await ask({ task })
          if (answer === UNKNOWN) answer = await ask({ task, data })
          return resultIn(answer)
        },
        close() {
          open.delete(job)
          return Promise.resolve()
        },
      })
    }
  const whole: ThreadPool['whole'] = async (plan, options, signal, tell) => {
    const control = new Control()
    const stop = () => control.stop()
    signal.addEventListener('abort', stop, { once: true })
    const look = setInterval(() => {
      const [trials, total] = control.progress
      if (total > 0) tell({ event: 'progress', scenario: plan.name, trials, total })
    }, LOOK)
    try {
      const answer = await send({ plan, options, control: control.shared }).catch((error: unknown) => {
        throw new ThreadLost(messageOf(error))
      })
      signal.throwIfAborted()
      if (typeof answer === 'string' || !('events' in answer)) throw new Error('a worker thread gave no result')
      for (const event of answer.events) tell(event)
      if (answer.error !== undefined) throw new UsageError(answer.error)
      return answer.entry
    } finally {
      clearInterval(look)
      signal.removeEventListener('abort', stop)
    }
  }
  return { threads, executor, whole, close }
}

/** A thread that has died with the scenario that it ran. */
export class ThreadLost extends Error {
  override readonly name = 'ThreadLost'
}

function resultIn(answer: Answer): TaskResult {
  if (typeof answer === 'string' || 'events' in answer) throw new Error('a worker thread gave no result')
  return answer
}

const workerModule = (): URL => new URL(`./worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)

/** An executor of so many threads; by default one a core, or none where there is little to do: the figures are the same. */
export const threadExecutor =
  (threads: number | undefined): CreateExecutor =>
  async (job) => {
    const { plan, program } = job
    // This thread does little work itself: it has a turn for others between tasks. More would leave it deaf to a stop.
    const small = plan.trials * program.months * program.offers.length <= SMALL
    if (small && (threads ?? 1) === 1) return inlineExecutor(job)
    const pool = await openPool(threads ?? availableParallelism())
    const executor = await pool.executor()(job)
    return { ...executor, close: pool.close }
  }
