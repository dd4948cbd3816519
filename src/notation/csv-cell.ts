// Writes a value as a cell of CSV (RFC 4180).

import { visible } from '../errors.ts'

/** Spreadsheets run a cell that starts like this as a formula (OWASP, "CSV injection"). A leading apostrophe keeps it text. */
const RUNS = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/
/** Where a semicolon, a tab or a bar separates cells, a cell without quotes would become two, and the second may be a formula. */
const QUOTED = /[",;\t|]/

/** Writes numbers in full, so that reading them gives the same double. A standard error that does not exist leaves the cell empty. */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return value === Infinity ? '' : String(value)
  const plain = visible(value)
  const safe = RUNS.test(plain) ? `'${plain}` : plain
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
