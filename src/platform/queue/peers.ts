// Packages that only a queue needs. They are not installed with billcast.
import type { Queue, QueueEvents, WaitingError, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { optional } from '../node/optional.ts'

export interface QueuePackages {
  readonly Queue: typeof Queue
  readonly QueueEvents: typeof QueueEvents
  readonly Worker: typeof Worker
  readonly WaitingError: typeof WaitingError
}

/** @throws UsageError if they are not installed */
export const queuePackages = (): Promise<QueuePackages> =>
  optional(
    async () => {
      const [bullmq] = await Promise.all([import('bullmq'), import('ioredis')])
      return bullmq
    },
    'bullmq ioredis',
    'a queue',
  )

/** Only the client, for threads that transfer results. @throws UsageError if it is not installed */
export const redisPackage = (): Promise<{ readonly Redis: typeof Redis }> => optional(() => import('ioredis'), 'ioredis', 'a queue')
/** @throws UsageError if it is not installed */
export const metricsPackage = () => optional(() => import('prom-client'), 'prom-client', '--metrics')
