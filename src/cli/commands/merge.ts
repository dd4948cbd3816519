import { UsageError } from '../../errors.ts'
import { hostMemory } from '../../platform/node/memory.ts'
import { mergeShards } from '../../platform/node/merge.ts'
import { writeRun } from '../../platform/node/output.ts'
import { commandExecutor } from '../../platform/node/threads/executor.ts'
import { chosen, defineCommand } from '../command.ts'
import { merging } from '../options.ts'
import { intoResults, wantedOf } from '../out.ts'
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
    const watched = watching(flags, 'Merging')
    const wanted = wantedOf(flags)
    const started = performance.now()
    const options = { ...watched, ...chosen(flags, { threads, memory }) }
    const platform = { executor: commandExecutor, ...hostMemory() }
    const finished = await intoResults(out, flags, watched, async (folder) => {
      const merged = await mergeShards(shards, flags.partial === true, options, platform)
      await writeRun(folder, merged, wanted, (performance.now() - started) / 1000, watched.signal)
      return merged
    })
    printFinished(finished, flags)
  },
})
