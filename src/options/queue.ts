// The options of a queue.
import { callback, memorySize, seconds, textKind, wholeNumber } from './kinds.ts'
import { type OptionsOf, option, programOnly } from './option.ts'
import { MOST_THREADS, place, signal, threads } from './shared.ts'
import { simulating } from './simulate.ts'

export const MOST_WAIT = 86_400

/** Where the queue is. */
export const reaching = {
  queue: option(
    textKind('<address>', 'an address such as redis://127.0.0.1:6379'),
    'address of the queue, such as redis://127.0.0.1:6379 (default: the variable BILLCAST_QUEUE)',
    'the variable `BILLCAST_QUEUE`',
  ),
  wait: option(seconds(0, MOST_WAIT, 'seconds such as 30'), 'seconds to wait for a queue that does not answer (default 30)', '30'),
} as const
export type QueueOptions = OptionsOf<typeof reaching>

/** How much the queue may hold. */
export const holding = {
  inFlight: option(wholeNumber(1, 1_000_000, '256'), 'tasks and results in the queue at once (default 256)', '256'),
  inFlightMemory: option(memorySize, 'approximate memory for tasks and results in the queue (default 2GiB)', '2 GiB'),
} as const

const { precision: _, ...sampledByWorkers } = simulating

export const submitting = { ...reaching, ...holding, ...sampledByWorkers, ...place } as const
export type SubmitOptions = OptionsOf<typeof submitting>

/** The queue's own folder adds the type of the events. */
export const working = {
  ...reaching,
  threads: { ...threads, kind: wholeNumber(1, MOST_THREADS, '4'), help: 'tasks at once (default: one per core)' },
  memory: option(
    memorySize,
    'refuse tasks that need more memory than this, such as 2GB (default: half of the free memory)',
    'half of the free memory',
  ),
  metrics: option(
    textKind('<address>', 'an address and a port such as 127.0.0.1:9464'),
    'serve /healthz and /metrics (Prometheus) at this address, such as 127.0.0.1:9464',
  ),
  signal,
  onEvent: programOnly(callback(), 'called for each event'),
} as const
