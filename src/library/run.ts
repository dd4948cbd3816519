// From a scenario to a summary: read, resolve, compile, run, summarise.
import type { CreateExecutor } from '../engine/executor.ts'
import { type Outcome, run } from '../engine/run.ts'
import { ParameterError, UsageError } from '../errors.ts'
import { type PointEstimate, pointEstimates } from '../invoice/point.ts'
import { compile } from '../program/compile.ts'
import { type Reader, resolve } from '../program/resolve.ts'
import { METHODS, type Method, planTrials } from '../random/plan.ts'
import { summarise } from '../result/summarise.ts'
import type { Measure, Summary } from '../result/summary.ts'
import { readScenario } from '../scenario/read.ts'
import type { ResolvedScenario, RunOptions } from '../scenario/resolved.ts'

/** What the platform brings: threads to run on, files to read. */
export interface Platform {
  readonly executor: (threads: number | undefined) => CreateExecutor
  readonly reader: Reader
}

/** How to run a scenario; what stands here overrides its `run`. */
export interface SimulateOptions {
  /** Futures to sample; sobol and latin may run a few more. */
  readonly trials?: number
  readonly seed?: string | number
  readonly method?: Method
  /** Worker threads; by default one a core. The figures do not depend on it. */
  readonly threads?: number
  /** What offers are compared by. */
  readonly measure?: Measure
  readonly keepTrials?: boolean
  readonly pairs?: 'all'
  /** False: every figure from the sample alone. */
  readonly preintegration?: boolean
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

export interface Finished {
  readonly scenario: ResolvedScenario
  readonly options: RunOptions
  readonly outcome: Outcome
  readonly summary: Summary
  readonly point: readonly PointEstimate[]
  readonly warnings: readonly string[]
}

function checked(options: SimulateOptions): void {
  const { trials, method, measure, threads } = options
  if (trials !== undefined && !(Number.isInteger(trials) && trials >= 1))
    throw new UsageError(new ParameterError('trials', 'a whole number ≥ 1', trials).message)
  if (method !== undefined && !METHODS.includes(method))
    throw new UsageError(new ParameterError('method', METHODS.join(', '), method).message)
  if (measure !== undefined && measure !== 'bill' && measure !== 'total')
    throw new UsageError(new ParameterError('measure', 'bill or total', measure).message)
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= 1024)) {
    throw new UsageError(new ParameterError('threads', 'a whole number from 1 to 1024', threads).message)
  }
}

/** Runs a scenario, given as YAML or JSON text or as an object. */
export async function runScenario(input: string | object, options: SimulateOptions, platform: Platform): Promise<Finished> {
  checked(options)
  const { scenario, run: stated, warnings } = await resolve(readScenario(input), platform.reader)
  const { trials, method, measure, keepTrials, pairs, preintegration } = options
  const merged: RunOptions = {
    ...stated,
    ...(trials !== undefined && { trials }),
    ...(options.seed !== undefined && { seed: String(options.seed) }),
    ...(method !== undefined && { method }),
    ...(measure !== undefined && { measure }),
    ...(keepTrials !== undefined && { keepTrials }),
    ...(pairs !== undefined && { pairs }),
    ...(preintegration !== undefined && { preintegration }),
  }
  const program = compile(scenario, { measure: merged.measure, pairs: merged.pairs })
  const plan = planTrials(merged.trials, merged.method)
  const hooks = { ...(options.onProgress && { onProgress: options.onProgress }), ...(options.signal && { signal: options.signal }) }
  const outcome = await run(program, plan, merged.seed, merged, platform.executor(options.threads), hooks)
  const point = pointEstimates(scenario)
  return { scenario, options: merged, outcome, point, warnings, summary: summarise(outcome, scenario, point) }
}
