// billcast/queue: workers on other machines sample scenarios, through BullMQ on Redis.
import type { SimulationResult } from '../../api/result.ts'
import { checkOptions } from '../../options/check.ts'
import { type QueueOptions, reaching, type SubmitOptions, submitting, working } from '../../options/queue.ts'
import { guarded } from '../../callbacks.ts'
import { callbacksOf, type OptionsOf } from '../../options/option.ts'
import type { Scenario } from '../../scenario/plan.generated.ts'
import { UsageError } from '../../errors.ts'
import type { QueueStatus } from './status.ts'
import type { WorkerEvent } from './worker.ts'

export type * from '../../api/types.ts'
export type { SimulationResult } from '../../api/result.ts'
export type { ChartKind } from '../../present/charts/kinds.ts'
export type { Chart } from '../../present/charts/chart.ts'
export type { PageElement } from '../../present/charts/element.ts'
export { ScenarioError, UsageError } from '../../errors.ts'
export type { QueueOptions, SubmitOptions } from '../../options/queue.ts'
export type { BatchRecord, WorkerRecord } from './heartbeat.ts'
export type { QueueStatus, VersionStatus } from './status.ts'
export type { WorkerEvent } from './worker.ts'

export type WorkOptions = Omit<OptionsOf<typeof working>, 'onEvent'> & { readonly onEvent?: (event: WorkerEvent) => void }

/**
 * Lets the workers of a queue sample a scenario. The result is the same as that of `simulate()` with these options, to the bit.
 * @throws ScenarioError for the scenario, UsageError for the options, Error if Redis does not answer or a task fails three times
 */
export async function submit(scenario: string | Scenario, options: SubmitOptions = {}): Promise<SimulationResult> {
  const [{ submitScenario }, { placeOf }, { limitsOf }] = await Promise.all([
    import('./submit.ts'),
    import('./address.ts'),
    import('./room.ts'),
  ])
  if ('precision' in options && options.precision !== undefined)
    throw new UsageError('precision: a queue needs a number of trials. Use trials, such as trials: 1_000_000')
  checkOptions(options, submitting)
  return guarded(options, callbacksOf(submitting), ({ queue, wait, inFlight, inFlightMemory, folder: _, files: __, ...run }) => {
    const { address, wait: seconds } = placeOf({ queue, wait })
    return submitScenario(scenario, run, options, address, limitsOf(seconds, inFlight, inFlightMemory))
  })
}

/**
 * Takes tasks from a queue and runs them until the signal aborts.
 * @throws UsageError for the options, Error if Redis does not answer for too long
 */
export async function work(options: WorkOptions = {}): Promise<void> {
  const [{ runWorker }, { placeOf }] = await Promise.all([import('./worker.ts'), import('./address.ts')])
  checkOptions(options, working)
  await guarded(options, callbacksOf(working), async (safe) => {
    const { queue, threads, memory, metrics, signal = new AbortController().signal, onEvent = () => {} } = safe
    const { address, wait } = placeOf({ queue, wait: options.wait })
    await runWorker(address, { wait, threads, memory, metrics }, signal, onEvent)
  })
}

/** The state of a queue. @throws UsageError for the options, Error if Redis does not answer for too long */
export async function status(options: QueueOptions = {}): Promise<QueueStatus> {
  const [{ queueStatus }, { placeOf }] = await Promise.all([import('./status.ts'), import('./address.ts')])
  checkOptions(options, reaching)
  const { address, wait } = placeOf(options)
  return queueStatus(address, wait)
}
