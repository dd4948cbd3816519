// A run: which trials are kept, which tasks there are, and their results gathered in order.
import { UsageError } from '../errors.ts'
import type { Program } from '../program/program.ts'
import type { Plan } from '../random/plan.ts'
import { keptColumns } from '../simulation/block.ts'
import { type Measured, measuredOf } from '../simulation/measured.ts'
import { blocksOfLines } from '../simulation/lines.ts'
import { modelOf } from '../simulation/model.ts'
import type { LineSums } from '../simulation/preintegration.ts'
import { integrable, type Sampling } from '../simulation/sampling.ts'
import { spreadOfBins } from '../statistics/binned.ts'
import { SERIES, seriesAt } from '../statistics/layout.ts'
import type { Moments, Spread } from '../statistics/spread.ts'
import type { CreateExecutor } from './executor.ts'
import { cut, Tally } from './tally.ts'
import { type Job, Stopped, type Task, type TaskResult } from './task.ts'

/** Kept by default up to this: a rule of the scenario, never of the machine. */
const KEPT_BYTES = 512 * 2 ** 20
const MONTHLY_TRIALS = 65_536
const MONTHLY_VALUES = 2 ** 24
/** Blocks a task takes at most: 20 to 50 ms of work. */
const MOST_BLOCKS = 128
/** Blocks of lines that one thread does by itself. */
const FEW_BLOCKS = 4
/** Times that a task is tried again after a fault that is not of its making. */
const RETRIES = 2
/** Below this, months show means only. */
const FEWEST_MONTHLY = 1_024

export interface RunHooks {
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

export interface MonthSpread {
  readonly spread: Spread
  readonly moments: Moments
}

/** What was integrated along lines: the sums of each replicate. */
export interface LineOutcome {
  readonly sampling: Sampling
  readonly sums: readonly LineSums[]
}

/** All of a run's statistics, complete. */
export interface Outcome {
  readonly program: Program
  readonly plan: Plan
  readonly measured: Measured
  readonly seed: string
  readonly replicates: readonly Float64Array[]
  readonly pooled: Float64Array
  readonly columns: ReturnType<typeof keptColumns>
  readonly trials?: readonly Float64Array[]
  readonly monthlyTrials: number
  readonly lines?: LineOutcome
  /** Of each kept column. */
  readonly horizon?: readonly Spread[]
  /** Of each kept column, then month. */
  readonly monthly?: readonly (readonly MonthSpread[])[]
  readonly differences?: readonly Spread[]
}

const shared = (bytes: number): ArrayBufferLike =>
  typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes)

/** How many trials are kept month by month: the first 2^j points of each replicate (of the run, for random). */
function monthlyPlan(program: Program, plan: Plan): { readonly points: number; readonly trials: number } {
  const each = program.months * program.offers.length * (program.distinctTotal ? 2 : 1)
  const sets = plan.method === 'random' ? 1 : plan.replicates
  const most = plan.method === 'random' ? plan.trials : plan.points
  let points = 1
  while (2 * points <= most && sets * 2 * points <= MONTHLY_TRIALS && sets * 2 * points * each <= MONTHLY_VALUES) points *= 2
  return { points, trials: sets * points }
}

export async function run(
  program: Program,
  plan: Plan,
  seed: string,
  { keepTrials, preintegration }: { readonly keepTrials?: boolean | undefined; readonly preintegration: boolean },
  createExecutor: CreateExecutor,
  hooks: RunHooks = {},
): Promise<Outcome> {
  const { signal, onProgress } = hooks
  signal?.throwIfAborted()
  const columns = keptColumns(program)
  const bytes = plan.trials * columns.length * 8
  const keep = keepTrials ?? bytes <= KEPT_BYTES
  if (keep && bytes > 16 * 2 ** 30) {
    throw new UsageError(
      `keeping ${plan.trials} trials needs ${Math.ceil(bytes / 2 ** 20)} MiB: run fewer trials, or with --no-keep-trials`,
    )
  }
  const months = monthlyPlan(program, plan)
  const keepMonths = months.trials >= FEWEST_MONTHLY
  const trialBuffers = keep ? columns.map(() => shared(plan.trials * 8)) : undefined
  const monthBuffers = keepMonths ? columns.map(() => shared(months.trials * program.months * 8)) : undefined
  const control = shared(8)
  const job: Job = {
    program,
    plan,
    seed,
    control,
    ...(trialBuffers && { trials: trialBuffers }),
    ...(monthBuffers && { monthly: { columns: monthBuffers, ...months } }),
  }
  const flags = new Int32Array(control)
  const stop = () => Atomics.store(flags, 1, 1)
  signal?.addEventListener('abort', stop, { once: true })
  let shown = 0
  const report = () => {
    const done = Math.min(plan.trials, Atomics.load(flags, 0) >>> 0)
    if (done > shown) onProgress?.(done, plan.trials)
    shown = Math.max(shown, done)
  }
  const timer = onProgress && setInterval(report, 100)
  const executor = await createExecutor(job)
  try {
    // A task is a pure function of its numbers, so that it can be done again, by another thread as well.
    const attempt = async (task: Task): Promise<TaskResult> => {
      for (let tries = 0; ; tries++) {
        try {
          return await executor.run(task)
        } catch (error) {
          if (signal?.aborted || error instanceof Stopped || tries >= RETRIES) throw error
        }
      }
    }
    const inTurn = async <T>(tasks: readonly Task[], read: (result: TaskResult) => T): Promise<T[]> => {
      const results = await Promise.all(
        tasks.map(async (task) => {
          signal?.throwIfAborted()
          const result = read(await attempt(task))
          report()
          return result
        }),
      )
      signal?.throwIfAborted()
      return results
    }
    /** Headline figures along lines: the pilot finds the directions, whole blocks of lines are tasks like the rest. */
    const integrated = async (): Promise<LineOutcome | undefined> => {
      const [sampling] = await inTurn([{ kind: 'pilot' }], (result) => ('sampling' in result ? result.sampling : undefined))
      if (!sampling) return undefined
      const blocks = blocksOfLines(sampling.outer)
      // Few blocks are one thread's work: another would spend as long on getting ready.
      const each = blocks.length <= FEW_BLOCKS ? blocks.length : 2
      const tasks = Array.from({ length: Math.ceil(blocks.length / each) }, (_, k) => blocks.slice(k * each, (k + 1) * each))
      const sums = (
        await inTurn(
          tasks.map((own): Task => ({ kind: 'lines', sampling, blocks: own })),
          (result) => ('sums' in result ? result.sums : []),
        )
      ).flat()
      const { replicates, blocksPerReplicate } = sampling.outer
      const own = Array.from({ length: replicates }, (_, r) => sums.slice(r * blocksPerReplicate, (r + 1) * blocksPerReplicate))
      return { sampling, sums: own.map((parts) => parts.reduce(added)) }
    }
    const measured = measuredOf(modelOf(program))
    const tally = new Tally(plan, measured.layout)
    const total = plan.replicates * plan.blocksPerReplicate
    const most = Math.max(1, Math.min(MOST_BLOCKS, Math.floor(total / (8 * executor.width))))
    const integrating = integrable(program, plan, preintegration) ? integrated() : undefined
    // A failure of the sample is told first; this one must not go unheard meanwhile.
    integrating?.catch(() => undefined)
    await inTurn(
      cut(plan, most).map((ranges): Task => ({ kind: 'blocks', ranges })),
      (result) => {
        if (!('parts' in result)) throw new Error('a task of blocks gave none')
        for (const part of result.parts) tally.add(part)
      },
    )
    const { states: replicates, pooled, histograms } = tally.read()
    if (onProgress && shown < plan.trials) onProgress(plan.trials, plan.trials)
    finite(pooled, program, seed)
    const spread = (result: TaskResult): Spread => {
      if ('spread' in result) return result.spread
      throw new Error('a task of percentiles gave none')
    }
    const month = (result: TaskResult): MonthSpread => {
      if ('spread' in result && result.moments) return { spread: result.spread, moments: result.moments }
      throw new Error('a task of a month gave no moments')
    }
    const extremes = (series: number) => ({
      min: pooled[seriesAt(series) + SERIES - 2],
      max: pooled[seriesAt(series) + SERIES - 1],
    })
    const rows = keepMonths
      ? columns.flatMap((_, column) =>
          Array.from({ length: program.months }, (__, month): Task => ({ kind: 'month', column, month })),
        )
      : []
    const [lines, horizon, differences, monthly] = await Promise.all([
      integrating,
      inTurn(
        keep
          ? columns.map(
              ({ offer, measure }, column): Task => ({
                kind: 'column',
                column,
                extremes: extremes(measured.offers[offer][measure].series),
              }),
            )
          : [],
        spread,
      ),
      inTurn(
        keep ? measured.pairs.map(({ a, b, series }): Task => ({ kind: 'difference', a, b, extremes: extremes(series) })) : [],
        spread,
      ),
      inTurn(rows, month),
    ])
    const binned = histograms.map(({ parts, pooled: all }) => spreadOfBins(parts, all, plan.method === 'random'))
    return {
      program,
      plan,
      measured,
      seed,
      replicates,
      pooled,
      columns,
      monthlyTrials: keepMonths ? months.trials : 0,
      ...(lines && { lines }),
      ...(trialBuffers
        ? { trials: trialBuffers.map((buffer) => new Float64Array(buffer)), horizon, differences }
        : { horizon: binned.slice(0, columns.length), differences: binned.slice(columns.length) }),
      ...(keepMonths && { monthly: columns.map((_, k) => monthly.slice(k * program.months, (k + 1) * program.months)) }),
    }
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  } finally {
    clearInterval(timer)
    signal?.removeEventListener('abort', stop)
    stop()
    await executor.close()
  }
}

/** Sums of two parts of a replicate. */
const added = (a: LineSums, b: LineSums): LineSums => a.map((sums, k) => sums.map((sum, slot) => sum + b[k][slot]))

/** A result never holds NaN: the scenario that made one is named. */
function finite(state: Float64Array, program: Program, seed: string): void {
  if (state.every((value) => Number.isFinite(value))) return
  const offers = program.offers.map(({ name }) => name).join(', ')
  throw new UsageError(
    `a cost of one of ${offers} is too large to compute with (seed ${seed}): check the sizes of prices, volumes and their ranges`,
  )
}
