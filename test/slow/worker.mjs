// A worker thread with a fault, for tests: what BILLCAST_FAULT says happens at a task of blocks, the first time or every time.
import { existsSync, writeFileSync } from 'node:fs'
import work from '../../dist/platform/node/threads/worker.js'

const [kind, mark] = (process.env.BILLCAST_FAULT ?? '').split(' ')

const faults = {
  throw: () => {
    throw new Error('a fault of the machine')
  },
  exit: () => process.exit(3),
  memory: () => {
    const held = []
    for (;;) held.push(new Array(10_000).fill(held.length))
  },
}

export default function faulty(message) {
  if (message.task.kind === 'blocks' && message.data && !(mark && existsSync(mark))) {
    if (mark) writeFileSync(mark, '')
    faults[kind]()
  }
  return work(message)
}
