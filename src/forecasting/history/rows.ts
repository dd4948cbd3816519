// Turns rows of objects, or CSV text, into a table.
import { shown, UsageError } from '../../errors.ts'
import { type CsvTable, parseCsv } from '../../notation/table/csv.ts'
import { numberCell } from '../../notation/table/numbers.ts'
import { LIMITS } from '../../limits.ts'

/** One month or day, with its columns by name. Dates are Date objects or the like. */
export type HistoryRow = Readonly<Record<string, string | number | bigint | { toISOString(): string } | null | undefined>>

/** @throws CsvError, and UsageError for rows that are not objects */
export async function historyTable(input: string | Iterable<HistoryRow>, name: string): Promise<CsvTable> {
  if (typeof input === 'string') return parseCsv(new TextEncoder().encode(input), name, LIMITS.fileBytes)
  if (typeof input?.[Symbol.iterator] !== 'function')
    throw new UsageError(
      `history: expected CSV text, or rows such as { month: '2024-01', conversations: 41200 }, got ${shown(input)}`,
    )
  const rows = [...input]
  const odd = rows.findIndex((row) => typeof row !== 'object' || row === null || Array.isArray(row))
  if (odd >= 0)
    throw new UsageError(
      `rows: expected objects such as { month: '2024-01', conversations: 41200 }, got ${shown(rows[odd])} in row ${odd + 1}`,
    )
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return { header, rows: rows.map((row, k) => ({ cells: header.map((column) => cellOf(row[column])), line: k + 1 })) }
}

function cellOf(value: HistoryRow[string]): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return numberCell(value)
  return typeof value === 'object' ? value.toISOString().slice(0, 10) : String(value).trim()
}
