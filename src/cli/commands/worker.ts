import { visible } from '../../errors.ts'
import { working } from '../../options/queue.ts'
import { VERSION } from '../../platform/version.generated.ts'
import { runWorker, type WorkerEvent } from '../../platform/queue/worker.ts'
import { defineCommand } from '../command.ts'
import { ignoreHangup, logForm, quiet } from '../options.ts'
import { queueOf } from '../queue.ts'
import { interruptible } from '../watched.ts'
import { jsonToStderr, toStderr } from '../streams.ts'

export const summary = 'take tasks from a queue and run them, until SIGTERM'
export const group = 'run'

export const command = defineCommand({
  options: { ...working, log: logForm, quiet, ignoreHangup },
  async run(flags) {
    const signal = interruptible(flags)
    const { address, wait } = queueOf(flags)
    const { threads, memory, metrics } = flags
    await runWorker(
      address,
      { wait, threads, memory, metrics },
      signal,
      flags.log === 'json' ? jsonLine : (event) => printEvent(event, flags.quiet === true),
    )
    // A stop by signal is how a worker normally ends.
    if (signal.aborted) process.exitCode = 0
  },
})

const LEVELS = { ready: 'info', done: 'info', returned: 'info', stopped: 'info', warning: 'warn', failed: 'error' } as const

function jsonLine(event: WorkerEvent): void {
  const { event: name, ...more } = event
  jsonToStderr({ time: new Date().toISOString(), level: LEVELS[name], event: name, ...more })
}

function printEvent(event: WorkerEvent, quiet: boolean): void {
  const words = wordsOf(event)
  if (words !== undefined && !(quiet && event.event !== 'failed')) toStderr(`${visible(words)}\n`)
}

/** The line for people. They need not see every task that is done. */
function wordsOf(event: WorkerEvent): string | undefined {
  switch (event.event) {
    case 'ready':
      return `${event.worker}: billcast ${VERSION} takes tasks from ${event.address} on ${event.threads} threads`
    case 'failed':
      return `task ${event.task}: ${event.message}`
    case 'returned':
      return `task ${event.task} returned to the queue`
    case 'warning':
      return `note: ${event.message}`
    case 'stopped':
      return `stopped: ${event.done} tasks done${event.failed > 0 ? `, ${event.failed} failed` : ''}`
    case 'done':
      return undefined
  }
}
