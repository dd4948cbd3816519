// Tasks on worker threads, by piscina.
import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import type { CreateExecutor } from '../../engine/executor.ts'
import type { Task, TaskResult } from '../../engine/task.ts'

/** An executor of so many threads; by default one a core. */
export const threadExecutor =
  (threads: number | undefined): CreateExecutor =>
  async (job) => {
    const width = threads ?? availableParallelism()
    const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
    const pool = new Piscina({
      filename: new URL(`./worker${extension}`, import.meta.url).href,
      workerData: job,
      minThreads: width,
      maxThreads: width,
      concurrentTasksPerWorker: 1,
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
