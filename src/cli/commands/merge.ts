import { UsageError } from '../../errors.ts'
import { diskAt } from '../../platform/node/disk.ts'
import { hostMemory } from '../../platform/node/memory.ts'
import { mergeShards } from '../../platform/node/merge.ts'
import { writeRun } from '../../platform/node/output.ts'
import { commandExecutor } from '../../platform/node/threads/executor.ts'
import { checkFolder } from '../../present/files/folder.ts'
import { chosen, defineCommand } from '../command.ts'
import { merging } from '../options.ts'
import { wantedOf } from '../out.ts'
import { printFinished } from '../finished.ts'
import { watching } from '../watched.ts'

export const summary = 'merge the shards of a run into the folder that a single run would write'
export const group = 'run'

const { threads, memory } = merging

export const command = defineCommand({
  arguments: [['<shards...>', 'files that billcast run --shard wrote']],
  options: merging,
  async run(flags, shards) {
    const { out } = flags
    if (out === undefined || out === '')
      throw new UsageError(
        `--out: expected the name of a folder for the merged run, such as --out merged, got ${out === undefined ? 'nothing' : '""'}`,
      )
    const watched = watching(flags)
    const wanted = wantedOf(flags)
    const disk = diskAt(out)
    await checkFolder(disk, flags.force === true)
    const started = performance.now()
    const options = { ...watched, ...chosen(flags, { threads, memory }) }
    const platform = { executor: commandExecutor, ...hostMemory() }
    const finished = await mergeShards(shards, flags.partial === true, options, platform)
    await writeRun(disk, finished, wanted, (performance.now() - started) / 1000, watched.signal)
    printFinished(finished, flags)
  },
})
