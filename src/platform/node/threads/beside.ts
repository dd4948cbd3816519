// Lets the calling thread work beside others: it has loaded the program already, and works while they start.
import type { Executor } from '../../../run/executor.ts'
import { type Job, type RunTask, type TaskResult, taskRunner } from '../../../run/task.ts'
import { jobsOn } from './jobs.ts'
import { DEPTH } from './protocol.ts'
import { type ThreadKind, leaveThreads, takeThreads } from './rest.ts'

/** Blocks in a task. Threads wait while the calling thread finishes one, so tasks are short. */
const BLOCKS = 16

interface Waiting {
  readonly task: RunTask
  readonly resolve: (result: TaskResult) => void
  readonly reject: (error: unknown) => void
}

/**
 * An executor on the calling thread and `others` more.
 * @param failed hears why the others cannot start. The calling thread then does all tasks
 */
export function besideCaller(job: Job, others: number, failed: (error: unknown) => void): Executor {
  const runner = taskRunner(job)
  const waiting: Waiting[] = []
  let [working, flying] = [false, 0]
  let away: Executor['run'] | undefined

  const send = (run: Executor['run']): void => {
    while (flying < DEPTH * others) {
      const next = waiting.shift()
      if (!next) return
      flying += 1
      void run(next.task)
        .then(next.resolve, next.reject)
        .finally(() => {
          flying -= 1
          send(run)
        })
    }
  }
  const work = async (): Promise<void> => {
    working = true
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      try {
        next.resolve(runner(next.task))
      } catch (error) {
        next.reject(error)
      }
      // Lets other threads' results, a signal and the progress in.
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
    working = false
  }

  const kind: ThreadKind = { name: 'run', threads: others }
  const opening = takeThreads(kind).then(
    async (sender) => {
      const { run } = await jobsOn(sender.send)(others)(job)
      away = run
      send(run)
      return sender
    },
    (error: unknown) => {
      failed(error)
    },
  )
  return {
    width: others + 1,
    blocks: BLOCKS,
    alone: true,
    run: (task) =>
      new Promise((resolve, reject) => {
        waiting.push({ task, resolve, reject })
        if (away) send(away)
        if (!working) void work()
      }),
    async close() {
      const sender = await opening
      if (sender) await leaveThreads(kind, sender)
      runner.release()
    },
  }
}
