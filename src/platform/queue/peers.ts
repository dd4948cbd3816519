// Packages that only a queue needs. They are not installed with billcast.
import type { Queue, QueueEvents, WaitingError, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { unbundled } from '../../optional.ts'
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
      const [bullmq] = await Promise.all([unbundled('bullmq'), unbundled('ioredis')])
      return bullmq as QueuePackages
    },
    'bullmq ioredis',
    'a queue',
  )

interface RedisPackage {
  readonly Redis: typeof Redis
}

/** Only the client, for threads that transfer results. @throws UsageError if it is not installed */
export const redisPackage = (): Promise<RedisPackage> =>
  optional(() => unbundled('ioredis') as Promise<RedisPackage>, 'ioredis', 'a queue')

interface MetricsPackage {
  readonly collectDefaultMetrics: typeof collectDefaultMetrics
  readonly Counter: typeof Counter
  readonly Gauge: typeof Gauge
  readonly Histogram: typeof Histogram
  readonly Registry: typeof Registry
}

/** @throws UsageError if it is not installed */
export const metricsPackage = (): Promise<MetricsPackage> =>
  optional(() => unbundled('prom-client') as Promise<MetricsPackage>, 'prom-client', '--metrics')
