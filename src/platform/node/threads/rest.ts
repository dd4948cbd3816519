// Threads that have done their work wait for more: their start takes longer than many an answer, and each end is a risk (quiet.ts). They do
// not keep the program alive.
import { orStopped } from '../../../run/schedule.ts'
import { openSender, type Sender } from './sender.ts'

/** Milliseconds that threads wait. */
const REST = 10_000
/** Threads at rest. Each holds open files and memory. */
const MOST = 8

export interface ThreadKind {
  readonly name: string
  readonly threads: number
  /** See `openSender`. */
  readonly module?: URL
}

interface Resting {
  readonly kind: ThreadKind
  readonly sender: Sender
}

/** The ones that wait longest are first. */
const resting: Resting[] = []

function fromRest({ name, threads }: ThreadKind): Sender | undefined {
  for (let k = resting.length - 1; k >= 0; k--) {
    const { kind, sender } = resting[k]
    if (kind.name !== name || kind.threads !== threads || !sender.alive()) continue
    resting.splice(k, 1)
    sender.hold(true)
    return sender
  }
  return undefined
}

/**
 * Takes threads from rest, or starts some. Threads that start for stopped work serve the next one.
 * @param left called if they do not start, or when they rest after a stop
 * @throws Error if they do not start, or the signal's reason
 */
export async function takeThreads(kind: ThreadKind, signal?: AbortSignal, left: () => void = () => {}): Promise<Sender> {
  const known = fromRest(kind)
  if (known) return known
  const opening = openSender(kind.threads, kind.module)
  try {
    return await orStopped(signal, opening)
  } catch (error) {
    opening.then((sender) => restThreads(kind, sender)).then(left, left)
    throw error
  }
}

/** Keeps idle threads for the next work. */
export function restThreads(kind: ThreadKind, sender: Sender): void {
  sender.hold(false)
  sender.forget()
  const one: Resting = { kind, sender }
  resting.push(one)
  setTimeout(() => end(one), REST).unref()
  const count = () => resting.reduce((sum, { kind: { threads } }) => sum + threads, 0)
  while (resting.length > 1 && count() > MOST) end(resting[0])
}

function end(one: Resting): void {
  const place = resting.indexOf(one)
  if (place < 0) return
  resting.splice(place, 1)
  void one.sender.close(0)
}

/** Keeps threads whose work has ended or was stopped. If it does not end soon, the threads are ended. */
export async function leaveThreads(kind: ThreadKind, sender: Sender, patience?: number): Promise<void> {
  if (await sender.settle(patience)) restThreads(kind, sender)
  else await sender.close(0)
}
