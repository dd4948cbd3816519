// A finished run as plain data, which threads send each other. Its trials are the columns of the run, and everything else is small.
import { Trials } from '../questions/trials.ts'
import type { Finished } from './run.ts'

export type SentRun = Omit<Finished, 'trials'>

/** The run without its methods, and without figures that only the summary reads. */
export function sentRun({ trials: _, outcome, ...others }: Finished): SentRun {
  const { program, plan, seed, trials } = outcome
  return { ...others, outcome: { program, plan, seed, ...(trials && { trials }) } }
}

export const receivedRun = (sent: SentRun): Finished => ({ ...sent, trials: new Trials(sent.outcome, sent.scenario) })

/** The memory of the columns that a message can hand over. Memory that threads share stays where it is. */
export const handedOver = ({ outcome: { trials = [] } }: SentRun): ArrayBuffer[] =>
  trials.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []))
