// Rows as people have them at hand, or CSV text, as a table.
import { UsageError } from '../../errors.ts'
import { type CsvTable, parseCsv } from '../../notation/csv.ts'
import { LIMITS } from '../../limits.ts'

/** A date of the language, or of a library like it. */
export interface Day {
  toISOString(): string
}

/** One month or day: its columns by name. */
export type HistoryRow = Readonly<Record<string, string | number | bigint | Day | null | undefined>>

/** @throws CsvError, UsageError where rows are no rows */
export async function historyTable(input: string | Iterable<HistoryRow>, name: string): Promise<CsvTable> {
  if (typeof input === 'string') return parseCsv(new TextEncoder().encode(input), name, LIMITS.fileBytes)
  const rows = [...input]
  const odd = rows.findIndex((row) => typeof row !== 'object' || row === null || Array.isArray(row))
  if (odd >= 0)
    throw new UsageError(
      `rows: expected objects such as { month: '2024-01', conversations: 41200 }, got another thing in row ${odd + 1}`,
    )
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return { header, rows: rows.map((row, k) => ({ cells: header.map((column) => cellOf(row[column])), line: k + 1 })) }
}

function cellOf(value: HistoryRow[string]): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? value.toISOString().slice(0, 10) : String(value).trim()
}
