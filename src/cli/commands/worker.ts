// billcast worker: takes tasks from a queue until it is told to stop.
import type { FlagsOf } from '../../options/option.ts'
import { working } from '../../options/queue.ts'
import { interruptible } from '../interrupt.ts'
import { logForm, quiet } from '../options.ts'
import { queueOf } from '../queue.ts'
import { defineCommand } from '../command.ts'
import { listenAt } from '../../platform/queue/metrics.ts'
import { runWorker, type WorkerEvent } from '../../platform/queue/worker.ts'
import { VERSION } from '../../platform/node/version.ts'

export const summary = 'take tasks from a queue and run them, until it is told to stop (SIGTERM)'
export const group = 'run'

const options = { ...working, log: logForm, quiet } as const
type WorkerFlags = FlagsOf<typeof options>

const LEVELS = { ready: 'info', done: 'info', returned: 'info', stopped: 'info', warning: 'warn', failed: 'error' } as const

function jsonLines(event: WorkerEvent): void {
  const { event: name, ...more } = event
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level: LEVELS[name], event: name, ...more })}\n`)
}

/** What a person at the console wants to know: not every task. */
function wordsOf(event: WorkerEvent): string | undefined {
  switch (event.event) {
    case 'ready':
      return `${event.worker}: billcast ${VERSION} works for ${event.address} on ${event.threads} threads`
    case 'failed':
      return `task ${event.task}: ${event.message}`
    case 'returned':
      return `task ${event.task} was given back`
    case 'warning':
      return `note: ${event.message}`
    case 'stopped':
      return `stopped: ${event.done} tasks done${event.failed > 0 ? `, ${event.failed} failed` : ''}`
    case 'done':
      return undefined
  }
}

const printer = (flags: WorkerFlags): ((event: WorkerEvent) => void) => {
  if (flags.log === 'json') return jsonLines
  return (event) => {
    const words = wordsOf(event)
    if (words !== undefined && !(flags.quiet && event.event !== 'failed')) process.stderr.write(`${words}\n`)
  }
}

async function workerCommand(flags: WorkerFlags): Promise<void> {
  const signal = interruptible()
  const { address, wait } = queueOf(flags)
  const settings = {
    wait,
    ...(flags.threads !== undefined && { threads: flags.threads }),
    ...(flags.memory !== undefined && { memory: flags.memory }),
    ...(flags.metrics !== undefined && { metrics: listenAt(flags.metrics) }),
  }
  await runWorker(address, settings, signal, printer(flags))
  // To be told to stop is how a worker ends.
  if (signal.aborted) process.exitCode = 0
}

export const command = defineCommand({
  options: options,
  run: workerCommand,
})
