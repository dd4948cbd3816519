// Reads every table: finds its encoding, its delimiter and its header. The rules of its numbers and dates stand beside this file.
import { shown } from '../../errors.ts'
import { formatNumber } from '../number.ts'

interface Row {
  readonly cells: readonly string[]
  readonly line: number
}

export interface CsvTable {
  readonly header: readonly string[]
  readonly rows: readonly Row[]
  /** The sign between the cells; absent for rows that a program gave. */
  readonly delimiter?: string
}

/** A problem with a file. Its message continues "expected …". */
export class CsvError extends Error {
  override readonly name = 'CsvError'
}

/** The browser build of csv-parse makes its own Buffer in a way that Deno forbids, so it is only used if there is none. */
const parser = () => ('Buffer' in globalThis ? import('csv-parse/sync') : import('csv-parse/browser/esm/sync'))

/** @param most bytes */
export async function parseCsv(bytes: Uint8Array, file: string, most: number): Promise<CsvTable> {
  if (bytes.byteLength > most)
    throw new CsvError(
      `at most ${most / 2 ** 20} MiB in ${shown(file)}, got ${formatNumber(bytes.byteLength)} bytes: aggregate its rows, or use a sample of them`,
    )
  const text = tableText(bytes)
  if (text === undefined) throw new CsvError(`CSV text in UTF-8, which ${shown(file)} is not: save it as "CSV UTF-8"`)
  const { delimiter, from } = layoutOf(text)
  // The parser is loaded on demand, since most plans name no file.
  const { parse } = await parser()
  let header: readonly string[] | undefined
  const rows: Row[] = []
  /** The first row is the header. A row that does not fit ends the parser, which would be slow if all rows did not. */
  const read = (cells: readonly string[], { lines: line }: { readonly lines: number }): null => {
    if (header) rows.push(fitting(cells, line, header.length, file))
    else header = headerIn(cells, line, file)
    // Nothing is left for the parser to collect.
    return null
  }
  try {
    parse(text.trimEnd(), {
      trim: true,
      delimiter,
      from_line: from,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      on_record: read,
    })
  } catch (error) {
    if (error instanceof CsvError) throw error
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : undefined
    throw new CsvError(`a closing quote for every opening quote${line === undefined ? '' : ` in line ${line}`} of ${shown(file)}`)
  }
  if (!header) throw new CsvError(`a header and rows in ${shown(file)}, which is empty`)
  return { header, rows, delimiter }
}

/** Spreadsheets add empty columns at the right of a sheet. @throws CsvError if two columns have one name */
function headerIn(cells: readonly string[], line: number, file: string): readonly string[] {
  const header = cells.slice(0, cells.findLastIndex((name) => name !== '') + 1)
  const twice = repeatedIn(header)
  if (twice !== undefined)
    throw new CsvError(
      `one column ${shown(twice)} in line ${line} of ${shown(file)}, got ${header.filter((name) => name === twice).length}: rename or delete the others`,
    )
  return header
}

/** The cells of a row below its header. @throws CsvError if there are fewer or more */
function fitting(cells: readonly string[], line: number, width: number, file: string): Row {
  if (cells.length < width || cells.slice(width).some((cell) => cell !== ''))
    throw new CsvError(
      `${width} cell${width === 1 ? '' : 's'} in line ${line} of ${shown(file)} as in its header, got ${cells.length} (put a number with thousands separators in quotes, "1,200", or write 1200)`,
    )
  return { cells: cells.slice(0, width), line }
}

/** The first name that a header has twice. */
function repeatedIn(header: readonly string[]): string | undefined {
  const seen = new Set<string>()
  return header.find((name) => name !== '' && (seen.has(name) || !seen.add(name)))
}

/** Decodes UTF-8, and UTF-16 with its byte-order mark. Returns undefined for other bytes. */
export function tableText(bytes: Uint8Array): string | undefined {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    // The decoder leaves out the mark.
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

const DELIMITERS = [',', ';', '\t', '|'] as const
/** Lines at the beginning that show the delimiter. */
const LOOKED_AT = 20

/**
 * The delimiter of a text, and the line of its header. Excel states the delimiter in a first line `sep=;`. Otherwise, it is the sign that
 * the header has and that most lines have as often as the header.
 */
export function layoutOf(text: string): { readonly delimiter: string; readonly from: number } {
  const stated = /^\uFEFF?"?sep=(.)"?[^\S\r\n]*(?:\r\n|\n|\r|$)/i.exec(text)
  if (stated) return { delimiter: stated[1], from: 2 }
  const lines = text
    .slice(0, 1 << 16)
    // Signs inside of quotes are text.
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, LOOKED_AT)
  const count = (line: string, sign: string) => line.split(sign).length - 1
  const scored = DELIMITERS.map((sign) => {
    const own = count(lines[0] ?? '', sign)
    return { sign, own, like: own === 0 ? 0 : lines.filter((line) => count(line, sign) === own).length }
  })
  const best = scored.reduce((a, b) => (b.like > a.like || (b.like === a.like && b.own > a.own) ? b : a))
  // Without a delimiter in its header, a table has one column, in which commas belong to numbers.
  return { delimiter: best.own > 0 ? best.sign : '\u001f', from: 1 }
}
