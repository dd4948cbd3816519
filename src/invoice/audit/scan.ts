// Finds the cells of CSV rows in bytes, chunk by chunk, without making strings, so that it reads millions of rows in seconds
// (RFC 4180). Its delimiter is the one that all tables have, from notation/table.
import { layoutOf } from '../../notation/table/csv.ts'

/** The k-th cell of a row is `bytes` from `starts[k]` to `ends[k]`, without its quotes. */
export interface Row {
  readonly bytes: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly cells: number
  readonly line: number
}

interface Scanner {
  /** Known once a row was read. */
  readonly delimiter: string
  push(chunk: Uint8Array): void
  end(): void
}

const [QUOTE, NEWLINE, RETURN, NUL] = [34, 10, 13, 0]
const MOST_CELLS = 256
/** A line longer than this is reported and skipped, since a row of an export is never so long. */
export const LONGEST_LINE = 1 << 20
/** Bytes at the beginning that show the delimiter. */
const HEAD = 1 << 14

/** The cells of one row. The next row uses the same arrays. */
class RowCells {
  readonly starts = new Int32Array(MOST_CELLS)
  readonly ends = new Int32Array(MOST_CELLS)
  cells = 0
  /** Lines of the row, since a quoted cell may contain line breaks. */
  lines = 1

  get empty(): boolean {
    for (let k = 0; k < this.cells; k++) if (this.starts[k] !== this.ends[k]) return false
    return true
  }

  /** Reads the row that begins at `from`. @returns where the next one begins, or -1 if this one is incomplete */
  read(bytes: Uint8Array, from: number, separator: number, last: boolean): number {
    const { length } = bytes
    const { starts, ends } = this
    let [at, cells, lines] = [from, 0, 1]
    for (;;) {
      let [start, end] = [at, at]
      if (at < length && bytes[at] === QUOTE) {
        start = at + 1
        end = quotedEnd(bytes, start, last)
        if (end < 0) return -1
        for (let k = start; k < end; k++) if (bytes[k] === NEWLINE) lines++
        at = Math.min(length, end + 1)
        while (at < length && bytes[at] !== separator && bytes[at] !== NEWLINE) at++
      } else {
        while (at < length) {
          const byte = bytes[at]
          if (byte === separator || byte === NEWLINE) break
          at++
        }
        end = at
        if (end > start && bytes[end - 1] === RETURN && (at >= length || bytes[at] === NEWLINE)) end--
      }
      if (at >= length && !last) return -1
      if (cells < MOST_CELLS) {
        starts[cells] = start
        ends[cells] = end
      }
      cells++
      if (at >= length || bytes[at] === NEWLINE) break
      at++
    }
    this.cells = Math.min(cells, MOST_CELLS)
    this.lines = lines
    return Math.min(length, at) + 1
  }
}

/** @param onRow receives the same arrays for every row, so it must copy what it keeps */
export function scanner(onRow: (row: Row) => void, onLong: (line: number) => void): Scanner {
  const row = new RowCells()
  let carry = new Uint8Array(0)
  let separator = -1
  let line = 1
  let skipping = false

  const keep = (bytes: Uint8Array, from: number): void => {
    carry = bytes.slice(from)
  }

  /** Reads the complete rows of `bytes` and keeps the rest for the next chunk. */
  const consume = (bytes: Uint8Array, last: boolean): void => {
    let at = 0
    if (separator < 0) {
      const end = bytes.indexOf(NEWLINE)
      if (end < 0 && !last && bytes.length <= LONGEST_LINE) return keep(bytes, 0)
      // The decoder leaves out a byte-order mark.
      const { delimiter, from } = layoutOf(new TextDecoder().decode(bytes.subarray(0, HEAD)))
      separator = delimiter.charCodeAt(0)
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) at = 3
      if (from > 1) {
        at = end < 0 ? bytes.length : end + 1
        line = from
      }
    }
    while (at < bytes.length) {
      if (skipping) {
        const end = bytes.indexOf(NEWLINE, at)
        if (end < 0) return keep(bytes, bytes.length)
        skipping = false
        line += 1
        at = end + 1
        continue
      }
      const next = row.read(bytes, at, separator, last)
      if (next < 0) {
        if (bytes.length - at <= LONGEST_LINE) return keep(bytes, at)
        onLong(line)
        skipping = true
        continue
      }
      const { starts, ends, cells, lines } = row
      if (!row.empty) onRow({ bytes, starts, ends, cells, line })
      line += lines
      at = next
    }
    keep(bytes, bytes.length)
  }

  return {
    get delimiter() {
      return String.fromCharCode(Math.max(0, separator))
    },
    push(chunk) {
      if (carry.length === 0) return consume(chunk, false)
      const joined = new Uint8Array(carry.length + chunk.length)
      joined.set(carry)
      joined.set(chunk, carry.length)
      consume(joined, false)
    },
    end() {
      if (carry.length > 0) consume(carry, true)
    },
  }
}

/** Where a quoted cell ends, or -1 if these bytes do not contain its end. */
function quotedEnd(bytes: Uint8Array, start: number, last: boolean): number {
  const { length } = bytes
  for (let at = start; ; at += 2) {
    while (at < length && bytes[at] !== QUOTE) at++
    if (at + 1 >= length) return last ? at : -1
    // Two quotes stand for one, and the cell continues.
    if (bytes[at + 1] !== QUOTE) return at
  }
}

/** Whether a file that begins with these bytes is not UTF-8 text. */
export const otherEncoding = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) || bytes.subarray(0, 4096).includes(NUL)
