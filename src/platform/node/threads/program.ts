// The program of a thread. The build turns it into one text (scripts/threads.mjs), which needs no file and therefore starts in any bundle.
import type { MessagePort } from 'node:worker_threads'
import { messageOf } from '../../../errors.ts'
import type { Message, ThreadReply, Work } from './protocol.ts'
import { runTask } from './tasks.ts'

// Node runs the text as a script or, with --input-type=module, as a module. Only this way of loading works in both.
const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads')

/** @param module the address of a module whose default export answers messages, by default the tasks of runs */
async function serve(port: MessagePort, module: string | undefined): Promise<void> {
  // If a thread stops while require() links an ES module, Node ends the whole process (FATAL ERROR: v8::Module::IsGraphAsync in 20.20,
  // 22.23 and 24.21). With import(), only the thread ends.
  const work = module === undefined ? (runTask as Work) : ((await import(module)) as { readonly default: Work }).default
  const reply = (message: ThreadReply) => port.postMessage(message)
  const answer = async (message: Message): Promise<ThreadReply> => {
    try {
      return { answer: await work(message) }
    } catch (error) {
      return { error: messageOf(error) }
    }
  }
  port.on('message', (message: Message) => void answer(message).then(reply))
  reply('ready')
}

if (parentPort) void serve(parentPort, workerData as string | undefined)
