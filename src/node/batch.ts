// Many scenarios on one pool of threads, a folder each: one that fails stops no other.
import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describeProblem, ScenarioError, UsageError } from '../errors.ts'
import { checkFolder } from '../files/folder.ts'
import { identityOf } from '../library/identity.ts'
import type { Wanted } from '../library/output.ts'
import { planned, prepareScenario, runPrepared, type SimulateOptions } from '../library/run.ts'
import { type PortfolioEntry, portfolioEntry } from '../report/portfolio.ts'
import type { Summary } from '../result/summary.ts'
import { LIMITS } from '../scenario/schema.ts'
import { folderCheckpoints } from './checkpoint.ts'
import { diskAt } from './disk.ts'
import { readManifest, readSummary, stateOf } from './finished.ts'
import { sha256 } from './hash.ts'
import { freeMemory } from './memory.ts'
import { writeRun } from './output.ts'
import { INDEX, type PlanFile } from './plans.ts'
import { folderReader } from './reader.ts'
import type { ThreadPool } from './threads/pool.ts'
import { VERSION } from './version.ts'
import { plainWords } from './words.ts'

export interface BatchOptions {
  readonly out: string
  /** Scenarios at once. */
  readonly jobs: number
  readonly resume: boolean
  readonly force: boolean
  /** Whether the first failure ends the batch. */
  readonly failFast: boolean
  /** Milliseconds between two checkpoints. */
  readonly every: number
  readonly wanted: Wanted
  readonly run: SimulateOptions
  readonly signal: AbortSignal
}

/** What happens, for those who watch. */
export type BatchEvent =
  | { readonly event: 'start'; readonly scenario: string }
  | { readonly event: 'progress'; readonly scenario: string; readonly trials: number; readonly total: number }
  | { readonly event: 'warning'; readonly scenario: string; readonly message: string }
  | { readonly event: 'done'; readonly scenario: string; readonly trials: number; readonly seconds: number }
  | { readonly event: 'kept'; readonly scenario: string }
  | { readonly event: 'failed'; readonly scenario: string; readonly message: string }

/** Runs the scenarios. @returns what became of each, in their order */
export async function runBatch(
  plans: readonly PlanFile[],
  pool: ThreadPool,
  options: BatchOptions,
  tell: (event: BatchEvent) => void,
): Promise<PortfolioEntry[]> {
  const { jobs, failFast, signal } = options
  const entries = plans.map(({ name, file }): PortfolioEntry => ({ scenario: name, file, status: 'not run' }))
  // Stops what still runs where one failure ends all.
  const ended = new AbortController()
  const stop = () => ended.abort(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  let next = 0
  const worker = async () => {
    for (let k = next++; k < plans.length && !ended.signal.aborted; k = next++) {
      const { name, file } = plans[k]
      try {
        entries[k] = await runOne(plans[k], pool, { ...options, signal: ended.signal }, tell)
      } catch (error) {
        if (ended.signal.aborted) return
        const message = wordsOf(error)
        entries[k] = { scenario: name, file, status: 'failed', error: message }
        tell({ event: 'failed', scenario: name, message })
        if (failFast) ended.abort()
      }
    }
  }
  try {
    await Promise.all(Array.from({ length: jobs }, worker))
  } finally {
    signal.removeEventListener('abort', stop)
  }
  signal.throwIfAborted()
  return entries
}

async function runOne(
  { name, file }: PlanFile,
  pool: ThreadPool,
  { out, jobs, resume, force, every, wanted, run, signal }: BatchOptions,
  tell: (event: BatchEvent) => void,
): Promise<PortfolioEntry> {
  const folder = join(out, name)
  const started = performance.now()
  tell({ event: 'start', scenario: name })
  const prepared = await prepareScenario(
    await textOf(file),
    { ...run, signal, onProgress: (trials, total) => tell({ event: 'progress', scenario: name, trials, total }) },
    folderReader(dirname(file)),
  )
  if (resume && run.precision === undefined) {
    const { identity } = identityOf(planned(prepared), VERSION, sha256)
    const summary = await summaryOf(folder, identity)
    if (summary) {
      tell({ event: 'kept', scenario: name })
      return portfolioEntry(name, file, identity, summary)
    }
  }
  const disk = diskAt(folder)
  await checkFolder(disk, force)
  const checkpoints = folderCheckpoints(folder, resume, every, (message) => tell({ event: 'warning', scenario: name, message }))
  const finished = await runPrepared(prepared, {
    executor: () => pool.executor(Math.max(1, Math.floor(pool.threads / jobs))),
    // Others run beside it.
    free: () => freeMemory() / jobs,
    checkpoints: checkpoints.open,
  })
  for (const message of finished.warnings) tell({ event: 'warning', scenario: name, message })
  const { identity } = await writeRun(disk, finished, wanted, (performance.now() - started) / 1000, signal)
  await checkpoints.remove()
  const { summary } = finished
  tell({ event: 'done', scenario: name, trials: summary.trials, seconds: (performance.now() - started) / 1000 })
  return portfolioEntry(name, file, identity, summary)
}

/** The summary of a folder that an earlier batch finished with the same run, whole. */
async function summaryOf(folder: string, identity: string): Promise<Summary | undefined> {
  try {
    const manifest = await readManifest(folder)
    if (manifest.identity !== identity) return undefined
    const states = await Promise.all(manifest.files.map((own) => stateOf(folder, own)))
    return states.every((state) => state === 'whole') ? await readSummary(folder, manifest) : undefined
  } catch (error) {
    if (error instanceof UsageError) return undefined
    throw error
  }
}

async function textOf(file: string): Promise<string> {
  try {
    const { size } = await stat(file)
    if (size > LIMITS.fileBytes) throw new UsageError(`expected a scenario of at most 1 MiB, got ${size} bytes`)
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch (error) {
    if (error instanceof UsageError) throw error
    if (error instanceof TypeError) throw new UsageError('expected YAML or JSON text in UTF-8, it is not: save it as UTF-8')
    throw new UsageError(`expected a scenario file, ${plainWords(error)}`)
  }
}

/** One line, whatever a scenario holds: lines of a log cannot be forged. */
function wordsOf(error: unknown): string {
  const problems = error instanceof ScenarioError ? error.problems.map(describeProblem) : [plainWords(error)]
  const shown = problems.slice(0, 5)
  return [...shown, ...(problems.length > shown.length ? [`… and ${problems.length - shown.length} more`] : [])]
    .join('; ')
    .replaceAll(/\s*[\r\n]+\s*/g, '; ')
}

/**
 * Tries the folder of a batch before anything is computed.
 * @throws UsageError where it cannot be written, or holds what no batch of these scenarios wrote
 */
export async function checkBatchFolder(out: string, plans: readonly PlanFile[], force: boolean): Promise<void> {
  const disk = diskAt(out)
  let names: readonly string[]
  try {
    await disk.make()
    names = await readdir(out)
  } catch (error) {
    throw new UsageError(`--out ${out}: expected a folder that can be written: ${plainWords(error)}`)
  }
  const ours = new Set<string>([...INDEX, ...plans.map(({ name }) => name), ...(await namesOf(out))])
  const stranger = names.find((name) => !ours.has(name) && !/^\.index\.(json|csv|html)\.\d+\.tmp$/.test(name))
  if (stranger !== undefined && !force)
    throw new UsageError(
      `--out ${out}: expected an empty folder or one of an earlier batch, it holds ${stranger} (--force writes beside it)`,
    )
}

/** Scenarios of the batch that an index tells of. */
async function namesOf(out: string): Promise<string[]> {
  try {
    const { scenarios } = JSON.parse(await readFile(join(out, INDEX[0]), 'utf8')) as {
      readonly scenarios: readonly { readonly scenario: string }[]
    }
    return scenarios.map(({ scenario }) => scenario)
  } catch {
    return []
  }
}
