// Turns rows in memory, or CSV text, into a source of bytes, so that they are read as files are.
import { numberCell } from '../../notation/table/numbers.ts'
import { shown, UsageError } from '../../errors.ts'
import type { TableSource } from './table.ts'

/** A row by its columns' names. A Date becomes an ISO time, and a missing column an empty cell. */
export type GivenRow = Readonly<Record<string, string | number | boolean | { toISOString(): string } | null | undefined>>

const ROWS_A_CHUNK = 4_096

/** @throws UsageError for anything but text or a list of objects */
export function checkedRows(given: string | readonly GivenRow[], what: string): void {
  if (typeof given === 'string') return
  if (!Array.isArray(given))
    throw new UsageError(`${what}: expected CSV text, or a list of rows with a key for each column, got ${shown(given)}`)
  const odd = given.findIndex((row) => typeof row !== 'object' || row === null || Array.isArray(row))
  if (odd >= 0)
    throw new UsageError(`${what}: expected rows with a key for each column, got ${shown(given[odd])} in row ${odd + 1}`)
}

export function tableSource(given: string | readonly GivenRow[], columns: readonly string[]): TableSource {
  const encoder = new TextEncoder()
  return async function* () {
    if (typeof given === 'string') {
      yield encoder.encode(given)
      return
    }
    yield encoder.encode(`${columns.join(',')}\n`)
    for (let at = 0; at < given.length; at += ROWS_A_CHUNK)
      yield encoder.encode(
        given
          .slice(at, at + ROWS_A_CHUNK)
          .map((row) => `${columns.map((column) => cell(row[column])).join(',')}\n`)
          .join(''),
      )
  }
}

function cell(value: GivenRow[string]): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'object') return value.toISOString()
  const text = typeof value === 'number' ? numberCell(value) : String(value)
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
