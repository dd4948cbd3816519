// billcast/queue: scenarios sampled by workers on other machines, through BullMQ on Redis.
import type { SimulationResult } from './api/result.ts'
import type { SimulateOptions } from './api/run.ts'
import type { QueueStatus } from './platform/queue/status.ts'
import type { WorkerEvent } from './platform/queue/worker.ts'
import type { Scenario } from './scenario/schema.ts'

export { ScenarioError, UsageError } from './errors.ts'
export type { SimulationResult } from './api/result.ts'
export type { BatchRecord, WorkerRecord } from './platform/queue/heartbeat.ts'
export type { QueueStatus, VersionStatus } from './platform/queue/status.ts'
export type { WorkerEvent } from './platform/queue/worker.ts'

/** Where the queue is. */
export interface QueueOptions {
  /**
   * Such as `redis://127.0.0.1:6379`, or `rediss://` for TLS; by default what the environment's `BILLCAST_QUEUE` holds. User and password
   * may stand in `BILLCAST_QUEUE_USERNAME` and `BILLCAST_QUEUE_PASSWORD`.
   */
  readonly queue?: string
  /** Seconds to wait for a Redis that does not answer, at the beginning and later; 30 unless stated. */
  readonly wait?: number
}

export interface SubmitOptions extends QueueOptions, Omit<SimulateOptions, 'precision'> {
  /** Where files that the scenario names are. */
  readonly folder?: string
  /** Tasks in Redis at once, with their results; 256 unless stated. */
  readonly inFlight?: number
  /** About how many bytes they may take there; 2 GiB unless stated. */
  readonly inFlightMemory?: number
}

export interface WorkOptions extends QueueOptions {
  /** Tasks at once; by default one a core. */
  readonly threads?: number
  /** Bytes that the worker may take at most; half of what is free unless stated. */
  readonly memory?: number
  /** Serves `/metrics` for Prometheus and `/healthz`, such as `127.0.0.1:9464`. */
  readonly metrics?: string
  /** Stops the worker: what is not done within six seconds is given back. */
  readonly signal?: AbortSignal
  readonly onEvent?: (event: WorkerEvent) => void
}

/**
 * Has a scenario sampled by the workers of a queue. The result is that of `simulate()` with the same options, to the bit.
 * @throws ScenarioError for the scenario, UsageError for the options, Error where Redis does not answer or a task fails three times
 */
export async function submit(scenario: string | Scenario, options: SubmitOptions = {}): Promise<SimulationResult> {
  const [{ submitScenario }, { placeOf, limitsOf }] = await Promise.all([
    import('./platform/queue/submit.ts'),
    import('./platform/queue/options.ts'),
  ])
  const { queue, wait, inFlight, inFlightMemory, ...run } = options
  const place = placeOf({ queue, wait })
  return submitScenario(scenario, run, place.address, limitsOf(place.wait, inFlight, inFlightMemory))
}

/**
 * Takes tasks from a queue and runs them, until the signal says to stop.
 * @throws UsageError for the options, Error where Redis does not answer for too long
 */
export async function work(options: WorkOptions = {}): Promise<void> {
  const [{ runWorker }, { placeOf, threadsOf, memoryOf }, { listenAt }] = await Promise.all([
    import('./platform/queue/worker.ts'),
    import('./platform/queue/options.ts'),
    import('./platform/queue/metrics.ts'),
  ])
  const { queue, threads, memory, metrics, signal = new AbortController().signal, onEvent = () => {} } = options
  const { address, wait } = placeOf({ queue, wait: options.wait })
  const settings = {
    wait,
    ...(threads !== undefined && { threads: threadsOf(threads) }),
    ...(memory !== undefined && { memory: memoryOf(memory) }),
    ...(metrics !== undefined && { metrics: listenAt(metrics) }),
  }
  await runWorker(address, settings, signal, onEvent)
}

/** How a queue is. @throws UsageError for the options, Error where Redis does not answer for too long */
export async function status(options: QueueOptions = {}): Promise<QueueStatus> {
  const [{ queueStatus }, { placeOf }] = await Promise.all([
    import('./platform/queue/status.ts'),
    import('./platform/queue/options.ts'),
  ])
  const { address, wait } = placeOf(options)
  return queueStatus(address, wait)
}
