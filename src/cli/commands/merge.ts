// billcast merge: the shards of a run to the folder that one run would have written.
import type { FlagsOf } from '../../options/option.ts'
import { merging } from '../options.ts'
import { note } from '../print.ts'
import { wantedOf } from '../wanted.ts'
import { watching } from '../watched.ts'
import { defineCommand } from '../command.ts'
import { UsageError } from '../../errors.ts'
import { checkFolder } from '../../present/files/folder.ts'
import { diskAt } from '../../platform/node/disk.ts'
import { freeMemory } from '../../platform/node/memory.ts'
import { mergeShards } from '../../platform/node/merge.ts'
import { writeRun } from '../../platform/node/output.ts'
import { threadExecutor } from '../../platform/node/threads/pool.ts'
import { summaryTable } from '../../present/report/text.ts'

export const summary = 'the shards of a run to the folder that one run would have written, to the bit'
export const group = 'run'

async function mergeCommand(flags: FlagsOf<typeof merging>, shards: readonly string[]): Promise<void> {
  const { out, force, json, quiet, threads, memory } = flags
  if (out === undefined || out === '') throw new UsageError('--out: expected the name of a folder for the merged run')
  const watched = watching(flags)
  const wanted = wantedOf(flags)
  const disk = diskAt(out)
  await checkFolder(disk, force === true)
  const started = performance.now()
  const finished = await mergeShards(
    shards,
    flags.partial === true,
    {
      ...watched,
      ...(threads !== undefined && { threads }),
      ...(memory !== undefined && { memory }),
    },
    { executor: threadExecutor, free: freeMemory },
  )
  await writeRun(disk, finished, wanted, (performance.now() - started) / 1000, watched.signal)
  if (!quiet) for (const warning of finished.warnings) note(warning)
  if (json) process.stdout.write(`${JSON.stringify(finished.summary, null, 2)}\n`)
  else if (!quiet) process.stdout.write(summaryTable(finished.summary))
}

export const command = defineCommand({
  arguments: { '<shards...>': 'the files that run --shard wrote' },
  options: merging,
  run: mergeCommand,
})
