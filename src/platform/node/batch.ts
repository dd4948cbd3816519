// Runs many scenarios on one pool of threads, each into its own folder. A failure does not stop the others.
import { readdir, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { guarded } from '../../callbacks.ts'
import { UsageError } from '../../errors.ts'
import { lockName } from '../../present/files/folder.ts'
import { isDraftOf } from '../../present/files/write.ts'
import type { BatchEntry } from '../../present/report/batch-index.ts'
import { diskAt } from './disk.ts'
import { readRegular } from './file-source.ts'
import { INDEX, type PlanFile } from './plans.ts'
import { intoFolder } from './results-folder.ts'
import { type BatchEvent, runToFolder, type ScenarioOptions, wordsOf } from './scenario-run.ts'
import { ThreadLost, type ThreadPool } from './threads/pool.ts'
import { plainWords } from './words.ts'

export interface BatchOptions extends ScenarioOptions {
  /** Whether folders may have files of others. */
  readonly force: boolean
  /** Seconds to wait for another process that writes the same results. */
  readonly waitLock?: number | undefined
  /** Whether the first failure stops the batch. */
  readonly failFast: boolean
  readonly signal: AbortSignal
  /** Called before the first scenario. */
  readonly begin?: () => Promise<void>
}

/** What the lock of a batch's folder stands for. */
export const BATCH = 'batch'

/** Who stops a batch, and who hears of it. */
export interface Reporting {
  readonly signal: AbortSignal
  readonly report: (event: BatchEvent) => void
}

/** @returns the outcome of each scenario, in their order @throws the error of `report`, which stops the batch */
export const runBatch = (
  plans: readonly PlanFile[],
  pool: ThreadPool,
  { signal, ...options }: BatchOptions,
  report: (event: BatchEvent) => void,
): Promise<BatchEntry[]> => guarded({ signal, report }, ['report'], (safe) => runOn(pool, plans, options, safe))

async function runOn(
  pool: ThreadPool,
  plans: readonly PlanFile[],
  { failFast, begin, force, waitLock, ...options }: Omit<BatchOptions, 'signal'>,
  { signal: given, report }: Reporting,
): Promise<BatchEntry[]> {
  const { jobs } = options
  const width = Math.max(1, Math.floor(pool.threads / jobs))
  await begin?.()
  return eachPlan(plans, jobs, failFast, given, report, (plan, signal) =>
    intoPlanFolder(plan, { ...options, force, waitLock }, { signal, report }, async (lock) => {
      const byTasks = () => runToFolder(plan, options, { executor: () => pool.executor(width), signal, report, lock, alone: false })
      if (width > 1) return byTasks()
      try {
        // One thread per scenario, so that no thread waits for another.
        return (await pool.whole(plan, options, lock, signal, report)) ?? (await byTasks())
      } catch (error) {
        signal.throwIfAborted()
        if (!(error instanceof ThreadLost)) throw error
        // Task by task now, because each task can be repeated if a thread dies.
        return byTasks()
      }
    }),
  )
}

/**
 * Locks the folder of a scenario for work in any thread of this process.
 * @param work receives the tag of the lock
 */
export async function intoPlanFolder<T>(
  { name }: PlanFile,
  { out, force, waitLock: wait }: Pick<BatchOptions, 'out' | 'force' | 'waitLock'>,
  { signal, report }: Reporting,
  work: (lock: string) => Promise<T>,
): Promise<T> {
  const folder = join(out, name)
  const note = (message: string) => report({ event: 'warning', scenario: name, message })
  try {
    return await intoFolder(folder, { force, wait, signal, note }, ({ hold }) => work(hold.tag))
  } catch (error) {
    // A scenario that cannot run leaves no folder, unless there are files in it.
    await rmdir(folder).catch(() => undefined)
    throw error
  }
}

/**
 * Works on every scenario, `atOnce` at a time.
 * @param failFast whether the first failure stops the others
 * @param given stops the batch. The signal that `work` receives also aborts on the first failure if `failFast` is set
 * @returns the outcome of each scenario, in their order
 */
export async function eachPlan(
  plans: readonly PlanFile[],
  atOnce: number,
  failFast: boolean,
  given: AbortSignal,
  report: (event: BatchEvent) => void,
  work: (plan: PlanFile, signal: AbortSignal) => Promise<BatchEntry | undefined>,
): Promise<BatchEntry[]> {
  const entries = plans.map(({ name, file }): BatchEntry => ({ scenario: name, file, status: 'not run' }))
  const ended = new AbortController()
  const stop = () => ended.abort(given.reason)
  given.addEventListener('abort', stop, { once: true })
  let next = 0
  const lane = async () => {
    for (let k = next++; k < plans.length && !ended.signal.aborted; k = next++) {
      const { name, file } = plans[k]
      report({ event: 'start', scenario: name })
      try {
        entries[k] = (await work(plans[k], ended.signal)) ?? entries[k]
      } catch (error) {
        if (ended.signal.aborted) return
        const message = wordsOf(error)
        entries[k] = { scenario: name, file, status: 'failed', error: message }
        report({ event: 'failed', scenario: name, message })
        if (failFast) ended.abort()
      }
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(atOnce, plans.length) }, lane))
  } finally {
    given.removeEventListener('abort', stop)
  }
  given.throwIfAborted()
  return entries
}

/**
 * Checks the folder of a batch before any computation.
 * @throws UsageError if it cannot be written, or has files that no batch of these scenarios wrote
 */
export async function checkBatchFolder(out: string, plans: readonly PlanFile[], force: boolean): Promise<void> {
  const disk = diskAt(out)
  let names: readonly string[]
  try {
    await disk.make()
    names = await readdir(out)
  } catch (error) {
    throw new UsageError(`--out ${out}: expected a folder that billcast can write, but ${plainWords(error)}`)
  }
  const ours = new Set<string>([...INDEX, ...plans.map(({ name }) => name), ...(await namesOf(out))])
  const stranger = names.find(
    (name) => !ours.has(name) && !INDEX.some((index) => isDraftOf(name, index)) && !name.startsWith(lockName(BATCH)),
  )
  if (stranger !== undefined && !force)
    throw new UsageError(
      `--out ${out}: expected an empty folder or that of an earlier batch, but it has ${stranger}. Use --force to write into it`,
    )
}

/** The scenarios in the index of an earlier batch. */
async function namesOf(out: string): Promise<string[]> {
  try {
    const { scenarios } = JSON.parse(new TextDecoder().decode(await readRegular(join(out, INDEX[0])))) as {
      readonly scenarios: readonly { readonly scenario: string }[]
    }
    return scenarios.map(({ scenario }) => scenario)
  } catch {
    return []
  }
}
