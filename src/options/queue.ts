// Options of a queue.
import { callback, memorySize, seconds, textKind, wholeNumber } from './kinds.ts'
import { type OptionsOf, option, programOnly } from './option.ts'
import { MOST_THREADS, place, signal, threads } from './shared.ts'
import { simulating } from './simulate.ts'

export const MOST_WAIT = 86_400

/** Where a queue is. */
export const reaching = {
  queue: option(
    textKind('<address>', 'an address such as redis://127.0.0.1:6379'),
    'such as redis://127.0.0.1:6379 (by default what BILLCAST_QUEUE holds)',
    { default: 'what `BILLCAST_QUEUE` holds' },
  ),
  wait: option(seconds(0, MOST_WAIT, 'seconds such as 30'), 'how long to wait for a queue that does not answer (30)', {
    default: '30',
  }),
} as const
export type QueueOptions = OptionsOf<typeof reaching>

/** How much a queue may hold. */
export const holding = {
  inFlight: option(wholeNumber(1, 1_000_000, '256'), 'tasks in the queue at once, with their results (256)', { default: '256' }),
  inFlightMemory: option(memorySize, 'about how much they may take there (2GiB)', { default: '2 GiB' }),
} as const

const { precision: _, ...sampledByWorkers } = simulating

export const submitting = {
  ...reaching,
  ...holding,
  ...sampledByWorkers,
  ...place,
} as const
export type SubmitOptions = OptionsOf<typeof submitting>

/** What `onEvent` hears is a type of the queue's room. */
export const working = {
  ...reaching,
  threads: { ...threads, kind: wholeNumber(1, MOST_THREADS, '4'), help: 'tasks at once (by default one a core)' },
  memory: option(memorySize, 'refuse tasks for which more would be needed, such as 2GB (half of what is free unless stated)', {
    default: 'half of what is free',
  }),
  metrics: option(
    textKind('<address>', 'an address and a port such as 127.0.0.1:9464'),
    'serve /metrics for Prometheus and /healthz, such as 127.0.0.1:9464',
  ),
  signal,
  onEvent: programOnly(callback(), 'hears what happens'),
} as const
