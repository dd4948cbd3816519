// billcast worker: takes tasks from a queue until it is told to stop.
import { listenAt } from '../../platform/queue/metrics.ts'
import { runWorker, type WorkerEvent } from '../../platform/queue/worker.ts'
import { VERSION } from '../../platform/node/version.ts'
import { bytes, interruptible, oneOf, whole } from '../flags.ts'
import { type QueueFlags, queueOf } from './queue.ts'

export interface WorkerFlags extends QueueFlags {
  readonly threads?: string
  readonly memory?: string
  readonly metrics?: string
  readonly log?: string
  readonly quiet?: boolean
}

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
  if (flags.log !== undefined && oneOf('log', flags.log, ['json', 'text']) === 'json') return jsonLines
  return (event) => {
    const words = wordsOf(event)
    if (words !== undefined && !(flags.quiet && event.event !== 'failed')) process.stderr.write(`${words}\n`)
  }
}

export async function workerCommand(flags: WorkerFlags): Promise<void> {
  const signal = interruptible()
  const { address, wait } = queueOf(flags)
  const settings = {
    wait,
    ...(flags.threads !== undefined && { threads: whole('threads', flags.threads, 1024, '4') }),
    ...(flags.memory !== undefined && { memory: bytes('memory', flags.memory) }),
    ...(flags.metrics !== undefined && { metrics: listenAt(flags.metrics) }),
  }
  await runWorker(address, settings, signal, printer(flags))
  // To be told to stop is how a worker ends.
  if (signal.aborted) process.exitCode = 0
}
