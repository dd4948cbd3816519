// Many scenarios on one pool of threads, a folder each: one that fails stops no other.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../../errors.ts'
import type { PortfolioEntry } from '../../present/report/portfolio.ts'
import { diskAt } from './disk.ts'
import { INDEX, type PlanFile } from './plans.ts'
import { type BatchEvent, runToFolder, type ScenarioOptions, wordsOf } from './scenario-run.ts'
import { ThreadLost, type ThreadPool } from './threads/pool.ts'
import { plainWords } from './words.ts'

export interface BatchOptions extends ScenarioOptions {
  /** Whether the first failure ends the batch. */
  readonly failFast: boolean
  readonly signal: AbortSignal
  /** Before the first scenario. */
  readonly begin?: () => Promise<void>
}

/** Runs the scenarios. @returns what became of each, in their order */
export async function runBatch(
  plans: readonly PlanFile[],
  pool: ThreadPool,
  { failFast, signal: given, begin, ...options }: BatchOptions,
  tell: (event: BatchEvent) => void,
): Promise<PortfolioEntry[]> {
  const { jobs } = options
  const width = Math.max(1, Math.floor(pool.threads / jobs))
  await begin?.()
  return eachPlan(plans, jobs, failFast, given, tell, async (plan, signal) => {
    const byTasks = () => runToFolder(plan, options, { executor: () => pool.executor(width), signal, tell, alone: false })
    if (width > 1) return byTasks()
    try {
      // A thread for each scenario: nothing waits for anything.
      return (await pool.whole(plan, options, signal, tell)) ?? (await byTasks())
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ThreadLost)) throw error
      // Its thread has died: piece by piece, since each piece may be done again.
      return byTasks()
    }
  })
}

/**
 * Does work for every scenario, so many at once: one that fails ends no other, unless the first failure shall end all.
 * @param given stops the batch; the work's own signal is set off by the first failure too
 * @returns what became of each, in their order
 */
export async function eachPlan(
  plans: readonly PlanFile[],
  atOnce: number,
  failFast: boolean,
  given: AbortSignal,
  tell: (event: BatchEvent) => void,
  work: (plan: PlanFile, signal: AbortSignal) => Promise<PortfolioEntry | undefined>,
): Promise<PortfolioEntry[]> {
  const entries = plans.map(({ name, file }): PortfolioEntry => ({ scenario: name, file, status: 'not run' }))
  // Stops what still runs where one failure ends all.
  const ended = new AbortController()
  const stop = () => ended.abort(given.reason)
  given.addEventListener('abort', stop, { once: true })
  let next = 0
  const lane = async () => {
    for (let k = next++; k < plans.length && !ended.signal.aborted; k = next++) {
      const { name, file } = plans[k]
      tell({ event: 'start', scenario: name })
      try {
        entries[k] = (await work(plans[k], ended.signal)) ?? entries[k]
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
    await Promise.all(Array.from({ length: Math.min(atOnce, plans.length) }, lane))
  } finally {
    given.removeEventListener('abort', stop)
  }
  given.throwIfAborted()
  return entries
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
