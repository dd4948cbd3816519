// Saves the results of a scenario with many tasks to disk as they arrive. Redis then holds few of them, and a resumed batch finds them.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CHECKPOINT } from '../../present/files/folder.ts'
import type { Held } from '../../present/files/held.ts'
import { writeOne } from '../../present/files/write.ts'
import { diskAt } from '../node/disk.ts'
import { isIntact, piecesOf, readFrom, type ShardSource } from '../node/shard-file.ts'

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
    async has(task: string) {
      const file = path(task)
      const whole = await readFrom(file, isIntact).catch(() => false)
      // Remove a damaged result, so that it is made again.
      if (!whole) await rm(file, { force: true })
      return whole
    },
    save: (task: string, source: ShardSource) =>
      writeOne(
        disk,
        name(task),
        async (sink) => {
          for await (const piece of piecesOf(source)) await sink(piece)
        },
        held,
      ),
  }
}
