// billcast run: a scenario to a table, a summary or a folder.
import { dirname } from 'node:path'
import { shown, UsageError } from '../../errors.ts'
import { OUTPUT_FORMATS } from '../../present/files/formats.ts'
import type { Wanted } from '../../api/output.ts'
import type { Finished } from '../../api/run.ts'
import type { SimulateOptions } from '../../options/simulate.ts'
import { summaryTable } from '../../present/report/text.ts'
import { bytes, interruptible, oneOf, share, whole } from '../flags.ts'
import { loadScenario } from '../load.ts'
import { progressBar } from '../progress.ts'

export interface RunFlags {
  readonly trials?: string
  readonly seed?: string
  readonly method?: string
  readonly measure?: string
  readonly threads?: string
  readonly keepTrials?: boolean
  readonly memory?: string
  readonly pairs?: string
  readonly preintegration?: boolean
  readonly monthly?: boolean
  readonly precision?: string
  readonly gate?: boolean
  readonly out?: string
  readonly format?: string
  readonly inputs?: boolean
  readonly report?: boolean
  readonly force?: boolean
  readonly resume?: boolean
  readonly allowPath?: readonly string[]
  readonly checkpointEvery?: string
  readonly json?: boolean
  readonly quiet?: boolean
  readonly shard?: string
}

export function optionsOf(flags: RunFlags, signal: AbortSignal): SimulateOptions {
  const { trials, seed, method, measure, threads, keepTrials, pairs, preintegration, monthly, precision, memory } = flags
  if (seed === '' || (seed?.length ?? 0) > 200)
    throw new UsageError(`--seed: expected a text of up to 200 characters, got ${shown(seed)}`)
  const onProgress = progressBar(flags.quiet === true || flags.json === true)
  return {
    signal,
    ...(onProgress && { onProgress }),
    ...(trials !== undefined && { trials: whole('trials', trials, 2 ** 52, '1m') }),
    ...(seed !== undefined && { seed }),
    ...(method !== undefined && { method: oneOf('method', method, ['sobol', 'latin', 'random']) }),
    ...(measure !== undefined && { measure: oneOf('measure', measure, ['bill', 'total']) }),
    ...(threads !== undefined && { threads: whole('threads', threads, 1024, '4') }),
    ...(keepTrials !== undefined && { keepTrials }),
    ...(precision !== undefined && { precision: { relative: share('precision', precision) } }),
    ...(preintegration === false && { preintegration }),
    ...(monthly === false && { monthly }),
    ...(memory !== undefined && { memory: bytes('memory', memory) }),
    ...(pairs !== undefined && { pairs: oneOf('pairs', pairs, ['all']) }),
  }
}

/** What files `--out` shall hold beside the summary and the manifest. */
export function wantedOf({ format, inputs, report, out }: RunFlags): Wanted {
  const what = format !== undefined ? '--format' : inputs ? '--inputs' : undefined
  if (what !== undefined && out === undefined) throw new UsageError(`${what}: expected a folder for it, by --out`)
  const formats = (format ?? 'arrow').split(',').map((name) => oneOf('format', name.trim(), OUTPUT_FORMATS))
  return { formats: [...new Set(formats)], inputs: inputs === true, page: report !== false }
}

/** Seconds between two checkpoints, unless stated. */
const EVERY = 5
const MOST_SECONDS = 3600

export function millisecondsOf(seconds: string | undefined): number {
  if (seconds === undefined) return 1000 * EVERY
  const value = Number(seconds)
  if (/^\d+(\.\d+)?$/.test(seconds) && value >= 0.05 && value <= MOST_SECONDS) return 1000 * value
  throw new UsageError(`--checkpoint-every: expected seconds from 0.05 to ${MOST_SECONDS}, got ${shown(seconds)}`)
}

export const note = (words: string): void => void process.stderr.write(`note: ${words}\n`)

/** The folder of `--out`, with the checkpoints in it. */
async function outputTo(out: string, { resume, checkpointEvery }: RunFlags, signal: AbortSignal) {
  const every = millisecondsOf(checkpointEvery)
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
    async write(finished: Finished, wanted: Wanted, seconds: number) {
      const { writeRun } = await import('../../platform/node/output.ts')
      await writeRun(disk, finished, wanted, seconds, signal)
      await checkpoints.remove()
    },
  }
}

export async function runCommand(file: string, flags: RunFlags): Promise<void> {
  const signal = interruptible()
  const options = optionsOf(flags, signal)
  const text = await loadScenario(file)
  const { out, force, json, quiet, resume, checkpointEvery } = flags
  if (flags.shard !== undefined) return (await import('./shard.ts')).shardCommand(file, text, flags.shard, flags, options)
  if (out === '') throw new UsageError('--out: expected the name of a folder, got ""')
  if (out === undefined && (resume || checkpointEvery !== undefined))
    throw new UsageError(`--${resume ? 'resume' : 'checkpoint-every'}: expected a folder that holds the checkpoint, by --out`)
  const wanted = wantedOf(flags)
  const output = out === undefined ? undefined : await outputTo(out, flags, signal)
  await output?.check(force === true)
  const [{ runScenario }, { threadExecutor }, { folderReader }, { freeMemory }] = await Promise.all([
    import('../../api/run.ts'),
    import('../../platform/node/threads/pool.ts'),
    import('../../platform/node/reader.ts'),
    import('../../platform/node/memory.ts'),
  ])
  const started = performance.now()
  const finished = await runScenario(text, options, {
    executor: threadExecutor,
    reader: folderReader(dirname(file), flags.allowPath),
    free: freeMemory,
    ...(output && { checkpoints: output.checkpoints }),
  })
  const { summary } = finished
  if (flags.gate && !summary.budget)
    throw new UsageError(
      '--gate: expected a budget in the scenario, such as budget: { offer: fin, amount: $480k, confidence: 80% }',
    )
  await output?.write(finished, wanted, (performance.now() - started) / 1000)
  if (!quiet) for (const warning of finished.warnings) note(warning)
  if (json) process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`)
  else if (!quiet) process.stdout.write(summaryTable(summary))
  // What a pipeline stops on.
  if (flags.gate && summary.budget && !summary.budget.met) process.exitCode = 3
}
