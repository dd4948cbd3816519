// Threads that answer questions, one question at a time. A thread that has answered waits for the next question, since its start takes
// longer than many an answer. It does not keep the program alive. More threads than cores would only wait for each other, and each holds
// open files, so further questions wait in line.
import { orStopped } from '../../../run/schedule.ts'
import { Room } from '../../queue/room.ts'
import { availableCores } from '../cores.ts'
import { workerModule } from './module.ts'
import { openSender, type Sender } from './sender.ts'

/** Milliseconds that a thread waits. */
const REST = 10_000
/** Milliseconds that a stopped question may take to end. It looks every 50 ms. */
const PATIENCE = 1_000

/** One question may wait long for its history, so there is always a second place. */
const places = new Room(Math.max(2, availableCores()))
const resting: Sender[] = []

/** A thread, which has the whole program's code. Give it back. @throws Error if it does not start, or the signal's reason */
export async function takeThread(signal: AbortSignal | undefined): Promise<Sender> {
  await places.enter(0, signal)
  const known = resting.pop()
  if (known) {
    known.hold(true)
    return known
  }
  const opening = openSender(1, workerModule())
  try {
    return await orStopped(signal, opening)
  } catch (error) {
    // A thread that starts for a stopped question serves the next one. Until then, it keeps its place.
    opening.then(restThread, () => places.leave())
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
  places.leave()
}

/**
 * Keeps a thread whose question was stopped. When the question has ended, the thread serves the next one. Ending a thread while it loads a
 * file would leave that file open. If the question does not end soon, the thread is ended. If the thread has died, another replaces it.
 */
export function leaveThread(sender: Sender, answering: Promise<unknown>): void {
  sender.hold(false)
  const ended = answering.then(
    () => true,
    () => true,
  )
  const late = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), PATIENCE).unref()
  })
  void Promise.race([ended, late]).then((stopped) => {
    if (stopped) restThread(sender)
    else void sender.close(0).finally(() => places.leave())
  })
}
