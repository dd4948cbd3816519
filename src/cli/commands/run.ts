import { dirname } from 'node:path'
import type { WantedFiles } from '../../api/output.ts'
import type { Finished } from '../../api/run.ts'
import { UsageError } from '../../errors.ts'
import type { FlagsOf } from '../../options/option.ts'
import { simulating } from '../../options/simulate.ts'
import { chosen, defineCommand, scenarioArgument } from '../command.ts'
import { loadScenario } from '../load.ts'
import { runningOnce } from '../options.ts'
import { checkpointMilliseconds, wantedOf } from '../out.ts'
import { printFinished } from '../finished.ts'
import { note } from '../print.ts'
import { watching } from '../watched.ts'

export const summary = 'simulate all offers, and print their budgets and odds'
export const group = 'run'

type RunFlags = FlagsOf<typeof runningOnce>

export const command = defineCommand({
  arguments: [scenarioArgument],
  options: runningOnce,
  async run(flags, file) {
    const watched = watching(flags)
    const { signal } = watched
    const options = { ...chosen(flags, simulating), ...watched }
    const text = await loadScenario(file)
    const { out, resume, checkpointEvery } = flags
    if (flags.shard !== undefined) return (await import('../shard.ts')).shardCommand(file, text, flags.shard, flags, options)
    if (out === '') throw new UsageError('--out: expected the name of a folder, such as --out results, got ""')
    if (out === undefined && (resume || checkpointEvery !== undefined))
      throw new UsageError(
        `--${resume ? 'resume' : 'checkpoint-every'}: expected the folder that holds the checkpoint, given by --out`,
      )
    const wanted = wantedOf(flags)
    const output = out === undefined ? undefined : await outputTo(out, flags, signal)
    await output?.check(flags.force === true)
    const [{ runScenario }, { commandExecutor }, { folderReader }, { hostMemory }] = await Promise.all([
      import('../../api/run.ts'),
      import('../../platform/node/threads/executor.ts'),
      import('../../platform/node/reader.ts'),
      import('../../platform/node/memory.ts'),
    ])
    const started = performance.now()
    const finished = await runScenario(text, options, {
      executor: commandExecutor,
      reader: folderReader(dirname(file), flags.allowPath),
      ...hostMemory(),
      ...(output && { checkpoints: output.checkpoints }),
    })
    const { budget } = finished.summary
    if (flags.gate && !budget)
      throw new UsageError(
        '--gate: expected a budget in the scenario, such as budget: { offer: fin, amount: $480k, confidence: 80% }',
      )
    await output?.write(finished, wanted, (performance.now() - started) / 1000)
    printFinished(finished, flags)
    if (flags.gate && budget && !budget.met) process.exitCode = 3
  },
})

/** The folder of `--out`, with the checkpoints in it. */
async function outputTo(out: string, { resume, checkpointEvery, quiet }: RunFlags, signal: AbortSignal) {
  const every = checkpointMilliseconds(checkpointEvery)
  const [{ diskAt }, { checkFolder }, { folderCheckpoints }] = await Promise.all([
    import('../../platform/node/disk.ts'),
    import('../../present/files/folder.ts'),
    import('../../platform/node/checkpoint.ts'),
  ])
  const disk = diskAt(out)
  const checkpoints = folderCheckpoints(out, resume === true, every, note)
  return {
    check: (force: boolean) => checkFolder(disk, force),
    checkpoints: checkpoints.open,
    async write(finished: Finished, wanted: WantedFiles, seconds: number) {
      const { writeRun } = await import('../../platform/node/output.ts')
      await writeRun(disk, finished, wanted, seconds, signal, quiet ? undefined : note)
      await checkpoints.remove()
    },
  }
}
