// Reads a plan for a question, and chooses the trials on which the question is answered.
import type { Measure } from '../compile/program.ts'
import { UsageError } from '../errors.ts'
import { type Method, type Plan, planTrials } from '../numerics/random/plan.ts'
import { readScenario, type WrittenScenario } from '../scenario/read.ts'
import { type Reader, resolve } from '../scenario/resolve/resolve.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'

export interface OpenPlan {
  readonly written: WrittenScenario
  readonly scenario: ResolvedScenario
  readonly measure: Measure
  /** Whether the plan's own run integrates headline figures. */
  readonly preintegration: boolean
  readonly plan: Plan
  readonly seed: string
  /** Which columns of files were read. */
  readonly tables: readonly string[]
}

interface Sampling {
  readonly trials?: number
  readonly seed?: string | number
  readonly method?: Method
  readonly measure?: Measure
}

/** An option that is absent has the value in the plan's own `run`. */
export async function settled(written: WrittenScenario, reader: Reader, options: Sampling): Promise<OpenPlan> {
  const { trials = 65_536, seed, method, measure } = options
  const { scenario, run, tables } = await resolve(written, reader)
  return {
    written,
    scenario,
    tables,
    measure: measure ?? run.measure,
    preintegration: run.preintegration,
    plan: planTrials(trials, method ?? run.method),
    seed: seed === undefined ? run.seed : String(seed),
  }
}

/** @throws UsageError for a plan with closed months, because they would give the trials unequal weights */
export async function openPlan(input: string | object, reader: Reader, options: Sampling): Promise<OpenPlan> {
  const plan = await settled(readScenario(input), reader, options)
  if (plan.scenario.actuals)
    throw new UsageError(
      'this plan has closed months (actuals). Run `billcast reforecast` to update its forecast, or remove `actuals` to ask about the original plan',
    )
  return plan
}
