// Writes a value as a cell of CSV (RFC 4180).

/** Spreadsheets run a cell that starts like this as a formula (OWASP, "CSV injection"). A leading apostrophe keeps it text. */
const RUNS = /^[=+\-@\t\r\n]/

/** Writes numbers in full, so that reading them gives the same double. A standard error that does not exist leaves the cell empty. */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return value === Infinity ? '' : String(value)
  const safe = RUNS.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
