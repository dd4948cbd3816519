// Threads that answer questions, one question at a time. A thread that has answered waits for the next question, since its start takes
// longer than many an answer. It does not keep the program alive.
import { orStopped } from '../../../run/schedule.ts'
import { workerModule } from './module.ts'
import { openSender, type Sender } from './sender.ts'

/** Milliseconds that a thread waits. */
const REST = 10_000

const resting: Sender[] = []

/** A thread, which has the whole program's code. @throws Error if it does not start, or the signal's reason */
export async function takeThread(signal: AbortSignal | undefined): Promise<Sender> {
  const known = resting.pop()
  if (known) {
    known.hold(true)
    return known
  }
  const opening = openSender(1, workerModule())
  try {
    return await orStopped(signal, opening)
  } catch (error) {
    opening.then((sender) => sender.close(0)).catch(() => undefined)
    throw error
  }
}

/** Keeps a thread for the next question. */
export function restThread(sender: Sender): void {
  sender.hold(false)
  resting.push(sender)
  const end = () => {
    const place = resting.indexOf(sender)
    if (place >= 0) void resting.splice(place, 1)[0].close(0)
  }
  setTimeout(end, REST).unref()
}
