// A run: decides which trials to keep, schedules tasks and gathers their results in order.
import { UsageError } from '../errors.ts'
import { integrable } from '../preintegration/sampling.ts'
import { jumpingDraws } from '../compile/jumping.ts'
import type { Program } from '../compile/program.ts'
import type { Plan } from '../numerics/random/plan.ts'
import type { RunOptions } from '../scenario/resolved.ts'
import { keptColumns } from '../simulation/block.ts'
import { type Measured, measuredOf } from '../simulation/measured.ts'
import { modelOf } from '../simulation/model.ts'
import { histogramSample } from '../numerics/estimators/histogram-sample.ts'
import { extremesAt } from '../numerics/estimators/layout.ts'
import { type OrderFigures, orderFiguresOf } from '../numerics/estimators/levels.ts'
import { type CheckpointStore, Checkpoints } from './checkpoint.ts'
import {
  type Derived,
  differenceFigures,
  horizonFigures,
  integrated,
  largestFigures,
  type LineOutcome,
  type MonthFigures,
  monthFigures,
  sumFigures,
} from './derived.ts'
import type { CreateExecutor } from './executor.ts'
import type { Overflow } from '../simulation/overflow.ts'
import { type Schedule, scheduleOn } from './schedule.ts'
import { giveBack, shared, storageOf } from './storage.ts'
import { type Complete, cut, everyBlock, Tally } from './tally.ts'
import type { Job, BlockRange, RunTask } from './task.ts'

/** The most blocks per task, about 0.2 s of work. */
const MOST_BLOCKS = 1024

export interface RunHooks {
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
  /** Storage for checkpoints, from which the run resumes. */
  readonly checkpoints?: CheckpointStore
  /** Adds blocks that were sampled elsewhere. Returns derived figures if one place sampled all blocks. */
  readonly gather?: (course: Course) => Promise<Derived | undefined>
}

/** All statistics of a complete run. */
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
  /** For each kept column. */
  readonly horizon: readonly OrderFigures[]
  /** By kept column and month. */
  readonly monthly?: readonly (readonly MonthFigures[])[]
  readonly differences: readonly OrderFigures[]
  /** By kept column and sum of months. */
  readonly sums?: readonly (readonly MonthFigures[])[]
  /** By kept column and list of periods: the largest of a trial. */
  readonly largest?: readonly (readonly MonthFigures[])[]
}

/** What questions read of an outcome: the trials, and what draws them again. */
export type DrawnOutcome = Pick<Outcome, 'program' | 'plan' | 'seed' | 'trials'>

type Kept = Pick<RunOptions, 'keepTrials' | 'preintegration' | 'monthly'>

export interface Asked extends Kept {
  /** Requested sums of months. Each has a weight for each month. */
  readonly sums: readonly (readonly number[])[]
  /** Lists of periods of which the largest of a trial is requested. A period is a list of months. */
  readonly largest: readonly (readonly (readonly number[])[])[]
}

/** The state of a run: its job, its statistics, and the tally so far. */
export interface Course {
  readonly job: Job
  readonly measured: Measured
  readonly tally: Tally
}

function courseOf(program: Program, plan: Plan, seed: string, { keepTrials, monthly: byMonth = true }: Kept): Course {
  const { trials, monthly } = storageOf(program, plan, keepTrials, byMonth)
  const job: Job = { program, plan, seed, control: shared(8), ...(trials && { trials }), ...(monthly && { monthly }) }
  const measured = measuredOf(modelOf(program))
  return { job, measured, tally: new Tally(plan, measured.layout) }
}

/** Works on an executor, reports progress, and stops on the signal. */
async function working<T>(
  { job }: Course,
  blocks: { readonly done: number; readonly all: number },
  createExecutor: CreateExecutor,
  { signal, onProgress }: RunHooks,
  work: (schedule: Schedule, most: number, finished: () => void) => Promise<T>,
): Promise<T> {
  const { plan, control } = job
  const flags = new Int32Array(control)
  const stop = () => Atomics.store(flags, 1, 1)
  flags[0] = blocks.done
  let shown = 0
  const advance = (done: number) => {
    if (done > shown) onProgress?.(done, plan.trials)
    shown = Math.max(shown, done)
  }
  const report = () => advance(Math.min(plan.trials, (Atomics.load(flags, 0) >>> 0) * plan.blockSize))
  const executor = await createExecutor(job, signal)
  signal?.addEventListener('abort', stop, { once: true })
  const timer = onProgress && setInterval(report, 100)
  try {
    const most = Math.max(1, Math.min(executor.blocks ?? MOST_BLOCKS, Math.floor(blocks.all / (8 * executor.width))))
    return await work(scheduleOn(executor, signal, report), most, () => advance(plan.trials))
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

/** Works with executors, and gives the columns of a course back if the work fails and nobody can still write into them. */
async function returning<T>(
  { job: { trials = [], monthly } }: Course,
  createExecutor: CreateExecutor,
  work: (create: CreateExecutor) => Promise<T>,
): Promise<T> {
  let alone = true
  const create: CreateExecutor = async (job, signal) => {
    const executor = await createExecutor(job, signal)
    alone = executor.alone === true
    return executor
  }
  try {
    return await work(create)
  } catch (error) {
    // Their memory is not the collector's: a program that stops many runs would keep it all.
    if (alone) giveBack([...trials, ...(monthly?.columns ?? [])])
    throw error
  }
}

/** Samples blocks into the course's tally, and saves them if there are checkpoints. */
async function sample(
  { job: { program, seed }, tally }: Course,
  ranges: readonly BlockRange[],
  schedule: Schedule,
  most: number,
  checkpoints?: Checkpoints,
): Promise<void> {
  checkpoints?.start()
  await schedule(
    cut(ranges, most).map((own): RunTask => ({ kind: 'blocks', ranges: own })),
    (result, task) => {
      if ('overflow' in result) throw new UsageError(overflowWords(result.overflow, program, seed))
      if (!('parts' in result) || task.kind !== 'blocks') throw new Error('a block task returned no statistics')
      for (const part of result.parts) tally.add(part)
      checkpoints?.add(task.ranges)
    },
  )
  checkpoints?.complete()
}

/**
 * Does work on some blocks that continues from the last saved state, if there is a store.
 * @param work receives hooks whose signal the store may also use to stop the run
 */
async function saving<T>(
  { job, measured, tally }: Course,
  ranges: readonly BlockRange[],
  hooks: RunHooks,
  work: (checkpoints: Checkpoints | undefined, hooks: RunHooks) => Promise<T>,
): Promise<T> {
  const { checkpoints: store } = hooks
  if (!store) return work(undefined, hooks)
  const ended = new AbortController()
  const signal = AbortSignal.any([ended.signal, ...(hooks.signal ? [hooks.signal] : [])])
  const checkpoints = new Checkpoints(store, job, measured.layout, tally, (reason) => ended.abort(reason))
  await checkpoints.restore(ranges)
  try {
    return await work(checkpoints, { ...hooks, signal })
  } finally {
    if (signal.aborted) await checkpoints.stop()
    else await checkpoints.settle()
  }
}

/** Starts the integration along lines, if this run has one. */
function integrating(
  { job: { program, plan } }: Course,
  options: Kept,
  schedule: Schedule,
): Promise<LineOutcome | undefined> | undefined {
  const lines = integrable(program, plan, options.preintegration) ? integrated(schedule) : undefined
  // The caller awaits it only after the sample. Until then, a rejection must not count as unhandled.
  lines?.catch(() => undefined)
  return lines
}

/** Derives the figures of a complete sample. */
async function derive(
  { job: { program, plan, trials, monthly }, measured }: Course,
  schedule: Schedule,
  { pooled, histograms }: Complete,
  asked: Asked,
  integration: Promise<LineOutcome | undefined> | undefined,
): Promise<Derived> {
  const columns = keptColumns(program).length
  const kept = () =>
    Promise.all([horizonFigures(schedule, program, measured, pooled), differenceFigures(schedule, measured, pooled)])
  const binned = () => {
    const series = [...keptColumns(program).map(({ offer, measure }) => measured.offers[offer][measure]), ...measured.pairs]
    const random = plan.method === 'random'
    const figures = histograms.map(({ parts, pooled: whole }, k) =>
      orderFiguresOf(
        histogramSample(parts, whole, extremesAt(pooled, series[k].series), random, jumpingDraws(program)),
        k < columns,
      ),
    )
    return [figures.slice(0, columns), figures.slice(columns)]
  }
  const [lines, months, sums, largest, [horizon, differences]] = await Promise.all([
    integration,
    monthly ? monthFigures(schedule, program) : [],
    monthly ? sumFigures(schedule, program, asked.sums) : [],
    monthly ? largestFigures(schedule, program, asked.largest) : [],
    trials ? kept() : binned(),
  ])
  return { ...(lines && { lines }), horizon, differences, monthly: months, sums, largest }
}

export async function runTrials(
  program: Program,
  plan: Plan,
  seed: string,
  options: Asked,
  createExecutor: CreateExecutor,
  hooks: RunHooks = {},
): Promise<Outcome> {
  hooks.signal?.throwIfAborted()
  const course = courseOf(program, plan, seed, options)
  const known = await hooks.gather?.(course)
  const every = everyBlock(plan)
  const [complete, derived] = await returning(course, createExecutor, (create) =>
    saving(course, every, hooks, (checkpoints, watched) => {
      const missing = course.tally.missing()
      const all = blocksOf(every)
      const blocks = { done: all - blocksOf(missing), all }
      return working(course, blocks, create, watched, async (schedule, most, finished) => {
        const lines = known ? undefined : integrating(course, options, schedule)
        await sample(course, missing, schedule, most, checkpoints)
        const sampled = course.tally.read()
        finished()
        finite(sampled.pooled)
        const figures = known ?? (await derive(course, schedule, sampled, options, lines))
        await checkpoints?.settle()
        return [sampled, figures] as const
      })
    }),
  )
  // The figures of months are derived, so the next run may use their memory.
  giveBack(course.job.monthly?.columns ?? [])
  return outcomeOf(course, complete, derived)
}

function outcomeOf({ job, measured }: Course, { states, pooled }: Complete, derived: Derived): Outcome {
  const { program, plan, seed, trials, monthly: months } = job
  const { lines, horizon, differences, monthly, sums, largest } = derived
  return {
    program,
    plan,
    measured,
    seed,
    replicates: states,
    pooled,
    monthlyTrials: months?.trials ?? 0,
    ...(lines && { lines }),
    ...(trials && { trials: trials.map((buffer) => new Float64Array(buffer)) }),
    horizon,
    differences,
    ...(months && { monthly, sums, largest }),
  }
}

/** Samples all blocks of a run and derives its figures, so that nobody else needs to. */
export async function runDerived(
  program: Program,
  plan: Plan,
  seed: string,
  options: Asked,
  createExecutor: CreateExecutor,
  hooks: Omit<RunHooks, 'checkpoints' | 'gather'> = {},
): Promise<{ readonly course: Course; readonly derived: Derived }> {
  hooks.signal?.throwIfAborted()
  const course = courseOf(program, plan, seed, options)
  const ranges = everyBlock(plan)
  const derived = await returning(course, createExecutor, (create) =>
    working(course, { done: 0, all: blocksOf(ranges) }, create, hooks, async (schedule, most) => {
      const lines = integrating(course, options, schedule)
      await sample(course, ranges, schedule, most)
      const complete = course.tally.read()
      finite(complete.pooled)
      return derive(course, schedule, complete, options, lines)
    }),
  )
  return { course, derived }
}

/** Samples only some blocks of a run. With checkpoints, only those of them that no saved state has. */
export async function runBlocks(
  program: Program,
  plan: Plan,
  seed: string,
  options: Kept,
  ranges: readonly BlockRange[],
  createExecutor: CreateExecutor,
  hooks: Omit<RunHooks, 'gather'> = {},
): Promise<Course> {
  hooks.signal?.throwIfAborted()
  const course = courseOf(program, plan, seed, options)
  await returning(course, createExecutor, (create) =>
    saving(course, ranges, hooks, async (checkpoints, watched) => {
      const missing = common(ranges, course.tally.missing())
      const all = blocksOf(ranges)
      if (missing.length === 0) return
      await working(course, { done: all - blocksOf(missing), all }, create, watched, (schedule, most) =>
        sample(course, missing, schedule, most, checkpoints),
      )
    }),
  )
  return course
}

/** The blocks that are in both lists. */
const common = (some: readonly BlockRange[], others: readonly BlockRange[]): BlockRange[] =>
  some.flatMap(({ replicate, from, to }) =>
    others
      .filter((other) => other.replicate === replicate)
      .map((other) => ({ replicate, from: Math.max(from, other.from), to: Math.min(to, other.to) }))
      .filter((both) => both.from < both.to),
  )

const blocksOf = (ranges: readonly BlockRange[]): number => ranges.reduce((sum, { from, to }) => sum + to - from, 0)

function overflowWords({ offer, month, trial, cost, conversations }: Overflow, { months }: Program, seed: string): string {
  const number = (value: number) => (Number.isFinite(value) ? value.toPrecision(3) : 'infinite')
  return `${offer}: the cost in month ${month} of ${months} of trial ${trial} (seed ${seed}) is too large to compute with: ${number(cost)}, with ${number(conversations)} conversations. Check the sizes and ranges of volumes, growth and prices`
}

/** Each block was checked by itself. Merged sums may overflow even so. */
function finite(state: Float64Array): void {
  if (!state.every(Number.isFinite))
    throw new UsageError('the sums over all trials are too large to compute with. Check the sizes of volumes, growth and prices')
}
