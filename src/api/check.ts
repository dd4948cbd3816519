// Reads a plan without running it: what it assumes, and what it costs with every driver at its mean.
import { compile, sharedNothing } from '../compile/compile.ts'
import { planTrials } from '../numerics/random/plan.ts'
import { effortWords } from '../run/effort.ts'
import { keepsTrials } from '../run/storage.ts'
import { comparedNotes } from './compared-notes.ts'
import { pointEstimates } from '../invoice/point.ts'
import { segmentPoints } from '../invoice/segments.ts'
import { formatMonth } from '../months.ts'
import { type Assumption, assumptionsOf } from '../present/report/assumptions.ts'
import { type Reader, resolve } from '../scenario/resolve/resolve.ts'
import { readScenario } from '../scenario/read.ts'
import { parseText } from '../scenario/text.ts'
import { type StatedPlan, statedPlan } from '../present/words/plan.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import type { ValueSource } from '../scenario/sources.ts'

/** What a plan says before it is run. */
export interface PlanCheck {
  readonly name: string
  /** Such as "2027-01". */
  readonly months: readonly string[]
  readonly currency: string
  /** The drivers, then every other uncertain input, each with its value in words. */
  readonly assumptions: readonly Assumption[]
  /** The plan in words: what each contract charges, with two bills, and every other figure that the plan states. */
  readonly stated: StatedPlan
  /** The sources that the plan states, by the names of the values. */
  readonly sources: readonly ValueSource[]
  /** Conversations, their share and the resolution rate over the plan, by segment. Empty if the plan has none. */
  readonly segments: readonly PlannedSegment[]
  /** The cost of each offer with every driver at its mean or stated value. Money. */
  readonly offers: readonly OfferCheck[]
  /** Notes on the plan, such as the columns that were read and what a contract leaves open. */
  readonly warnings: readonly string[]
}

export interface OfferCheck {
  readonly offer: string
  readonly bill: number
  readonly total: number
}

export interface PlannedSegment {
  readonly segment: string
  readonly conversations: number
  readonly share: number
  /** Absent without a rate. */
  readonly rate?: number
}

interface SoundPlan {
  /** The plan as it is written, with the offers of the catalog and without sources. */
  readonly data: unknown
  readonly scenario: ResolvedScenario
  /** Notes on the plan, such as the columns that were read and what a contract leaves open. */
  readonly warnings: readonly string[]
}

/** @throws ScenarioError with all problems of the plan */
export async function soundPlan(input: string | object, reader: Reader): Promise<SoundPlan> {
  const written = readScenario(input)
  const { scenario, run, warnings } = await resolve(written, reader)
  const program = compile(scenario, { measure: run.measure, pairs: run.pairs }, sharedNothing(false))
  const plan = planTrials(run.trials, run.method)
  const monthly = run.monthly !== false
  const effort = effortWords({ program, plan, keepTrials: keepsTrials(program, plan, run.keepTrials), monthly })
  return {
    data: written.data,
    scenario,
    warnings: [...warnings, ...comparedNotes(scenario), ...(effort === undefined ? [] : [effort])],
  }
}

/** @throws ScenarioError with all problems of the plan */
export async function checkedPlan(input: string | object, reader: Reader): Promise<PlanCheck> {
  const { scenario, warnings } = await soundPlan(input, reader)
  const { name, start, months, currency, sources = [] } = scenario
  return {
    ...{ name, currency, sources },
    months: Array.from({ length: months }, (_, m) => formatMonth(start + m)),
    assumptions: assumptionsOf(scenario),
    stated: statedPlan(typeof input === 'string' ? parseText(input).data : input, scenario),
    segments: segmentPoints(scenario).map(({ segment, conversations, share, rate }) => ({
      ...{ segment, conversations, share },
      ...(rate !== undefined && { rate }),
    })),
    offers: pointEstimates(scenario).map(({ offer, bill, total }) => ({ offer, bill, total })),
    warnings,
  }
}
