import type { ResolvedScenario } from '../scenario/resolved.ts'
import { type BilledPlan, billedPlan } from './billed-plan.ts'
import { returnNotes } from './return-notes.ts'
import { ruleNotes } from './rule-notes.ts'
import { termNotes } from './term-notes.ts'

/** The notes on terms and returns, which need the invoice of a plan. */
export function planNotes(scenario: ResolvedScenario): readonly string[] {
  let known: BilledPlan | undefined
  const billed = () => (known ??= billedPlan(scenario))
  return [...termNotes(scenario, billed), ...returnNotes(scenario, billed), ...ruleNotes(scenario)]
}
