// What a command prints of a finished run. It is apart from print.ts, since it loads the report's tables.
import type { Finished } from '../api/run.ts'
import { summaryTextOf } from '../api/summary-text.ts'
import { summaryBlocks } from '../present/report/text.ts'
import { type ErrorsFlag, note, printJson, printLines } from './print.ts'

interface FinishedFlags extends ErrorsFlag {
  readonly json?: boolean
  readonly quiet?: boolean
  readonly clearAt?: number | undefined
}

/** Prints a finished run: its warnings, and its summary as JSON or as a table. */
export function printFinished(finished: Finished, { json, quiet, clearAt, se = false }: FinishedFlags): void {
  const { warnings, notes, summary } = finished
  if (!quiet) [...warnings, ...notes].forEach(note)
  if (json) printJson(summary)
  else if (!quiet) printLines(summaryBlocks(summary, { ...summaryTextOf(finished), clearAt }, se), { se })
}
