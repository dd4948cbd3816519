// All cases: plans of one stream of conversations, then plans with segments.
import { type Case, caseOf as plainCase, COUNT as PLAIN } from './random-plans.ts'
import { segmentCase } from './segment-plans.ts'

export type { Case }

/** Plans with segments. */
const SEGMENTED = 30
export const COUNT = PLAIN + SEGMENTED

export const caseOf = (number: number): Case => (number < PLAIN ? plainCase(number) : segmentCase(number))
