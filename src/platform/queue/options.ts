// Where a queue is and how much it may hold, as stated or as it is unless stated.
import { ParameterError, shown, UsageError } from '../../errors.ts'
import { type Address, addressOf } from './address.ts'
import type { QueueLimits } from './dispatcher.ts'

/** Tasks in Redis at once, and the bytes of them and their results. */
const IN_FLIGHT = 256
const IN_FLIGHT_BYTES = 2 ** 31

/** Seconds. */
const WAIT = 30
const MOST_WAIT = 86_400
const MOST_THREADS = 1_024

export interface Place {
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
}): Place {
  const text = queue ?? process.env.BILLCAST_QUEUE
  if (text === undefined || text === '')
    throw new UsageError('queue: expected an address such as redis://127.0.0.1:6379, there or in BILLCAST_QUEUE')
  if (!(typeof wait === 'number' && wait >= 0 && wait <= MOST_WAIT))
    throw new UsageError(`wait: expected seconds from 0 to ${MOST_WAIT}, got ${shown(wait)}`)
  return { address: addressOf(text, process.env), wait }
}

/** @throws UsageError */
export function limitsOf(wait: number, inFlight = IN_FLIGHT, memory = IN_FLIGHT_BYTES): QueueLimits {
  if (!(Number.isInteger(inFlight) && inFlight >= 1))
    throw new UsageError(new ParameterError('inFlight', 'a whole number ≥ 1', inFlight).message)
  if (!(memory > 0)) throw new UsageError(new ParameterError('inFlightMemory', 'a number of bytes above 0', memory).message)
  return { inFlight, memory, wait }
}

/** @throws UsageError */
export function memoryOf(memory: number): number {
  if (Number.isFinite(memory) && memory > 0) return memory
  throw new UsageError(new ParameterError('memory', 'a number of bytes above 0', memory).message)
}

/** @throws UsageError */
export function threadsOf(threads: number): number {
  if (Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS) return threads
  throw new UsageError(new ParameterError('threads', `a whole number from 1 to ${MOST_THREADS}`, threads).message)
}
