// The program of a thread. The build turns it into one text (scripts/threads.mjs), which needs no file and therefore starts in any bundle.
import { messageOf } from '../../../errors.ts'
import type { Message, ThreadReply, Work } from './protocol.ts'
import { runTask } from './tasks.ts'

// Node runs the text as a script or, with --input-type=module, as a module. Only this way of loading works in both.
const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads')
const module = workerData as string | undefined

async function serve(): Promise<void> {
  // If a thread stops while require() links an ES module, Node ends the whole process (FATAL ERROR: v8::Module::IsGraphAsync in 20.20,
  // 22.23 and 24.21). With import(), only the thread ends.
  const work = module === undefined ? (runTask as Work) : ((await import(module)) as { readonly default: Work }).default
  const reply = (message: ThreadReply) => parentPort?.postMessage(message)
  const answer = async (message: Message): Promise<ThreadReply> => {
    try {
      return { answer: await work(message) }
    } catch (error) {
      return { error: messageOf(error) }
    }
  }
  parentPort?.on('message', (message: Message) => void answer(message).then(reply))
  reply('ready')
}

void serve()
