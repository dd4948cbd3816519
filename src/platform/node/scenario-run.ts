// Runs one scenario of a batch, from its file to its folder.
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { CreateExecutor } from '../../run/executor.ts'
import { giveBack } from '../../run/storage.ts'
import { describeProblem, ScenarioError, UsageError } from '../../errors.ts'
import { CHECKPOINT } from '../../present/files/folder.ts'
import type { WantedFiles } from '../../api/wanted.ts'
import { type Platform, type Prepared, planned, prepareScenario, runPrepared } from '../../api/run.ts'
import type { SimulateOptions } from '../../options/simulate.ts'
import { type BatchEntry, batchEntry } from '../../present/report/batch-index.ts'
import type { Summary } from '../../summary/summary.ts'
import { folderCheckpoints } from './checkpoint.ts'
import { MANIFEST_FORMAT } from '../../api/manifest.ts'
import { wholeSummary } from './finished.ts'
import { identityHere } from './identity.ts'
import { hostMemory } from './memory.ts'
import { writeRun } from './output.ts'
import type { PlanFile } from './plans.ts'
import { folderReader } from './reader.ts'
import { heldFolder } from './results-folder.ts'
import { readScenarioFile } from './scenario-file.ts'
import { withWayOut } from './words.ts'

/** The options that all scenarios of a batch share: plain data, which can be sent to a thread. */
export interface ScenarioOptions {
  readonly out: string
  /** Number of scenarios that run at once. */
  readonly jobs: number
  readonly resume: boolean
  /** Milliseconds between two checkpoints. */
  readonly every: number
  readonly wanted: WantedFiles
  readonly run: Omit<SimulateOptions, 'signal' | 'onProgress'>
  /** Folders that a scenario's files may come from, besides its own. */
  readonly allowed: readonly string[]
}

/** Events for the log. */
export type BatchEvent =
  | { readonly event: 'start'; readonly scenario: string }
  | { readonly event: 'progress'; readonly scenario: string; readonly trials: number; readonly total: number }
  | { readonly event: 'warning'; readonly scenario: string; readonly message: string }
  | { readonly event: 'done'; readonly scenario: string; readonly trials: number; readonly seconds: number }
  | { readonly event: 'kept'; readonly scenario: string }
  | { readonly event: 'failed'; readonly scenario: string; readonly message: string }

export interface Surroundings {
  /** The executor of a run, or undefined to leave the run to someone else. */
  readonly executor: (prepared: Prepared) => CreateExecutor | undefined
  readonly signal: AbortSignal
  readonly report: (event: BatchEvent) => void
  /** Whether no other thread can still write into the columns, so that the next run may use them. */
  readonly alone: boolean
  /** The tag of the lock on the scenario's folder. */
  readonly lock: string
}

type Watched = Pick<Surroundings, 'signal' | 'report'>

/** Reads a scenario of a batch and compiles it. */
export const preparePlan = async (plan: PlanFile, options: ScenarioOptions, watched: Watched): Promise<Prepared> =>
  prepareScenario(
    await readScenarioFile(plan.file),
    watchedRun(plan, options, watched),
    folderReader(dirname(plan.file), options.allowed),
  )

/** The options of a run that reports its progress. */
export const watchedRun = ({ name }: PlanFile, { run }: ScenarioOptions, { signal, report }: Watched): SimulateOptions => ({
  ...run,
  signal,
  onProgress: (trials, total) => report({ event: 'progress', scenario: name, trials, total }),
})

/** @returns undefined if the executor leaves the run to someone else */
export async function runToFolder(
  plan: PlanFile,
  options: ScenarioOptions,
  surroundings: Surroundings,
): Promise<BatchEntry | undefined> {
  const started = performance.now()
  const prepared = await preparePlan(plan, options, surroundings)
  const create = surroundings.executor(prepared)
  if (!create) return undefined
  return (
    (await keptEntry(plan, options, prepared, surroundings)) ??
    writeScenario(plan, options, prepared, create, surroundings, started)
  )
}

/** With `resume`: the entry of a scenario that an earlier batch has finished. */
export async function keptEntry(
  { name, file }: PlanFile,
  { out, resume, run }: ScenarioOptions,
  prepared: Prepared,
  { report }: Pick<Surroundings, 'report'>,
): Promise<BatchEntry | undefined> {
  if (!resume || run.precision !== undefined) return undefined
  const { identity } = identityHere(planned(prepared))
  const summary = await summaryOf(join(out, name), identity)
  if (!summary) return undefined
  // A rerun of a finished scenario may have been killed.
  await rm(join(out, name, CHECKPOINT), { recursive: true, force: true })
  report({ event: 'kept', scenario: name })
  return batchEntry(name, file, identity, summary)
}

/**
 * Runs a prepared scenario and writes its folder.
 * @param gather adds trials that were sampled elsewhere. Such a run has no checkpoints
 */
export async function writeScenario(
  { name, file }: PlanFile,
  { out, jobs, resume, every, wanted }: ScenarioOptions,
  prepared: Prepared,
  create: CreateExecutor,
  { signal, report, alone, lock }: Omit<Surroundings, 'executor'>,
  started: number,
  gather?: Platform['gather'],
): Promise<BatchEntry> {
  const folder = join(out, name)
  const place = heldFolder(folder, lock)
  const warn = (message: string) => report({ event: 'warning', scenario: name, message })
  const checkpoints = folderCheckpoints(folder, resume, every, warn, place.hold.check)
  const finished = await runPrepared(prepared, {
    executor: () => create,
    // Other scenarios run at the same time.
    ...hostMemory(1 / jobs),
    ...(gather ? { gather } : { checkpoints: checkpoints.open }),
  })
  for (const message of [...finished.warnings, ...finished.notes]) warn(message)
  const { identity } = await writeRun(place, finished, wanted, (performance.now() - started) / 1000, signal)
  await checkpoints.remove()
  const { summary, outcome } = finished
  if (alone) giveBack((outcome.trials ?? []).map(({ buffer }) => buffer))
  report({ event: 'done', scenario: name, trials: summary.trials, seconds: (performance.now() - started) / 1000 })
  return batchEntry(name, file, identity, summary)
}

/** The summary of an intact folder of the same run. */
async function summaryOf(folder: string, identity: string): Promise<Summary | undefined> {
  try {
    return await wholeSummary(folder, (manifest) => manifest.identity === identity && manifest.format === MANIFEST_FORMAT)
  } catch (error) {
    if (error instanceof UsageError) return undefined
    throw error
  }
}

/** An error in one line, so that the text of a scenario cannot forge lines of the log. */
export function wordsOf(error: unknown): string {
  const problems = error instanceof ScenarioError ? error.problems.map(describeProblem) : [withWayOut(error)]
  const shown = problems.slice(0, 5)
  return [...shown, ...(problems.length > shown.length ? [`… and ${problems.length - shown.length} more`] : [])]
    .join('; ')
    .replaceAll(/\s*[\r\n]+\s*/g, '; ')
}
