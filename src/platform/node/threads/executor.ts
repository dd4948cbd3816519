// Chooses where a run works: in the calling thread, or on threads that start for it.
import { type CreateExecutor, inlineExecutor } from '../../../run/executor.ts'
import type { Job } from '../../../run/task.ts'
import { Room } from '../../queue/room.ts'
import { availableCores } from '../cores.ts'
import { aloneWords } from './alone.ts'
import type { Sender } from './sender.ts'

/** Trials × months × offers up to which a run ends about as soon as threads would have started. */
const SMALL = 16_000_000
const isSmall = ({ plan, program }: Job): boolean => plan.trials * program.months * program.offers.length <= SMALL

/**
 * The executor of a command, whose calling thread has nothing else to do. It works too, and alone in small runs.
 * @param note receives one sentence if threads cannot start
 */
export const commandExecutor =
  (threads: number | undefined, note?: (words: string) => void): CreateExecutor =>
  async (job) => {
    const others = (threads ?? availableCores()) - 1
    if (others === 0 || isSmall(job)) return inlineExecutor(job)
    const { besideCaller } = await import('./beside.ts')
    return besideCaller(job, others, (error) => note?.(aloneWords(error)))
  }

/**
 * An executor on `threads` threads, by default one per core. A single thread is the caller's own, which also does small runs by default.
 * Where threads cannot start, the run continues in the caller's thread.
 * @param note receives one sentence in that case
 */
export const threadExecutor =
  (threads: number | undefined, note: (words: string) => void = () => {}): CreateExecutor =>
  async (job, signal) => {
    if (threads === 1 || (threads === undefined && isSmall(job))) return inlineExecutor(job)
    const width = threads ?? availableCores()
    const [{ leaveThreads, takeThreads }, { jobsOn }] = await Promise.all([import('./rest.ts'), import('./jobs.ts')])
    // A run with more threads than there are places gets them all.
    await places.enter(width, signal)
    const leave = () => places.leave(width)
    const kind = { name: 'run', threads: width }
    let sender: Sender
    try {
      sender = await takeThreads(kind, signal, leave)
    } catch (error) {
      signal?.throwIfAborted()
      note(aloneWords(error))
      return inlineExecutor(job)
    }
    const executor = await jobsOn(sender.send)(width)(job)
    return {
      ...executor,
      alone: true,
      async close() {
        await executor.close()
        await leaveThreads(kind, sender).finally(leave)
      },
    }
  }

/** Threads of runs at the same time: each holds open files and memory, and more than the cores can run gain nothing. */
const MOST_THREADS = Math.max(8, 2 * availableCores())
const places = new Room(Number.POSITIVE_INFINITY, MOST_THREADS)
