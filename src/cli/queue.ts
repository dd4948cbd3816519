// What the commands of a queue have in common.
import { type QueuePlace, placeOf } from '../platform/queue/options.ts'

/** Where the queue is, and how long to wait for it. @throws UsageError */
export function queueOf({ queue, wait }: { readonly queue?: string; readonly wait?: number }): QueuePlace {
  // Who lists processes is not to read a password.
  process.title = 'billcast'
  return placeOf({ queue: queue === 'env' ? undefined : queue, wait })
}
