// All cases: plans of one stream of conversations, then plans with segments, then plans in time.
import { type Case, caseOf as plainCase, COUNT as PLAIN } from './random-plans.ts'
import { segmentCase } from './segment-plans.ts'
import { TIMED, timedCase } from './timed-plans.ts'

export type { Case }

/** Plans with segments. */
const SEGMENTED = 30
const FIRST_TIMED = PLAIN + SEGMENTED
export const COUNT = FIRST_TIMED + TIMED

export const caseOf = (number: number): Case =>
  number < PLAIN ? plainCase(number) : number < FIRST_TIMED ? segmentCase(number) : timedCase(number, FIRST_TIMED)
