// Where a queue is and how much it may hold, as stated or as it is unless stated.
import { UsageError } from '../../errors.ts'
import { type Address, addressOf } from './address.ts'
import type { QueueLimits } from './dispatcher.ts'

/** Tasks in Redis at once, and the bytes of them and their results. */
const IN_FLIGHT = 256
const IN_FLIGHT_BYTES = 2 ** 31

/** Seconds. */
const WAIT = 30

export interface QueuePlace {
  readonly address: Address
  readonly wait: number
}

/** @throws UsageError */
export function placeOf({
  queue,
  wait = WAIT,
}: {
  readonly queue?: string | undefined
  readonly wait?: number | undefined
}): QueuePlace {
  const text = queue ?? process.env.BILLCAST_QUEUE
  if (text === undefined || text === '')
    throw new UsageError('queue: expected an address such as redis://127.0.0.1:6379, there or in BILLCAST_QUEUE')
  return { address: addressOf(text, process.env), wait }
}

export const limitsOf = (wait: number, inFlight = IN_FLIGHT, memory = IN_FLIGHT_BYTES): QueueLimits => ({ inFlight, memory, wait })
