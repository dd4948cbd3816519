import { planNotes } from '../invoice/plan-notes.ts'
import { coverageWords } from '../present/words/coverage.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'

/** The notes on a plan whose offers are compared: which bill only some of its months, and what their terms leave open. */
export function comparedNotes(scenario: ResolvedScenario): readonly string[] {
  const coverage = coverageWords(scenario)
  return [...(coverage === undefined ? [] : [coverage]), ...planNotes(scenario)]
}
