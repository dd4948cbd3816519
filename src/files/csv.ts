// A dataset as CSV (RFC 4180), for small tables and for those who read nothing else.
import { batches, type Dataset } from './dataset.ts'
import type { Sink } from './write.ts'

/** Spreadsheets run a cell that begins so as a formula (OWASP, "CSV injection"): an apostrophe before it keeps it text. */
const RUNS = /^[=+\-@\t\r\n]/

/** A text as one cell. */
export function csvText(text: string): string {
  const safe = RUNS.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const csvCell = (value: string | number): string => (typeof value === 'number' ? String(value) : csvText(value))

/** Numbers are written in full: reading them gives the same double. */
export async function writeCsv({ columns, rows }: Dataset, sink: Sink): Promise<void> {
  const encoder = new TextEncoder()
  await sink(encoder.encode(`${columns.map(({ name }) => csvText(name)).join(',')}\n`))
  for (const [from, to] of batches(rows)) {
    const values = columns.map((column) => column.values(from, to))
    let text = ''
    for (let i = 0; i < to - from; i++) text += `${values.map((column) => csvCell(column[i])).join(',')}\n`
    if (text !== '') await sink(encoder.encode(text))
  }
}
