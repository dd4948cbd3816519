// In place of src/platform/node/threads/sender.ts where tests run from sources: Node starts no thread from TypeScript, so messages are
// answered in this thread, as copies. The figures are the same bits, which the projects `package` and `slow` test on real threads.
import { setImmediate } from 'node:timers/promises'
import type { Answer, Message } from '../../src/platform/node/threads/protocol.ts'
import type { Sender } from '../../src/platform/node/threads/sender.ts'
import work from '../../src/platform/node/threads/worker.ts'

/** What answers in place of the thread, for tests of what goes wrong with one. */
export const instead: { answer?: (message: Message) => Answer | Promise<Answer>; failure?: Error } = {}

async function send(message: Message): Promise<Answer> {
  // Others have a turn between two tasks, as they have beside threads.
  await setImmediate()
  return structuredClone(await (instead.answer ?? work)(structuredClone(message)))
}

export const openSender = (): Promise<Sender> =>
  instead.failure
    ? Promise.reject(instead.failure)
    : Promise.resolve({
        send,
        settle: () => Promise.resolve(true),
        forget: () => undefined,
        // Threads that rest do not count where none can start.
        alive: () => instead.failure === undefined,
        close: () => Promise.resolve(),
        hold: () => undefined,
      })
