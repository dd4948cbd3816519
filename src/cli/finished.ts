// What a command prints of a finished run. It is apart from print.ts, since it loads the report's tables.
import type { Finished } from '../api/run.ts'
import { titlesOf } from '../api/titles.ts'
import { summaryTable } from '../present/report/text.ts'
import { note, printJson } from './print.ts'
import { toStdout } from './streams.ts'

/** Prints a finished run: its warnings, and its summary as JSON or as a table. */
export function printFinished(
  { warnings, notes, summary, scenario }: Finished,
  { json, quiet, clearAt }: { readonly json?: boolean; readonly quiet?: boolean; readonly clearAt?: number | undefined },
): void {
  if (!quiet) [...warnings, ...notes].forEach(note)
  if (json) printJson(summary)
  else if (!quiet) toStdout(summaryTable(summary, { titles: titlesOf(scenario), clearAt }))
}
