// From a scenario to a summary: read, resolve, compile, run, summarize.
import { pathBytes, pathsOf } from '../questions/paths.ts'
import { Trials } from '../questions/trials.ts'
import { withBudget } from '../questions/budget/budget.ts'
import { withVerdict } from '../questions/compare/verdict.ts'
import { withSegmentRisk } from '../questions/budget/segment-risk.ts'
import type { CheckpointStore } from '../run/checkpoint.ts'
import { type CreateExecutor, inlineExecutor } from '../run/executor.ts'
import { type Asked, type DrawnOutcome, type RunHooks, runBlocks, runDerived, runTrials } from '../run/run.ts'
import { contentOf, type ShardContent, blocksOfShard } from '../run/shard.ts'
import { effortWords } from '../run/effort.ts'
import { keepsTrials, peakBytes } from '../run/storage.ts'
import type { BlockRange } from '../run/task.ts'
import { UsageError } from '../errors.ts'
import { MODEST } from '../limits.ts'
import { statesRule } from '../contract/offer.ts'
import { type PointEstimate, pointEstimates } from '../invoice/point.ts'
import { segmentPoints } from '../invoice/segments.ts'
import { compile } from '../compile/compile.ts'
import type { Program } from '../compile/program.ts'
import { type Reader, resolve } from '../scenario/resolve/resolve.ts'
import { type Plan, partOf, planTrials } from '../numerics/random/plan.ts'
import { largestOf, periodsOf, sumsOf } from '../summary/periods.ts'
import { summarize } from '../summary/summarize.ts'
import { comparedNotes } from './compared-notes.ts'
import { tailWarnings } from '../summary/tail-warnings.ts'
import { checkOptions } from '../options/check.ts'
import { type Precision, type SimulateOptions, simulating } from '../options/simulate.ts'
import type { Densities } from '../summary/densities.ts'
import type { Summary } from '../summary/summary.ts'
import { readScenario } from '../scenario/read.ts'
import type { ResolvedScenario, RunOptions } from '../scenario/resolved.ts'
import { definedIn } from './given.ts'
import { titlesOf } from './titles.ts'
import type { Planned } from './identity.ts'
import { FIRST_TRIALS, leastPrecise, MOST_TRIALS } from './precision.ts'
import { isFields } from '../notation/fields.ts'
import { formatNumber } from '../notation/number.ts'

/** The parts of a run that differ between platforms. */
export interface Platform {
  /** @param note receives one sentence if the run has fewer threads than it should */
  readonly executor: (threads: number | undefined, note?: (words: string) => void) => CreateExecutor
  readonly reader: Reader
  /** Free memory in bytes, on platforms that know it. */
  readonly free?: () => number
  /** Bytes that this process may hold at most, on platforms that know it. */
  readonly capacity?: () => number
  /** @param doubling whether the run is one of several, each with twice the trials of the one before */
  readonly checkpoints?: (run: Planned, doubling: boolean) => Promise<CheckpointStore | undefined>
  /** Adds the blocks that other machines sampled. */
  readonly gather?: RunHooks['gather']
  /** Receives what somebody who waits should know before the run. */
  readonly early?: (words: string) => void
  /** How a refusal for memory names the limit and the way out. By default the flags of the command. */
  readonly memoryWords?: MemoryWords
  /** Leaves months and other periods out of the summary. */
  readonly wholeOnly?: boolean
}

export interface MemoryWords {
  /** The name of a limit that was stated. */
  readonly stated: string
  /** @param keepTrials whether the run would keep its trials */
  readonly mend: (keepTrials: boolean) => string
}

const COMMAND_WORDS: MemoryWords = {
  stated: '`memory`, --memory',
  mend: (keepTrials) =>
    keepTrials
      ? 'Run it with `keepTrials: false` (--no-keep-trials), with fewer trials or with a larger `memory` (--memory)'
      : 'Run it with a larger `memory` (--memory)',
}

/** The plan as it was given, which is enough to run it again anywhere. */
export interface WrittenPlan {
  /** YAML or JSON. */
  readonly text: string
  /** The files that the plan names. */
  readonly files: Readonly<Record<string, string>>
}

export interface Finished {
  readonly written: WrittenPlan
  readonly scenario: ResolvedScenario
  readonly options: RunOptions
  readonly outcome: DrawnOutcome
  readonly trials: Trials
  readonly summary: Summary
  readonly point: readonly PointEstimate[]
  readonly warnings: readonly string[]
  /** The precision that the run was asked for, which its warnings speak of. */
  readonly precision?: Precision
  /** Made with the run where a page would wait for them. */
  readonly densities?: Densities
  /** Remarks on this machine. Files do not contain them, since they are the same on every machine. */
  readonly notes: readonly string[]
}

/** A scenario that is read, resolved, compiled and ready to run. */
export interface Prepared {
  readonly written: WrittenPlan
  readonly scenario: ResolvedScenario
  readonly given: SimulateOptions
  /** The given options, and those of the scenario for the rest. */
  readonly options: RunOptions
  readonly program: Program
  readonly warnings: readonly string[]
  /** The sets of trials of a merge that lacks some. */
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
  const plan = readScenario(input)
  const { scenario, run: planned, warnings } = await resolve(plan, reader)
  // The plan as written, since pages have no program that reads closed months.
  if (isFields(plan.data) && plan.data.actuals !== undefined)
    throw new UsageError(
      'this plan has closed months (actuals). Run `billcast reforecast` or reforecast() instead, or remove `actuals` to run the original plan',
    )
  const { trials, method, measure, keepTrials, pairs, preintegration, monthly } = given
  const options: RunOptions = {
    ...planned,
    ...definedIn({ trials, method, measure, keepTrials, pairs, monthly, preintegration }),
    ...(given.seed !== undefined && { seed: String(given.seed) }),
  }
  const program = compile(scenario, { measure: options.measure, pairs: options.pairs })
  const written: WrittenPlan = { text: typeof input === 'string' ? input : JSON.stringify(input), files: read }
  return { written, scenario, given, options, program, warnings: [...warnings, ...comparedNotes(scenario)] }
}

/** Plans a run. @param trials by default the number in the options */
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

/** The values that a run keeps, and the sums of its months. */
function askedOf({ options, scenario, program: { months } }: Prepared): Asked {
  const periods = periodsOf(scenario, months)
  return { ...options, sums: sumsOf(periods, months), largest: largestOf(periods, months) }
}

const hooksOf = ({ onProgress, signal }: SimulateOptions): RunHooks => definedIn({ onProgress, signal })

export async function runPrepared(prepared: Prepared, platform: Omit<Platform, 'reader'>): Promise<Finished> {
  const { written, scenario, given, options, program, warnings } = prepared
  const point = pointEstimates(scenario)
  const streams = segmentPoints(scenario)
  const notes = new Set<string>()
  const executor = statesRule(scenario) ? inlineExecutor : platform.executor(given.threads, (words) => notes.add(words))
  const attempt = async (most: number): Promise<Finished> => {
    const { plan, ...run } = planned(prepared, most)
    checkMemory(prepared, plan, run.keepTrials, platform)
    const effort = effortWords({ program, plan, keepTrials: run.keepTrials, monthly: options.monthly !== false })
    if (effort !== undefined) platform.early?.(effort)
    const checkpoints = await platform.checkpoints?.(run, given.precision !== undefined)
    const outcome = await runTrials(program, plan, options.seed, askedOf(prepared), executor, {
      ...hooksOf(given),
      ...(checkpoints && { checkpoints }),
      ...(platform.gather && { gather: platform.gather }),
    })
    const trials = new Trials(outcome, scenario)
    const heading = platform.wholeOnly === true ? { ...scenario, wholeOnly: true } : scenario
    const sampled = summarize(outcome, heading, point, streams)
    const figures = withBudget(trials, options.monthly === false ? sampled : withSegmentRisk(trials, sampled))
    const summary: Summary = {
      ...withVerdict(figures, titlesOf(scenario)),
      ...(prepared.sets && { partial: { trials: plan.trials, of: planTrials(most, options.method).trials } }),
    }
    const all = [...warnings, ...tailWarnings(summary)]
    return { written, scenario, options, outcome, trials, point, warnings: all, notes: [...notes], summary }
  }
  const { precision } = given
  const finished = precision ? await untilPrecise(attempt, precision, given.trials ?? MOST_TRIALS) : await attempt(options.trials)
  if (given.paths) pathsOf(finished.trials)
  return finished
}

/** A shard of a run: its blocks and their content. */
export interface Shard extends ShardContent {
  readonly ranges: readonly BlockRange[]
}

/**
 * Runs one of `count` shards.
 * @param derived whether to compute everything that follows the sample, if the shard is the whole run
 */
export async function runShard(
  prepared: Prepared,
  { index, count }: { readonly index: number; readonly count: number },
  platform: Omit<Platform, 'reader' | 'gather'>,
  derived = false,
): Promise<Shard> {
  const { given, options, program } = prepared
  if (given.precision)
    throw new UsageError(
      '--precision: expected --trials with --shard, since the number of trials that a precision takes is not known in advance',
    )
  const run = planned(prepared)
  const { plan, keepTrials } = run
  checkMemory(prepared, plan, keepTrials, platform)
  const ranges = blocksOfShard(plan, index, count)
  const hooks = hooksOf(given)
  const executor = platform.executor(given.threads)
  if (derived && count === 1) {
    const whole = await runDerived(program, plan, options.seed, askedOf(prepared), executor, hooks)
    return { ranges, ...contentOf(whole.course, ranges, whole.derived) }
  }
  const checkpoints = await platform.checkpoints?.(run, false)
  const course = await runBlocks(program, plan, options.seed, options, ranges, executor, {
    ...hooks,
    ...(checkpoints && { checkpoints }),
  })
  return { ranges, ...contentOf(course, ranges) }
}

/** Runs a scenario, given as YAML or JSON text or as an object. */
export const runScenario = async (input: string | object, options: SimulateOptions, platform: Platform): Promise<Finished> =>
  runPrepared(await prepareScenario(input, options, platform.reader), platform)

/** The estimate for the smallest runs, which leaves room for files. They need about 110 MiB. Bytes. */
const LEAST = 256 * 2 ** 20

/**
 * Refuses a run that needs too much memory. It never runs in another way than requested, which would give other bits.
 * @throws UsageError
 */
function checkMemory(
  { program, options, given }: Prepared,
  plan: Plan,
  keepTrials: boolean,
  {
    free,
    capacity = () => Number.POSITIVE_INFINITY,
    memoryWords = COMMAND_WORDS,
  }: Pick<Platform, 'free' | 'capacity' | 'memoryWords'>,
): void {
  const paths = given.paths ? pathBytes(program, plan) : 0
  const need = paths + peakBytes(program, plan, keepTrials, options.monthly !== false, given.threads ?? 1)
  // Asking the system takes longer than the start of a small run.
  if (given.memory === undefined && need <= Math.min(MODEST, LEAST)) return
  const half = free && Math.max(MODEST, free() / 2)
  const all = Math.max(LEAST, capacity())
  const most = given.memory ?? (half === undefined ? all : Math.min(half, all))
  if (need <= most) return
  const mib = (bytes: number) => `${formatNumber(Math.ceil(bytes / 2 ** 20))} MiB`
  const limit =
    given.memory !== undefined ? memoryWords.stated : most === all ? 'of this machine or container' : 'half of the free memory'
  throw new UsageError(
    `the run needs about ${mib(need)} of memory, more than the limit of ${mib(most)} (${limit}). ${memoryWords.mend(keepTrials)}`,
  )
}

/** Doubles the trials until the headline figures are precise enough. The last run gives the same bits as a run of its trials alone. */
async function untilPrecise(attempt: (trials: number) => Promise<Finished>, precision: Precision, most: number): Promise<Finished> {
  for (let trials = Math.min(FIRST_TRIALS, most); ; trials = Math.min(2 * trials, most)) {
    const finished = await attempt(trials)
    const worst = leastPrecise(finished.summary, precision)
    const done = !worst || worst.error <= precision.relative || worst.error === Infinity || trials >= most
    if (done) return withPrecision(finished, precision)
  }
}

/** A run with the words that say whether it is as precise as asked. */
export function withPrecision(finished: Finished, precision: Precision): Finished {
  const worst = leastPrecise(finished.summary, precision)
  const reached = !worst || worst.error <= precision.relative
  const share = (value: number) => `${Number((100 * value).toPrecision(2))}%`
  const count = `${formatNumber(finished.summary.trials)} trials`
  const least = worst
    ? `. The least precise figure is ${worst.name}, ${worst.error === Infinity ? 'which has no standard error' : `at ${share(worst.error)}`}`
    : ''
  const outcome = `the precision of ${share(precision.relative)} was ${reached ? 'reached' : 'not reached'} with ${count}${least}`
  return { ...finished, precision, warnings: [...finished.warnings, outcome] }
}
