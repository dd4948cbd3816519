// Runs a batch whose scenarios the workers of a queue sample. Its folders have the same bits as those of one machine.
import { hostname } from 'node:os'
import { join } from 'node:path'
import { guarded } from '../../callbacks.ts'
import { UsageError } from '../../errors.ts'
import { RESULTS } from '../../present/files/folder.ts'
import type { BatchEntry } from '../../present/report/batch-index.ts'
import { type BatchOptions, eachPlan, intoPlanFolder } from '../node/batch.ts'
import { heldAs } from '../node/lock.ts'
import type { PlanFile } from '../node/plans.ts'
import { type BatchEvent, keptEntry, preparePlan } from '../node/scenario-run.ts'
import type { ThreadPool } from '../node/threads/pool.ts'
import type { Gathered } from '../node/threads/protocol.ts'
import { VERSION } from '../version.generated.ts'
import { type Address, shownAddress } from './address.ts'
import { allOf, type Dispatcher, openDispatcher, taken } from './dispatcher.ts'
import { announce, type BatchRecord, memberName, DoneRate, workersIn } from './heartbeat.ts'
import { batchKey } from './keys.ts'
import { resultOf } from './results.ts'
import { type QueueLimits, Room } from './room.ts'
import { openSpool } from './spool.ts'
import { type QueueTask, tasksOf } from './task.ts'
import type { RedisReach } from './connection.ts'

/** Milliseconds after which a batch warns that it has no workers. */
const LONELY = 5_000

type QueuedBatch = (
  plans: readonly PlanFile[],
  pool: ThreadPool,
  options: BatchOptions,
  address: Address,
  limits: QueueLimits,
  report: (event: BatchEvent) => void,
  note: (words: string) => void,
) => Promise<BatchEntry[]>

/**
 * @returns the outcome of each scenario, in their order
 * @throws Error if Redis does not answer for too long, and the error of `report` or `note`, which stops the batch
 */
export const runQueued: QueuedBatch = (plans, pool, options, address, limits, report, note) =>
  guarded({ signal: options.signal, report, note }, ['report', 'note'], ({ signal, ...told }) =>
    runGuarded(plans, pool, { ...options, signal }, address, limits, told.report, told.note),
  )

const runGuarded: QueuedBatch = async (plans, pool, options, address, limits, report, note) => {
  if (options.run.precision)
    throw new UsageError('--precision: --queue needs a number of trials. Use --trials, such as --trials 1m')
  const dispatcher = await openDispatcher(address, limits, note, options.signal)
  await options.begin?.()
  // A lost Redis ends the batch.
  const gone = new AbortController()
  dispatcher.lost.catch((error: unknown) => gone.abort(error))
  const counts = { done: 0, failed: 0 }
  const rate = new DoneRate()
  const id = memberName()
  const silence = announce(
    dispatcher.redis,
    batchKey(id),
    (): BatchRecord => ({
      ...{ id, version: VERSION, host: hostname(), scenarios: plans.length, ...counts },
      ...{ tasks: dispatcher.done, held: dispatcher.held, rate: rate.value },
    }),
  )
  const lonely = setTimeout(() => void warnIfLonely(dispatcher, address, note).catch(() => undefined), LONELY)
  const counted = (event: BatchEvent) => {
    if (event.event === 'failed') counts.failed += 1
    report(event)
  }
  const run = planRunner(dispatcher, pool, options, { address, wait: limits.wait }, counted)
  const signal = AbortSignal.any([options.signal, gone.signal])
  try {
    return await eachPlan(plans, limits.inFlight, options.failFast, signal, counted, async (plan, own) => {
      const entry = await run(plan, own)
      counts.done += 1
      rate.add()
      return entry
    })
  } finally {
    clearTimeout(lonely)
    await silence()
    await dispatcher.close()
  }
}

type RunPlan = (plan: PlanFile, stop: AbortSignal) => Promise<BatchEntry>

/** Returns a function that lets the workers sample a scenario, merges their results and writes its folder. */
function planRunner(
  dispatcher: Dispatcher,
  pool: ThreadPool,
  options: BatchOptions,
  reach: RedisReach,
  report: (event: BatchEvent) => void,
): RunPlan {
  const merging = new Room(pool.threads)
  /** Takes a result once a thread is free for it. */
  async function take<T>(
    task: QueueTask,
    reported: string,
    signal: AbortSignal,
    stop: AbortSignal,
    use: (digest: string) => Promise<T>,
  ): Promise<T> {
    try {
      await merging.enter(0, signal)
    } catch (error) {
      if (!stop.aborted) await dispatcher.release([task])
      throw error
    }
    return taken(dispatcher, task, reported, signal, stop, use).finally(() => merging.leave())
  }
  async function merge(plan: PlanFile, gathered: Gathered, lock: string, signal: AbortSignal): Promise<BatchEntry> {
    const { out, resume, every, wanted, run, allowed } = options
    // Only plain data can be sent to a thread.
    const settings = { out, jobs: pool.threads, resume, every, wanted, run, allowed }
    const entry = await pool.whole(plan, settings, lock, signal, report, gathered)
    if (!entry) throw new Error('a worker thread returned no result')
    return entry
  }
  return (plan, stop) => intoPlanFolder(plan, options, { signal: stop, report }, (lock) => runIn(plan, lock, stop))

  async function runIn(plan: PlanFile, lock: string, stop: AbortSignal): Promise<BatchEntry> {
    // A signal of its own: Node would take hundreds of listeners on one signal for a leak.
    const signal = AbortSignal.any([stop])
    const { name } = plan
    const folder = join(options.out, name)
    const prepared = await preparePlan(plan, options, { signal, report })
    const kept = await keptEntry(plan, options, prepared, { report })
    if (kept) return kept
    const { tasks } = tasksOf(prepared)
    const spool =
      tasks.length > 1 ? await openSpool(folder, options.resume, heldAs(folder, RESULTS, lock, `--out ${folder}`)) : undefined
    let done = 0
    const { trials } = prepared.options
    const warn = (task: QueueTask, times: number) =>
      report({
        event: 'warning',
        scenario: name,
        message: `${times} workers disappeared while they ran task ${task.id}. Check that they have enough memory`,
      })
    const digests = await allOf(dispatcher, tasks, signal, async (task, both): Promise<string> => {
      if (await spool?.has(task)) return ''
      const digest = await dispatcher.run(task, both, (times) => warn(task, times))
      if (spool)
        await take(task, digest, both, signal, async (reported) =>
          spool.save(task, await resultOf(dispatcher.redis, task.id, reported)),
        )
      done += 1
      report({ event: 'progress', scenario: name, trials: Math.floor((trials * done) / tasks.length), total: trials })
      return digest
    })
    const { written } = prepared
    if (spool) return merge(plan, { written, shards: tasks.map(({ id }) => ({ task: id, file: spool.path(id) })) }, lock, signal)
    const [[task], [first]] = [tasks, digests]
    return take(task, first, signal, signal, (digest) =>
      merge(plan, { written, shards: { task: task.id, digest, reach } }, lock, signal),
    )
  }
}

async function warnIfLonely({ redis }: Dispatcher, address: Address, note: (words: string) => void): Promise<void> {
  const workers = await workersIn(redis)
  if (workers.some(({ version }) => version === VERSION)) return
  const others = [...new Set(workers.map(({ version }) => version))].sort()
  const there = others.length > 0 ? `. Workers of ${others.join(', ')} are running, but take none of its tasks` : ''
  note(`no worker of billcast ${VERSION} is running${there}. Start one with billcast worker --queue ${shownAddress(address)}`)
}
