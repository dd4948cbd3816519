import { dirname } from 'node:path'
import type { WantedFiles } from '../../api/wanted.ts'
import type { ChartKind } from '../../present/charts/kinds.ts'
import type { Finished, Platform } from '../../api/run.ts'
import { UsageError } from '../../errors.ts'
import type { FlagsOf } from '../../options/option.ts'
import { type SimulateOptions, simulating } from '../../options/simulate.ts'
import { type AskedChart, askedChart, writeChart } from '../chart.ts'
import { chosen, defineCommand, scenarioArgument } from '../command.ts'
import { loadScenario } from '../load.ts'
import { runningOnce } from '../options.ts'
import { checkpointMilliseconds, intoResults, wantedOf } from '../out.ts'
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
    const options = { ...chosen(flags, simulating), ...watching(flags) }
    const text = await loadScenario(file)
    const { out, resume, checkpointEvery } = flags
    if (flags.shard !== undefined) return (await import('../shard.ts')).shardCommand(file, text, flags.shard, flags, options)
    if (out === '') throw new UsageError('--out: expected the name of a folder, such as --out results, got ""')
    if (out === undefined && (resume || checkpointEvery !== undefined))
      throw new UsageError(
        `--${resume ? 'resume' : 'checkpoint-every'}: expected the folder that holds the checkpoint, given by --out`,
      )
    const charts = (flags.chart ?? []).map((text) => askedChart(text))
    const wanted = { ...wantedOf(flags), clearAt: flags.clearAt }
    const run: Run = { file, text, flags, options }
    // The table has no months, so their percentiles need not be computed for it.
    const forTable: Run = flags.json || charts.length > 0 ? run : { ...run, options: { ...options, monthly: false } }
    const finished = await (out === undefined ? simulated(forTable) : writtenTo(out, run, wanted))
    await drawCharts(finished, charts, flags.force === true)
    printFinished(finished, flags)
    if (flags.gate && finished.summary.budget?.met === false) process.exitCode = 3
  },
})

/** Draws the charts that were asked for. */
async function drawCharts(finished: Finished, charts: readonly AskedChart[], replace: boolean): Promise<void> {
  if (charts.length === 0) return
  const { SimulationResult } = await import('../../api/result.ts')
  const result = SimulationResult.of(finished)
  for (const { kind, names, file } of charts) await writeChart(file, result.chart(kind as ChartKind, ...names), replace)
}

interface Run {
  readonly file: string
  readonly text: string
  readonly flags: RunFlags
  readonly options: SimulateOptions
}

async function simulated({ file, text, flags, options }: Run, checkpoints?: Platform['checkpoints']): Promise<Finished> {
  const [{ runScenario }, { commandExecutor }, { folderReader }, { hostMemory }] = await Promise.all([
    import('../../api/run.ts'),
    import('../../platform/node/threads/executor.ts'),
    import('../../platform/node/reader.ts'),
    import('../../platform/node/memory.ts'),
  ])
  const finished = await runScenario(text, options, {
    executor: commandExecutor,
    reader: folderReader(dirname(file), flags.allowPath),
    ...hostMemory(),
    ...(!flags.quiet && { early: note }),
    ...(checkpoints && { checkpoints }),
  })
  if (flags.gate && !finished.summary.budget)
    throw new UsageError(
      '--gate: expected a budget in the scenario, such as budget: { offer: fin, amount: $480k, confidence: 80% }',
    )
  return finished
}

/** Runs the scenario with checkpoints in the folder of `--out`, and writes its results there. */
async function writtenTo(out: string, run: Run, wanted: WantedFiles): Promise<Finished> {
  const { flags, options } = run
  const [{ folderCheckpoints }, { writeRun }] = await Promise.all([
    import('../../platform/node/checkpoint.ts'),
    import('../../platform/node/output.ts'),
  ])
  const { signal } = options
  return intoResults(out, flags, { signal }, async (folder) => {
    const every = checkpointMilliseconds(flags.checkpointEvery)
    const checkpoints = folderCheckpoints(out, flags.resume === true, every, note, folder.hold.check)
    const started = performance.now()
    const finished = await simulated(run, checkpoints.open)
    const seconds = (performance.now() - started) / 1000
    await writeRun(folder, finished, wanted, seconds, signal, flags.quiet ? undefined : note)
    await checkpoints.remove()
    return finished
  })
}
