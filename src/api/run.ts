// From a scenario to a summary: read, resolve, compile, run, summarize.

import { Trials } from '../questions/trials.ts'
import { withBudget } from '../questions/budget/budget.ts'
import type { CheckpointStore } from '../run/checkpoint.ts'
import type { CreateExecutor } from '../run/executor.ts'
import { type Asked, type Outcome, type RunHooks, runBlocks, runDerived, runTrials } from '../run/run.ts'
import { contentOf, type ShardContent, blocksOfShard } from '../run/shard.ts'
import { keepsTrials, peakBytes } from '../run/storage.ts'
import type { BlockRange } from '../run/task.ts'
import { UsageError } from '../errors.ts'
import { type PointEstimate, pointEstimates } from '../invoice/point.ts'
import { compile } from '../compile/compile.ts'
import type { Program } from '../compile/program.ts'
import { type Reader, resolve } from '../scenario/resolve/resolve.ts'
import { type Plan, partOf, planTrials } from '../numerics/random/plan.ts'
import { periodsOf, sumsOf } from '../summary/periods.ts'
import { summarize } from '../summary/summarize.ts'
import { checkOptions } from '../options/check.ts'
import { type Precision, type SimulateOptions, simulating } from '../options/simulate.ts'
import type { Summary } from '../summary/summary.ts'
import { readScenario } from '../scenario/read.ts'
import type { ResolvedScenario, RunOptions } from '../scenario/resolved.ts'
import type { Planned } from './identity.ts'
import { FIRST_TRIALS, leastPrecise, MOST_TRIALS } from './precision.ts'
import { formatNumber } from '../notation/number.ts'

/** What the platform brings: threads to run on, files to read. */
export interface Platform {
  readonly executor: (threads: number | undefined) => CreateExecutor
  readonly reader: Reader
  /** Bytes that are free, where that is known. */
  readonly free?: () => number
  /** Where a run is saved now and then; one to a stated precision is one of several, each of twice the trials. */
  readonly checkpoints?: (run: Planned, doubling: boolean) => Promise<CheckpointStore | undefined>
  /** Adds blocks that other machines sampled. */
  readonly gather?: RunHooks['gather']
}

/** What was given to run: enough to run it again anywhere. */
export interface WrittenPlan {
  /** YAML or JSON. */
  readonly text: string
  /** The files that it names, by their names. */
  readonly files: Readonly<Record<string, string>>
}

export interface Finished {
  readonly written: WrittenPlan
  readonly scenario: ResolvedScenario
  readonly options: RunOptions
  readonly outcome: Outcome
  readonly trials: Trials
  readonly summary: Summary
  readonly point: readonly PointEstimate[]
  readonly warnings: readonly string[]
}

/** A scenario that is read, resolved and compiled: ready to run. */
export interface Prepared {
  readonly written: WrittenPlan
  readonly scenario: ResolvedScenario
  /** As given, and merged with what the scenario says. */
  readonly given: SimulateOptions
  readonly options: RunOptions
  readonly program: Program
  readonly warnings: readonly string[]
  /** Of a run that is not whole: the sets that are there. */
  readonly sets?: readonly number[]
}

/** Reads a scenario, given as YAML or JSON text or as an object. */
export async function prepareScenario(input: string | object, given: SimulateOptions, files: Reader): Promise<Prepared> {
  checkOptions(given, simulating)
  given.signal?.throwIfAborted()
  const read: Record<string, string> = {}
  const reader: Reader = {
    async read(path) {
      const bytes = await files.read(path)
      read[path] = new TextDecoder().decode(bytes)
      return bytes
    },
  }
  const { scenario, run: stated, warnings } = await resolve(readScenario(input), reader)
  if (scenario.actuals)
    throw new UsageError(
      'a plan with closed months (actuals) is told by `billcast reforecast`, or by reforecast(): take actuals out to run the plan as it was',
    )
  const { trials, method, measure, keepTrials, pairs, preintegration, monthly } = given
  const options: RunOptions = {
    ...stated,
    ...(trials !== undefined && { trials }),
    ...(given.seed !== undefined && { seed: String(given.seed) }),
    ...(method !== undefined && { method }),
    ...(measure !== undefined && { measure }),
    ...(keepTrials !== undefined && { keepTrials }),
    ...(pairs !== undefined && { pairs }),
    ...(monthly !== undefined && { monthly }),
    ...(preintegration !== undefined && { preintegration }),
  }
  const program = compile(scenario, { measure: options.measure, pairs: options.pairs })
  const written: WrittenPlan = { text: typeof input === 'string' ? input : JSON.stringify(input), files: read }
  return { written, scenario, given, options, program, warnings }
}

/** The run of so many trials: by default as many as are asked for. */
export function planned(
  { scenario, options, program, sets }: Prepared,
  trials = options.trials,
): Planned & { readonly plan: Plan } {
  const whole = planTrials(trials, options.method)
  const plan = sets ? partOf(whole, sets) : whole
  return {
    scenario,
    options,
    trials: plan.trials,
    keepTrials: keepsTrials(program, whole, options.keepTrials),
    plan,
    ...(sets && { sets }),
  }
}

/** What a run keeps, and which sums of its months are asked for. */
const askedOf = ({ options, scenario, program }: Prepared): Asked => ({
  ...options,
  sums: sumsOf(periodsOf(scenario, program.months)),
})

export async function runPrepared(prepared: Prepared, platform: Omit<Platform, 'reader'>): Promise<Finished> {
  const { written, scenario, given, options, program, warnings } = prepared
  const hooks = { ...(given.onProgress && { onProgress: given.onProgress }), ...(given.signal && { signal: given.signal }) }
  const point = pointEstimates(scenario)
  const attempt = async (most: number): Promise<Finished> => {
    const { plan, ...run } = planned(prepared, most)
    const need = peakBytes(program, plan, run.keepTrials, options.monthly !== false, given.threads ?? 1)
    checkMemory(need, run.keepTrials, given.memory, platform.free)
    const checkpoints = await platform.checkpoints?.(run, given.precision !== undefined)
    const outcome = await runTrials(program, plan, options.seed, askedOf(prepared), platform.executor(given.threads), {
      ...hooks,
      ...(checkpoints && { checkpoints }),
      ...(platform.gather && { gather: platform.gather }),
    })
    const trials = new Trials(outcome, scenario)
    const told = withBudget(trials, summarize(outcome, scenario, point))
    const summary: Summary = prepared.sets
      ? { ...told, partial: { trials: plan.trials, of: planTrials(most, options.method).trials } }
      : told
    return { written, scenario, options, outcome, trials, point, warnings, summary }
  }
  const { precision } = given
  if (!precision) return attempt(options.trials)
  return untilPrecise(attempt, precision, given.trials ?? MOST_TRIALS)
}

/** A share of a run: which blocks, and what they came to. */
export interface Shard extends ShardContent {
  readonly ranges: readonly BlockRange[]
}

/**
 * The `index`-th of `count` shares of a run.
 * @param derived of a share that is the whole run also what comes after the sample
 */
export async function runShard(
  prepared: Prepared,
  { index, count }: { readonly index: number; readonly count: number },
  platform: Omit<Platform, 'reader' | 'checkpoints' | 'gather'>,
  derived = false,
): Promise<Shard> {
  const { given, options, program } = prepared
  if (given.precision)
    throw new UsageError('--precision: expected trials beside --shard, since nobody knows how many a precision takes')
  const { plan, keepTrials } = planned(prepared)
  const need = peakBytes(program, plan, keepTrials, options.monthly !== false, given.threads ?? 1)
  checkMemory(need, keepTrials, given.memory, platform.free)
  const ranges = blocksOfShard(plan, index, count)
  const hooks = { ...(given.onProgress && { onProgress: given.onProgress }), ...(given.signal && { signal: given.signal }) }
  const executor = platform.executor(given.threads)
  if (derived && count === 1) {
    const whole = await runDerived(program, plan, options.seed, askedOf(prepared), executor, hooks)
    return { ranges, ...contentOf(whole.course, ranges, whole.derived) }
  }
  const course = await runBlocks(program, plan, options.seed, options, ranges, executor, hooks)
  return { ranges, ...contentOf(course, ranges) }
}

/** Runs a scenario, given as YAML or JSON text or as an object. */
export const runScenario = async (input: string | object, options: SimulateOptions, platform: Platform): Promise<Finished> =>
  runPrepared(await prepareScenario(input, options, platform.reader), platform)

/** What a run may take on any machine, however little is free. */
const MODEST = 512 * 2 ** 20

/**
 * Refused before it begins, and never run in another way than it was asked for: that would give other bits.
 * @throws UsageError
 */
function checkMemory(need: number, keepTrials: boolean, stated: number | undefined, free: Platform['free']): void {
  const most = stated ?? (free && Math.max(MODEST, free() / 2))
  if (most === undefined || need <= most) return
  const mib = (bytes: number) => `${formatNumber(Math.ceil(bytes / 2 ** 20))} MiB`
  const whose = stated === undefined ? 'half of what is free' : '--memory'
  const mend = keepTrials ? 'with --no-keep-trials, with fewer trials or with a larger --memory' : 'with a larger --memory'
  throw new UsageError(
    `the run would take about ${mib(need)} of memory, more than the ${mib(most)} that it may take (${whose}): run it ${mend}`,
  )
}

/** Runs of twice the trials each: the last is what a run of that many gives by itself, to the bit. */
async function untilPrecise(attempt: (trials: number) => Promise<Finished>, precision: Precision, most: number): Promise<Finished> {
  for (let trials = Math.min(FIRST_TRIALS, most); ; trials = Math.min(2 * trials, most)) {
    const finished = await attempt(trials)
    const worst = leastPrecise(finished.summary, precision)
    const reached = !worst || worst.error <= precision.relative
    if (!reached && trials < most) continue
    const count = formatNumber(finished.summary.trials)
    const share = (value: number) => `${Number((100 * value).toPrecision(2))}%`
    const told = reached
      ? `a precision of ${share(precision.relative)} took ${count} trials${worst ? `; the least precise figure is ${worst.name}, at ${share(worst.error)}` : ''}`
      : `a precision of ${share(precision.relative)} is not reached with ${count} trials: ${worst?.name} is at ${share(worst?.error ?? 0)}`
    return { ...finished, warnings: [...finished.warnings, told] }
  }
}
