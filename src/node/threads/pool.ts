// Tasks on worker threads, by piscina.
import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import { type CreateExecutor, inlineExecutor } from '../../engine/executor.ts'
import type { Task, TaskResult } from '../../engine/task.ts'

/** Trials × months × offers up to which a run is over before threads would have started. */
const SMALL = 4_000_000

/** An executor of so many threads; by default one a core, or none where there is little to do: the figures are the same. */
export const threadExecutor =
  (threads: number | undefined): CreateExecutor =>
  async (job) => {
    const { plan, program } = job
    if (threads === undefined && plan.trials * program.months * program.offers.length <= SMALL) return inlineExecutor(job)
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
    // A pool whose workers cannot start hangs for ever once tasks queue: one probe first, raced with the error.
    const failed = new Promise<never>((_, reject) => pool.on('error', (error: unknown) => reject(error)))
    failed.catch(() => undefined)
    try {
      await Promise.race([pool.run('probe'), failed])
    } catch (error) {
      await pool.destroy()
      throw new Error(`the worker threads do not start: ${error instanceof Error ? error.message : String(error)}`)
    }
    return {
      width,
      run: (task: Task): Promise<TaskResult> => Promise.race([pool.run(task) as Promise<TaskResult>, failed]),
      close: () => pool.destroy(),
    }
  }
