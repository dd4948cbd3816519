// billcast queue: how a queue is.
import type { QueueStatus } from '../../platform/queue/status.ts'
import type { FlagsOf } from '../../options/option.ts'
import { reaching } from '../../options/queue.ts'
import { align } from '../../present/report/text.ts'
import { type DefinedCommand, defineCommand } from '../command.ts'
import { interruptible } from '../interrupt.ts'
import { json } from '../options.ts'
import { printJson, printLines } from '../print.ts'
import { queueOf } from '../queue.ts'

export const summary = 'how a queue is'
export const group = 'run'

const options = { ...reaching, json } as const

async function statusCommand(flags: FlagsOf<typeof options>): Promise<void> {
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

export const command: DefinedCommand = {
  arguments: {},
  options: {},
  commands: {
    status: {
      summary: 'what waits, what goes on, who works, and how long it will take',
      ...defineCommand({ options, run: statusCommand }),
    },
  },
}
