// billcast merge: the shards of a run to the folder that one run would have written.
import { UsageError } from '../../errors.ts'
import { checkFolder } from '../../present/files/folder.ts'
import { diskAt } from '../../platform/node/disk.ts'
import { freeMemory } from '../../platform/node/memory.ts'
import { mergeShards } from '../../platform/node/merge.ts'
import { writeRun } from '../../platform/node/output.ts'
import { threadExecutor } from '../../platform/node/threads/pool.ts'
import { summaryTable } from '../../present/report/text.ts'
import { interruptible } from '../flags.ts'
import { progressBar } from '../progress.ts'
import { note, optionsOf, type RunFlags, wantedOf } from './run.ts'

export type MergeFlags = Pick<
  RunFlags,
  'threads' | 'memory' | 'out' | 'format' | 'inputs' | 'report' | 'force' | 'json' | 'quiet'
> & {
  readonly partial?: boolean
}

export async function mergeCommand(shards: readonly string[], flags: MergeFlags): Promise<void> {
  const { out, force, json, quiet } = flags
  if (out === undefined || out === '') throw new UsageError('--out: expected the name of a folder for the merged run')
  const signal = interruptible()
  const wanted = wantedOf(flags)
  const { threads, memory } = optionsOf(flags, signal)
  const onProgress = progressBar(quiet === true || json === true)
  const disk = diskAt(out)
  await checkFolder(disk, force === true)
  const started = performance.now()
  const finished = await mergeShards(
    shards,
    flags.partial === true,
    {
      signal,
      ...(threads !== undefined && { threads }),
      ...(memory !== undefined && { memory }),
      ...(onProgress && { onProgress }),
    },
    { executor: threadExecutor, free: freeMemory },
  )
  await writeRun(disk, finished, wanted, (performance.now() - started) / 1000, signal)
  if (!quiet) for (const warning of finished.warnings) note(warning)
  if (json) process.stdout.write(`${JSON.stringify(finished.summary, null, 2)}\n`)
  else if (!quiet) process.stdout.write(summaryTable(finished.summary))
}
