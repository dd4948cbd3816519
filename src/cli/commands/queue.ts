// billcast queue status, and what the commands of a queue have in common.
import { shown, UsageError } from '../../errors.ts'
import { type Place, placeOf } from '../../platform/queue/options.ts'
import type { QueueStatus } from '../../platform/queue/status.ts'
import { align } from '../../present/report/text.ts'
import { printJson, printLines } from '../decision.ts'
import { interruptible } from '../flags.ts'

export interface QueueFlags {
  readonly queue?: string
  readonly wait?: string
}

/** Where the queue is, and how long to wait for it. @throws UsageError */
export function queueOf({ queue, wait }: QueueFlags): Place {
  // Who lists processes is not to read a password.
  process.title = 'billcast'
  if (wait !== undefined && !/^\d+(\.\d+)?$/.test(wait))
    throw new UsageError(`--wait: expected seconds such as 30, got ${shown(wait)}`)
  return placeOf({ queue: queue === 'env' ? undefined : queue, wait: wait === undefined ? undefined : Number(wait) })
}

export async function queueStatusCommand(flags: QueueFlags & { readonly json?: boolean }): Promise<void> {
  const signal = interruptible()
  const { address, wait } = queueOf(flags)
  const { queueStatus } = await import('../../platform/queue/status.ts')
  const status = await queueStatus(address, wait, signal)
  if (flags.json) printJson(status)
  else printLines(linesOf(status))
}

function linesOf({ versions, workers, batches }: QueueStatus): string[] {
  if (versions.length === 0) return ['Nothing is there: no tasks, no workers.']
  const own = ['version', 'waiting', 'active', 'done', 'failed', 'workers', 'threads', 'tasks/s']
  const tasks = versions.map(({ version, waiting, active, done, failed, workers: count, threads, rate }) =>
    [version, waiting, active, done, failed, count, threads, rate].map(String),
  )
  const people = workers.map(({ id, version, threads, busy, done, failed, rate }) =>
    [id, version, `${busy} of ${threads}`, done, failed, rate].map(String),
  )
  const runs = batches.map(({ id, version, scenarios, done, failed, held, secondsLeft }) => {
    const left = secondsLeft === undefined ? '–' : secondsOf(secondsLeft)
    return [id, version, `${done} of ${scenarios}`, String(failed), String(held), left]
  })
  return [
    ...align([own, ...tasks]),
    ...(people.length > 0 ? ['', ...align([['worker', 'version', 'busy', 'done', 'failed', 'tasks/s'], ...people])] : []),
    ...(runs.length > 0
      ? ['', ...align([['batch', 'version', 'scenarios', 'failed', 'tasks in Redis', 'time left'], ...runs])]
      : []),
  ]
}

function secondsOf(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
