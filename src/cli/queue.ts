// The address of the queue, for the commands that use one.
import { type QueuePlace, placeOf } from '../platform/queue/address.ts'

/** @throws UsageError if the address is missing or malformed */
export function queueOf({ queue, wait }: { readonly queue?: string; readonly wait?: number }): QueuePlace {
  // The list of processes must not show a password.
  process.title = 'billcast'
  return placeOf({ queue: queue === 'env' ? undefined : queue, wait })
}
