// Text that commands print.
import type { Finished } from '../api/run.ts'
import { summaryTable } from '../present/report/text.ts'
import type { Estimate } from '../summary/summary.ts'
import { formatNumber } from '../notation/number.ts'

export const printJson = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
export const printLines = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`)
export const note = (words: string): void => void process.stderr.write(`note: ${words}\n`)

/** Prints a finished run: its warnings, and its summary as JSON or as a table. */
export function printFinished(
  { warnings, summary }: Finished,
  { json, quiet }: { readonly json?: boolean; readonly quiet?: boolean },
): void {
  if (!quiet) warnings.forEach(note)
  if (json) printJson(summary)
  else if (!quiet) process.stdout.write(summaryTable(summary))
}

/** A count without decimals. */
export const count = (value: number): string => formatNumber(Math.round(value))
/** A number of unknown size, with four digits. */
export const short = (value: number): string => String(Number(value.toPrecision(4)))
/** Two cells of a table: the figure and its standard error. */
export const cells = ({ value, se }: Estimate, write: (value: number) => string): [string, string] => [write(value), write(se)]

/** The closing line of every table. */
export const FOOT = '± is the standard error of the simulation.'
