// A run: which trials are kept, which tasks there are, and their results gathered in order.
import { UsageError } from '../errors.ts'
import { integrable } from '../integration/sampling.ts'
import type { Program } from '../program/program.ts'
import type { Plan } from '../random/plan.ts'
import type { RunOptions } from '../scenario/resolved.ts'
import { keptColumns } from '../simulation/block.ts'
import { type Measured, measuredOf } from '../simulation/measured.ts'
import { modelOf } from '../simulation/model.ts'
import { spreadOfBins } from '../statistics/binned.ts'
import type { Spread } from '../statistics/spread.ts'
import { type CheckpointStore, Checkpoints } from './checkpoint.ts'
import type { CreateExecutor } from './executor.ts'
import { integrated, type LineOutcome } from './lines.ts'
import type { Overflow } from './overflow.ts'
import { scheduleOn } from './schedule.ts'
import { differenceSpreads, horizonSpreads, type MonthSpread, monthSpreads } from './spreads.ts'
import { shared, storageOf } from './storage.ts'
import { cut, everyBlock, Tally } from './tally.ts'
import type { Job, Range, Task } from './task.ts'

/** Blocks a task takes at most: some 0.2 s of work. */
const MOST_BLOCKS = 1024

export interface RunHooks {
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
  /** Where the run is saved now and then, and taken up from. */
  readonly checkpoints?: CheckpointStore
}

/** All of a run's statistics, complete. */
export interface Outcome {
  readonly program: Program
  readonly plan: Plan
  readonly measured: Measured
  readonly seed: string
  readonly replicates: readonly Float64Array[]
  readonly pooled: Float64Array
  readonly trials?: readonly Float64Array[]
  readonly monthlyTrials: number
  readonly lines?: LineOutcome
  /** Of each kept column. */
  readonly horizon?: readonly Spread[]
  /** Of each kept column, then month. */
  readonly monthly?: readonly (readonly MonthSpread[])[]
  readonly differences?: readonly Spread[]
  /** Costs of the months, of the trials that are kept month by month: a column each, its months one after the other. */
  readonly months?: readonly Float64Array[]
}

export async function run(
  program: Program,
  plan: Plan,
  seed: string,
  { keepTrials, preintegration, monthly: byMonth = true }: Pick<RunOptions, 'keepTrials' | 'preintegration' | 'monthly'>,
  createExecutor: CreateExecutor,
  hooks: RunHooks = {},
): Promise<Outcome> {
  const { signal, onProgress, checkpoints: store } = hooks
  signal?.throwIfAborted()
  const { trials, monthly: months } = storageOf(program, plan, keepTrials, byMonth)
  const control = shared(8)
  const job: Job = { program, plan, seed, control, ...(trials && { trials }), ...(months && { monthly: months }) }
  const measured = measuredOf(modelOf(program))
  const tally = new Tally(plan, measured.layout)
  const checkpoints = store && new Checkpoints(store, job, measured.layout, tally)
  await checkpoints?.restore()
  const missing = tally.missing()
  const flags = new Int32Array(control)
  const stop = () => Atomics.store(flags, 1, 1)
  signal?.addEventListener('abort', stop, { once: true })
  const total = blocksOf(everyBlock(plan))
  flags[0] = total - blocksOf(missing)
  let shown = 0
  const report = () => {
    const done = Math.min(plan.trials, (Atomics.load(flags, 0) >>> 0) * plan.blockSize)
    if (done > shown) onProgress?.(done, plan.trials)
    shown = Math.max(shown, done)
  }
  const executor = await createExecutor(job)
  const timer = onProgress && setInterval(report, 100)
  try {
    const schedule = scheduleOn(executor, signal, report)
    const most = Math.max(1, Math.min(MOST_BLOCKS, Math.floor(total / (8 * executor.width))))
    const integrating = integrable(program, plan, preintegration) ? integrated(schedule) : undefined
    // A failure of the sample is told first; this one must not go unheard meanwhile.
    integrating?.catch(() => undefined)
    checkpoints?.start()
    await schedule(
      cut(missing, most).map((ranges): Task => ({ kind: 'blocks', ranges })),
      (result, task) => {
        if ('overflow' in result) throw new UsageError(overflowWords(result.overflow, program, seed))
        if (!('parts' in result) || task.kind !== 'blocks') throw new Error('a task of blocks gave none')
        for (const part of result.parts) tally.add(part)
        checkpoints?.add(task.ranges)
      },
    )
    checkpoints?.complete()
    const { states: replicates, pooled, histograms } = tally.read()
    if (onProgress && shown < plan.trials) onProgress(plan.trials, plan.trials)
    finite(pooled)
    const [lines, horizon, differences, monthly] = await Promise.all([
      integrating,
      trials ? horizonSpreads(schedule, program, measured, pooled) : [],
      trials ? differenceSpreads(schedule, measured, pooled) : [],
      months ? monthSpreads(schedule, program) : [],
    ])
    await checkpoints?.settle()
    const columns = keptColumns(program).length
    const binned = histograms.map(({ parts, pooled: all }) => spreadOfBins(parts, all, plan.method === 'random'))
    return {
      program,
      plan,
      measured,
      seed,
      replicates,
      pooled,
      monthlyTrials: months?.trials ?? 0,
      ...(lines && { lines }),
      ...(trials
        ? { trials: trials.map((buffer) => new Float64Array(buffer)), horizon, differences }
        : { horizon: binned.slice(0, columns), differences: binned.slice(columns) }),
      ...(months && { monthly, months: months.columns.map((buffer) => new Float64Array(buffer)) }),
    }
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  } finally {
    clearInterval(timer)
    signal?.removeEventListener('abort', stop)
    stop()
    await executor.close()
    if (signal?.aborted) await checkpoints?.stop()
    else await checkpoints?.settle()
  }
}

const blocksOf = (ranges: readonly Range[]): number => ranges.reduce((sum, { from, to }) => sum + to - from, 0)

function overflowWords({ offer, month, trial, cost, conversations }: Overflow, { months }: Program, seed: string): string {
  const amount = Number.isFinite(cost) ? `${cost.toPrecision(3)}, whose powers are` : 'an amount that is'
  const volume = Number.isFinite(conversations) ? `${conversations.toPrecision(3)} conversations` : 'endless conversations'
  return `${offer}: in month ${month} of ${months} of trial ${trial} (seed ${seed}) it costs ${amount} too large to compute with, at ${volume}: check the sizes of volumes, growth and prices, and their ranges`
}

/** Blocks are looked at one by one; what merging made of them is too. */
function finite(state: Float64Array): void {
  if (!state.every(Number.isFinite))
    throw new UsageError('the sums over all trials are too large to compute with: check the sizes of volumes, growth and prices')
}
