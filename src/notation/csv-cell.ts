// A value as a cell of CSV (RFC 4180).

/** Spreadsheets run a cell that begins so as a formula (OWASP, "CSV injection"): an apostrophe before it keeps it text. */
const RUNS = /^[=+\-@\t\r\n]/

/** Numbers are written in full: reading them gives the same double. */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const safe = RUNS.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
