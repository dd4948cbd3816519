// Saves the results of a scenario with many tasks to disk as they arrive. Redis then holds few of them, and a resumed batch finds them.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CHECKPOINT } from '../../present/files/folder.ts'
import type { Held } from '../../present/files/held.ts'
import { type Content, writeOne } from '../../present/files/write.ts'
import { diskAt } from '../node/disk.ts'
import { intactPieces, readFrom, type ShardKey, type ShardSource } from '../node/shard-file.ts'
import type { QueueTask } from './task.ts'

async function isIntact(source: ShardSource, key: ShardKey): Promise<boolean> {
  for await (const _ of intactPieces(source, key));
  return true
}

/**
 * @param folder the scenario's results. The spool is removed when they are complete
 * @param held throws if another process has taken the folder over
 */
export async function openSpool(folder: string, resume: boolean, held: Held) {
  const place = join(folder, CHECKPOINT)
  if (!resume) await rm(place, { recursive: true, force: true })
  const disk = diskAt(place)
  await disk.make()
  const name = (task: string) => `${task}.shard`
  const path = (task: string) => join(place, name(task))
  return {
    path,
    async has({ id, key }: QueueTask) {
      const file = path(id)
      const whole = await readFrom(file, (source) => isIntact(source, key)).catch(() => false)
      // Remove a damaged result, or one of another task, so that it is made again.
      if (!whole) await rm(file, { force: true })
      return whole
    },
    async save({ id, key }: QueueTask, source: ShardSource) {
      const content: Content = async (sink) => {
        for await (const piece of intactPieces(source, key)) await sink(piece)
      }
      await writeOne(disk, name(id), content, held)
    },
  }
}
