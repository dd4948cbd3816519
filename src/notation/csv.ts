// Reads the CSV files that a plan names: UTF-8 text with commas, a header in line 1, quotes around cells that need them.
import { shown } from '../errors.ts'
import { formatNumber } from './number.ts'

export interface CsvTable {
  readonly header: readonly string[]
  readonly rows: readonly { readonly cells: readonly string[]; readonly line: number }[]
}

/** A problem with a file. Its message continues "expected …". */
export class CsvError extends Error {
  override readonly name = 'CsvError'
}

/** The browser build of csv-parse makes its own Buffer in a way that Deno forbids, so it is only used if there is none. */
const parser = () => ('Buffer' in globalThis ? import('csv-parse/sync') : import('csv-parse/browser/esm/sync'))

/** @param most bytes */
export async function parseCsv(bytes: Uint8Array, file: string, most: number): Promise<CsvTable> {
  const text = textOf(bytes, file, most)
  if (text.trim() === '') throw new CsvError(`a header and rows in ${shown(file)}, which is empty`)
  // The parser is loaded on demand, since most plans name no file.
  const { parse } = await parser()
  let records: { readonly record: readonly string[]; readonly info: { readonly lines: number } }[]
  try {
    records = parse(text.trimEnd(), {
      info: true,
      trim: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    }) as unknown as typeof records
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : undefined
    throw new CsvError(`a closing quote for every opening quote${line === undefined ? '' : ` in line ${line}`} of ${shown(file)}`)
  }
  const header = records[0].record
  if (header.length === 1 && /[;\t]/.test(header[0]))
    throw new CsvError(`commas between the columns of ${shown(file)}, got semicolons or tabs: save it as "CSV (comma-separated)"`)
  const rows = records.slice(1).map(({ record, info }) => ({ cells: record, line: info.lines }))
  const odd = rows.find(({ cells }) => cells.length !== header.length)
  if (odd)
    throw new CsvError(
      `${header.length} cell${header.length === 1 ? '' : 's'} in line ${odd.line} of ${shown(file)} as in its header, got ${odd.cells.length} (write numbers without thousands separators: 1200)`,
    )
  return { header, rows }
}

function textOf(bytes: Uint8Array, file: string, most: number): string {
  if (bytes.byteLength > most)
    throw new CsvError(
      `at most ${most / 2 ** 20} MiB in ${shown(file)}, got ${formatNumber(bytes.byteLength)} bytes: aggregate its rows, or use a sample of them`,
    )
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // The error below covers both cases.
  }
  throw new CsvError(`CSV text in UTF-8, which ${shown(file)} is not: save it as "CSV UTF-8"`)
}
