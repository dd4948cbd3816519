// billcast run: a scenario to a table, a summary or a folder.
import { dirname } from 'node:path'
import { shown, UsageError } from '../errors.ts'
import type { Finished, SimulateOptions } from '../library/run.ts'
import { parseScalar } from '../notation/scalar.ts'
import { loadScenario } from './load.ts'
import { progressBar } from './progress.ts'
import { summaryTable } from './table.ts'

export interface RunFlags {
  readonly trials?: string
  readonly seed?: string
  readonly method?: string
  readonly measure?: string
  readonly threads?: string
  readonly keepTrials?: boolean
  readonly pairs?: string
  readonly preintegration?: boolean
  readonly precision?: string
  readonly out?: string
  readonly force?: boolean
  readonly json?: boolean
  readonly quiet?: boolean
}

function whole(option: string, text: string, most: number, example: string): number {
  try {
    const { value } = parseScalar(text, 'amount')
    if (Number.isInteger(value) && value >= 1 && value <= most) return value
  } catch {
    // said below
  }
  throw new UsageError(`--${option}: expected a whole number from 1 to ${most} such as ${example}, got ${shown(text)}`)
}

function share(option: string, text: string): number {
  try {
    const { value } = parseScalar(text, 'rate')
    if (value > 0 && value < 1) return value
  } catch {
    // said below
  }
  throw new UsageError(`--${option}: expected a share such as 0.1%, got "${text}"`)
}

function oneOf<T extends string>(option: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === text)
  if (found === undefined) throw new UsageError(`--${option}: expected ${allowed.join(' or ')}, got ${shown(text)}`)
  return found
}

function optionsOf(flags: RunFlags, signal: AbortSignal): SimulateOptions {
  const { trials, seed, method, measure, threads, keepTrials, pairs, preintegration, precision } = flags
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
    ...(pairs !== undefined && { pairs: oneOf('pairs', pairs, ['all']) }),
  }
}

/** Ctrl-C and SIGTERM stop the run at the next block; a second one at once. */
function interruptible(): AbortSignal {
  const controller = new AbortController()
  for (const [name, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(code)
      process.exitCode = code
      controller.abort()
    })
  }
  return controller.signal
}

/** The folder of `--out`. */
async function outputTo(out: string) {
  const [{ diskAt }, { checkFolder, writeFolder }] = await Promise.all([import('../node/disk.ts'), import('../files/folder.ts')])
  const disk = diskAt(out)
  return {
    check: (force: boolean) => checkFolder(disk, force),
    async write(finished: Finished, seconds: number) {
      const { outputFiles, manifestOf, sha256 } = await import('./output.ts')
      await writeFolder(disk, await outputFiles(finished), manifestOf(finished, seconds), sha256)
    },
  }
}

export async function runCommand(file: string, flags: RunFlags): Promise<void> {
  const options = optionsOf(flags, interruptible())
  const text = await loadScenario(file)
  const { out, force, json, quiet } = flags
  if (out === '') throw new UsageError('--out: expected the name of a folder, got ""')
  const output = out === undefined ? undefined : await outputTo(out)
  await output?.check(force === true)
  const [{ runScenario }, { threadExecutor }, { folderReader }] = await Promise.all([
    import('../library/run.ts'),
    import('../node/threads/pool.ts'),
    import('../node/reader.ts'),
  ])
  const started = performance.now()
  const finished = await runScenario(text, options, { executor: threadExecutor, reader: folderReader(dirname(file)) })
  const { summary } = finished
  await output?.write(finished, (performance.now() - started) / 1000)
  if (!quiet) for (const warning of finished.warnings) process.stderr.write(`note: ${warning}\n`)
  if (json) process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`)
  else if (!quiet) process.stdout.write(summaryTable(summary))
}
