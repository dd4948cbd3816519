// The state of a queue: waiting and running tasks, workers, batches and the time left.
import type { Address } from './address.ts'
import { connect } from './connection.ts'
import { type BatchRecord, batchesIn, versionsIn, type WorkerRecord, workersIn } from './heartbeat.ts'
import { PREFIX, queueName } from './keys.ts'
import { queuePackages } from './peers.ts'

export interface VersionStatus {
  readonly version: string
  readonly waiting: number
  readonly active: number
  /** Results that no batch has taken yet. */
  readonly done: number
  readonly failed: number
  readonly workers: number
  readonly threads: number
  /** Tasks per second over the last minute. */
  readonly rate: number
}

export interface QueueStatus {
  readonly versions: readonly VersionStatus[]
  readonly workers: readonly WorkerRecord[]
  /** `secondsLeft` is absent until the first scenario is done. */
  readonly batches: readonly (BatchRecord & { readonly secondsLeft?: number })[]
}

const round = (value: number): number => Number(value.toPrecision(4))

/** @throws Error if Redis does not answer */
export async function queueStatus(address: Address, wait: number, signal?: AbortSignal): Promise<QueueStatus> {
  const { Queue } = await queuePackages()
  const { redis, close } = await connect(address, wait, signal)
  try {
    const [workers, batches, queues] = await Promise.all([workersIn(redis), batchesIn(redis), versionsIn(redis)])
    const names = new Set([...queues, ...workers.map(({ version }) => version), ...batches.map(({ version }) => version)])
    const versions = await Promise.all(
      [...names].sort().map(async (version): Promise<VersionStatus> => {
        const queue = new Queue(queueName(version), { connection: redis, prefix: PREFIX, skipMetasUpdate: true })
        queue.on('error', () => undefined)
        const counts = await queue.getJobCounts('wait', 'prioritized', 'delayed', 'active', 'completed', 'failed')
        await queue.close()
        const own = workers.filter((worker) => worker.version === version)
        return {
          version,
          waiting: counts.wait + counts.prioritized + counts.delayed,
          active: counts.active,
          done: counts.completed,
          failed: counts.failed,
          workers: own.length,
          threads: own.reduce((sum, { threads }) => sum + threads, 0),
          rate: round(own.reduce((sum, { rate }) => sum + rate, 0)),
        }
      }),
    )
    return { versions, workers, batches: batches.map(withTime) }
  } finally {
    await close()
  }
}

function withTime(batch: BatchRecord): QueueStatus['batches'][number] {
  const left = batch.scenarios - batch.done - batch.failed
  return batch.rate > 0 ? { ...batch, secondsLeft: Math.round(left / batch.rate) } : batch
}
