// Many tasks of one scenario.
import { expect, it } from 'vitest'
import { allOf, type Dispatcher } from '../../../src/platform/queue/dispatcher.ts'
import { Room } from '../../../src/platform/queue/room.ts'
import type { QueueTask } from '../../../src/platform/queue/task.ts'

it('thousands of tasks that wait for one stop are no leak', async () => {
  const warnings: string[] = []
  const heard = (warning: Error) => warnings.push(warning.name)
  process.on('warning', heard)
  const tasks = Array.from({ length: 2_880 }, (_, k) => ({ id: String(k) }) as QueueTask)
  const room = new Room(2)
  const stop = new AbortController()
  await allOf({ withdraw: () => Promise.resolve() } as unknown as Dispatcher, tasks, stop.signal, async (_, signal) => {
    await room.enter(0, signal)
    room.leave()
  })
  // Node emits warnings in a later turn.
  await new Promise((resolve) => setTimeout(resolve, 0))
  process.off('warning', heard)
  expect(warnings).toEqual([])
})
