// Tasks on worker threads, by piscina.
import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import { type CreateExecutor, inlineExecutor } from '../../engine/executor.ts'
import type { Task, TaskResult } from '../../engine/task.ts'

/** Trials × months × offers up to which a run is over about when threads would have started and warmed up. */
const SMALL = 16_000_000

/** An executor of so many threads; by default one a core, or none where there is little to do: the figures are the same. */
export const threadExecutor =
  (threads: number | undefined): CreateExecutor =>
  async (job) => {
    const { plan, program } = job
    // One thread is this one: it has a turn for others between tasks.
    if (threads === 1 || (threads === undefined && plan.trials * program.months * program.offers.length <= SMALL))
      return inlineExecutor(job)
    const width = threads ?? availableParallelism()
    const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
    const pool = new Piscina({
      filename: new URL(`./worker${extension}`, import.meta.url).href,
      workerData: job,
      minThreads: width,
      maxThreads: width,
      concurrentTasksPerWorker: 1,
      // What is short-lived is small here; a larger nursery only holds more of it.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    })
    // A pool whose workers cannot start hangs for ever once tasks queue: whatever waits hears of the error.
    let broken: Error | undefined
    const waiting = new Set<(error: Error) => void>()
    pool.on('error', (error: unknown) => {
      broken = error instanceof Error ? error : new Error(String(error))
      for (const reject of waiting) reject(broken)
    })
    // Not a race with one promise that lives as long as the pool: it would hold every result until the end.
    const done = <T>(task: Task | 'probe') =>
      new Promise<T>((resolve, reject) => {
        if (broken) return reject(broken)
        waiting.add(reject)
        const settled = () => waiting.delete(reject)
        pool.run(task).then(
          (result) => {
            settled()
            resolve(result as T)
          },
          (error: unknown) => {
            settled()
            reject(error)
          },
        )
      })
    try {
      await done('probe')
    } catch (error) {
      await pool.destroy()
      throw new Error(`the worker threads do not start: ${error instanceof Error ? error.message : String(error)}`)
    }
    return { width, run: (task: Task) => done<TaskResult>(task), close: () => pool.destroy() }
  }
