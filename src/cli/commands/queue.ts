import { reaching } from '../../options/queue.ts'
import type { QueueStatus } from '../../platform/queue/status.ts'
import { type Block, textTable } from '../../present/report/text-table.ts'
import { type DefinedCommand, defineCommand } from '../command.ts'
import { json } from '../options.ts'
import { printJson, printLines } from '../print.ts'
import { queueOf } from '../queue.ts'
import { interruptible } from '../watched.ts'

export const summary = 'show the state of a queue'
export const group = 'run'

const status = defineCommand({
  options: { ...reaching, json },
  async run(flags) {
    const signal = interruptible()
    const { address, wait } = queueOf(flags)
    const { queueStatus } = await import('../../platform/queue/status.ts')
    const found = await queueStatus(address, wait, signal)
    if (flags.json) printJson(found)
    else printLines(linesOf(found))
  },
})

export const command: DefinedCommand = {
  arguments: [],
  options: {},
  commands: { status: { summary: 'show waiting and running tasks, workers, batches and the time left', ...status } },
}

function linesOf({ versions, workers, batches }: QueueStatus): Block[] {
  if (versions.length === 0) return ['The queue is empty: no tasks, no workers.']
  const tasks = versions.map(({ version, waiting, active, done, failed, workers: count, threads, rate }) =>
    [version, waiting, active, done, failed, count, threads, rate].map(String),
  )
  const busy = workers.map(({ id, version, threads, busy, done, failed, rate }) =>
    [id, version, `${busy} of ${threads}`, done, failed, rate].map(String),
  )
  const runs = batches.map(({ id, version, scenarios, done, failed, held, secondsLeft }) => {
    const left = secondsLeft === undefined ? '–' : timeOf(secondsLeft)
    return [id, version, `${done} of ${scenarios}`, String(failed), String(held), left]
  })
  return [
    textTable([['version', 'waiting', 'active', 'done', 'failed', 'workers', 'threads', 'tasks/s'], ...tasks]),
    ...(busy.length > 0 ? ['', textTable([['worker', 'version', 'busy', 'done', 'failed', 'tasks/s'], ...busy])] : []),
    ...(runs.length > 0
      ? ['', textTable([['batch', 'version', 'scenarios', 'failed', 'tasks in Redis', 'time left'], ...runs])]
      : []),
  ]
}

function timeOf(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
