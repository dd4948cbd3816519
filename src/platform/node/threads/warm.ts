// Threads that answer questions, one question at a time. More threads than cores would only wait for each other, and each holds open files,
// so further questions wait in line.
import { Room } from '../../queue/room.ts'
import { availableCores } from '../cores.ts'
import { workerModule } from './module.ts'
import { type ThreadKind, leaveThreads, restThreads, takeThreads } from './rest.ts'
import type { Sender } from './sender.ts'

/** Milliseconds that a stopped question may take to end. It looks every 50 ms. */
const PATIENCE = 1_000

/** One question may wait long for its history, so there is always a second place. */
const places = new Room(Math.max(2, availableCores()))
const leave = () => places.leave()
/** A thread that has the whole program's code. */
const kind = (): ThreadKind => ({ name: 'question', threads: 1, module: workerModule() })

/** A thread to give back. @throws Error if it does not start, or the signal's reason */
export async function takeThread(signal: AbortSignal | undefined): Promise<Sender> {
  await places.enter(0, signal)
  return takeThreads(kind(), signal, leave)
}

/** Keeps a thread for the next question. */
export function restThread(sender: Sender): void {
  restThreads(kind(), sender)
  leave()
}

/**
 * Keeps a thread whose question was stopped. When the question has ended, the thread serves the next one. Ending a thread while it loads a
 * file would leave that file open.
 */
export function leaveThread(sender: Sender): void {
  sender.hold(false)
  void leaveThreads(kind(), sender, PATIENCE).finally(leave)
}
