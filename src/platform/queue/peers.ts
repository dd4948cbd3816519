// Packages that only a queue needs. They are not installed with billcast.
import type { Queue, QueueEvents, WaitingError, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { UsageError } from '../../errors.ts'

const missing = (names: string, what: string) =>
  new UsageError(`${what} needs ${names}, which ${names.includes(' ') ? 'are' : 'is'} not installed. Run npm install ${names}`)

const absent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'

async function optional<T>(load: () => Promise<T>, names: string, what: string): Promise<T> {
  try {
    return await load()
  } catch (error) {
    throw absent(error) ? missing(names, what) : error
  }
}

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
