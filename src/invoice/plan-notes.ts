import type { ResolvedScenario } from '../scenario/resolved.ts'
import { returnNotes } from './return-notes.ts'
import { termNotes } from './term-notes.ts'

/** The notes on terms and returns, which need the invoice of a plan. */
export const planNotes = (scenario: ResolvedScenario): readonly string[] => [...termNotes(scenario), ...returnNotes(scenario)]
