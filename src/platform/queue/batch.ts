// A batch whose scenarios are sampled by the workers of a queue: the same folders as on one machine, to the bit.
import { hostname } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '../../errors.ts'
import { checkFolder } from '../../present/files/folder.ts'
import type { PortfolioEntry } from '../../present/report/portfolio.ts'
import { type BatchOptions, eachPlan } from '../node/batch.ts'
import { diskAt } from '../node/disk.ts'
import type { PlanFile } from '../node/plans.ts'
import { type BatchEvent, keptEntry, preparePlan } from '../node/scenario-run.ts'
import type { ThreadPool } from '../node/threads/pool.ts'
import type { Gathered } from '../node/threads/protocol.ts'
import { VERSION } from '../node/version.ts'
import { type Address, shownAddress } from './address.ts'
import { allOf, type Dispatcher, openDispatcher, type QueueLimits, taken } from './dispatcher.ts'
import { announce, type BatchRecord, memberName, DoneRate, workersIn } from './heartbeat.ts'
import { batchKey } from './keys.ts'
import { resultOf } from './results.ts'
import { Room } from './room.ts'
import { openSpool } from './spool.ts'
import { type QueueTask, tasksOf } from './task.ts'
import type { RedisReach } from './thread.ts'

/** Milliseconds after which a batch says that nobody works for it. */
const LONELY = 5_000

/** Runs the scenarios. @returns what became of each, in their order @throws Error where Redis does not answer for too long */
export async function runQueued(
  plans: readonly PlanFile[],
  pool: ThreadPool,
  options: BatchOptions,
  address: Address,
  limits: QueueLimits,
  tell: (event: BatchEvent) => void,
  note: (words: string) => void,
): Promise<PortfolioEntry[]> {
  if (options.run.precision)
    throw new UsageError('--precision: expected trials beside --queue, since nobody knows how many a precision takes')
  const dispatcher = await openDispatcher(address, limits, note, options.signal)
  await options.begin?.()
  // A Redis that is gone ends all.
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
      ...{ tasks: dispatcher.done(), held: dispatcher.held(), rate: rate.value },
    }),
  )
  const lonely = setTimeout(() => void tellLonely(dispatcher, address, note).catch(() => undefined), LONELY)
  const counted = (event: BatchEvent) => {
    if (event.event === 'failed') counts.failed += 1
    tell(event)
  }
  const queued = new QueuedRun(dispatcher, pool, options, { address, wait: limits.wait }, counted)
  const signal = AbortSignal.any([options.signal, gone.signal])
  try {
    return await eachPlan(plans, limits.inFlight, options.failFast, signal, counted, async (plan, own) => {
      const entry = await queued.run(plan, own)
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

class QueuedRun {
  readonly #dispatcher: Dispatcher
  readonly #pool: ThreadPool
  readonly #options: BatchOptions
  readonly #reach: RedisReach
  readonly #tell: (event: BatchEvent) => void
  readonly #merging: Room

  constructor(
    dispatcher: Dispatcher,
    pool: ThreadPool,
    options: BatchOptions,
    reach: RedisReach,
    tell: (event: BatchEvent) => void,
  ) {
    this.#dispatcher = dispatcher
    this.#pool = pool
    this.#options = options
    this.#reach = reach
    this.#tell = tell
    this.#merging = new Room(pool.threads)
  }

  async run(plan: PlanFile, stop: AbortSignal): Promise<PortfolioEntry> {
    // One of its own: hundreds wait at once, and so many who listen to one are taken for a leak.
    const signal = AbortSignal.any([stop])
    const [options, tell] = [this.#options, this.#tell]
    const { name } = plan
    const folder = join(options.out, name)
    const prepared = await preparePlan(plan, options, { signal, tell })
    const kept = await keptEntry(plan, options, prepared, { tell })
    if (kept) return kept
    const { tasks } = tasksOf(prepared)
    await checkFolder(diskAt(folder), options.force)
    const spool = tasks.length > 1 ? await openSpool(folder, options.resume) : undefined
    let done = 0
    const { trials } = prepared.options
    const one = async (task: QueueTask, both: AbortSignal): Promise<string> => {
      if (await spool?.has(task.id)) return ''
      const digest = await this.#dispatcher.run(task, both, (times) =>
        tell({
          event: 'warning',
          scenario: name,
          message: `task ${task.id} was lost by ${times} workers that vanished: does it take more memory than they have?`,
        }),
      )
      if (spool)
        await this.#taken(task, digest, both, signal, async (told) =>
          spool.save(task.id, await resultOf(this.#dispatcher.redis, task.id, told)),
        )
      done += 1
      tell({ event: 'progress', scenario: name, trials: Math.floor((trials * done) / tasks.length), total: trials })
      return digest
    }
    const digests = await allOf(this.#dispatcher, tasks, signal, one)
    const merge = (shards: Gathered['shards']) => this.#merge(plan, { written: prepared.written, shards }, signal)
    if (spool) return merge(tasks.map(({ id }) => ({ task: id, file: spool.path(id) })))
    const [[task], [first]] = [tasks, digests]
    return this.#taken(task, first, signal, signal, (digest) => merge({ task: task.id, digest, reach: this.#reach }))
  }

  /** A result is taken when a thread is there for it. */
  async #taken<T>(
    task: QueueTask,
    told: string,
    signal: AbortSignal,
    stop: AbortSignal,
    use: (digest: string) => Promise<T>,
  ): Promise<T> {
    try {
      await this.#merging.enter(0, signal)
    } catch (error) {
      if (!stop.aborted) await this.#dispatcher.release([task])
      throw error
    }
    try {
      return await taken(this.#dispatcher, task, told, signal, stop, use)
    } finally {
      this.#merging.leave()
    }
  }

  async #merge(plan: PlanFile, gathered: Gathered, signal: AbortSignal): Promise<PortfolioEntry> {
    const { out, resume, force, every, wanted, run, allowed } = this.#options
    // Plain data, which can be sent to a thread.
    const options = { out, jobs: this.#pool.threads, resume, force, every, wanted, run, allowed }
    const entry = await this.#pool.whole(plan, options, signal, this.#tell, gathered)
    if (!entry) throw new Error('a worker thread gave no result')
    return entry
  }
}

async function tellLonely({ redis }: Dispatcher, address: Address, note: (words: string) => void): Promise<void> {
  const workers = await workersIn(redis)
  if (workers.some(({ version }) => version === VERSION)) return
  const others = [...new Set(workers.map(({ version }) => version))].sort()
  const there = others.length > 0 ? `, only of ${others.join(', ')}, which take none of its tasks` : ''
  note(`no worker of billcast ${VERSION} is there${there}: start some by billcast worker --queue ${shownAddress(address)}`)
}
